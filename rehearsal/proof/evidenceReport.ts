import { downtimeLength } from "../../routing/boundParts";
import type { Block, Document, Row, Table, TimelineBlock, TimelinePanel } from "../report/document";
import { durationText, lasting, seconds, withThousands } from "../report/figures";
import { treeOf } from "../story/tree";
import { failureModeText, objectiveLabel, objectiveState, withDepends } from "../story/wording";
import { answersText } from "./compare";
import type { Evidence } from "./evidenceSchema";
import type { NameProofData } from "./proofSchema";
import type { Proof } from "./prove";
import { proofReport } from "./report";
import { provenSubject } from "./verdict";

/** A proof as one page for auditors of tests: the record, the tree, the matrix, the times, the proof. */
export function evidenceReport(proof: Proof, evidence: Evidence, source: string): Document {
  const report = proofReport(proof, source);
  return {
    ...report,
    title: `Evidence of failover: ${proof.stack}`,
    lead: "A simulation of the declared records and checks under every set of faults. Nothing was made to fail, and no live system was queried.",
    blocks: [
      section("Record", [recordTable(evidence), objectiveTable(evidence)]),
      ...evidence.proof.names.map((data) =>
        section(`${provenSubject(data)}: records and faults`, [
          {
            kind: "tree",
            label: `Records of ${provenSubject(data)}`,
            root: treeOf(proof.model, data.name, data.type),
          },
          matrixTable(data, true),
          ...timelines(data),
          lies(data),
        ]),
      ),
      ...report.blocks.filter(
        (block) => !(block.kind === "section" && block.title === "Objectives"),
      ),
      section("Assumptions", [assumptionTable(evidence)]),
      section("Excluded", [{ kind: "list", items: evidence.exclusions }]),
    ],
  };
}

function section(title: string, blocks: readonly Block[]): Block {
  return { kind: "section", title, blocks };
}

function recordTable(evidence: Evidence): Table {
  const { scenarioType, result, date, tool, graphSha256, owner, retest, scope, gaps } = evidence;
  return {
    kind: "table",
    caption: "The record",
    columns: [{ head: "field" }, { head: "value", kind: "prose" }],
    rows: [
      ["scenario type", scenarioType],
      ["result", result],
      ["date", date],
      ["tool", `${tool.name} ${tool.version}`],
      ["commit", tool.commit ?? "not known"],
      ["subject", scope.subject],
      ["hash of the graph", graphSha256],
      ["faults in scope", withThousands(scope.faults.length)],
      ["gaps", gaps.length === 0 ? "none" : { lines: gaps }],
      ["owner", owner ?? "not named"],
      ["retest", retest ?? "not planned"],
    ],
  };
}

function objectiveTable({ objectives }: Evidence): Table {
  return {
    kind: "table",
    caption: "Objective and achieved, worst case",
    columns: [
      { head: "objective" },
      { head: "seconds", kind: "number" },
      { head: "achieved", kind: "number" },
      { head: "state" },
    ],
    rows: objectives.map(({ name, objective, achieved, met, dependsOn }) => [
      objectiveLabel({ name }),
      seconds(objective),
      durationText(name, achieved, dependsOn !== undefined),
      objectiveState({ met, worst: achieved, ...(dependsOn ? { dependsOn } : {}) }),
    ]),
  };
}

function lies(data: NameProofData): Block {
  return {
    kind: "details",
    title: `What a false report of a check does to ${provenSubject(data)}`,
    isOpen: false,
    blocks: [matrixTable(data, false)],
  };
}

/** Who answers under each single fault, and the worst duration: for deaths, or for false reports of checks. */
function matrixTable(data: NameProofData, dies: boolean): Table {
  return {
    kind: "table",
    caption: `What ${dies ? "each fault" : "each false report"} alone does to ${provenSubject(data)}`,
    columns: [
      { head: "fault", kind: "prose" },
      { head: "answers", kind: "prose" },
      { head: "detected in", kind: "number" },
      { head: "all moved in", kind: "number" },
    ],
    rows: data.matrix
      .filter((row) => isDeath(row) === dies)
      .map((row): Row => {
        const slowest = slowestOf(row);
        return [
          row.fault ?? "none",
          answersText(row),
          slowest ? lasting(slowest.detection, slowest.dependsOn !== undefined) : "",
          slowest ? lasting(slowest.downtime, slowest.dependsOn !== undefined) : "",
        ];
      }),
  };
}

type Matrix = NameProofData["matrix"][number];

/** Whether a row has a death or no fault; otherwise a check lies. */
function isDeath({ fault }: Matrix): boolean {
  return fault === null || !fault.startsWith("check:");
}

/** The failure mode that takes longest; undefined if no customer has to move. */
function slowestOf({ times }: Pick<Matrix, "times">): Matrix["times"][number] | undefined {
  const length = ({ downtime, dependsOn }: Matrix["times"][number]): number =>
    downtimeLength(downtime, dependsOn);
  const [slowest] = [...times].sort((a, b) => length(b) - length(a));
  return slowest && length(slowest) > 0 ? slowest : undefined;
}

/** The most faults that get a picture; the matrix lists all. */
const panelsMax = 4;

/** The faults that move customers away for a known time, each to scale. */
function timelines({ matrix }: NameProofData): readonly TimelineBlock[] {
  const before = matrix
    .filter(({ fault }) => fault === null)
    .flatMap(({ answers }) => answers.map(({ place }) => place));
  const moving = matrix.flatMap(
    ({ fault, answers, dependsOn, times }): readonly TimelinePanel[] => {
      const slowest = slowestOf({ times });
      if (fault === null || !slowest) return [];
      const unread = [...new Set([...(dependsOn ?? []), ...(slowest.dependsOn ?? [])])];
      const { death, detection, downtime } = slowest;
      if (detection === null || downtime === null) return [];
      const after = answers.map(({ place }) => place);
      const title = withDepends(`${fault}, ${failureModeText(death)}`, unread);
      return [panelOf(title, before, after, detection, downtime)];
    },
  );
  const panels = moving.slice(0, panelsMax);
  const lanes = [...new Set(panels.flatMap(({ bars }) => bars.map(({ lane }) => lane)))];
  return panels.length === 0 ? [] : [{ kind: "timeline", lanes, panels }];
}

function panelOf(
  title: string,
  before: readonly string[],
  after: readonly string[],
  detection: number,
  end: number,
): TimelinePanel {
  const left = before.filter((place) => !after.includes(place));
  const startSeconds = -end / 6;
  const endSeconds = end * 1.25;
  return {
    title,
    caption: `detected in ${lasting(detection)}, all moved in ${lasting(end)}`,
    ...(left.length > 0 && after.length > 0
      ? { move: `customers of ${left.join(" and ")} move to ${after.join(" or ")}` }
      : {}),
    description: `${left.join(", ")} answers until the fault at 0 s; Route 53 detects it by ${lasting(detection)}, and all customers are at ${after.join(", ")} by ${lasting(end)}.`,
    startSeconds,
    endSeconds,
    showsMark: false,
    down: left,
    bars: [
      ...left.flatMap((lane) => [
        {
          lane,
          fromSeconds: startSeconds,
          toSeconds: 0,
          kind: "serves" as const,
          label: "answers",
        },
        {
          lane,
          fromSeconds: 0,
          toSeconds: detection,
          kind: "notices" as const,
          label: lasting(detection),
        },
        { lane, fromSeconds: detection, toSeconds: end, kind: "expires" as const, label: "" },
      ]),
      ...after.flatMap((lane) =>
        before.includes(lane)
          ? [
              {
                lane,
                fromSeconds: startSeconds,
                toSeconds: endSeconds,
                kind: "serves" as const,
                label: "answers",
              },
            ]
          : [
              { lane, fromSeconds: detection, toSeconds: end, kind: "arrives" as const, label: "" },
              {
                lane,
                fromSeconds: end,
                toSeconds: endSeconds,
                kind: "serves" as const,
                label: "answers",
              },
            ],
      ),
    ],
    remarks: [],
  };
}

function assumptionTable({ assumptions }: Evidence): Table {
  return {
    kind: "table",
    caption: "Assumptions of the proof",
    columns: [{ head: "assumption" }, { head: "value" }, { head: "source", kind: "prose" }],
    rows: assumptions.map(({ name, value, source }) => [name, String(value), source]),
  };
}
