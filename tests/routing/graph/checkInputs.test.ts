import { expect } from "chai";
import { answerCases } from "../../../routing/graph/cases";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { reading } from "../../sources/read";
import { isLeft, pair, record, resource, zone } from "./stack";

const arn = "arn:aws:route53-recovery-control::111122223333:controlpanel/p/routingcontrol/c";
const control = { type: "RECOVERY_CONTROL", routingControlArn: arn };
const primary = { records: ["198.51.100.1"] };
const other = "203.0.113.99";

interface Open {
  readonly unknown: readonly string[];
  /** The first value of each case. */
  readonly values: readonly (string | undefined)[];
}

function openAnswer(
  resources: readonly Resource[],
  faults: readonly string[] = [],
  assumed: Readonly<Record<string, boolean>> = {},
): Open {
  const model = new StackModel(resources);
  const question = { name: "www.a.test", type: "A", faults: model.faults(faults) };
  const { unknown, cases } = answerCases(model, question, new Map(Object.entries(assumed)));
  return {
    unknown: unknown.map(({ name, why }) => `${name}: ${why}`),
    values: cases.map(({ resolution }) => resolution.answers[0]?.value),
  };
}

const why = "it is a routing control, which a person sets: healthy is On, unhealthy is Off (K10)";

describe("a check of a routing control", () => {
  const stack = pair(primary, control);

  it("K10 is unknown, named by the control's ARN, and each position has an answer", () => {
    expect(openAnswer(stack)).to.deep.equal({
      unknown: [`${arn}: ${why}`],
      values: ["198.51.100.1", other],
    });
  });

  it("K10 is settled by an assumption, or by a fault", () => {
    expect(openAnswer(stack, [], { [arn]: false })).to.deep.equal({ unknown: [], values: [other] });
    expect(openAnswer(stack, [], { [arn]: true }).values).to.deep.equal(["198.51.100.1"]);
    expect(openAnswer(stack, ["check:check"])).to.deep.equal({ unknown: [], values: [other] });
    expect(openAnswer(stack, ["check:check=healthy"]).values).to.deep.equal(["198.51.100.1"]);
  });

  it("K10 is named after the control where that is part of the stack", () => {
    const made = resource("aws:route53recoverycontrol/routingControl:RoutingControl", "oregon-on", {
      arn,
      name: "oregon",
    });
    expect(openAnswer([...stack, made]).unknown).to.deep.equal([`oregon-on: ${why}`]);
  });

  it("K10 is one unknown for all checks of one control, and is named after the check without an ARN", () => {
    const second = resource("aws:route53/healthCheck:HealthCheck", "second", {
      ...control,
      invertHealthcheck: true,
    });
    const both = pair({ ...primary, healthCheckId: "check" }, control).map((one) =>
      one.name === "www-secondary"
        ? { ...one, outputs: { ...one.outputs, healthCheckId: "second" } }
        : one,
    );
    // On: the primary is healthy. Off: only the secondary is. Neither is ever a last resort.
    expect(openAnswer([...both, second])).to.deep.equal({
      unknown: [`${arn}: ${why}`],
      values: ["198.51.100.1", other],
    });
    expect(openAnswer(pair(primary, { type: "RECOVERY_CONTROL" })).unknown).to.deep.equal([
      `check: ${why}`,
    ]);
  });
});

describe("a check from within a VPC", () => {
  const server = resource("aws:ec2/instance:Instance", "web", {
    subnetId: "subnet-a",
    privateIp: "10.0.0.5",
  });
  const privately = (check: Properties): readonly Resource[] =>
    pair(primary, { endpointType: "PRIVATE", ...check });
  const hidden = resource("aws:route53/zone:Zone", "hidden", {
    zoneId: "Z2",
    name: "inner.test",
    vpcs: [{ vpcId: "vpc-1" }],
  });
  const inner = (name: string, outputs: Properties): Resource =>
    record(name, { name: "web.inner.test", zoneId: "Z2", records: ["10.0.0.5"], ...outputs });
  const unknown = ["check: it probes from within a VPC (H20)"];

  it("H20 sees a server of the stack at its private address, and is unknown at any other address", () => {
    const stack = [...privately({ ipAddress: "10.0.0.5" }), server];
    expect(isLeft(stack)).to.equal(false);
    expect(isLeft(stack, "web")).to.equal(true);
    expect(openAnswer(privately({ ipAddress: "10.0.0.9" }))).to.deep.equal({
      unknown,
      values: ["198.51.100.1", other],
    });
    expect(openAnswer(privately({ ipAddress: "10.0.0.9" }), [], { check: true }).unknown).to.be
      .empty;
  });

  it("H20 finds a name in a private zone, where a check from the internet fails", () => {
    const stack = [hidden, inner("web", {}), server];
    const check = { fqdn: "web.inner.test" };
    expect(isLeft([...privately(check), ...stack])).to.equal(false);
    expect(isLeft([...privately(check), ...stack], "web")).to.equal(true);
    expect(isLeft([...pair(primary, check), ...stack])).to.equal(true);
  });

  it("H20 is unknown where the name is not part of what was read, or depends on the VPC's place", () => {
    expect(openAnswer(privately({ fqdn: "elsewhere.test" })).unknown).to.deep.equal(unknown);
    const near = ["us-west-2", "eu-west-1"].map((region) =>
      inner(region, { setIdentifier: region, latencyRoutingPolicies: [{ region }] }),
    );
    expect(
      openAnswer([...privately({ fqdn: "web.inner.test" }), hidden, ...near]).unknown,
    ).to.deep.equal(["check: who answers web.inner.test depends on where its VPC is"]);
  });

  it("H20 is read from a listing of checks", async () => {
    const { resources } = await reading({
      HealthChecks: [
        {
          Id: "c",
          HealthCheckConfig: { Type: "TCP", IPAddress: "10.0.0.9", EndpointType: "PRIVATE" },
        },
      ],
    });
    const model = new StackModel([zone, ...resources]);
    const [check] = model.route53.dns.checks;
    expect(check).to.include({ kind: "endpoint", isPrivate: true, ipAddress: "10.0.0.9" });
  });
});
