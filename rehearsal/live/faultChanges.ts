import type { ActiveFault } from "../simulation/phases";
import type { DrillNews } from "./drillLog";

/** Whether two faults are the same, with the same death and the same witnesses. */
export function isSameFault(a: ActiveFault, b: ActiveFault): boolean {
  return a.fault.name === b.fault.name && JSON.stringify(deathOf(a)) === JSON.stringify(deathOf(b));
}

function deathOf({ death, seenFrom }: ActiveFault): unknown {
  return [death, seenFrom];
}

/** What a change of the faults is told as. */
export function faultNews(
  ends: readonly ActiveFault[],
  begins: readonly ActiveFault[],
  present: readonly ActiveFault[],
): readonly DrillNews[] {
  const broken = present.map(({ fault }) => fault.name);
  const newsOf = (action: "fail" | "return", changed: readonly ActiveFault[]): DrillNews[] =>
    [...faultsByDeath(changed)].map(([death, names]) => ({
      ...{ kind: "fault", action, names, broken },
      ...(action === "fail" ? { death } : {}),
    }));
  return [...newsOf("return", ends), ...newsOf("fail", begins)];
}

/** Names of faults by their death, in words. */
function faultsByDeath(faults: readonly ActiveFault[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { fault, death, seenFrom } of faults) {
    const seen = seenFrom ? `, seen from ${seenFrom.join(", ")} only` : "";
    const how = typeof death === "string" ? death : JSON.stringify(death);
    const key = `${how}${seen}`;
    found.set(key, [...(found.get(key) ?? []), fault.name]);
  }
  return found;
}
