import { expect } from "chai";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { pair, record, resource } from "../../routing/graph/stack";
import { blamed, check, servers } from "./blamed";

/** The primary of a pair as an alias that leads to AWS's name, without a check. */
const leadingTo = (name: string, evaluateTargetHealth: boolean): readonly Resource[] => [
  ...pair({}).filter((one) => one.name !== "www-primary" && one.name !== "check"),
  record("www-primary", {
    failoverRoutingPolicies: [{ type: "PRIMARY" }],
    setIdentifier: "primary",
    aliases: [{ name, zoneId: "ZAWS", evaluateTargetHealth }],
  }),
];

describe("the blame where a record leads to several things, or to what AWS names", () => {
  it("falls on the address of several that has failed", () => {
    const resources = [
      ...pair({ records: ["198.51.100.1", "192.0.2.9"] }, { ipAddress: "198.51.100.2" }),
      ...servers,
    ];
    expect(blamed(resources, "noDeadAnswer")).to.deep.include({
      record: "www-primary",
      check: "check",
      why: "check is healthy: it watches web-b, and not web-a",
    });
  });

  it("N5: takes a CNAME to a name that its whole zone lacks for nothing that works", () => {
    const resources = pair(
      { type: "CNAME", records: ["gone.a.test"] },
      { ipAddress: "8.8.4.1" },
    ).map((one) => {
      if (one.name === "zone") return { ...one, isWhole: true as const };
      if (one.name !== "www-secondary") return one;
      return { ...one, outputs: { ...one.outputs, type: "CNAME", records: ["b.test"] } };
    });
    expect(blamed(resources, "alwaysAnswered")).to.deep.equal([
      { record: "www-primary", why: "no record answers" },
    ]);
    expect(blamed(resources, "noNeedlessFailover")).to.deep.equal([]);
    expect(blamed(resources, "noDeadAnswer")).to.deep.equal([]);
  });

  it("A10: falls on an alias whose evaluation has no effect", () => {
    const resources = leadingTo("d-1.execute-api.us-west-2.amazonaws.com", true);
    expect(blamed(resources, "noDeadAnswer")).to.deep.equal([
      { record: "www-primary", why: "it has no health check, so it is always healthy" },
    ]);
  });

  it("A14: falls on a check that watches another server than the balancer of that name", () => {
    const resources = [
      ...leadingTo("web-1.us-west-2.elb.amazonaws.com", false).map((one) =>
        one.name === "www-primary"
          ? { ...one, outputs: { ...one.outputs, healthCheckId: "check" } }
          : one,
      ),
      check("check", { type: "HTTP", ipAddress: "192.0.2.9" }),
    ];
    expect(blamed(resources, "noDeadAnswer")).to.deep.equal([
      {
        record: "www-primary",
        check: "check",
        why: "check is healthy: it watches 192.0.2.9, and not web-1.us-west-2.elb.amazonaws.com",
      },
      {
        record: "www-primary",
        check: "check",
        why: "check is unhealthy: it watches 192.0.2.9, which has failed",
      },
    ]);
  });

  it("A7: falls on a balancer whose group is known to have no target", () => {
    const resources = [
      ...leadingTo("alb-1.us-west-2.elb.amazonaws.com", true),
      resource("aws:lb/loadBalancer:LoadBalancer", "alb", {
        arn: "arn:alb",
        dnsName: "alb-1.us-west-2.elb.amazonaws.com",
        subnets: ["subnet-a"],
      }),
      resource("aws:lb/listener:Listener", "listener", {
        loadBalancerArn: "arn:alb",
        defaultActions: [{ type: "forward", targetGroupArn: "arn:group" }],
      }),
      resource("aws:lb/targetGroup:TargetGroup", "group", {
        arn: "arn:group",
        areTargetsRead: true,
      }),
    ];
    expect(blamed(resources, "noNeedlessFailover")).to.deep.equal([
      { record: "www-primary", why: "its target has no healthy member" },
    ]);
  });

  it("C19: falls on the record of a place, or on the default itself", () => {
    const located = (name: string, address: string, country: string): Resource =>
      record(name, {
        geolocationRoutingPolicies: [{ country }],
        setIdentifier: name,
        records: [address],
      });
    const [zone, ...subnets] = pair({}).slice(0, 3);
    if (!zone) throw new Error("there is a zone");
    const stack = [zone, ...subnets, ...servers, located("de", "198.51.100.1", "DE")];
    const other = "no other record of www.a.test that works is for this place";
    const withDefault = [...stack, located("rest", "198.51.100.2", "*")];
    expect(blamed(withDefault, "noDeadAnswer", { location: null })).to.deep.equal([
      { record: "rest", why: `${other}; let the default lead to several endpoints` },
    ]);
    const withUs = [...stack, located("us", "198.51.100.2", "US")];
    expect(
      blamed(withUs, "noDeadAnswer", { location: { continent: "NA", country: "US" } }),
    ).to.deep.equal([{ record: "us", why: `${other}; give it a default` }]);
    const checked = [...withUs, located("rest", "203.0.113.50", "*")].map((one) =>
      ["de", "rest"].includes(one.name)
        ? { ...one, outputs: { ...one.outputs, healthCheckId: `check-${one.name}` } }
        : one,
    );
    const germany = { location: { continent: "EU", country: "DE" } };
    const checks = [
      check("check-de", { type: "HTTP", ipAddress: "198.51.100.1" }),
      check("check-rest", { type: "HTTP", ipAddress: "203.0.113.50" }),
    ];
    expect(blamed([...checked, ...checks], "noDeadAnswer", germany)).to.deep.equal([
      { record: "de", why: `${other}; let the default lead to several endpoints` },
    ]);
  });

  it("C8: goes past a name that two records lead to and that does not have it", () => {
    const member = (name: string, more: Properties): Resource =>
      record(name, {
        weightedRoutingPolicies: [{ weight: 1 }],
        setIdentifier: name,
        ...more,
      });
    const toWeb = { aliases: [{ name: "web.a.test", zoneId: "Z1", evaluateTargetHealth: false }] };
    const resources = [
      ...pair({}).filter(({ type }) => type !== "aws:route53/record:Record"),
      ...servers,
      record("web", { name: "web.a.test", records: ["198.51.100.2"] }),
      member("a", toWeb),
      member("b", toWeb),
      member("c", { records: ["198.51.100.1"] }),
    ];
    expect(blamed(resources, "noDeadAnswer")).to.deep.include({
      record: "c",
      why: "it has no health check, so it is always healthy",
    });
  });
});
