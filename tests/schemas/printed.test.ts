import { expect } from "chai";
import { main } from "../../cli/main";
import { memoryIo } from "../cli/memoryIo";
import { evaluated } from "../program/evaluated";
import { pair, resource } from "../routing/graph/stack";
import { expectPublished } from "./expectPublished";

const server = (name: string, address: string, zone: string) => [
  resource("aws:ec2/instance:Instance", name, { subnetId: `subnet-${zone}` }),
  resource("aws:ec2/eip:Eip", `${name}-ip`, { publicIp: address, instance: name }),
];
const resources = [
  ...pair({ records: ["198.51.100.1"] }, { ipAddress: "198.51.100.7", requestInterval: 30 }),
  ...server("web", "198.51.100.1", "a"),
  ...server("other", "198.51.100.2", "b"),
];
const files = {
  "stack.json": JSON.stringify({ version: 3, deployment: { resources } }),
  "runbook.md": "```sh\naws route53 delete-health-check --health-check-id hc\n```\n",
};
const from = ["--from", "stack.json"];

/** Runs of commands by the name of their schema; tests of the other commands ask `expectPublished` themselves. */
const runs: readonly (readonly [schema: string, argv: readonly string[]])[] = [
  ["resolve", ["resolve", "www.a.test", ...from]],
  ["resolve", ["resolve", "www.a.test", "--fail", "web", ...from]],
  ["prove", ["prove", ...from]],
  ["prove", ["prove", ...from, "--simulate", "20", "--compare", "stack.json"]],
  ["repair", ["repair", ...from]],
  ["replay", ["replay", "zone", ...from, "--set", "death=refused"]],
  ["cost", ["cost", ...from]],
  ["runbook", ["policy", "--runbook", "runbook.md", ...from]],
  ["failure", ["resolve", "www.a.test", "--fail", "nothing", ...from]],
];

describe("what a command prints as JSON", () => {
  for (const [schema, argv] of runs) {
    it(`failover ${argv.join(" ")} matches ${schema}.schema.json`, async () => {
      const io = memoryIo({ files });
      await main([...argv, "--json"], io);
      expectPublished(schema, JSON.parse(io.out()));
    });
  }

  it("does not match another command's schema", async () => {
    const io = memoryIo({ files });
    await main(["cost", ...from, "--json"], io);
    const printed: unknown = JSON.parse(io.out());
    expect(() => {
      expectPublished("tune", printed);
    }).to.throw("tune: expected");
  });
});

describe("the outputs of a stack", () => {
  it("match outputs.schema.json", async () => {
    const { outputs } = await evaluated("dev");
    expectPublished("outputs", JSON.parse(JSON.stringify(outputs)));
  });
});
