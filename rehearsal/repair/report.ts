import { differenceReason, reasonText } from "../diff/reasons";
import type { Comparison } from "../proof/compare";
import { comparisonReport } from "../proof/compareReport";
import { breachText } from "../proof/propertyWords";
import type { Block, Document, Inline, Span, Verdict } from "../report/document";
import { counted, withThousands } from "../report/figures";
import { missedText } from "../story/wording";
import type { Value } from "../../routing/graph/resource";
import type { Assessment } from "./assess";
import { editText, namesText } from "./edits";
import type { ProvenPatch, RepairOutcome } from "./outcome";
import { stateOf } from "./outcome";
import type { Repair } from "./search";

/** The report of `failover repair`. */
export function repairReport(outcome: RepairOutcome): Document {
  const { repair, changes, comparison, requests, configuration } = outcome;
  const { stack, edits, before, after } = repair;
  const state = stateOf(repair);
  return {
    title: `Repair of ${stack}`,
    lead: "The smallest set of edits for which the proof passes, with no new dead answer. Nothing is applied.",
    verdict: verdictOf(repair),
    blocks: [
      ...(state === "sound" ? [] : [listOf("What is wrong", problemsOf(before))]),
      ...(edits.length === 0
        ? []
        : [
            listOf(
              state === "mended" ? "What mends it" : "What mends a part of it",
              edits.map(editText),
            ),
            changeTable(changes),
          ]),
      ...(state === "unmended" ? [listOf("What is left", problemsOf(after))] : []),
      ...(configuration ? configurationBlocks(stack, configuration) : []),
      ...(requests ? requestBlocks(requests) : []),
      ...(comparison
        ? [
            {
              kind: "details" as const,
              title: "What the edits change in the proof",
              isOpen: false,
              blocks: comparisonReport(comparison).blocks,
            },
          ]
        : []),
      ...worseNotes(comparison),
      { kind: "note", text: searchText(repair) },
    ],
  };
}

/** What the mended names pay for it, such as a check more that takes its time. */
function worseNotes(comparison: Comparison | undefined): readonly Block[] {
  const worse = comparison?.differences.filter(({ direction }) => direction === "worse") ?? [];
  const [first, ...others] = worse.map(differenceReason).map(reasonText);
  if (first === undefined) return [];
  const more = others.length > 0 ? ` and ${counted(others.length, "more figure")}` : "";
  return [{ kind: "note", text: `Worse with the edits: ${first}${more}; --verbose shows all.` }];
}

function listOf(title: string, items: readonly Inline[]): Block {
  return { kind: "section", title, blocks: [{ kind: "list", items }] };
}

/** All problems, one line each. */
export function problemsOf(assessment: Assessment): readonly string[] {
  const { refusals, violations, objectives, slowest } = assessment;
  return [
    ...refusals.map(({ message }) => message),
    ...violations.map((one) => `${one.name} ${one.type}: ${breachText(one)}`),
    ...(refusals.length > 0 ? [] : objectives)
      .filter(({ met }) => !met)
      .map((objective) =>
        [missedText(objective), slowest(objective.name), aloneText(assessment)]
          .filter((part) => part !== undefined)
          .join("; "),
      ),
  ];
}

/** Failover records without a counterpart. */
function aloneText({ model, spaces }: Assessment): string | undefined {
  const alone = spaces
    .flatMap(({ name, type }) => model.route53.reachable(name, type))
    .filter(
      (record) => record.policy.kind === "failover" && model.route53.groupOf(record).length === 1,
    )
    .map(({ label }) => label);
  return alone.length === 0
    ? undefined
    : `${alone.join(", ")} ${alone.length === 1 ? "has" : "have"} no other record to fail over to`;
}

function verdictOf(repair: Repair): Verdict {
  switch (stateOf(repair)) {
    case "sound":
      return { isGood: true, text: "Nothing to mend: the proof passes.", reasons: [] };
    case "mended":
      return {
        isGood: true,
        text: `The proof passes with ${counted(repair.edits.length, "edit")}.`,
        reasons: [],
      };
    case "unmended":
      return {
        isGood: false,
        text: `No set of ${counted(repair.limits.editsMax, "edit")} or fewer was found with which the proof passes.`,
        reasons: problemsOf(repair.after),
      };
  }
}

function changeTable(changes: RepairOutcome["changes"]): Block {
  return {
    kind: "table",
    caption: "Property changes, by resource",
    columns: [
      { head: "resource" },
      { head: "is" },
      { head: "property" },
      { head: "from", kind: "prose" },
      { head: "to", kind: "prose" },
    ],
    rows: changes.flatMap(({ name, action, properties }) =>
      properties.map(({ property, from, to }, index) => [
        index === 0 ? name : "",
        index === 0 ? `${action}d` : "",
        property,
        shown(from),
        shown(to),
      ]),
    ),
  };
}

function shown(value: Value): string {
  if (value === null) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function configurationBlocks(
  stack: string,
  { settings, inProgram, file, isProven }: ProvenPatch,
): readonly Block[] {
  return [
    ...(settings.length === 0
      ? []
      : [
          listOf(
            `In ${file}`,
            settings.map(({ path, to }): Inline =>
              code(`pulumi config set --path '${path}' ${JSON.stringify(to)} --stack ${stack}`),
            ),
          ),
          {
            kind: "note" as const,
            text: isProven
              ? "The program, evaluated with these settings, passes the proof."
              : "The program, evaluated with these settings alone, does not pass the proof.",
          },
        ]),
    ...(inProgram.length === 0
      ? []
      : [
          listOf(
            "No setting makes these: change them where the program makes the resource",
            inProgram.map(({ name, action, properties }) =>
              action === "create"
                ? `${name}, which is new`
                : `${name}: ${properties.map(({ property }) => property).join(", ")}`,
            ),
          ),
        ]),
  ];
}

function requestBlocks(requests: NonNullable<RepairOutcome["requests"]>): readonly Block[] {
  return requests.length === 0
    ? []
    : [
        listOf(
          "As calls to Route 53; --json has their input",
          requests.map(({ operation }) =>
            code(`aws route53 ${kebab(operation)} --cli-input-json file://…`),
          ),
        ),
      ];
}

function code(text: string): Span {
  return { text, isCode: true };
}

function kebab(name: string): string {
  return name.replace(/(?!^)([A-Z])/g, "-$1").toLowerCase();
}

function searchText({ attempts, editsTried, limits, rejected, beside }: Repair): string {
  const isCut = attempts >= limits.attemptsMax;
  return [
    `Proven: ${counted(attempts, "set")} of up to ${counted(editsTried, "edit")}; limits: ${counted(limits.editsMax, "edit")}, ${withThousands(limits.attemptsMax)} sets${isCut ? " (reached)" : ""}.`,
    ...rejected
      .slice(0, 1)
      .map(
        ({ edits, why }) =>
          `${counted(rejected.length, "set")} would pass, but make something worse: ${edits.map(({ text }) => text).join("; ")} (${why}).`,
      ),
    ...(beside.length > 0 ? [`Reached as well, and no worse: ${namesText(beside)}.`] : []),
  ].join(" ");
}
