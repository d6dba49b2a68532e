import type { Bound } from "../../../routing/bound";
import { observationsOf, route53Of, worstCase } from "../sample";
import { Draws } from "../random/draws";
import type { Scenario } from "./simulator";
import { run } from "./simulator";

/** The bound that the model gives for a scenario. */
export function boundOf({ records, checks, affected, happens, bad }: Scenario): Bound {
  const dead = observationsOf({
    seen: Object.fromEntries(affected.map((id) => [id, "unhealthy" as const])),
  });
  const well = observationsOf({});
  const returns = happens === "returns";
  return worstCase(route53Of({ records, checks }), {
    name: "top.test",
    type: "A",
    before: returns ? dead : well,
    after: returns ? well : dead,
    wavering: [],
    death: happens,
    good: ({ value }) => !bad(value),
  });
}

/** The longest of so many simulated runs, in seconds. */
export function worstOf(scenario: Scenario, runsCount: number, seed = 1): number {
  const draws = new Draws(seed);
  let worst = 0;
  for (let n = 0; n < runsCount; n += 1) worst = Math.max(worst, run(scenario, draws));
  return worst / 1_000;
}
