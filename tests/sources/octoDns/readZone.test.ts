import { expect } from "chai";
import type { Resource, Value } from "../../../routing/graph/resource";
import { isList } from "../../../routing/graph/values";
import { memberOf } from "../../../sources/fields";
import { readSources } from "../../../sources/readSources";
import { filesOf, named, reading } from "../read";

const path = "example.org.yaml";
const listOf = (value: Value): readonly Value[] => (isList(value) ? value : []);
const recordsOf = (resources: readonly Resource[]): readonly Resource[] =>
  resources.filter(({ type }) => type === "aws:route53/record:Record");

describe("reading a zone of octoDNS", () => {
  it("makes the records of a dynamic record as octodns-route53 does", async () => {
    const [octo, aws] = await Promise.all(
      ["example.org.yaml", "aws"].map(async (name) => readSources(filesOf(name))),
    );
    const shown = (resources: readonly Resource[] = []): readonly object[] =>
      recordsOf(resources)
        .filter(({ outputs }) => outputs["type"] === "A")
        // Check ids depend on the account, so this compares only whether a check exists.
        .map(({ name, outputs: { healthCheckId, aliases = [], ...rest } }) => ({
          name,
          ...rest,
          zoneId: "",
          isChecked: healthCheckId !== undefined,
          aliases: listOf(aliases).map((alias) => [
            memberOf(alias, "name"),
            memberOf(alias, "evaluateTargetHealth"),
          ]),
        }))
        .sort((one, other) => one.name.localeCompare(other.name));
    expect(shown(aws?.resources)).to.have.length(10);
    expect(shown(octo?.resources)).to.deep.equal(shown(aws?.resources));
  });

  it("makes checks with the defaults of octoDNS and octodns-route53", async () => {
    const read = await reading(
      `a: {type: A, value: 192.0.2.9, dynamic: {pools: {p: {values: [{value: 192.0.2.1}]}}, rules: [{pool: p}]}}`,
      path,
    );
    expect(named(read, "a.example.org.:A - 192.0.2.1").outputs).to.deep.equal({
      type: "HTTPS",
      port: 443,
      ipAddress: "192.0.2.1",
      fqdn: "a.example.org",
      resourcePath: "/_dns",
      requestInterval: 10,
      failureThreshold: 6,
      measureLatency: true,
      enableSni: true,
      disabled: false,
      invertHealthcheck: false,
    });
    expect(named(read, "a.example.org A 0-p-None").outputs).to.deep.include({
      geolocationRoutingPolicies: [{ country: "*" }],
    });
  });

  it("refuses a status that octoDNS does not know", async () => {
    const zone = (status: string): string =>
      `a: {type: A, value: 192.0.2.9, dynamic: {pools: {p: {values: [{value: 192.0.2.1}, {value: 192.0.2.2, status: ${status}}]}}, rules: [{pool: p}]}}`;
    for (const [status, got] of [
      ["upp", '"upp"'],
      ["true", "true"],
    ] as const) {
      const refused = await reading(zone(status), path).then(String, String);
      expect(refused).to.equal(
        `InputError: example.org.yaml: a.example.org A: dynamic.pools.p.values[1].status: must be up, down or obey, got ${got}; give one of them, or leave it out to obey the check`,
      );
    }
  });

  it("checks values with status obey, does not check up ones, and takes out down ones", async () => {
    const values = ["obey", "up", "down"].map(
      (status, index) => `{value: 192.0.2.${index + 1}, status: ${status}}`,
    );
    const read = await reading(
      `a: {type: A, value: 192.0.2.9, dynamic: {pools: {p: {values: [${values.join(", ")}]}}, rules: [{pool: p}]}}`,
      path,
    );
    const checked = ["000", "001", "002"].map(
      (index) =>
        named(read, `_octodns-p-value.a.example.org A p-${index}`).outputs["healthCheckId"],
    );
    expect(checked).to.deep.equal([
      "a.example.org.:A - 192.0.2.1",
      undefined,
      "a.example.org.:A - 192.0.2.3",
    ]);
    expect(named(read, "a.example.org.:A - 192.0.2.3").outputs).to.include({
      disabled: true,
      invertHealthcheck: true,
    });
  });

  it("checks a name by that name, and by TCP where the record sets it", async () => {
    const read = await reading(
      `c: {type: CNAME, value: d.example.net., octodns: {healthcheck: {protocol: TCP, port: 22}}, dynamic: {pools: {p: {values: [{value: one.example.net.}]}}, rules: [{pool: p}]}}`,
      path,
    );
    const check = named(read, "c.example.org.:CNAME - one.example.net.").outputs;
    expect(check).to.include({ type: "TCP", port: 22, fqdn: "one.example.net." });
    expect(check).not.to.have.any.keys("ipAddress", "resourcePath");
  });

  it("routes by places and by subnets according to the rules, and leaves out the parts of Canada", async () => {
    const pools = "{p: {values: [{value: 192.0.2.1}]}, q: {values: [{value: 192.0.2.2}]}}";
    const read = await reading(
      [
        `geo: {type: A, value: 192.0.2.9, dynamic: {pools: ${pools}, rules: [{pool: p, geos: [NA-US-WA, NA-US, AF, NA-CA-ON]}, {pool: q}]}}`,
        `net: {type: A, value: 192.0.2.9, dynamic: {pools: ${pools}, rules: [{pool: p, subnets: [198.51.100.0/24, 10.0.0.0/8]}, {pool: q}]}}`,
      ].join("\n"),
      path,
    );
    const policies = recordsOf(read.resources).flatMap(({ name, outputs }) => {
      const policy = outputs["geolocationRoutingPolicies"] ?? outputs["cidrRoutingPolicy"];
      return policy === undefined ? [] : [[name, policy]];
    });
    // sha256("10.0.0.0/8,198.51.100.0/24"), its first 16 digits.
    const locationName = "b9f59124b523a2b7";
    const cidr = (location: string): object => ({
      collectionId: "octodns",
      locationName: location,
    });
    expect(policies).to.deep.equal([
      ["geo.example.org A 0-p-NA-US-WA", [{ country: "US", subdivision: "WA" }]],
      ["geo.example.org A 0-p-NA-US", [{ country: "US" }]],
      ["geo.example.org A 0-p-AF", [{ continent: "AF" }]],
      ["geo.example.org A 1-q-None", [{ country: "*" }]],
      ["net.example.org A 0-p-subnet", cidr(locationName)],
      ["net.example.org A 1-q-subnet", cidr("*")],
    ]);
    expect(named(read, locationName).outputs["cidrBlocks"]).to.deep.equal([
      "10.0.0.0/8",
      "198.51.100.0/24",
    ]);
    expect(read.notes[0]).to.equal(
      "geo.example.org. A: NA-CA-ON is left out, because Route 53 has no parts of Canada.",
    );
  });

  it("reads plain records, several with one name, those of the zone's name, and Route 53 aliases", async () => {
    const read = await reading(
      [
        '"":',
        "  - {type: MX, values: [{preference: 10, exchange: mx.example.net.}]}",
        "  - {type: TXT, ttl: 300, value: v=spf1 -all}",
        "web: {type: Route53Provider/ALIAS, values: [{type: A, name: target, evaluate-target-health: true}]}",
        "page: {type: Route53Provider/ALIAS, values: [{type: A, name: d1.cloudfront.net., hosted-zone-id: Z2FDTNDATAQYW2}]}",
        "srv: {type: SRV, value: {priority: 1, weight: 2, port: 3, target: a.example.net.}}",
        "old: {type: ALIAS, value: a.example.net.}",
      ].join("\n"),
      path,
    );
    expect(named(read, "example.org MX").outputs).to.deep.include({
      records: ["10 mx.example.net."],
      ttl: 3600,
    });
    expect(named(read, "example.org TXT").outputs["records"]).to.deep.equal(['"v=spf1 -all"']);
    expect(named(read, "srv.example.org SRV").outputs["records"]).to.deep.equal([
      "1 2 3 a.example.net.",
    ]);
    expect(named(read, "web.example.org A").outputs["aliases"]).to.deep.equal([
      { name: "target.example.org.", zoneId: "example.org", evaluateTargetHealth: true },
    ]);
    expect(named(read, "page.example.org A").outputs["aliases"]).to.deep.equal([
      { name: "d1.cloudfront.net.", zoneId: "Z2FDTNDATAQYW2", evaluateTargetHealth: false },
    ]);
    expect(read.notes[0]).to.equal(
      "old.example.org. ALIAS: left out, because octodns-route53 does not create it.",
    );
  });

  it("refuses a file that is not named after a zone", async () => {
    const refusal = await reading("a: {type: A, value: 192.0.2.1}", "zones/-").catch(
      (error: unknown) => (error as Error).message,
    );
    expect(refusal).to.equal(
      "zones/-: octoDNS names a file after its zone, got -; rename it, such as to example.org.yaml",
    );
  });
});
