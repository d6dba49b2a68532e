import type { Block, Document, Span } from "../report/document";
import { durationText, withThousands } from "../report/figures";
import { dependsText, objectiveLabel } from "../story/wording";
import type { Comparison, Uncompared } from "./compare";
import type { Difference, Direction } from "./difference";
import { minutesText } from "./report";
import { withOthers } from "./verdict";

const words: Readonly<Record<Difference["kind"], string>> = {
  name: "names",
  violation: "violations",
  answer: "answers",
  fault: "what can fail",
  seconds: "seconds",
  change: "changes",
  cutSets: "smallest sets of 0 · 1 · 2 … faults",
  minutes: "minutes a year",
  objective: "objectives",
};

/** What `--compare` prints: a table for each kind of difference. */
export function comparisonReport(comparison: Comparison): Document {
  const { before, after, differences, uncompared = [] } = comparison;
  const kinds = [...new Set(differences.map(({ kind }) => kind))];
  return {
    title: `${after}, compared with ${before}`,
    blocks: [
      ...(kinds.length === 0
        ? [{ kind: "paragraph" as const, text: sameText(uncompared) }]
        : kinds.map((kind): Block => {
            const some = differences.filter((one) => one.kind === kind);
            return {
              kind: "table",
              caption: words[kind],
              columns: [
                { head: words[kind], kind: "prose" },
                { head: "name" },
                { head: "before", kind: "prose" },
                { head: "after", kind: "prose" },
                { head: "for customers" },
              ],
              rows: some.map((one) => [
                one.kind === "objective" ? objectiveLabel({ name: one.what }) : whatText(one),
                one.name,
                figureOf(one, one.before),
                figureOf(one, one.after),
                stateOf(one.direction),
              ]),
            };
          })),
      ...uncomparedBlocks(uncompared),
      { kind: "note", text: summaryOf(comparison) },
    ],
  };
}

function sameText(uncompared: readonly Uncompared[]): string {
  return uncompared.length === 0
    ? "Both proofs say the same."
    : "Both proofs say the same of the names that can be compared.";
}

/** The names that were left out, and why. */
function uncomparedBlocks(uncompared: readonly Uncompared[]): readonly Block[] {
  if (uncompared.length === 0) return [];
  return [
    {
      kind: "table",
      caption: "not compared",
      columns: [
        { head: "not compared" },
        { head: "before", kind: "prose" },
        { head: "after", kind: "prose" },
      ],
      rows: uncompared.map(({ name, others, before, after }) => [
        withOthers(name, others),
        before.join("; "),
        after.join("; "),
      ]),
    },
  ];
}

/** What differs, and what was not read and decides. */
export function whatText({ what, dependsOn }: Difference): string {
  return dependsOn ? `${what} (${dependsText(dependsOn)})` : what;
}

function summaryOf({ differences }: Comparison): string {
  const count = (direction: Direction): string =>
    withThousands(differences.filter((one) => one.direction === direction).length);
  return `${count("worse")} worse, ${count("better")} better, ${count("other")} neither.`;
}

function stateOf(direction: Direction): Span {
  switch (direction) {
    case "worse":
      return { text: "worse", tone: "bad", isState: true };
    case "better":
      return { text: "better", tone: "good", isState: true };
    case "other":
      return { text: "neither", tone: "soft" };
  }
}

/** The figure of a difference before or after it, in words. */
export function figureOf({ kind, what }: Difference, value: Difference["before"]): string {
  if (typeof value === "string") return value;
  if (value !== null && typeof value !== "number") return value.map(withThousands).join(" · ");
  switch (kind) {
    case "seconds":
    case "objective":
      return durationText(what, value);
    case "minutes":
      return value === null ? "endless" : minutesText(value);
    default:
      return value === null ? "–" : withThousands(value);
  }
}
