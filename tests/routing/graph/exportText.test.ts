import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { exportOf } from "../../../bench/stackExport";
import { entriesOf } from "../../../routing/graph/exportText";
import { fromExport } from "../../../routing/graph/fromExport";
import type { Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { evaluated } from "../../program/evaluated";

const fixture = (name: string): string =>
  readFileSync(join(__dirname, "../../fixtures", name), "utf8");

/** What a resource is, with everything read. */
const whole = (resource: Resource): object => ({ ...resource });

const document = (resources: readonly object[], more: object = {}): object => ({
  version: 3,
  deployment: { manifest: { time: "", magic: "" }, resources, ...more },
});
const one = {
  urn: "urn:pulumi:dev::shop::aws:route53/record:Record::www",
  custom: true,
  id: "www",
  type: "aws:route53/record:Record",
  inputs: { name: "www.a.test", type: "A", tags: { urn: "x", delete: true } },
  outputs: { name: "www.a.test", type: "A", ttl: 60 },
  parent: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev",
  propertyDependencies: { name: [], type: ["urn:x"] },
};
const other = { ...one, urn: one.urn.replace("www", "other"), id: "other" };

/** A file in an engine's layout. */
const file = (value: object, indent: string | number = 4): string =>
  `${JSON.stringify(value, undefined, indent)}\n`;
const bytesOf = (text: string): string => Buffer.from(text).toString("latin1");

describe("the text of a stack export", () => {
  for (const [name, textOf] of [
    ["dev, by a real engine", () => fixture("dev-export.json")],
    ["prod", async () => exportOf(await evaluated("prod"))],
    ["dev before anything exists", async () => exportOf(await evaluated("dev", true))],
  ] as const) {
    it(`gives the same resources in pieces as as a whole (${name})`, async () => {
      const text = await textOf();
      const parsed = fromExport(JSON.stringify(JSON.parse(text)), name);
      expect(entriesOf(bytesOf(text))).to.have.length(
        (JSON.parse(text) as { deployment: { resources: object[] } }).deployment.resources.length,
      );
      expect(fromExport(text, name).map(whole)).to.deep.equal(parsed.map(whole));
    });
  }

  for (const [title, indent] of [
    ["four spaces", 4],
    ["one space", 1],
    ["tabs", "\t"],
  ] as const) {
    it(`is cut into fields where it is indented by ${title}`, () => {
      const [first, second, ...others] = entriesOf(file(document([one, other]), indent)) ?? [];
      expect(others).to.deep.equal([]);
      expect(second?.field("urn")).to.equal(other.urn);
      // Asked in any order, and again.
      for (const field of ["outputs", "urn", "propertyDependencies", "inputs", "urn"] as const) {
        expect(first?.field(field)).to.deep.equal(one[field]);
      }
      expect(first?.field("delete")).to.equal(undefined);
      expect(first?.field("dependencies")).to.equal(undefined);
    });
  }

  it("has the fields of a resource in any order, and those that nobody reads", () => {
    const unread = { zzz: { urn: "inside" }, customTimeouts: {}, deletedWith: "urn:x" };
    const fields = { ...unread, ...Object.fromEntries(Object.entries(one).reverse()) };
    const [entry] = entriesOf(file(document([fields]))) ?? [];
    expect([entry?.field("custom"), entry?.field("delete")]).to.deep.equal([true, undefined]);
    expect(entry?.field("urn")).to.equal(one.urn);
    expect(entry?.field("inputs")).to.deep.equal(one.inputs);
  });

  it("ends where the resources end, whatever comes after them", () => {
    const pending = [{ resource: one, type: "creating" }];
    const text = file(document([one], { pending_operations: pending }));
    const entries = entriesOf(text);
    expect(entries).to.have.length(1);
    expect(entries?.[0]?.field("type")).to.equal(one.type);
  });

  it("knows a resource that waits for its deletion, among others", () => {
    const [first, second] = entriesOf(file(document([one, { ...other, delete: true }]))) ?? [];
    expect([first?.field("delete"), second?.field("delete")]).to.deep.equal([undefined, true]);
  });

  it("keeps every character of a text", () => {
    const odd = 'Café – "quoted"\n\t\\ {"urn": "x"} \u2028 𝄞';
    const content = { ...one, id: odd, outputs: { content: odd, [odd]: 1 } };
    const [resource] = fromExport(file(document([content])), "x");
    expect([resource?.id, resource?.outputs]).to.deep.equal([odd, { content: odd, [odd]: 1 }]);
  });

  const otherwise: readonly (readonly [string, string])[] = [
    ["on one line", JSON.stringify(document([one]))],
    ["with other line ends", file(document([one])).replaceAll("\n", "\r\n")],
    ["without resources", file(document([]))],
    ["cut off", file(document([one, other])).slice(0, -20)],
    ["cut off within a resource", file(document([one, other])).slice(0, 900)],
    ["with the resources of something else", file({ resources: [one], deployment: {} })],
  ];
  for (const [title, text] of otherwise) {
    it(`is left to be parsed as a whole where it is ${title}`, () => {
      expect(entriesOf(text)).to.equal(undefined);
    });
  }

  it("says which file it is when a part of it turns out to be no JSON", () => {
    const text = file(document([one])).replace('"ttl": 60', '"ttl": sixty');
    const [resource] = fromExport(text, "stack.json");
    expect(resource?.name).to.equal("www");
    expect(() => resource?.outputs).to.throw(
      /^stack.json: the file is not complete JSON, got .+; write it again with `pulumi stack export`$/,
    );
  });

  it("is read as far as an answer needs it, with faults as well", () => {
    const text = fixture("dev-export.json");
    // There are dozens of alarms, and no answer is made of one.
    const alarm = text.indexOf("aws:cloudwatch/metricAlarm:MetricAlarm::");
    const outputs = text.indexOf('"outputs": {', alarm);
    const broken = `${text.slice(0, outputs)}"outputs": [${text.slice(outputs + '"outputs": {'.length)}`;
    const model = new StackModel(fromExport(broken, "x"));
    const hostname = "orders.dev.cafe.com";
    const zoneOf = (...faults: readonly string[]): string | undefined =>
      model.under(model.faults(faults)).resolve(hostname, "A").answers[0]?.availabilityZone;
    expect([zoneOf(), zoneOf("us-east-2a"), zoneOf("us-east-2")]).to.deep.equal([
      "us-east-2a",
      "us-east-2b",
      "us-east-1a",
    ]);
    // All places have to be looked at to say that there is no such one.
    expect(() => model.faults(["us-west-9"])).to.throw(/^x: the file is not complete JSON/);
  });

  it("gives resources that can be copied, and changed by that", () => {
    const [resource] = fromExport(file(document([one])), "x");
    const copy = { ...resource, name: "changed" };
    expect(copy).to.deep.equal({
      urn: one.urn,
      type: one.type,
      name: "changed",
      custom: true,
      id: "www",
      inputs: one.inputs,
      outputs: one.outputs,
      parent: one.parent,
      provider: undefined,
      region: undefined,
      propertyDependencies: one.propertyDependencies,
      dependencies: [],
      unknown: {},
    });
    expect(JSON.parse(JSON.stringify(resource))).to.include({ name: "www", id: "www" });
    expect(Object.getOwnPropertyDescriptor(resource, "entry")).to.equal(undefined);
  });

  it("is read from bytes that are part of others", () => {
    const bytes = Buffer.from(`###${file(document([one]))}`);
    expect(fromExport(bytes.subarray(3), "x").map(({ name }) => name)).to.deep.equal(["www"]);
  });
});
