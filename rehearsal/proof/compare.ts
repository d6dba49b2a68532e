import { unreadOfAll } from "../../routing/boundParts";
import { dependsText, failureModeText } from "../story/wording";
import { paired } from "./paired";
import { presenceDifference, provenNamesIn } from "./presence";
import { breachText } from "./propertyWords";
import type { NameProofData, ProofData } from "./proofSchema";

/** Whether a difference helps or harms customers; `other` if neither is clear. */
export type Direction = "better" | "worse" | "other";

/** A side of a difference; null if it does not exist or never happens. */
export type DifferenceValue = string | number | readonly number[] | null;

/** One difference between two proofs. */
export interface Difference {
  /** The name and type, such as `orders.cafe.com A`; the stack's for objectives. */
  readonly name: string;
  readonly kind:
    | "name"
    | "violation"
    | "answer"
    | "fault"
    | "seconds"
    | "change"
    | "cutSets"
    | "minutes"
    | "objective";
  /** What differs, in words. */
  readonly what: string;
  readonly before: DifferenceValue;
  readonly after: DifferenceValue;
  readonly direction: Direction;
  /** What was not read and a side depends on, by name, where its value does not say so; absent: nothing. */
  readonly dependsOn?: readonly string[];
}

/** A name that cannot be compared, since a proof does not have it. */
export interface Uncompared {
  readonly name: string;
  /** Names with the same tree. */
  readonly others: readonly string[];
  /** Why it is not proven before the change; empty if it is, or if there is no such name. */
  readonly before: readonly string[];
  /** The same after the change. */
  readonly after: readonly string[];
}

/** The effect of a change: the proof before it compared with the one after it. */
export interface Comparison {
  readonly before: string;
  readonly after: string;
  readonly differences: readonly Difference[];
  /** The names about which the differences say nothing; absent if there are none. */
  readonly uncompared?: readonly Uncompared[];
}

/** All differences between two proofs, in the order of the later one. */
export function compareProofs(before: ProofData, after: ProofData): Comparison {
  const uncompared = uncomparedIn(before, after);
  return {
    before: before.stack,
    after: after.stack,
    differences: [...proofDifferences(before, after), ...objectiveDifferences(before, after)],
    ...(uncompared.length > 0 ? { uncompared } : {}),
  };
}

/** Those of each name; names that share a proof before and one after are compared once, by the first. */
function proofDifferences(before: ProofData, after: ProofData): readonly Difference[] {
  const compared = new Map<NameProofData, Set<NameProofData>>();
  return paired(provenNamesIn(before), provenNamesIn(after), ({ text }) => text).flatMap(
    ([text, was, is]): readonly Difference[] => {
      if (!was || !is) {
        return [
          ...(is ? [presenceDifference(is, true, before)] : []),
          ...(was ? [presenceDifference(was, false, after)] : []),
        ];
      }
      const known = compared.get(is.proof) ?? new Set();
      if (known.has(was.proof)) return [];
      compared.set(is.proof, known.add(was.proof));
      return nameDifferences(text, was.proof, is.proof);
    },
  );
}

function uncomparedIn(before: ProofData, after: ProofData): readonly Uncompared[] {
  const { unproven: old = [] } = before;
  const { unproven: now = [] } = after;
  return paired(old, now, ({ name }) => name).map(([name, was, is]) => ({
    name,
    others: [...new Set([...(is?.others ?? []), ...(was?.others ?? [])])],
    before: was?.reasons ?? [],
    after: is?.reasons ?? [],
  }));
}

function nameDifferences(
  name: string,
  was: NameProofData,
  is: NameProofData,
): readonly Difference[] {
  return [
    ...violationDifferences(was, is),
    ...faultDifferences(was, is),
    ...matrixDifferences(was, is),
    ...worstDifferences(was, is),
    ...changeDifferences(was, is),
    ...cutSetDifferences(was, is),
    ...minuteDifferences(was, is),
  ].map((difference) => ({ name, ...difference }));
}

type Unnamed = Omit<Difference, "name">;

function violationDifferences(was: NameProofData, is: NameProofData): readonly Unnamed[] {
  return paired(was.violations, is.violations, breachText).flatMap(([what, old, now]) =>
    old && now
      ? []
      : [
          {
            kind: "violation" as const,
            what,
            before: old ? situationOf(old) : null,
            after: now ? situationOf(now) : null,
            direction: now ? ("worse" as const) : ("better" as const),
          },
        ],
  );
}

function situationOf({ faults, unknown = {} }: NameProofData["violations"][number]): string {
  const assumed = Object.entries(unknown).map(
    ([name, isHealthy]) => `${name}=${isHealthy ? "healthy" : "unhealthy"}`,
  );
  return [...faults, ...assumed].join(" + ") || "nothing failed";
}

/** Faults that only one proof has: an endpoint or a check was added or removed. */
function faultDifferences(was: NameProofData, is: NameProofData): readonly Unnamed[] {
  return paired(was.faults, is.faults, (fault) => fault).flatMap(([what, old, now]) =>
    old !== undefined && now !== undefined
      ? []
      : [
          {
            kind: "fault" as const,
            what,
            before: old ?? null,
            after: now ?? null,
            direction: "other" as const,
          },
        ],
  );
}

/** Before the way in which something fails. */
export const whenText = " when it ";

/** Which places answer under each single fault, and how long that takes. */
function matrixDifferences(was: NameProofData, is: NameProofData): readonly Unnamed[] {
  return paired(was.matrix, is.matrix, ({ fault }) => fault ?? "nothing failed").flatMap(
    ([what, old, now]): readonly Unnamed[] => {
      if (!old || !now) return [];
      const [before, after] = [answersText(old), answersText(now)];
      const harm = harmOf(now) - harmOf(old);
      return [
        ...(before === after
          ? []
          : [
              {
                kind: "answer" as const,
                what,
                before,
                after,
                direction: harm === 0 ? ("other" as const) : directionOf(harm),
              },
            ]),
        ...paired(old.times, now.times, ({ death }) => death).flatMap(([death, slow, fast]) =>
          (["detection", "downtime"] as const).flatMap((part) =>
            secondsDifference(
              `${part} of ${what}${whenText}${failureModeText(death)}`,
              slow?.[part],
              fast?.[part],
              [slow, fast].flatMap((one) => one?.dependsOn ?? []),
            ),
          ),
        ),
      ];
    },
  );
}

type TransitionData = NameProofData["transitions"]["classes"][number];
type Matrix = NameProofData["matrix"][number];

/** The answers of a row, such as `us-west-2a, us-west-2b DEAD`, and what was not read and decides them. */
export function answersText({
  answers,
  dependsOn = [],
}: Pick<Matrix, "answers" | "dependsOn">): string {
  const texts = answers.map(({ place, isAlive, hasDatabases }) =>
    [place, ...(isAlive ? [] : ["DEAD"]), ...(hasDatabases ? [] : ["without its database"])].join(
      " ",
    ),
  );
  const who = texts.join(", ") || "nobody";
  return dependsOn.length > 0 ? `${who} (${dependsText(dependsOn)})` : who;
}

/** The number of useless answers; no answer at all is the worst. */
function harmOf({ answers }: Matrix): number {
  return answers.length === 0
    ? Infinity
    : answers.filter((one) => !one.isAlive || !one.hasDatabases).length;
}

/** The longest changes by one cause, from any state with at most one: one for deaths, one for returns. */
function worstDifferences(was: NameProofData, is: NameProofData): readonly Unnamed[] {
  return [false, true].flatMap((isReturn) => {
    const all = ({ transitions }: NameProofData): readonly TransitionData[] =>
      transitions.classes.filter(({ death }) => (death === "returns") === isReturn);
    const worst = (one: NameProofData): number | null =>
      all(one).reduce<number | null>(
        (longest, { downtime }) =>
          longest === null || downtime === null ? null : Math.max(longest, downtime),
        0,
      );
    /** What the longest depend on, if all of them depend on something. */
    const unread = (one: NameProofData): readonly string[] => {
      const longest = all(one).filter(({ downtime }) => downtime === worst(one));
      return unreadOfAll(longest.map(({ dependsOn }) => dependsOn));
    };
    const what = `downtime of any change by one cause that ${isReturn ? "comes back" : "fails"}`;
    return secondsDifference(what, worst(was), worst(is), [...unread(was), ...unread(is)]);
  });
}

/** Kinds of change by one cause, identified by their terms, that only one proof has: a duration differs. */
function changeDifferences(was: NameProofData, is: NameProofData): readonly Unnamed[] {
  const keys = ({ transitions }: NameProofData): ReadonlySet<string> =>
    new Set(transitions.classes.map(({ terms, downtime }) => JSON.stringify([terms, downtime])));
  const [old, now] = [keys(was), keys(is)];
  const gone = [...old].filter((key) => !now.has(key)).length;
  const fresh = [...now].filter((key) => !old.has(key)).length;
  if (gone + fresh === 0) return [];
  const what = "kinds of change by one cause that the other does not have";
  return [{ kind: "change", what, before: gone, after: fresh, direction: "other" }];
}

function secondsDifference(
  what: string,
  before: number | null | undefined,
  after: number | null | undefined,
  unread: readonly string[],
): readonly Unnamed[] {
  if (before === undefined || after === undefined || before === after) return [];
  const harm = (after ?? Infinity) - (before ?? Infinity);
  const dependsOn = [...new Set(unread)];
  return [
    {
      kind: "seconds",
      what,
      before,
      after,
      direction: directionOf(harm),
      ...(dependsOn.length > 0 ? { dependsOn } : {}),
    },
  ];
}

function cutSetDifferences(was: NameProofData, is: NameProofData): readonly Unnamed[] {
  return paired(was.cutSets, is.cutSets, ({ label }) => label).flatMap(([what, old, now]) => {
    const [before, after] = [old?.countBySize ?? null, now?.countBySize ?? null];
    const sizes = Math.max(before?.length ?? 0, after?.length ?? 0);
    const firstOther = Array.from({ length: sizes }, (_, size) => size).find(
      (size) => (before?.[size] ?? 0) !== (after?.[size] ?? 0),
    );
    if (firstOther === undefined) return [];
    // More sets of the smallest size are worse, however many larger ones exist.
    const harm = (after?.[firstOther] ?? 0) - (before?.[firstOther] ?? 0);
    const direction = old && now ? directionOf(harm) : ("other" as const);
    return [{ kind: "cutSets" as const, what, before, after, direction }];
  });
}

/** Figures that differ by less are equal: only the order of summation differs. */
const roundingShare = 1e-9;

function minuteDifferences(was: NameProofData, is: NameProofData): readonly Unnamed[] {
  const all = ({ minutesPerYear: { moving, outcomes } }: NameProofData) => [
    { label: "on a dead answer until moved", perYear: moving },
    ...outcomes,
  ];
  return paired(all(was), all(is), ({ label }) => label).flatMap(([what, old, now]) => {
    if (!old || !now) return [];
    const [before, after] = [old.perYear ?? Infinity, now.perYear ?? Infinity];
    if (before === after) return [];
    const harm = after - before;
    if (Math.abs(harm) <= roundingShare * Math.max(before, after)) return [];
    return [
      {
        kind: "minutes" as const,
        what,
        before: old.perYear,
        after: now.perYear,
        direction: directionOf(harm),
      },
    ];
  });
}

/** In place of the figure of an objective that only one proof has. */
const notSet = "not set";

function objectiveDifferences(before: ProofData, after: ProofData): readonly Difference[] {
  return paired(before.objectives, after.objectives, ({ name }) => name).flatMap(
    ([what, was, is]): readonly Difference[] => {
      const [old, now] = [was?.worst ?? null, is?.worst ?? null];
      if (was && is && old === now && was.met === is.met) return [];
      const harm = (now ?? Infinity) - (old ?? Infinity);
      return [
        {
          name: after.stack,
          kind: "objective",
          what,
          before: was ? old : notSet,
          after: is ? now : notSet,
          direction: was && is && harm !== 0 ? directionOf(harm) : "other",
        },
      ];
    },
  );
}

function directionOf(harm: number): Direction {
  return harm > 0 ? "worse" : "better";
}
