import type { ActiveFault } from "../simulation/phases";
import type { DrillNews } from "./drillLog";
import type { DrilledChange } from "./predictions";

/** A change of the faults of a drill. */
export interface FaultsChange {
  readonly before: readonly ActiveFault[];
  readonly next: readonly ActiveFault[];
  readonly begins: readonly ActiveFault[];
  readonly ends: readonly ActiveFault[];
}

/** Whether two faults are the same, with the same death and the same witnesses. */
export function isSameFault(a: ActiveFault, b: ActiveFault): boolean {
  return a.fault.name === b.fault.name && JSON.stringify(deathOf(a)) === JSON.stringify(deathOf(b));
}

function deathOf({ death, seenFrom }: ActiveFault): unknown {
  return [death, seenFrom];
}

/**
 * The change as predictions know it; undefined for one that they do not: faults that die in different ways, another
 * death of what is broken, something that ends at the same time, and faults that only some checkers see.
 */
export function drilledChangeOf({ before, begins, ends }: FaultsChange): DrilledChange | undefined {
  const [first, ...others] = begins;
  const known = [...before, ...begins];
  const isKnown =
    first !== undefined &&
    ends.length === 0 &&
    others.every(({ death }) => death === first.death) &&
    known.every(({ seenFrom }) => seenFrom === undefined) &&
    new Set(known.map(({ fault }) => fault.name)).size === known.length;
  if (!isKnown) return undefined;
  const faultsOf = (active: readonly ActiveFault[]): DrilledChange["broken"] =>
    active.map(({ fault }) => fault);
  return { broken: faultsOf(before), begins: faultsOf(begins), death: first.death };
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
