import type { Properties, Resource } from "../../../routing/graph/resource";
import type { PlacedAnswer } from "../../../routing/graph/stackModel";
import { StackModel } from "../../../routing/graph/stackModel";

const prefix = "urn:pulumi:dev::graph::";

export const urnOf = (type: string, name: string): string => `${prefix}${type}::${name}`;

/** A deployed resource in us-west-2; its id is its name by default. */
export function resource(
  type: string,
  name: string,
  outputs: Properties = {},
  more: Partial<Resource> = {},
): Resource {
  return {
    urn: urnOf(type, name),
    type,
    name,
    custom: true,
    id: name,
    inputs: outputs,
    outputs,
    region: "us-west-2",
    propertyDependencies: {},
    dependencies: [],
    unknown: {},
    ...more,
  };
}

const subnetType = "aws:ec2/subnet:Subnet";

export const zone = resource("aws:route53/zone:Zone", "zone", { zoneId: "Z1", name: "a.test" });
export const subnets = ["a", "b"].map((letter) =>
  resource(subnetType, `subnet-${letter}`, { availabilityZone: `us-west-2${letter}` }),
);

/** A record of `a.test` with the given outputs; default name, type, zone and TTL. */
export function record(name: string, outputs: Properties, more: Partial<Resource> = {}): Resource {
  const all = { name: "www.a.test", type: "A", zoneId: "Z1", ttl: 60, ...outputs };
  return resource("aws:route53/record:Record", name, all, more);
}

/** A pair under `www.a.test`: a primary with a check, and a last tier. */
export function pair(primary: Properties, check: Properties = {}): readonly Resource[] {
  return [
    zone,
    ...subnets,
    resource("aws:route53/healthCheck:HealthCheck", "check", {
      type: "HTTP",
      port: 80,
      requestInterval: 30,
      failureThreshold: 3,
      ...check,
    }),
    record("www-primary", {
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
      setIdentifier: "primary",
      healthCheckId: "check",
      ...primary,
    }),
    record("www-secondary", {
      failoverRoutingPolicies: [{ type: "SECONDARY" }],
      setIdentifier: "secondary",
      records: ["203.0.113.99"],
    }),
  ];
}

/** The first answer of `www.a.test` under the faults. */
export function answering(
  resources: readonly Resource[],
  ...faults: readonly string[]
): PlacedAnswer {
  const model = new StackModel(resources);
  const [answer] = model.under(model.faults(faults)).resolve("www.a.test", "A").answers;
  if (!answer) throw new Error("nobody answers");
  return answer;
}

/** Whether the primary of a `pair` is left for its last tier under the faults. */
export function isLeft(resources: readonly Resource[], ...faults: readonly string[]): boolean {
  return answering(resources, ...faults).value === "203.0.113.99";
}
