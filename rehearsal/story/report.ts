import { costBlocks } from "../cost/report";
import { gapsSections } from "../gaps";
import { quotaBlocks } from "../quotas/report";
import type { Block, Document, Inline, Note, Section, Table } from "../report/document";
import { counted, downtimeText, seconds } from "../report/figures";
import { treeLines } from "../report/treeText";
import type { Rehearsal, StackRehearsal, TtlMode } from "../result";
import { groupByBounds } from "./bounds";
import { boundBlocks, pathTable, storyTable } from "./storyTables";
import type { SourceOf } from "./summary";
import { openNotes, ownStack, summaryBlocks } from "./summary";
import { tiersFigure } from "./tiersFigure";
import { timelineOf } from "./timeline";
import { timelineFigure } from "./timelineFigure";
import {
  modeText,
  objectiveLabel,
  objectiveState,
  objectiveText,
  packState,
  subjectIn,
  titled,
  verdictOf,
} from "./wording";
import { jsonText } from "../report/jsonText";

/**
 * The report of `failover rehearse`: a summary, then every stack's tree, story, objectives, worst
 * cases, cost and quotas.
 *
 * @param sourceOf the arguments with which other commands read the same stack
 */
export function rehearsalReport(rehearsal: Rehearsal, sourceOf: SourceOf = ownStack): Document {
  const stacks = new Set(rehearsal.stacks.map(({ stack }) => stack));
  const names = new Intl.ListFormat("en-GB").format(stacks);
  return {
    title: `Failover rehearsal of ${names}`,
    lead: "Answers and times as what serves fails, one after the other, computed offline.",
    verdict: verdictOf(rehearsal),
    summary: summaryBlocks(rehearsal, sourceOf),
    blocks: [
      ...rehearsal.stacks.map((stack, index) =>
        stackSection(stack, {
          subject: subjectIn(rehearsal.stacks, stack),
          hasTree: rehearsal.stacks[index - 1]?.tree !== stack.tree,
          sourceOf,
        }),
      ),
      {
        kind: "details",
        title: "How the worst case is computed",
        isOpen: false,
        blocks: [{ kind: "paragraph", text: formulaText }],
      },
    ],
  };
}

/** The output of `failover rehearse --json`. */
export interface RehearsalOutput {
  readonly stacks: readonly StackRehearsalOutput[];
}

/** The rehearsal of a stack, with its tree of records as lines. */
export interface StackRehearsalOutput extends Omit<StackRehearsal, "tree"> {
  readonly tree: readonly string[];
}

export function rehearsalJson({ stacks }: Rehearsal): string {
  const printed: RehearsalOutput = {
    stacks: stacks.map((each) => ({ ...each, tree: treeLines(each.tree) })),
  };
  return jsonText(printed);
}

const formulaText =
  "The worst case is N · (I + P) + δ + TTL: N probes in a row fail, each after the interval I and the duration P of a failing probe; Route 53 propagates the decision within δ; the last cache expires after the TTL.";

/** How a section is told apart from the others. */
interface SectionOf {
  /** The stack, or the name and the place in it. */
  readonly subject: string;
  /** False for a name of which the tree stands above, with the story from another place. */
  readonly hasTree: boolean;
  readonly sourceOf: SourceOf;
}

function stackSection(
  rehearsal: StackRehearsal,
  { subject, hasTree, sourceOf }: SectionOf,
): Section {
  const { stack, tree, servingOrder, ttlModes, gaps, notes, cost, quotas = [] } = rehearsal;
  return section(
    subject,
    [
      ...(servingOrder.length > 0 ? [tiersFigure(rehearsal)] : []),
      ...(hasTree
        ? [{ kind: "tree" as const, label: `Tree of records of ${subject}`, root: tree }]
        : []),
      section("The story", [...timelineBlocks(rehearsal, subject), storyTable(rehearsal, subject)]),
      ...judgedSections(rehearsal, subject, sourceOf(stack)),
      section("Worst cases", [
        ...groupByBounds(rehearsal.story).flatMap(boundBlocks),
        ...(ttlModes ? [modeTable(subject, ttlModes)] : []),
        ...openNotes([rehearsal]),
        ...notes.map((text): Note => ({ kind: "note", text })),
      ]),
      ...gapsSections(stack, gaps),
      ...(cost ? [section("Cost", costBlocks(cost))] : []),
      ...(quotas.length > 0 ? [section("Quotas", quotaBlocks(subject, quotas))] : []),
      {
        kind: "details",
        title: `Reasons for each answer of ${subject}`,
        isOpen: false,
        blocks: [pathTable(rehearsal, subject)],
      },
    ],
    subtitleOf(rehearsal, subject),
  );
}

/** The story to scale; nothing for one in which nothing happens. */
function timelineBlocks(rehearsal: StackRehearsal, subject: string): readonly Block[] {
  const timeline = timelineOf(rehearsal);
  if (timeline.panels.length === 0) return [];
  return [
    {
      kind: "details",
      title: `The story of ${subject}, to scale`,
      isOpen: true,
      blocks: [timelineFigure(timeline)],
    },
  ];
}

/** The name of a stack, or the source of a name. */
function subtitleOf(
  { stack, hostname, from }: StackRehearsal,
  subject: string,
): string | undefined {
  if (subject === stack) {
    return from === undefined ? hostname : `${hostname}, asked from ${from.join("; ")}`;
  }
  return subject.startsWith(stack) ? undefined : stack;
}

function section(title: string, blocks: readonly Block[], subtitle?: string): Section {
  return { kind: "section", title, ...(subtitle === undefined ? {} : { subtitle }), blocks };
}

/** The objectives and what the policies found; nothing where there are neither. */
function judgedSections(
  { objectives, policies }: StackRehearsal,
  subject: string,
  source: string,
): readonly Section[] {
  const [hasObjectives, hasPolicies] = [objectives.length > 0, policies !== undefined];
  if (!hasObjectives && !hasPolicies) return [];
  const titles = [...(hasObjectives ? ["objectives"] : []), ...(hasPolicies ? ["policies"] : [])];
  return [
    section(titled(titles.join(" and ")), [
      ...(hasObjectives ? [objectiveTable({ stack: subject, objectives })] : []),
      ...(policies ? [policyTable(subject, policies), ...findingBlocks(policies, source)] : []),
      ...(hasObjectives ? [] : [{ kind: "paragraph" as const, text: noObjectives }]),
    ]),
  ];
}

/** How to give objectives where there are none. */
const noObjectives: Inline = [
  "No objectives are given. One judges the worst case: ",
  { text: "npx failover prove --objective zoneOrRegion.downtime=90", isCode: true },
];

/** The objectives, with the worst case found. */
export function objectiveTable({
  stack,
  objectives,
}: Pick<StackRehearsal, "stack" | "objectives">): Table {
  return {
    kind: "table",
    caption: `Objectives of ${stack}, against the worst case found`,
    columns: [{ head: "objective" }, { head: "worst case" }, { head: "state" }],
    rows: objectives.map((objective) => [
      objectiveLabel(objective),
      objectiveText(objective),
      objectiveState(objective),
    ]),
  };
}

/** The results of the policy packs. */
function policyTable(stack: string, policies: NonNullable<StackRehearsal["policies"]>): Table {
  return {
    kind: "table",
    caption: `Policy packs on ${stack}`,
    columns: [{ head: "policy pack" }, { head: "findings", kind: "prose" }, { head: "state" }],
    rows: policies.map((report) => [report.pack, report.summary, packState(report)]),
  };
}

/** The rules with findings, and the command that lists each finding. */
function findingBlocks(
  policies: NonNullable<StackRehearsal["policies"]>,
  source: string,
): readonly Block[] {
  const findings = policies.flatMap(({ pack, advisoryRules, stops }) => [
    ...stops.map((stop): Inline => [
      { text: "blocks update", tone: "bad", isState: true },
      ` ${stop}`,
    ]),
    ...Object.entries(advisoryRules).map(([rule, count]): Inline => [
      { text: rule, isCode: true },
      ` of ${pack}: ${counted(count, "advisory finding")}`,
    ]),
  ]);
  if (findings.length === 0) return [];
  const advice = policies.flatMap((one) => one.advice);
  const command: Inline = [
    "Each finding: ",
    { text: `npx failover policy ${source}`, isCode: true },
  ];
  return [
    { kind: "list", items: findings },
    ...(advice.length === 0
      ? []
      : [
          {
            kind: "details" as const,
            title: "The advisory findings",
            isOpen: false,
            blocks: [{ kind: "list" as const, items: advice }],
          },
        ]),
    { kind: "paragraph", text: command },
  ];
}

/** A downtime of a mode: a dash where none is measured. */
function modeDowntime(mode: TtlMode, cause: keyof TtlMode["downtime"]): string {
  const { downtime, endless = [], dependsOn } = mode;
  return endless.includes(cause)
    ? downtimeText(null, dependsOn !== undefined)
    : seconds(downtime[cause]);
}

/** The downtime that the TTL of each mode costs, side by side. */
function modeTable(stack: string, modes: NonNullable<StackRehearsal["ttlModes"]>): Table {
  return {
    kind: "table",
    caption: `Worst downtime of ${stack}, by TTL mode`,
    columns: [
      { head: "worst downtime by TTL" },
      { head: "zone or region", kind: "number" },
      { head: "database", kind: "number" },
    ],
    rows: modes.map((mode) => [
      modeText(mode),
      modeDowntime(mode, "zoneOrRegion"),
      modeDowntime(mode, "database"),
    ]),
  };
}
