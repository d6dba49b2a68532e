import type { Direction, Unnamed } from "./difference";
import { directionOf } from "./difference";
import { paired } from "./paired";
import type { NameProofData } from "./proofSchema";

/**
 * The outcomes of which there are more or fewer smallest sets of faults, of the smallest size that differs. The sets in
 * which no check reports falsely are compared too: with fewer checks all sets may be fewer, though less has to fail.
 */
export function cutSetDifferences(was: NameProofData, is: NameProofData): readonly Unnamed[] {
  return paired(was.cutSets, is.cutSets, ({ label }) => label).flatMap(([what, old, now]) => {
    const { all = 0, truthful = 0 } = firstGrowth(old, now) ?? {};
    if (all === 0 && truthful === 0) return [];
    if (all === 0 || (all < 0 && truthful > 0)) {
      const [before, after] = [old?.truthfulBySize ?? null, now?.truthfulBySize ?? null];
      const direction = directionOf(truthful);
      const words = `${what} with no false report of a check`;
      return [{ kind: "cutSets" as const, what: words, before, after, direction }];
    }
    const [before, after] = [old?.countBySize ?? null, now?.countBySize ?? null];
    const direction = old && now ? directionOf(all) : lonelyDirection(was, is, old, now);
    return [{ kind: "cutSets" as const, what, before, after, direction }];
  });
}

/** How many more sets there are of the smallest size that differs; undefined if none does. */
function firstGrowth(
  old: CutSetData | undefined,
  now: CutSetData | undefined,
): { readonly all: number; readonly truthful: number } | undefined {
  const [before = [], after = []] = [old?.countBySize, now?.countBySize];
  // An earlier version did not write them, and an outcome that only one proof knows is judged by all.
  const isKnown = old?.truthfulBySize !== undefined && now?.truthfulBySize !== undefined;
  const [known = [], knownNow = []] = isKnown ? [old.truthfulBySize, now.truthfulBySize] : [];
  return Array.from({ length: Math.max(before.length, after.length) }, (_, size) => ({
    all: (after[size] ?? 0) - (before[size] ?? 0),
    truthful: (knownNow[size] ?? 0) - (known[size] ?? 0),
  })).find(({ all, truthful }) => all !== 0 || truthful !== 0);
}

type CutSetData = NameProofData["cutSets"][number];

/** Of an outcome that only one proof knows: what matters is whether fewer faults suffice for any harm. */
function lonelyDirection(
  was: NameProofData,
  is: NameProofData,
  old: CutSetData | undefined,
  now: CutSetData | undefined,
): Direction {
  if (now && isUseless(now) && fewestFaults([now]) < harmAfter(was)) return "worse";
  return old && isUseless(old) && fewestFaults([old]) < harmAfter(is) ? "better" : "other";
}

/** Whether customers in this outcome do not reach the application with its data. */
function isUseless({ outcome }: CutSetData): boolean {
  return outcome !== "regionLeft";
}

/** After how many faults some customer does not reach the application, in whatever way. */
function harmAfter({ cutSets }: NameProofData): number {
  return fewestFaults(cutSets.filter(isUseless));
}

function fewestFaults(cutSets: readonly CutSetData[]): number {
  const sizes = cutSets.map(({ countBySize }) => countBySize.findIndex((count) => count > 0));
  return Math.min(Infinity, ...sizes.filter((size) => size >= 0));
}
