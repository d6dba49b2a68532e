import type { Direction, Unnamed } from "./difference";
import { directionOf } from "./difference";
import { paired } from "./paired";
import type { NameProofData } from "./proofSchema";

/** The outcomes of which there are more or fewer smallest sets of faults. */
export function cutSetDifferences(was: NameProofData, is: NameProofData): readonly Unnamed[] {
  return paired(was.cutSets, is.cutSets, ({ label }) => label).flatMap(([what, old, now]) => {
    const [before, after] = [old?.countBySize ?? null, now?.countBySize ?? null];
    const sizes = Math.max(before?.length ?? 0, after?.length ?? 0);
    const firstOther = Array.from({ length: sizes }, (_, size) => size).find(
      (size) => (before?.[size] ?? 0) !== (after?.[size] ?? 0),
    );
    if (firstOther === undefined) return [];
    // More sets of the smallest size are worse, however many larger ones exist.
    const harm = (after?.[firstOther] ?? 0) - (before?.[firstOther] ?? 0);
    const direction = old && now ? directionOf(harm) : lonelyDirection(was, is, old, now);
    return [{ kind: "cutSets" as const, what, before, after, direction }];
  });
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
