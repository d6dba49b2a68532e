import { titled } from "../story/wording";
import { costComparisonReport, differenceText, withoutCost } from "../cost/comparisonReport";
import type { Difference } from "../proof/difference";
import { comparisonReport } from "../proof/compareReport";
import { withOthers } from "../proof/verdict";
import type { Block, Document, Section } from "../report/document";
import { counted, difference } from "../report/figures";
import type { DeclaredChange } from "./declaredChange";
import type { FailoverDiff } from "./diff";
import { oncePerFamily } from "./families";
import { isSlower, newlyNoticed } from "./longer";
import { differenceReason, reasonText } from "./reasons";
import { slowestOnly } from "./slowest";

/** The most rows of a table, so that a comment stays below GitHub's 65,536 characters; `--json` has all. */
const rowsShown = 25;
/** The most entries that a list in a sentence names. */
const listed = 3;
/** The most reasons below the verdict. */
const reasonsShown = 10;

/** What a change does to the failover, as a comment on a pull request: the most important first. */
export function diffReport(diff: FailoverDiff): Document {
  const { before, after, outcome, worse } = diff;
  const title = {
    same: `No change: failover of ${after}, compared with ${before}`,
    changed: `Failover of ${after}: ${changedText(diff)}`,
    worse: `Failover of ${after}: worse than ${before}`,
    unknown: `Failover of ${after}: not all of it can be compared with ${before}`,
  }[outcome];
  const summary =
    outcome === "same"
      ? "No change to records, checks, answers, seconds or cost."
      : `${headline(diff)}${leftOutText(diff)}`;
  const reasons = worse.map(reasonText).filter((reason) => !summary.includes(reason));
  const more = reasons.length - reasonsShown;
  return {
    title,
    verdict: {
      isGood: outcome === "same" || outcome === "changed",
      ...(outcome === "unknown" ? { isUnknown: true } : {}),
      text: summary,
      reasons: [
        ...reasons.slice(0, reasonsShown),
        ...(more > 0 ? [`and ${counted(more, "more reason")}`] : []),
      ],
    },
    blocks: [
      ...unprovenBlocks(diff),
      ...declaredBlocks(diff.declared),
      ...oncePerFamily(diff.trees).map(({ label, root }): Section => ({
        kind: "section",
        title: `Tree of ${label}`,
        blocks: [{ kind: "tree", label: `Tree of ${label}`, root }],
      })),
      ...proofBlocks(diff),
      ...costBlocks(diff),
    ],
  };
}

/** How a state that is no worse differs from the one before. */
function changedText(diff: FailoverDiff): string {
  const { before } = diff;
  const differences = diff.proof?.differences ?? [];
  if (!isSlower(differences)) {
    const limit = unjudgedIn(diff).length > 0 ? " in what is judged" : "";
    return `changed, no worse than ${before}${limit}`;
  }
  return newlyNoticed(differences).length > 0
    ? `notices more failures than ${before}, and others later`
    : `slower than ${before}, within the objectives`;
}

/** The causes and the effects of a change in a sentence. */
function headline(diff: FailoverDiff): string {
  const causes = causesText(diff.declared);
  const effects = [...effectsOf(diff).slice(0, 2), ...gainOf(diff)].join("; ");
  return causes === "" ? titled(effects) : `${titled(causes)}: ${effects}`;
}

/** The records that lead to no address, and what checks report of something else than before. */
function unjudgedIn({ declared }: FailoverDiff): readonly string[] {
  return [
    ...subjectsOf(declared, "unjudged"),
    ...subjectsOf(declared, "watched").map((subject) => `what ${subject} then reports`),
  ];
}

/** The name in the subject of a record. */
function nameOf(subject: string): string {
  return subject.split(" ")[0] ?? subject;
}

function subjectsOf(
  declared: readonly DeclaredChange[],
  kind: DeclaredChange["kind"],
): readonly string[] {
  return [...new Set(declared.filter((one) => one.kind === kind).map(({ subject }) => subject))];
}

/** What nothing is said of above. */
function leftOutText(diff: FailoverDiff): string {
  const { proof, cost } = diff;
  const { uncompared = [] } = proof ?? {};
  const isCostOnly = (name: string): boolean => !uncompared.some((one) => one.name === name);
  const left = [
    ...uncompared.map(({ name, others }) => withOthers(name, others)),
    ...(cost ? withoutCost(cost) : [])
      .filter((name) => isCostOnly(name) && mayCostMore(diff, name))
      .map((name) => `the cost of ${name}`),
  ];
  const unjudged = unjudgedIn(diff);
  return [
    ...(left.length === 0 ? [] : [`; not compared: ${shortList(left)}`]),
    ...(unjudged.length === 0 ? [] : [`; not judged: ${shortList(unjudged)}`]),
  ].join("");
}

/** The gain of a change that makes something else longer or worse. */
function gainOf({ declared, worse, proof }: FailoverDiff): readonly string[] {
  const differences = proof?.differences ?? [];
  const [noticed] = newlyNoticed(differences);
  if (!noticed || (worse.length === 0 && !isSlower(differences))) return [];
  const isMatch = declared.some(({ what }) => what.startsWith("search string none → "));
  return [
    `better: ${differenceReason(noticed).text}`,
    ...(isMatch ? ["a probe waits up to 2 s longer, for the string that it searches (H8)"] : []),
  ];
}

/** Whether the unknown cost of a name, or of a resource, may differ: nothing of most names does. */
function mayCostMore({ declared, proof, cost }: FailoverDiff, name: string): boolean {
  if (cost?.uncounted?.every((one) => one.name !== name)) return true;
  return [
    ...declared.map(({ subject }) => subject),
    ...(proof?.differences ?? []).map((one) => one.name),
  ].some((subject) => subject === name || subject.startsWith(`${name} `));
}

/** Equal changes together, the first subjects named. */
function causesText(declared: readonly DeclaredChange[]): string {
  const groups = grouped(declared);
  const texts = groups
    .slice(0, listed)
    .map(([what, subjects]) => `${what} (${shortList(subjects)})`);
  const more = groups.length - listed;
  return [...texts, ...(more > 0 ? [counted(more, "other change")] : [])].join(", ");
}

function grouped(
  declared: readonly DeclaredChange[],
): readonly (readonly [what: string, subjects: readonly string[]])[] {
  const groups = new Map<string, string[]>();
  for (const { what, subject } of declared) {
    groups.set(what, [...(groups.get(what) ?? []), subject]);
  }
  return [...groups];
}

function shortList(subjects: readonly string[]): string {
  const more = subjects.length - listed;
  return subjects.slice(0, listed).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** The kinds of differences of a proof, in the order in which a sentence names them. */
const effectKinds: readonly Difference["kind"][] = [
  "objective",
  "seconds",
  "cutSets",
  "answer",
  "violation",
  "name",
];

/** What the change does, the harm first. */
function effectsOf({ declared, worse, proof, cost }: FailoverDiff): readonly string[] {
  const dollars = cost?.totals.difference.steady ?? 0;
  const price = dollars === 0 ? [] : [`${difference(dollars)} USD a month`];
  const authority = subjectsOf(declared, "authority").map(
    (subject) =>
      `whether resolvers still get answers for ${nameOf(subject)} and below is not known`,
  );
  if (worse.length > 0) return [...worse.map(({ text }) => text), ...authority, ...price];
  const [first, ...others] = neutralEffects(proof?.differences ?? []).map(
    (one) => differenceReason(one).text,
  );
  const effects = [...authority, ...(first === undefined ? [] : [first]), ...price, ...others];
  if (effects.length > 0) return effects;
  if (!proof) return ["answers and times cannot be compared"];
  const same = cost ? "times and cost" : "times";
  const whole = `${answersText(declared)} ${same}`;
  return [`${whole}${proof.uncompared ? " of what can be compared" : ""}`];
}

/** What differs in the answers that no proof tells, before what is the same. */
function answersText(declared: readonly DeclaredChange[]): string {
  const has = (...kinds: readonly DeclaredChange["kind"][]): boolean =>
    declared.some(({ kind }) => kinds.includes(kind));
  if (has("target", "server")) return "other answers, the same";
  if (has("weight")) return "the same answers by other weights, the same";
  return has("unjudged") ? "the same addresses," : "the same answers,";
}

/** Where customers go while nothing has failed, and then one difference of each kind, the worse first. */
function neutralEffects(differences: readonly Difference[]): readonly Difference[] {
  const isNormal = ({ kind, what }: Difference): boolean =>
    kind === "answer" && what === "nothing failed";
  // A fault that moves nobody, before or after, is not slower or quicker.
  const movesNobody = ({ kind, before, after }: Difference): boolean =>
    kind === "seconds" && (before === 0 || after === 0);
  return [
    ...differences.filter(isNormal),
    ...(["worse", "better"] as const).flatMap((direction) =>
      effectKinds.flatMap((kind) =>
        differences
          .filter((one) => one.kind === kind && one.direction === direction)
          .filter((one) => !isNormal(one) && !movesNobody(one))
          .slice(0, 1),
      ),
    ),
    ...differences.filter(({ what }) => what === "is answered now").slice(0, 1),
  ];
}

function unprovenBlocks({ unproven }: FailoverDiff): readonly Block[] {
  return (["before", "after"] as const)
    .filter((side) => unproven[side].length > 0)
    .map((side) => ({
      kind: "section",
      title: `Not proven ${side} the change`,
      blocks: [{ kind: "list", items: unproven[side].slice(0, reasonsShown) }],
    }));
}

function declaredBlocks(declared: readonly DeclaredChange[]): readonly Block[] {
  if (declared.length === 0) return [];
  return [
    {
      kind: "section",
      title: "Declared differently",
      blocks: [
        limited({
          kind: "table",
          caption: "What the program declares",
          columns: [
            { head: "change", kind: "prose" },
            { head: "of", kind: "prose" },
          ],
          rows: grouped(declared).map(([what, subjects]) => [what, shortList(subjects)]),
        }),
      ],
    },
  ];
}

function proofBlocks({ proof }: FailoverDiff): readonly Block[] {
  if (!proof || proof.differences.length === 0) return [];
  const differences = slowestOnly(proof.differences);
  return [
    {
      kind: "details",
      title: `Answers, seconds and cut sets: ${counted(differences.length, "difference")}`,
      isOpen: true,
      // The names that are not compared stand above.
      blocks: comparisonReport({ ...proof, differences, uncompared: [] }).blocks.map(limited),
    },
  ];
}

function costBlocks({ cost }: FailoverDiff): readonly Block[] {
  if (!cost) return [];
  const { blocks } = costComparisonReport(cost);
  const title = `Monthly cost: ${differenceText(cost)}`;
  const isSame = cost.added.length + cost.removed.length + cost.changed.length === 0;
  return isSame && withoutCost(cost).length === 0
    ? []
    : [{ kind: "details", title, isOpen: true, blocks: blocks.map(limited) }];
}

function limited(block: Block): Block {
  if (block.kind !== "table" || block.rows.length <= rowsShown) return block;
  const more = block.rows.length - rowsShown;
  return {
    ...block,
    rows: [
      ...block.rows.slice(0, rowsShown),
      [`… and ${more} more`, ...block.columns.slice(1).map(() => "")],
    ],
  };
}
