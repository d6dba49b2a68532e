import type { Bound } from "../../../routing/boundParts";
import { timesOf } from "../../../routing/graph/targetGroups";
import type { TargetGroup } from "../../../routing/model";
import { resource } from "../graph/stack";
import type { Seen } from "../sample";
import { observationsOf, route53Of, worstCase } from "../sample";
import { Draws } from "../random/draws";
import type { Balancer, Scenario } from "./scenario";
import { run } from "./simulator";

/** The bound that the model gives for a scenario. */
export function boundOf(scenario: Scenario): Bound {
  const { records, checks, affected, happens, bad, dead = [] } = scenario;
  const { watching = [], balancers = [] } = scenario;
  const at = (isBefore: boolean): Parameters<typeof observationsOf>[0] => {
    const isDead = isBefore === (happens === "returns");
    const unhealthy = [
      ...dead,
      ...(isDead ? affected : []),
      ...watching.filter(({ was, is }) => !(isBefore ? was : is)).map(({ id }) => id),
    ];
    return {
      seen: Object.fromEntries(unhealthy.map((id): [string, Seen] => [id, "unhealthy"])),
      targetGroups: Object.fromEntries(
        balancers.map((one) => [
          one.id,
          [targetGroupOf(one, !(isDead && affected.includes(one.id)))],
        ]),
      ),
    };
  };
  return worstCase(route53Of({ records, checks }), {
    name: "top.test",
    type: "A",
    before: observationsOf(at(true)),
    after: observationsOf(at(false)),
    watching: Object.fromEntries(watching.map(({ id, name }) => [id, name])),
    death: happens,
    good: ({ value }) => !bad(value),
    passing: ({ value }) =>
      !dead.includes(value) && (happens === "returns" || !affected.includes(value)),
  });
}

function targetGroupOf(balancer: Balancer, healthy: boolean): TargetGroup<boolean> {
  const { id, targetsCount, minimumHealthy } = balancer;
  const healthCheck = {
    interval: balancer.intervalSeconds,
    timeout: balancer.timeoutSeconds,
    healthyThreshold: balancer.healthyThreshold,
    unhealthyThreshold: balancer.unhealthyThreshold,
  };
  return {
    id: `${id}-group`,
    targets: Array.from({ length: targetsCount }, (_, index) => ({
      id: `${id}-${index}`,
      healthy,
    })),
    minimumHealthy: { count: minimumHealthy },
    ...timesOf(resource("aws:lb/targetGroup:TargetGroup", id, { healthCheck })),
  };
}

/** The longest of these simulated runs, in seconds. */
export function worstOf(scenario: Scenario, runsCount: number, seed = 1): number {
  const draws = new Draws(seed);
  let worst = 0;
  for (let n = 0; n < runsCount; n += 1) worst = Math.max(worst, run(scenario, draws));
  return worst / 1_000;
}
