import { expect } from "chai";
import type { Blame } from "../../../rehearsal/proof/blame";
import { FaultSpace } from "../../../rehearsal/proof/faultSpace";
import { violationsOf } from "../../../rehearsal/proof/prove";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { pair, record, resource } from "../../routing/graph/stack";
import { blamed, check, servers } from "./blamed";

/** A primary on web-a, with the given check. */
function checkedBy(check: Properties): readonly Resource[] {
  return [...pair({ records: ["198.51.100.1"] }, check), ...servers];
}

describe("the blame for a dead answer", () => {
  const cases: readonly (readonly [string, Properties, string, readonly Resource[]])[] = [
    [
      "a disabled check",
      { ipAddress: "198.51.100.1", disabled: true },
      "it is disabled, which counts as healthy (H16)",
      [],
    ],
    [
      "an inverted check",
      { ipAddress: "198.51.100.1", invertHealthcheck: true },
      "it is inverted, so it says the opposite of what it sees",
      [],
    ],
    [
      "a check of another server",
      { ipAddress: "198.51.100.2" },
      "it watches web-b, and not web-a",
      [],
    ],
    [
      "an alarm that watches nothing of it",
      {
        type: "CLOUDWATCH_METRIC",
        cloudwatchAlarmName: "alarm",
        insufficientDataHealthStatus: "Healthy",
      },
      "it follows an alarm that does not watch what has failed",
      [
        resource(
          "aws:cloudwatch/metricAlarm:MetricAlarm",
          "alarm",
          { name: "alarm" },
          { region: "eu-west-1" },
        ),
      ],
    ],
    [
      "a calculated check that asks for too little",
      { type: "CALCULATED", childHealthThreshold: 1, childHealthchecks: ["right", "other"] },
      "it requires 1 of 2 checks, and other is healthy",
      [
        check("right", { type: "HTTP", ipAddress: "198.51.100.1" }),
        check("other", { type: "HTTP", ipAddress: "198.51.100.2" }),
      ],
    ],
    [
      "a check of an address outside",
      { ipAddress: "192.0.2.9" },
      "it watches 192.0.2.9, and not web-a",
      [],
    ],
    [
      "a calculated check that asks for nothing",
      { type: "CALCULATED", childHealthThreshold: 0, childHealthchecks: ["right"] },
      "it requires 0 of 1 checks",
      [check("right", { type: "HTTP", ipAddress: "198.51.100.1" })],
    ],
    [
      "a calculated check that two others keep healthy",
      { type: "CALCULATED", childHealthThreshold: 1, childHealthchecks: ["other", "another"] },
      "it requires 1 of 2 checks, and other, another are healthy",
      [
        check("other", { type: "HTTP", ipAddress: "198.51.100.2" }),
        check("another", { type: "TCP", ipAddress: "198.51.100.2" }),
      ],
    ],
    [
      "a check that follows a routing control",
      { type: "RECOVERY_CONTROL", routingControlArn: "arn:aws:route53-recovery-control::1:c" },
      "it follows a routing control, which a person sets",
      [],
    ],
    [
      "a check of a name that something else answers",
      { fqdn: "other.a.test" },
      "it watches the name other.a.test, which something that lives answers",
      [record("other", { name: "other.a.test", records: ["198.51.100.2"] })],
    ],
    [
      "a check of a name outside",
      { fqdn: "status.example.net" },
      "it watches status.example.net, and not web-a",
      [],
    ],
    [
      "a check of an address that is made at deployment, of nothing that was read",
      { ipAddress: new Unknown("computed") },
      "it watches an address that is not known yet, and not web-a",
      [],
    ],
  ];
  for (const [title, properties, why, more] of cases) {
    it(`falls on ${title}`, () => {
      expect(blamed([...checkedBy(properties), ...more], "noDeadAnswer")).to.deep.include({
        record: "www-primary",
        check: "check",
        why: `check is healthy: ${why}`,
      });
    });
  }

  it("falls on an alias that evaluates nothing", () => {
    const [zone, subnetA, subnetB, , , secondary] = checkedBy({});
    const alias = record("www-primary", {
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
      setIdentifier: "primary",
      aliases: [{ name: "web.a.test", zoneId: "Z1", evaluateTargetHealth: false }],
    });
    const web = record("web", { name: "web.a.test", records: ["198.51.100.1"] });
    const resources = [zone, subnetA, subnetB, alias, web, secondary].flatMap((one) => one ?? []);
    expect(blamed([...resources, ...servers], "noDeadAnswer")).to.deep.equal([
      {
        record: "www-primary",
        why: "it has no health check and does not evaluate its target, so it is always healthy",
      },
    ]);
  });

  it("falls on the leaf without a check below an alias that evaluates it", () => {
    const [zone, subnetA, subnetB, , , secondary] = checkedBy({});
    const alias = record("www-primary", {
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
      setIdentifier: "primary",
      aliases: [{ name: "web.a.test", zoneId: "Z1", evaluateTargetHealth: true }],
    });
    const web = record("web", { name: "web.a.test", records: ["198.51.100.1"] });
    const resources = [zone, subnetA, subnetB, alias, web, secondary].flatMap((one) => one ?? []);
    expect(blamed([...resources, ...servers], "noDeadAnswer")).to.deep.equal([
      { record: "web", why: "it has no health check, so it is always healthy" },
    ]);
  });
});

describe("the blame where nothing is healthy, or something was not read", () => {
  it("falls on the check that excludes the live record, when the dead one answers as a last resort", () => {
    const [zone, subnetA, subnetB, own, primary, secondary] = checkedBy({
      ipAddress: "198.51.100.1",
    });
    const second = check("second", {
      type: "HTTP",
      ipAddress: "198.51.100.2",
      invertHealthcheck: true,
    });
    const inverted = secondary && {
      ...secondary,
      inputs: { ...secondary.inputs, records: ["198.51.100.2"], healthCheckId: "second" },
      outputs: { ...secondary.outputs, records: ["198.51.100.2"], healthCheckId: "second" },
    };
    const resources = [zone, subnetA, subnetB, own, second, primary, inverted].flatMap(
      (one) => one ?? [],
    );
    expect(blamed([...resources, ...servers], "noDeadAnswer")).to.deep.include({
      record: "www-secondary",
      check: "second",
      why: "second is unhealthy: it is inverted, so it says the opposite of what it sees",
    });
  });

  it("falls on a check of another stack, which may always be healthy", () => {
    const resources = checkedBy({}).filter(({ name }) => name !== "check");
    expect(blamed(resources, "noDeadAnswer")).to.deep.equal([
      { record: "www-primary", why: "its check check is not part of what was read" },
    ]);
  });

  it("falls on the record that a check by name waits for", () => {
    const resources = [
      ...checkedBy({ fqdn: "other.a.test" }),
      check("inner", { type: "HTTP", ipAddress: "198.51.100.1", invertHealthcheck: true }),
      check("outer", { type: "HTTP", ipAddress: "198.51.100.1" }),
      record("other-primary", {
        name: "other.a.test",
        failoverRoutingPolicies: [{ type: "PRIMARY" }],
        setIdentifier: "primary",
        records: ["198.51.100.1"],
        healthCheckId: "inner",
      }),
      record("other-secondary", {
        name: "other.a.test",
        failoverRoutingPolicies: [{ type: "SECONDARY" }],
        setIdentifier: "secondary",
        records: ["198.51.100.2"],
        healthCheckId: "outer",
      }),
    ];
    expect(blamed(resources, "noNeedlessFailover").map(({ why }) => why)).to.include(
      "check is unhealthy: it watches the name other.a.test, where other-primary does not answer: inner is unhealthy: it is inverted, so it says the opposite of what it sees",
    );
  });
});

/** `www.a.test` is a CNAME by its policy, and leads to `a.a.test` on web-a and `b.a.test` on web-b. */
function cnames(check: Properties): readonly Resource[] {
  const [zone, subnetA, subnetB, own, primary, secondary] = pair({}, check);
  const leading = [primary, secondary].flatMap((one, index) => {
    if (!one) return [];
    const more = { type: "CNAME", records: [`${["a", "b"][index] ?? ""}.a.test.`] };
    return [{ ...one, inputs: { ...one.inputs, ...more }, outputs: { ...one.outputs, ...more } }];
  });
  const leaves = ["a", "b"].map((letter, index) =>
    record(letter, { name: `${letter}.a.test`, records: [`198.51.100.${index + 1}`] }),
  );
  return [zone, subnetA, subnetB, own, ...leading, ...leaves, ...servers].flatMap(
    (one) => one ?? [],
  );
}

describe("the blame through CNAMEs", () => {
  it("falls on the check of the CNAME that leads to the dead server", () => {
    expect(blamed(cnames({ ipAddress: "198.51.100.2" }), "noDeadAnswer")).to.deep.include({
      record: "www-primary",
      check: "check",
      why: "check is healthy: it watches web-b, and not web-a",
    });
  });

  it("falls on the check that makes clients leave a live server", () => {
    expect(
      blamed(cnames({ ipAddress: "198.51.100.1", invertHealthcheck: true }), "noNeedlessFailover"),
    ).to.deep.equal([
      {
        record: "www-primary",
        check: "check",
        why: "check is unhealthy: it is inverted, so it says the opposite of what it sees",
      },
    ]);
  });

  it("falls on a check that depends on itself, which may be healthy or unhealthy", () => {
    const circle = blamed(cnames({ fqdn: "www.a.test" }), "noNeedlessFailover");
    expect(circle).to.deep.equal([
      {
        record: "www-primary",
        check: "check",
        why: "check is unhealthy: it watches the name www.a.test, whose answer depends on this check, so it may say either (H13)",
      },
    ]);
  });

  it("falls on a name without addresses of the requested type", () => {
    const six = record("a6", { name: "a.a.test", type: "AAAA", records: ["2001:db8::1"] });
    const resources = [...cnames({ ipAddress: "198.51.100.1" }), six];
    const space = new FaultSpace(new StackModel(resources), "www.a.test", "AAAA");
    expect(
      violationsOf(space)
        .filter(({ property }) => property === "alwaysAnswered")
        .map(({ smallest, blame }) => [smallest.faults.map(({ name }) => name), blame]),
    ).to.deep.equal([[["us-west-2"], { record: "www-primary", why: "no record answers" }]]);
  });
});

describe("the blame where the place decides who answers", () => {
  const latency = (check: Properties): readonly Resource[] => [
    ...pair({}).filter(({ type }) => type !== "aws:route53/record:Record"),
    ...servers,
    ...["us-west-2", "eu-west-1"].map((region, index) =>
      record(region, {
        latencyRoutingPolicies: [{ region }],
        setIdentifier: region,
        records: [`198.51.100.${index + 1}`],
        healthCheckId: `check-${region}`,
      }),
    ),
    check2("check-us-west-2", { ipAddress: "198.51.100.1", ...check }),
    check2("check-eu-west-1", { ipAddress: "198.51.100.2" }),
  ];
  const blamedAnywhere = (resources: readonly Resource[]): readonly Blame[] => {
    const model = new StackModel(resources);
    return model
      .placesOf("www.a.test", "A")
      .flatMap(({ asker }) =>
        violationsOf(new FaultSpace(model, "www.a.test", "A", undefined, asker)).map(
          ({ blame }) => blame,
        ),
      );
  };
  const check2 = (name: string, outputs: Properties): Resource =>
    check(name, { type: "HTTP", ...outputs });

  it("does not exist if each place fails over to the other", () => {
    expect(blamedAnywhere(latency({}))).to.deep.equal([]);
  });

  it("falls on the disabled check of one place, independent of the other places", () => {
    expect(blamedAnywhere(latency({ disabled: true }))).to.deep.include.members([
      {
        record: "us-west-2",
        check: "check-us-west-2",
        why: "check-us-west-2 is healthy: it is disabled, which counts as healthy (H16)",
      },
    ]);
  });
});

describe("the blame for a check that was not read in full", () => {
  it("names what is missing", () => {
    const calculated = { type: "CALCULATED", childHealthchecks: ["a"] };
    const [one] = blamed(checkedBy(calculated), "noNeedlessFailover");
    expect(one?.why).to.equal(
      "check is unhealthy: it has no childHealthThreshold, and AWS documents no default; give it one",
    );
    const [other] = blamed(checkedBy(calculated), "noDeadAnswer");
    expect(other?.why).to.equal(
      "check is healthy: it has no childHealthThreshold, and AWS documents no default; give it one",
    );
  });
});

describe("the blame for a needless failover", () => {
  const cases: readonly (readonly [string, Properties, string, readonly Resource[]])[] = [
    [
      "an inverted check",
      { ipAddress: "198.51.100.1", invertHealthcheck: true },
      "it is inverted, so it says the opposite of what it sees",
      [],
    ],
    [
      "a check that is disabled and inverted",
      { ipAddress: "198.51.100.1", disabled: true, invertHealthcheck: true },
      "it is disabled and inverted, which counts as unhealthy (H16)",
      [],
    ],
    [
      "a check of another server",
      { ipAddress: "198.51.100.2" },
      "it watches web-b, which has failed",
      [],
    ],
    [
      "an alarm without data",
      {
        type: "CLOUDWATCH_METRIC",
        cloudwatchAlarmName: "alarm",
        insufficientDataHealthStatus: "Unhealthy",
      },
      "its alarm has no data",
      [
        resource(
          "aws:cloudwatch/metricAlarm:MetricAlarm",
          "alarm",
          { name: "alarm" },
          { region: "us-east-2" },
        ),
      ],
    ],
    [
      "a calculated check that asks for another server as well",
      { type: "CALCULATED", childHealthThreshold: 2, childHealthchecks: ["right", "other"] },
      "it requires 2 of 2 checks, and other is unhealthy, because it watches web-b, which has failed",
      [
        check("right", { type: "HTTP", ipAddress: "198.51.100.1" }),
        check("other", { type: "HTTP", ipAddress: "198.51.100.2" }),
      ],
    ],
    [
      "a check of a name where nothing works",
      { fqdn: "other.a.test" },
      "it watches the name other.a.test over IPv4, where nothing that answers works",
      [record("other", { name: "other.a.test", records: ["198.51.100.2"] })],
    ],
  ];
  for (const [title, properties, why, more] of cases) {
    it(`falls on ${title}`, () => {
      expect(blamed([...checkedBy(properties), ...more], "noNeedlessFailover")).to.deep.include({
        record: "www-primary",
        check: "check",
        why: `check is unhealthy: ${why}`,
      });
    });
  }
});
