import type { DrillEvent } from "./drillRun";

/** What is bad news at the end of a drill, in sentences. */
export function endReasons(
  events: readonly DrillEvent[],
  areCustomersDead: boolean,
): readonly string[] {
  const outside = events.flatMap((event) =>
    event.kind === "measured" ? (event.outside ?? []).map((text) => `${event.fault}: ${text}`) : [],
  );
  return [...outside, ...(areCustomersDead ? ["customers are on a dead answer at the end"] : [])];
}
