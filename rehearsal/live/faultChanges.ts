import type { ActiveFault } from "../simulation/phases";

/** Whether two faults are the same, with the same death and the same witnesses. */
export function isSameFault(a: ActiveFault, b: ActiveFault): boolean {
  return a.fault.name === b.fault.name && JSON.stringify(deathOf(a)) === JSON.stringify(deathOf(b));
}

function deathOf({ death, seenFrom }: ActiveFault): unknown {
  return [death, seenFrom];
}

/** Names of faults by their death, in words. */
export function faultsByDeath(
  faults: readonly ActiveFault[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { fault, death, seenFrom } of faults) {
    const seen = seenFrom ? `, seen from ${seenFrom.join(", ")} only` : "";
    const how = typeof death === "string" ? death : JSON.stringify(death);
    const key = `${how}${seen}`;
    found.set(key, [...(found.get(key) ?? []), fault.name]);
  }
  return found;
}
