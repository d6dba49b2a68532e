import { unreadOfAll } from "../../routing/boundParts";
import { dependsText, failureModeText } from "../story/wording";
import { cutSetDifferences } from "./cutSetDifferences";
import type { Difference, Unnamed } from "./difference";
import { directionOf } from "./difference";
import { paired } from "./paired";
import { presenceDifference, provenNamesIn } from "./presence";
import { breachText } from "./propertyWords";
import type { NameProofData, ProofData } from "./proofSchema";

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

/** What differs between two proofs, of one name or of two that clients use in place of each other. */
export function nameDifferences(
  name: string,
  was: NameProofData,
  is: NameProofData,
): readonly Difference[] {
  return [
    ...violationDifferences(was, is),
    ...faultDifferences(was, is),
    ...matrixDifferences(was, is),
    ...changeSeconds(was, is),
    ...changeDifferences(was, is),
    ...cutSetDifferences(was, is),
    ...minuteDifferences(was, is),
  ].map((difference) => ({ name, ...difference }));
}

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

/** Before the kind of change, where a time is of no certain fault. */
export const ofAnyChange = "downtime of any change by one cause";

/** Which places answer under each single fault, and how long that takes. */
function matrixDifferences(was: NameProofData, is: NameProofData): readonly Unnamed[] {
  return paired(was.matrix, is.matrix, ({ fault }) => fault ?? "nothing failed").flatMap(
    ([what, old, now]): readonly Unnamed[] => {
      if (!old || !now) return [];
      const [before, after] = [answersText(old), answersText(now)];
      const harm = harmOf(now) - harmOf(old);
      return [
        ...(sortedAnswers(old) === sortedAnswers(now)
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

/** The same for the same answers in another order, such as that of a record's values. */
function sortedAnswers({ answers, ...row }: Matrix): string {
  return answers
    .map((answer) => answersText({ ...row, answers: [answer] }))
    .sort()
    .join(", ");
}

/** The share of useless answers; no answer at all is the worst. */
function harmOf({ answers }: Matrix): number {
  const useless = answers.filter((one) => !one.isAlive || !one.hasDatabases).length;
  return answers.length === 0 ? Infinity : useless / answers.length;
}

/**
 * The changes by one cause, from any state with at most one: a row for deaths, and one for returns. Where as many things
 * can fail before and after, it is the first change that takes longer, of those in order of their length; else the longest.
 */
function changeSeconds(was: NameProofData, is: NameProofData): readonly Unnamed[] {
  const isAlike = causesIn(was) === causesIn(is);
  return [false, true].flatMap((isReturn) => {
    const [old, now] = [was, is].map((one) => changesOf(one, isReturn)) as [Changes, Changes];
    const at = isAlike ? placeOfOther(old, now) : 0;
    const [before, after] = [old[at], now[at]];
    const what = `${ofAnyChange} that ${isReturn ? "comes back" : "fails"}`;
    return secondsDifference(what, secondsAt(before), secondsAt(after), [
      ...unreadAt(old, before),
      ...unreadAt(now, after),
    ]);
  });
}

type Changes = readonly TransitionData[];

/** Its changes, each as often as there are changes like it, the longest first. */
function changesOf({ transitions }: NameProofData, isReturn: boolean): Changes {
  return transitions.classes
    .filter(({ death }) => (death === "returns") === isReturn)
    .sort((a, b) => lengthOf(b) - lengthOf(a))
    .flatMap((one) => Array.from({ length: one.count }, () => one));
}

function lengthOf({ downtime }: TransitionData): number {
  return downtime ?? Number.MAX_VALUE;
}

/** A change that moves nobody is in no list. */
function secondsAt(change: TransitionData | undefined): number | null {
  return change ? change.downtime : 0;
}

/** The first place where the later list has a longer change; if there is none, the first where it has another. */
function placeOfOther(old: Changes, now: Changes): number {
  const lengths = Array.from({ length: Math.max(old.length, now.length) }, (_, index) =>
    [old, now].map((list) => (list[index] ? lengthOf(list[index]) : 0)),
  );
  const longer = lengths.findIndex(([before = 0, after = 0]) => after > before);
  return longer >= 0 ? longer : lengths.findIndex(([before, after]) => after !== before);
}

/** What the changes of some length depend on, if all of them depend on something. */
function unreadAt(changes: Changes, at: TransitionData | undefined): readonly string[] {
  return unreadOfAll(
    changes.filter(({ downtime }) => downtime === at?.downtime).map(({ dependsOn }) => dependsOn),
  );
}

/** How many things can fail; a check that lies moves nobody to an answer that has died. */
function causesIn({ faults }: NameProofData): number {
  return faults.filter((fault) => !fault.startsWith("check:")).length;
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

/** Figures that differ by less are equal: only the order of summation differs. */
const roundingShare = 1e-9;

function minuteDifferences(was: NameProofData, is: NameProofData): readonly Unnamed[] {
  // A change may only shift minutes between both kinds of dead answers, so they are compared together.
  const all = ({ minutesPerYear: { moving, outcomes } }: NameProofData) => {
    const dead = outcomes.find(({ outcome }) => outcome === "deadAnswer")?.perYear ?? 0;
    return [
      { label: "on a dead answer", perYear: moving === null ? null : moving + dead },
      ...outcomes.filter(({ outcome }) => outcome !== "deadAnswer"),
    ];
  };
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

/** The figure of an objective; null: never over. */
function figureOfObjective(objective: ProofData["objectives"][number] | undefined) {
  if (!objective) return notSet;
  const { worst, isEndless, dependsOn } = objective;
  return worst === null && !isEndless && !dependsOn ? "not measured" : worst;
}

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
          before: figureOfObjective(was),
          after: figureOfObjective(is),
          direction: was && is && harm !== 0 ? directionOf(harm) : "other",
        },
      ];
    },
  );
}
