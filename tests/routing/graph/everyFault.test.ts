import { expect } from "chai";
import type { DiagramNode } from "../../../routing/diagram";
import type { Variable } from "../../../routing/graph/everyFault";
import { EveryFault, everyFaultFor, everyFaultOf } from "../../../routing/graph/everyFault";
import type { Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { valuesOf } from "../../../routing/view";
import { pair, record, resource, urnOf } from "./stack";

const stack: readonly Resource[] = [
  ...pair({ records: ["198.51.100.7"] }, { ipAddress: "198.51.100.7" }),
  resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" }),
  resource("aws:ec2/eip:Eip", "ip", { publicIp: "198.51.100.7", instance: "web" }),
];

const checkUrn = urnOf("aws:route53/healthCheck:HealthCheck", "check");

function everyFault(resources: readonly Resource[], nodesMax?: number): EveryFault {
  const model = new StackModel(resources);
  return new EveryFault(model, everyFaultOf(model, "www.a.test", "A"), nodesMax);
}

/** The name of the resource, place or unknown that a variable represents. */
function nameOf(variable: Variable): string {
  return variable.kind === "unknown"
    ? variable.unknown.name
    : (variable.fault.name.split("::").at(-1) ?? "");
}

/** Whether a node is true when exactly these variables are. */
function holds({ diagram, variables }: EveryFault, node: DiagramNode, ...names: string[]): boolean {
  return diagram.evaluate(node, (level) => names.includes(nameOf(variables[level] as Variable)));
}

describe("the faults that can affect a name", () => {
  it("are its places, its endpoints, and each check in both directions", () => {
    const faults = everyFaultOf(new StackModel(stack), "www.a.test", "A");
    expect(faults).to.deep.equal([
      { kind: "region", name: "us-west-2" },
      { kind: "availabilityZone", name: "us-west-2a" },
      {
        kind: "resource",
        name: urnOf("aws:ec2/instance:Instance", "web"),
        urns: [urnOf("aws:ec2/instance:Instance", "web")],
      },
      { kind: "outside", name: "203.0.113.99" },
      { kind: "check", name: `check:${checkUrn}`, urns: [checkUrn] },
      { kind: "check", name: `check:${checkUrn}=healthy`, urns: [checkUrn], says: "healthy" },
    ]);
  });

  it("include targets behind a balancer, databases of servers, and checks behind watched names", () => {
    const byName = [
      ...pair({ records: ["198.51.100.7"] }, { fqdn: "inner.a.test", ipAddress: "" }),
      record("inner", {
        name: "inner.a.test",
        setIdentifier: "only",
        weightedRoutingPolicies: [{ weight: 1 }],
        aliases: [{ name: "web.elb.amazonaws.com", zoneId: "ZELB", evaluateTargetHealth: true }],
        healthCheckId: "inner-check",
      }),
      resource("aws:route53/healthCheck:HealthCheck", "inner-check", {
        type: "HTTP",
        ipAddress: "198.51.100.7",
      }),
      resource("aws:rds/instance:Instance", "db", { address: "db.internal" }),
      resource("aws:ec2/instance:Instance", "target", { userData: "mysql -h db.internal" }),
      resource("aws:lb/loadBalancer:LoadBalancer", "balancer", {
        arn: "arn:balancer",
        dnsName: "web.elb.amazonaws.com",
        subnets: ["subnet-a"],
      }),
      resource("aws:lb/listener:Listener", "listener", {
        loadBalancerArn: "arn:balancer",
        defaultActions: [{ targetGroupArn: "arn:group" }],
      }),
      resource("aws:lb/targetGroup:TargetGroup", "group", { arn: "arn:group" }),
      resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", "attached", {
        targetGroupArn: "arn:group",
        targetId: "target",
      }),
    ];
    const namesOf = (name: string): readonly string[] =>
      everyFaultOf(new StackModel(byName), name, "A").map(
        (fault) => fault.name.split("::").at(-1) ?? "",
      );
    expect(namesOf("inner.a.test")).to.deep.equal([
      "us-west-2",
      "us-west-2a",
      "balancer",
      "target",
      "db",
      "198.51.100.7",
      "inner-check",
      "inner-check=healthy",
    ]);
    expect(namesOf("www.a.test")).to.include.members(["check", "inner-check"]);
  });
});

describe("a stack under every set of faults", () => {
  it("orders a place before the resources in it, and a check after the endpoint that it watches", () => {
    const every = everyFault(stack);
    every.answers("www.a.test", "A");
    expect(every.variables.map(nameOf)).to.deep.equal([
      "us-west-2",
      "us-west-2a",
      "web",
      "check",
      "check=healthy",
    ]);
  });

  it("leaves the primary exactly for the faults that make its check fail", () => {
    const every = everyFault(stack);
    const [primary, secondary] = every.answers("www.a.test", "A").answers;
    for (const names of [["us-west-2"], ["us-west-2a"], ["web"], ["check"]]) {
      expect(holds(every, primary?.guard ?? 0, ...names), names.join()).to.equal(false);
      expect(holds(every, secondary?.guard ?? 0, ...names), names.join()).to.equal(true);
    }
    expect(holds(every, primary?.guard ?? 0)).to.equal(true);
    expect(
      every.diagram.known(every.diagram.and(primary?.guard ?? 0, () => secondary?.guard ?? 0)),
    ).to.equal(false);
  });

  it("counts a check as down that is both failed and declared healthy", () => {
    const every = everyFault(stack);
    const [primary] = every.answers("www.a.test", "A").answers;
    const answers = (...names: string[]): boolean => holds(every, primary?.guard ?? 0, ...names);
    expect(answers("web", "check=healthy")).to.equal(true);
    expect(answers("check", "check=healthy")).to.equal(false);
  });

  it("includes the zones of a region, and not those of a region with a longer name", () => {
    const every = new EveryFault(new StackModel(stack), [{ kind: "region", name: "us-west-2" }]);
    const survives = (zone: string): boolean =>
      every.diagram.known(every.observed.losses.place({ availabilityZones: [zone] })) === false;
    const zones = ["us-west-2a", "us-west-2-lax-1a", "us-west-21a", "us-west-1a"];
    expect(zones.filter(survives)).to.deep.equal(["us-west-21a", "us-west-1a"]);
  });

  it("makes a zone lost with its region, and not a region with its zone", () => {
    const model = new StackModel(stack);
    const every = new EveryFault(model, [
      { kind: "region", name: "us-west-2" },
      { kind: "availabilityZone", name: "us-west-2a" },
    ]);
    const { diagram, observed } = every;
    const [region, zone] = [
      observed.losses.place({ region: "us-west-2", availabilityZones: [] }),
      observed.losses.place({ availabilityZones: ["us-west-2a"] }),
    ];
    expect(diagram.known(diagram.and(region, () => diagram.not(zone)))).to.equal(false);
    expect(diagram.known(diagram.and(zone, () => diagram.not(region)))).to.equal(undefined);
    expect(every.variables.map(nameOf)).to.deep.equal(["us-west-2", "us-west-2a"]);
  });

  it("places what was not read of a record beside the fault of what the record leads to", () => {
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    const model = new StackModel(
      numbers.map((index) =>
        record(`www-${index}`, {
          records: [`198.51.100.${index}`],
          weightedRoutingPolicies: [{ weight: 1 }],
          setIdentifier: `www-${index}`,
          healthCheckId: `foreign-${index}`,
        }),
      ),
    );
    const question = { name: "www.a.test", type: "A" };
    const every = everyFaultFor(model, everyFaultOf(model, "www.a.test", "A"), question);
    expect(every.variables.map(nameOf)).to.deep.equal(
      numbers.flatMap((index) => [`foreign-${index}`, `198.51.100.${index}`]),
    );
    const { diagram, observed } = every;
    diagram.some(every.answers("www.a.test", "A").answers, ({ leaf, guard }) =>
      diagram.and(guard, () => diagram.not(observed.isAlive(leaf, valuesOf(leaf)[0] ?? ""))),
    );
    // In the order in which they are needed, it takes 2 to the power of 20.
    expect(diagram.nodesCount).to.be.below(3_000);
  });

  it("fails with one line where it has too many nodes", () => {
    expect(() => everyFault(stack, 6).answers("www.a.test", "A")).to.throw(
      /^the diagram has too many nodes, got more than 6; ask with fewer faults, or for a smaller part$/,
    );
  });
});
