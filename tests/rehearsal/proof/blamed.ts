import type { Blame } from "../../../rehearsal/proof/blame";
import { FaultSpace } from "../../../rehearsal/proof/faultSpace";
import type { PropertyName } from "../../../rehearsal/proof/properties";
import { violationsOf } from "../../../rehearsal/proof/prove";
import type { Asker } from "../../../routing/asker";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { resource } from "../../routing/graph/stack";

/** Two servers with an address each, in two zones. */
export const servers = ["a", "b"].flatMap((letter, index) => [
  resource("aws:ec2/instance:Instance", `web-${letter}`, { subnetId: `subnet-${letter}` }),
  resource("aws:ec2/eip:Eip", `ip-${letter}`, {
    publicIp: `198.51.100.${index + 1}`,
    instance: `web-${letter}`,
  }),
]);

/** The blame of each violation of a property, for queries from a place. */
export function blamed(
  resources: readonly Resource[],
  property: PropertyName,
  asker: Asker = {},
): readonly Blame[] {
  return violationsOf(
    new FaultSpace(new StackModel(resources), "www.a.test", "A", undefined, asker),
  )
    .filter((violation) => violation.property === property)
    .map(({ blame }) => blame);
}

/** A check with the usual figures. */
export const check = (name: string, outputs: Properties): Resource =>
  resource("aws:route53/healthCheck:HealthCheck", name, {
    port: 80,
    requestInterval: 30,
    failureThreshold: 3,
    ...outputs,
  });
