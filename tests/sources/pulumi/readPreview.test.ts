import { expect } from "chai";
import { main } from "../../../cli/main";
import { StackModel } from "../../../routing/graph/stackModel";
import type { Resource } from "../../../routing/graph/resource";
import { readSources } from "../../../sources/readSources";
import { memoryIo } from "../../cli/memoryIo";
import { exportOf } from "../../cli/commands/proving";
import { pair, resource } from "../../routing/graph/stack";

const computed = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const stack: readonly Resource[] = [
  ...pair({ records: ["198.51.100.1"], ttl: 60 }, { ipAddress: "198.51.100.1" }),
  resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" }),
  resource("aws:ec2/eip:Eip", "ip", { publicIp: "198.51.100.1", instance: "web" }),
];

/** A step as the engine prints it before it is done: the new state has inputs and no outputs. */
function step(op: string, one: Resource, inputs: object = {}): object {
  const state = { urn: one.urn, type: one.type, custom: true };
  return {
    op,
    urn: one.urn,
    ...(op === "create" ? {} : { oldState: { ...state, id: one.id, outputs: one.outputs } }),
    ...(op === "delete"
      ? {}
      : {
          newState: {
            ...state,
            inputs: { ...one.inputs, ...inputs },
            propertyDependencies: one.propertyDependencies,
          },
        }),
  };
}

/** A preview that sets the TTL of the primary. */
function preview(ttl: number, changeSummary: object = {}): string {
  const steps = stack.map((one) =>
    one.name === "www-primary" ? step("update", one, { ttl }) : step("same", one),
  );
  return JSON.stringify({ steps, changeSummary });
}

const read = (text: string) => readSources([{ path: "preview.json", content: Buffer.from(text) }]);

describe("a preview of Pulumi", () => {
  it("has the resources as they would be: new inputs over the outputs of today", async () => {
    const { resources } = await read(preview(300));
    const primary = new StackModel(resources).route53.dns.records.find(
      ({ label }) => label === "www-primary",
    );
    expect(primary?.target).to.deep.include({ ttlSeconds: 300, values: ["198.51.100.1"] });
    expect(primary?.checkId).to.match(/::check$/);
    expect(resources.find(({ name }) => name === "ip")?.outputs["publicIp"]).to.equal(
      "198.51.100.1",
    );
  });

  it("leaves out what is deleted, and knows nothing that AWS computes, and no secret", async () => {
    const [first, ...others] = stack;
    if (!first) throw new Error("no resource");
    const created = resource("aws:ec2/eip:Eip", "new", { instance: computed, note: "[secret]" });
    const { resources } = await read(
      JSON.stringify({
        steps: [
          step("delete", first),
          step("create", created),
          ...others.map((one) => step("same", one)),
        ],
      }),
    );
    expect(resources.map(({ name }) => name)).to.not.include(first.name);
    expect(resources.find(({ name }) => name === "new")?.unknown).to.include({
      "inputs.instance": "computed",
      "inputs.note": "encrypted",
    });
  });

  it("is refused without its unchanged resources", async () => {
    const fault = await read(preview(300, { same: 50, update: 1 })).then(
      () => "",
      (error: unknown) => (error as Error).message,
    );
    expect(fault).to.equal(
      `preview.json: must have every resource, got ${stack.length - 1} of 50 unchanged ones; write it with \`pulumi preview --json --show-sames\``,
    );
  });

  it("is compared with an export by `failover diff`", async () => {
    const io = memoryIo({
      files: { "preview.json": preview(300), "export.json": exportOf(stack) },
    });
    await main(["diff", "export.json", "--from", "preview.json", "--markdown"], io);
    expect(io.out()).to.contain("TTL 60 → 300 s (www.a.test A");
    const same = memoryIo({
      files: { "preview.json": preview(60), "export.json": exportOf(stack) },
    });
    expect(
      await main(["diff", "preview.json", "--from", "export.json", "--markdown"], same),
    ).to.equal(0);
    expect(same.out()).to.match(/^### No change/);
  });
});
