import type { LatchedBy } from "../../functions/gate/state";
import type {
  Block,
  Document,
  FindingEntry,
  Inline,
  Row,
  Span,
  Tone,
} from "../../rehearsal/report/document";
import { titled } from "../../rehearsal/story/wording";
import type { GateStatus } from "../gate/gateStatus";
import { durationWords, phaseText } from "../gate/gateStatus";
import type { Agreement } from "./agreement";
import type { CheckStatus } from "./checkStatus";
import type { Fact } from "./fact";
import { answerWords } from "./serving";
import type { JudgedName } from "./serving";
import type { LiveStatus } from "./status";
import { nextSteps, statusVerdict } from "./verdict";

/**
 * The status of a live system as a report.
 *
 * @param stack the arguments that name the stack; absent for a zone, which has no gate and no runbook here
 */
export function statusReport(
  status: LiveStatus,
  regionNames: ReadonlyMap<string, string>,
  stack?: string,
): Document {
  const { title, account, caller, zone, at, facts, unread, notes } = status;
  const steps = stack === undefined ? [] : nextSteps(status, stack);
  return {
    title: `Status of ${title}${account === null ? "" : ` in account ${account}`}`,
    lead: `Zone ${zone}, at ${at}, read-only${caller === null ? "" : ` as ${caller}`}.`,
    blocks: [
      section("Who serves", [servingTable(status.names, regionNames)]),
      section("Checks, as Route 53 reports them", [checkTable(status.checks)]),
      section("Does the model agree with Route 53?", [agreementTable(status.agreement)]),
      ...(status.gate === null
        ? []
        : [section("Failback gate", [gateTable(status.gate), ...ordersBlocks(status.gate)])]),
      ...(unread.length === 0 ? [] : [section("Not read", [{ kind: "list", items: unread }])]),
      ...(notes.length === 0
        ? []
        : [
            {
              kind: "details" as const,
              title: "Left out of the model of the zone",
              isOpen: false,
              blocks: [{ kind: "list" as const, items: notes }],
            },
          ]),
      ...(facts.length === 0
        ? []
        : [section("Findings", [{ kind: "entries", entries: facts.map(entryOf) }])]),
      ...(steps.length === 0 ? [] : [section("What to do next", [{ kind: "list", items: steps }])]),
    ],
    verdict: statusVerdict(status),
  };
}

function section(title: string, blocks: readonly Block[]): Block {
  return { kind: "section", title, blocks };
}

function entryOf({ state, code, text }: Fact): FindingEntry {
  return { word: stateWord(state), head: code, text };
}

const tones: Readonly<Record<string, Tone>> = {
  agrees: "good",
  healthy: "good",
  "first tier": "good",
  bad: "bad",
  differs: "bad",
  unhealthy: "bad",
  "lower tier": "bad",
  missing: "bad",
  "no answer": "bad",
};

function stateWord(state: string): Span {
  return { text: state, tone: tones[state] ?? "soft", isState: true };
}

function servingTable(
  names: readonly JudgedName[],
  regionNames: ReadonlyMap<string, string>,
): Block {
  if (names.length === 0) return { kind: "paragraph", text: "No name was found to ask for." };
  return {
    kind: "table",
    caption: "Answers of the name servers",
    columns: [
      { head: "name" },
      { head: "type" },
      { head: "answer" },
      { head: "from", kind: "prose" },
      { head: "servers", kind: "number" },
      { head: "state" },
    ],
    rows: names.flatMap((one) => servingRows(one, regionNames)),
  };
}

function servingRows(
  { name, type, answers, silent, places, isUsual, isUnanswered }: JudgedName,
  regionNames: ReadonlyMap<string, string>,
): readonly Row[] {
  const all = answers.reduce((sum, { servers }) => sum + servers.length, silent.length);
  const known = isUsual === null ? "unknown" : isUsual ? "first tier" : "lower tier";
  const state = stateWord(isUnanswered ? "no answer" : known);
  const from = places.map((place) => placeWords(place, regionNames)).join(", ");
  if (answers.length === 0) return [[name, type, "no reply", "", `0 of ${all}`, state]];
  return answers.map(({ values, servers }, index) => [
    index === 0 ? name : "",
    index === 0 ? type : "",
    { lines: values.length === 0 ? [answerWords(values)] : values.map(code) },
    index === 0 ? from : "",
    `${servers.length} of ${all}`,
    index === 0 ? state : "",
  ]);
}

function code(text: string): Inline {
  return { text, isCode: true };
}

/** A place with the name of its region: `us-west-2a (Oregon)`. */
function placeWords(place: string, regionNames: ReadonlyMap<string, string>): string {
  const name = regionNames.get(place) ?? regionNames.get(place.replace(/[a-z]$/, ""));
  return name === undefined ? place : `${place} (${titled(name)})`;
}

function checkTable(checks: readonly CheckStatus[]): Block {
  if (checks.length === 0) return { kind: "paragraph", text: "No check was found." };
  return {
    kind: "table",
    caption: "Health checks",
    columns: [{ head: "check" }, { head: "from", kind: "prose" }, { head: "state" }],
    rows: checks.map(({ name, why, status }) => [name, why, stateWord(status)]),
  };
}

function agreementTable(agreement: readonly Agreement[]): Block {
  if (agreement.length === 0) {
    return { kind: "paragraph", text: "Unknown: there is no model of the zone to compare with." };
  }
  return {
    kind: "table",
    caption: "Answers of the model and of Route 53",
    columns: [
      { head: "name" },
      { head: "type" },
      { head: "model" },
      { head: "route 53" },
      { head: "state" },
    ],
    rows: agreement.map(({ name, type, model, route53, state }) => [
      name,
      type,
      { lines: model.map(code) },
      route53 === null ? "no answer" : { lines: [answerWords(route53)] },
      stateWord(state),
    ]),
  };
}

function gateTable(gate: GateStatus): Block {
  const { phase, sinceSeconds, latchedBy, approvals, approvalsNeeded, lastRunSeconds } = gate;
  const rows: (readonly [string, string])[] = [
    [
      "phase",
      phase === null ? "unknown" : `${phaseText(phase)}, since ${durationWords(sinceSeconds ?? 0)}`,
    ],
    ["latched by", latchedBy === null ? "" : latchWords(latchedBy)],
    ["approvals", approvalWords(approvals, approvalsNeeded)],
    ["blocks a release", gate.blockers.join("; ")],
    ["last run", lastRunSeconds === null ? "unknown" : `${durationWords(lastRunSeconds)} ago`],
    ["latch object", gate.latchObject ?? "unknown"],
    ["latch check", gate.latchCheck ?? "unknown"],
    ["readable check", gate.readableCheck ?? "unknown"],
    [
      "mode",
      `${gate.mode}${gate.isAttached === null ? "; whether it is attached is unknown" : ""}`,
    ],
    ["attaching", gate.attaching ?? ""],
  ];
  return {
    kind: "table",
    caption: "State of the gate",
    columns: [{ head: "gate" }, { head: gate.functionName, kind: "prose" }],
    rows: rows.filter(([, text]) => text !== ""),
  };
}

function latchWords(latchedBy: LatchedBy): string {
  return latchedBy.kind === "route53"
    ? "the answers of Route 53, which were outside the primary region"
    : `${latchedBy.identity}: ${latchedBy.reason}`;
}

function approvalWords(approvals: GateStatus["approvals"], needed: number | null): string {
  if (approvals.length === 0) return "";
  const each = approvals.map(({ identity, reason }) => `${identity} (${reason})`).join(", ");
  return needed === null ? each : `${approvals.length} of ${needed}: ${each}`;
}

function ordersBlocks({ watchesOrders }: GateStatus): readonly Block[] {
  if (watchesOrders !== false) return [];
  const text = "Waiting orders do not count: the endpoints do not run our application.";
  return [{ kind: "paragraph", text }];
}
