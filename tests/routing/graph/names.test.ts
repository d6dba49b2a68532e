import { expect } from "chai";
import { canonical } from "../../../routing/domainName";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { record, resource, zone } from "./stack";

const at = (name: string, value: string, more: Properties = {}): Resource =>
  record(`${name} ${value}`, { name, records: [value], ...more });

/** The values that answer a name. */
function values(
  resources: readonly Resource[],
  name: string,
  { type = "A", zone: asked }: { readonly type?: string; readonly zone?: string } = {},
): readonly string[] {
  const model = new StackModel(resources, undefined, { zone: asked });
  return model
    .under([])
    .resolve(name, type)
    .answers.map(({ value }) => value);
}

describe("a name", () => {
  it("N1 is one name however it is written", () => {
    const same = ["www.a.test", "WWW.A.Test.", "\\167ww.a.test", "\\127WW.a.test"];
    for (const name of same) expect(canonical(name), name).to.equal("www.a.test");
    expect(canonical("\\052.a.test")).to.equal("*.a.test");
    expect(canonical("bücher.a.test")).to.equal("xn--bcher-kva.a.test");
    expect(canonical("XN--BCHER-KVA.a.test")).to.equal("xn--bcher-kva.a.test");
    expect(canonical("_dmarc.a.test")).to.equal("_dmarc.a.test");
    // A dot within a label gives a different name than a dot between two labels.
    expect(canonical("a\\056b.test")).to.equal("a\\056b.test");
    expect(canonical("\\344.test")).to.equal("\\344.test");
  });

  it("N1 is found by a record, an alias and a CNAME that write it differently", () => {
    const alias = { name: "TARGET.a.test.", zoneId: "Z1", evaluateTargetHealth: true };
    const stack = [
      zone,
      at("\\164arget.a.test", "192.0.2.1"),
      record("alias", { name: "Alias.a.test", aliases: [alias] }),
      at("cname.a.test", "Target.A.test.", { type: "CNAME" }),
    ];
    for (const name of ["target.a.test", "alias.a.test", "cname.a.test"]) {
      expect(values(stack, name), name).to.deep.equal(["192.0.2.1"]);
    }
  });
});

describe("a wildcard", () => {
  const stack = [
    zone,
    at("*.a.test", "192.0.2.1"),
    at("own.a.test", "192.0.2.2", { type: "AAAA", records: ["2001:db8::1"] }),
    at("deep.branch.a.test", "192.0.2.3"),
    at("*.branch.a.test", "192.0.2.4"),
    at("x.tip.a.test", "192.0.2.5"),
  ];

  it("N3 answers for all names below it that do not exist, however deep", () => {
    for (const name of ["any.a.test", "any.other.a.test", "*.a.test"]) {
      expect(values(stack, name), name).to.deep.equal(["192.0.2.1"]);
    }
  });

  it("N3 is that of the closest existing name", () => {
    expect(values(stack, "any.branch.a.test")).to.deep.equal(["192.0.2.4"]);
    expect(values(stack, "deep.branch.a.test")).to.deep.equal(["192.0.2.3"]);
  });

  it("N3 does not answer for a name with records of another type, or with names below it", () => {
    for (const name of ["own.a.test", "below.own.a.test", "tip.a.test", "y.tip.a.test", "a.test"]) {
      expect(() => values(stack, name), name).to.throw(name);
    }
  });

  it("N3 is not one where the star is not the whole first label", () => {
    const odd = [zone, at("w*.a.test", "192.0.2.1"), at("m.*.b.a.test", "192.0.2.2")];
    expect(() => values(odd, "www.a.test")).to.throw("www.a.test: no record has this name");
    expect(() => values(odd, "m.x.b.a.test")).to.throw("m.x.b.a.test: no record has this name");
    expect(values(odd, "m.*.b.a.test")).to.deep.equal(["192.0.2.2"]);
  });

  it("A12 is an alias target only by its own name", () => {
    const alias = (name: string): Resource =>
      record("alias", {
        name: "up.a.test",
        aliases: [{ name, zoneId: "Z1", evaluateTargetHealth: true }],
      });
    const wild = [zone, at("*.a.test", "192.0.2.1")];
    expect(values([...wild, alias("\\052.a.test")], "up.a.test")).to.deep.equal(["192.0.2.1"]);
    expect(() => values([...wild, alias("any.a.test")], "up.a.test")).to.throw("A12");
  });
});

describe("zones of one name", () => {
  const hosted = (name: string, domain: string, more: Properties = {}): Resource =>
    resource("aws:route53/zone:Zone", name, { zoneId: name, name: domain, ...more });
  const hidden = { vpcs: [{ vpcId: "vpc-1" }] };
  const inZone = (zoneId: string, name: string, value: string, more: Properties = {}): Resource =>
    record(`${zoneId} ${name}`, { name, zoneId, records: [value], ...more });
  const split = [
    hosted("open", "a.test"),
    hosted("hidden", "a.test", hidden),
    inZone("open", "www.a.test", "192.0.2.1"),
    inZone("hidden", "www.a.test", "10.0.0.1"),
    inZone("hidden", "db.a.test", "10.0.0.2"),
    inZone("hidden", "entry.a.test", "www.a.test", { type: "CNAME" }),
    inZone("open", "entry.a.test", "www.a.test", { type: "CNAME" }),
  ];

  it("N4 answer separately: the public one, or the chosen one", () => {
    expect(values(split, "www.a.test")).to.deep.equal(["192.0.2.1"]);
    expect(values(split, "www.a.test", { zone: "hidden" })).to.deep.equal(["10.0.0.1"]);
    expect(() => values(split, "gone.a.test", { zone: "hidden" })).to.throw("gone.a.test");
    expect(() => values(split, "db.a.test", { zone: "open" })).to.throw(
      "db.a.test: no A record in the zone that answers (N4), got one in hidden; choose that zone with --zone",
    );
  });

  it("N4 follow CNAMEs as a resolver in the same place does", () => {
    expect(values(split, "entry.a.test")).to.deep.equal(["192.0.2.1"]);
    expect(values(split, "entry.a.test", { zone: "hidden" })).to.deep.equal(["10.0.0.1"]);
  });

  it("N4 answer for a name that only a private one has", () => {
    expect(values(split, "db.a.test")).to.deep.equal(["10.0.0.2"]);
  });

  it("N4 leave a name to the closest zone, and to none beyond a delegation", () => {
    const child = [
      hosted("parent", "a.test"),
      hosted("child", "c.a.test"),
      inZone("parent", "*.a.test", "192.0.2.1"),
      inZone("parent", "c.a.test", "ns.test", { type: "NS" }),
      inZone("child", "www.c.a.test", "192.0.2.2"),
    ];
    expect(values(child, "www.c.a.test")).to.deep.equal(["192.0.2.2"]);
    expect(() => values(child, "other.c.a.test")).to.throw("other.c.a.test");
    const [parent, , ...records] = child;
    if (!parent) throw new Error("there is a parent");
    const withoutChild = [parent, ...records.slice(0, 2)];
    expect(() => values(withoutChild, "www.c.a.test")).to.throw("www.c.a.test");
    const below = [...withoutChild, inZone("parent", "x.c.a.test", "192.0.2.3")];
    expect(() => values(below, "x.c.a.test")).to.throw(
      "x.c.a.test: other name servers answer for it (N4), got an NS record of c.a.test; add the zone of c.a.test, or ask for a name outside it",
    );
    expect(values(withoutChild, "www.d.a.test")).to.deep.equal(["192.0.2.1"]);
  });

  it("N4 are refused where two public ones have the name", () => {
    const twice = [
      hosted("one", "a.test"),
      hosted("two", "a.test"),
      inZone("one", "www.a.test", "192.0.2.1"),
      inZone("two", "www.a.test", "192.0.2.2"),
    ];
    expect(() => values(twice, "www.a.test")).to.throw(
      "www.a.test: several zones have it, got one, two; choose one with --zone",
    );
    expect(values(twice, "www.a.test", { zone: "two" })).to.deep.equal(["192.0.2.2"]);
  });
});

describe("a CNAME", () => {
  const cname = (name: string, value: string, more: Properties = {}): Resource =>
    at(name, value, { type: "CNAME", ttl: 300, ...more });
  const stack = [
    zone,
    cname("www.a.test", "middle.a.test"),
    cname("middle.a.test", "end.a.test"),
    at("end.a.test", "192.0.2.1", { ttl: 10 }),
    cname("out.a.test", "elsewhere.test"),
    cname("*.w.a.test", "end.a.test"),
  ];

  it("N5 is followed to its end, through others and from a wildcard", () => {
    expect(values(stack, "www.a.test")).to.deep.equal(["192.0.2.1"]);
    expect(values(stack, "x.w.a.test")).to.deep.equal(["192.0.2.1"]);
  });

  it("N5 is itself the answer to a query for CNAME", () => {
    expect(values(stack, "www.a.test", { type: "CNAME" })).to.deep.equal(["middle.a.test"]);
  });

  it("N5 to a name elsewhere is answered with that name", () => {
    expect(values(stack, "out.a.test")).to.deep.equal(["elsewhere.test"]);
  });

  it("N5 leads to no answer where its target has no record of the type", () => {
    const { answers, unanswered } = new StackModel(stack).under([]).resolve("www.a.test", "AAAA");
    expect([answers, unanswered]).to.deep.equal([[], 1]);
  });

  it("T1 is kept for its own TTL, and what it leads to for its own", () => {
    const [answer] = new StackModel(stack).under([]).resolve("www.a.test", "A").answers;
    expect(answer?.ttlSeconds).to.equal(10);
    expect(answer?.cnames?.map(({ name }) => name)).to.deep.equal(["www.a.test", "middle.a.test"]);
    expect(answer?.path.map(({ reason }) => reason)).to.deep.equal([
      "the only record, always healthy because it has no check; resolvers keep it for 300 s",
      "the only record, always healthy because it has no check; resolvers keep it for 300 s",
      "the only record, always healthy because it has no check",
    ]);
  });

  it("N5 that leads back to itself is refused, as is one with two values", () => {
    const round = [zone, cname("a.a.test", "b.a.test"), cname("b.a.test", "a.a.test")];
    expect(() => values(round, "a.a.test")).to.throw(
      "b.a.test a.a.test: its CNAME points back to itself, got a.a.test → b.a.test → a.a.test; point it to a record below its own",
    );
    const two = [zone, cname("a.a.test", "", { records: ["b.test", "c.test"] })];
    expect(() => values(two, "a.a.test")).to.throw("a CNAME has one value (N5), got 2");
  });

  it("N6 beside another record of its name is refused, unless that is in another zone", () => {
    const inZone = (zoneId: string): readonly Resource[] => [
      ...[zone, resource("aws:route53/zone:Zone", "other", { zoneId: "Z2", name: "a.test" })],
      ...[cname("a.a.test", "b.test"), record("beside", { name: "a.a.test", type: "MX", zoneId })],
    ];
    expect(() => values(inZone("Z1"), "a.a.test", { zone: "Z1" })).to.throw(
      "a CNAME is the only record of its name (N6), got MX beside it; Route 53 rejects one beside the other, so keep one",
    );
    expect(values(inZone("Z2"), "a.a.test", { zone: "Z1" })).to.deep.equal(["b.test"]);
  });

  it("N5 takes its health from its check, and not from its target", () => {
    const failover = (type: string, value: string, more: Properties = {}): Resource =>
      cname("app.a.test", value, {
        setIdentifier: type,
        failoverRoutingPolicies: [{ type }],
        ...more,
      });
    const check = resource("aws:route53/healthCheck:HealthCheck", "check", {
      type: "HTTP",
      ipAddress: "192.0.2.1",
    });
    const app = [
      ...stack,
      check,
      failover("PRIMARY", "end.a.test", { healthCheckId: "check" }),
      failover("SECONDARY", "elsewhere.test"),
    ];
    expect(values(app, "app.a.test")).to.deep.equal(["192.0.2.1"]);
    const model = new StackModel(app);
    const [answer] = model.under(model.faults(["check:check"])).resolve("app.a.test", "A").answers;
    expect(answer?.value).to.equal("elsewhere.test");
  });

  it("H13 fails a check whose name leads to a name without IPv4 addresses", () => {
    const dead = [
      ...stack,
      at("six.a.test", "2001:db8::1", { type: "AAAA" }),
      cname("health.a.test", "six.a.test"),
      resource("aws:route53/healthCheck:HealthCheck", "check", {
        type: "HTTP",
        fqdn: "health.a.test",
      }),
      ...["PRIMARY", "SECONDARY"].map((type) =>
        at("app.a.test", type === "PRIMARY" ? "192.0.2.8" : "192.0.2.9", {
          setIdentifier: type,
          failoverRoutingPolicies: [{ type }],
          ...(type === "PRIMARY" ? { healthCheckId: "check" } : {}),
        }),
      ),
    ];
    expect(values(dead, "app.a.test")).to.deep.equal(["192.0.2.9"]);
  });
});
