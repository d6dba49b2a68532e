import { expect } from "chai";
import type { Assessment } from "../../../rehearsal/repair/assess";
import { assess } from "../../../rehearsal/repair/assess";
import { candidatesFor } from "../../../rehearsal/repair/candidates";
import type { Edit } from "../../../rehearsal/repair/edits";
import { costs } from "../../../rehearsal/repair/edits";
import { missingRoleEdits, otherTargetEdits } from "../../../rehearsal/repair/roleEdits";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { pair, record, resource, zone } from "../../routing/graph/stack";

const checkType = "aws:route53/healthCheck:HealthCheck";

const servers = ["a", "b"].flatMap((letter, index) => [
  resource("aws:ec2/instance:Instance", `web-${letter}`, { subnetId: `subnet-${letter}` }),
  resource("aws:ec2/eip:Eip", `ip-${letter}`, {
    publicIp: `198.51.100.${index + 1}`,
    instance: `web-${letter}`,
  }),
]);

const check = (name: string, outputs: Properties): Resource =>
  resource(checkType, name, {
    type: "HTTP",
    port: 80,
    requestInterval: 30,
    failureThreshold: 3,
    ...outputs,
  });

const assessed = (...resources: readonly Resource[]): Assessment =>
  assess(resources, ["www.a.test"], new Map());

/** A primary on web-a with a check as given. */
const zoneOf = (checked: Properties, ...more: readonly Resource[]): Assessment =>
  assessed(...pair({ records: ["198.51.100.1"] }, checked), ...servers, ...more);

/** The edits whose texts begin as given, with their costs. */
function starting(edits: readonly Edit[], start: string): readonly unknown[] {
  return edits.filter(({ text }) => text.startsWith(start)).map(({ text, cost }) => [text, cost]);
}

describe("the edits of a check", () => {
  it("are none for a routing control, which a person sets (K10)", () => {
    const control = { type: "RECOVERY_CONTROL", routingControlArn: "arn:control" };
    const edits = candidatesFor(zoneOf(control));
    expect(edits.flatMap(({ changes }) => changes.map(({ urn }) => urn))).not.to.include(
      resource(checkType, "check", {}).urn,
    );
    expect(starting(edits, "give www-primary")).to.deep.equal([
      ["give www-primary a new check, www-primary check", costs.create],
    ]);
  });

  it("do not let it watch one of several addresses, nor what it watches already", () => {
    const several = assessed(
      ...pair({ records: ["198.51.100.1", "192.0.2.9"] }, { ipAddress: "198.51.100.2" }),
      ...servers,
    );
    expect(several.violations.map(({ property }) => property)).to.include("noDeadAnswer");
    expect(starting(candidatesFor(several), "make check probe")).to.deep.equal([]);
    const right = zoneOf({ ipAddress: "198.51.100.1", disabled: true });
    expect(starting(candidatesFor(right), "make check probe")).to.deep.equal([]);
    const wrong = zoneOf({ ipAddress: "198.51.100.2" });
    expect(starting(candidatesFor(wrong), "make check probe")).to.deep.equal([
      ["make check probe 198.51.100.1", costs.figure],
    ]);
  });

  it("drop unread children of a calculated check, and require every unused check (K1)", () => {
    const children = ["gone", "right"];
    const calculated = { type: "CALCULATED", childHealthThreshold: 1, childHealthchecks: children };
    const edits = candidatesFor(
      zoneOf(
        calculated,
        check("right", { ipAddress: "198.51.100.1" }),
        check("first", { ipAddress: "198.51.100.1" }),
        check("second", { type: "TCP", ipAddress: "198.51.100.1" }),
        check("used", { ipAddress: "198.51.100.1", resourcePath: "/used" }),
        record("other", {
          name: "other.a.test",
          setIdentifier: "other",
          weightedRoutingPolicies: [{ weight: 1 }],
          records: ["198.51.100.1"],
          healthCheckId: "used",
        }),
      ),
    );
    expect([...starting(edits, "remove"), ...starting(edits, "make check require")]).to.deep.equal([
      ["remove right from check", costs.dropCheck],
      ["remove gone from check", costs.use],
      ["make check require 2 of 2 checks", costs.figure],
      ["make check require first as well", costs.useOrphan],
      ["make check require second as well", costs.useOrphan],
      ["make check require used as well", costs.use],
      ["make check require first, second as well", costs.useOrphan],
      ["make check require a new check, www-primary check, in place of gone", costs.create],
      ["make check require a new check, www-primary check 2, in place of gone", costs.create],
      ["make check require a new check, www-primary check 3, in place of gone", costs.create],
    ]);
  });
});

/** The edits that add what a lone record of `www.a.test` has no other one for. */
function addedTo(lone: Resource, ...others: readonly Resource[]): readonly Edit[] {
  const assessment = assessed(zone, lone, ...others);
  const { records } = assessment.model.route53.dns;
  return missingRoleEdits(
    assessment,
    records.filter(({ id }) => id === lone.urn),
  );
}

const alone = (role: "PRIMARY" | "SECONDARY", more: Properties = {}): Resource =>
  record("www primary", {
    failoverRoutingPolicies: [{ type: role }],
    setIdentifier: role.toLowerCase(),
    records: ["192.0.2.1"],
    ...more,
  });

const created = (edits: readonly Edit[]): readonly unknown[] =>
  edits.flatMap((edit) =>
    (edit.created ?? []).map(({ name, outputs, propertyDependencies }) => [
      name,
      outputs["records"] ?? outputs["aliases"],
      outputs["healthCheckId"],
      propertyDependencies,
    ]),
  );

describe("the record that a failover group lacks", () => {
  it("C6: is a primary only for an address that a check watches, and a secondary for any", () => {
    const checked = check("check-b", { ipAddress: "198.51.100.2" });
    expect(created(addedTo(alone("SECONDARY"), ...servers, checked))).to.deep.equal([
      ["www primary", ["198.51.100.2"], "check-b", {}],
    ]);
    expect(created(addedTo(alone("PRIMARY"), ...servers, checked))).to.deep.equal([
      ["www secondary", ["198.51.100.1"], undefined, {}],
      ["www secondary", ["198.51.100.2"], "check-b", {}],
    ]);
  });

  it("is for no address that a record has, that is not known, or that is of another family", () => {
    const used = record("web", { name: "web.a.test", type: "A", records: ["198.51.100.1"] });
    const unknown = resource("aws:ec2/eip:Eip", "ip-c", { publicIp: new Unknown("computed") });
    expect(created(addedTo(alone("PRIMARY"), ...servers, used, unknown)).at(-1)).to.deep.equal([
      "www secondary",
      ["198.51.100.2"],
      undefined,
      {},
    ]);
    const six = alone("PRIMARY", { type: "AAAA", records: ["2001:db8::1"] });
    expect(created(addedTo(six, ...servers))).to.deep.equal([]);
  });

  it("is in the zone of the one that is there, by the same reference", () => {
    const lone = { ...alone("PRIMARY"), propertyDependencies: { zoneId: [zone.urn] } };
    const [first] = addedTo(lone, ...servers).flatMap((edit) => edit.created ?? []);
    expect(first?.propertyDependencies).to.deep.equal({ zoneId: [zone.urn] });
    expect(first?.outputs).to.deep.include({ zoneId: "Z1", name: "www.a.test", type: "A" });
  });

  it("has no zone where nothing says which", () => {
    const outputs = { ...alone("PRIMARY").outputs };
    delete (outputs as Record<string, unknown>)["zoneId"];
    const [first] = addedTo({ ...alone("PRIMARY"), inputs: outputs, outputs }, ...servers).flatMap(
      (edit) => edit.created ?? [],
    );
    expect(Object.keys(first?.outputs ?? {}))
      .to.include("name")
      .and.not.to.include("zoneId");
  });

  it("A9: leads to a distribution of the name that has a name itself, without evaluation", () => {
    const distribution = (name: string, outputs: Properties): Resource =>
      resource("aws:cloudfront/distribution:Distribution", name, {
        aliases: ["WWW.a.test"],
        ...outputs,
      });
    const found = addedTo(
      alone("PRIMARY"),
      distribution("page", { domainName: "d1.cloudfront.net", hostedZoneId: "Z2FDTNDATAQYW2" }),
      distribution("nameless", { domainName: new Unknown("computed") }),
      distribution("other", { aliases: ["other.a.test"], domainName: "d2.cloudfront.net" }),
    );
    expect(found.map(({ text }) => text)).to.deep.equal([
      "add www secondary, SECONDARY to www primary, which leads to page",
    ]);
    expect(created(found)).to.deep.equal([
      [
        "www secondary",
        [{ name: "d1.cloudfront.net", zoneId: "Z2FDTNDATAQYW2", evaluateTargetHealth: false }],
        undefined,
        {},
      ],
    ]);
  });

  it("A11: leads to a website whose bucket has the name, even where the bucket was not read", () => {
    const website = resource(
      "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
      "site",
      {
        bucket: "www.a.test",
        websiteDomain: "s3-website-us-west-2.amazonaws.com",
        hostedZoneId: "Z3BJ6K6RIION7M",
      },
    );
    expect(created(addedTo(alone("PRIMARY"), website))).to.deep.equal([
      [
        "www secondary",
        [
          {
            name: "s3-website-us-west-2.amazonaws.com",
            zoneId: "Z3BJ6K6RIION7M",
            evaluateTargetHealth: false,
          },
        ],
        undefined,
        {},
      ],
    ]);
  });
});

describe("the edits for what Route 53 refuses", () => {
  const weighted = (name: string, setIdentifier: string): Resource =>
    record(name, {
      weightedRoutingPolicies: [{ weight: 1 }],
      setIdentifier,
      records: ["198.51.100.1"],
    });

  it("C15: give a record an identifier that is free, and none where all that it would have are taken", () => {
    const two = assessed(zone, weighted("a", "x"), weighted("b", "x"));
    expect(starting(candidatesFor(two), "give")).to.deep.equal([
      ["give b the set identifier b", costs.asDeclared],
    ]);
    const taken = [weighted("c", "b"), weighted("d", "b 2")];
    const four = assessed(zone, weighted("a", "x"), weighted("b", "x"), ...taken);
    expect(four.refusals.map(({ rule }) => rule)).to.deep.equal(["C15"]);
    expect(candidatesFor(four)).to.deep.equal([]);
  });

  it("A12: are none where an alias leads to nothing", () => {
    const alias = { name: "gone.a.test", zoneId: "Z1", evaluateTargetHealth: false };
    const dangling = assessed(zone, record("www", { aliases: [alias] }));
    expect(dangling.refusals.map(({ rule }) => rule)).to.deep.equal(["A12"]);
    expect(candidatesFor(dangling)).to.deep.equal([]);
  });

  it("are none for aliases in a circle, which is no fault of one group", () => {
    const leading = (name: string, to: string): Resource =>
      record(name, {
        name: `${name}.a.test`,
        aliases: [{ name: `${to}.a.test`, zoneId: "Z1", evaluateTargetHealth: true }],
      });
    const circle = assessed(zone, leading("www", "other"), leading("other", "www"));
    const faults = circle.refusals.map(({ rule, message }) => [rule, message]);
    expect(faults).to.deep.equal([
      [
        undefined,
        "other: its alias points back to itself, got www.a.test → other.a.test → www.a.test; point it to a record below its own",
      ],
    ]);
    expect(candidatesFor(circle)).to.deep.equal([]);
  });
});

describe("a record that leads where another of its group does", () => {
  it("may lead to an address that nothing leads to", () => {
    const assessment = zoneOf({ ipAddress: "198.51.100.1" });
    const { records } = assessment.model.route53.dns;
    expect(otherTargetEdits(assessment, records)).to.deep.equal([]);
    const double = assessed(
      ...pair({ records: ["203.0.113.99"] }, { ipAddress: "203.0.113.99" }),
      ...servers,
    );
    expect(
      otherTargetEdits(double, double.model.route53.dns.records).map(({ text }) => text),
    ).to.deep.equal([
      "point www-primary to 198.51.100.1",
      "point www-primary to 198.51.100.2",
      "point www-secondary to 198.51.100.1",
      "point www-secondary to 198.51.100.2",
    ]);
  });
});
