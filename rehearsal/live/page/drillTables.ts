import { html } from "hono/html";
import type { Cell, Table } from "../../report/document";
import { downtimeText, round, seconds } from "../../report/figures";
import type { Markup } from "../../report/markup";
import { tableMarkup } from "../../report/markup";
import { failureModeText, objectiveLabel } from "../../story/wording";
import type { DrillFault, Predicted, PredictedSeconds } from "../drillRun";
import type { DrillState, MeasuredOutage } from "../drillState";
import { faultLabelOf } from "../drillState";
import { clockText, spanText } from "../drillWords";
import { logOf } from "../eventLog";

/** An outage with what was predicted of it and what was measured, as far as there is either. */
export interface OutageRow {
  readonly fault: string;
  readonly death?: string;
  readonly prediction?: Predicted;
  readonly measured?: MeasuredOutage;
  /** Whether it is broken now, and not measured yet. */
  readonly isOpen: boolean;
}

/** Kinds of faults that are listed before they happen. */
const listedKinds: readonly DrillFault["kind"][] = ["availabilityZone", "region", "database"];

/**
 * The outages to compare: measured and open ones first, the latest at the top, then what else can happen.
 *
 * @param death the failure mode of those that have not happened
 */
export function outageRows(state: DrillState, death: string): readonly OutageRow[] {
  const { drill, measured, broken } = state;
  const row = (
    fault: string,
    how: string | undefined,
    prediction: Predicted | undefined,
    rest: Pick<OutageRow, "isOpen" | "measured">,
  ): OutageRow => ({
    fault,
    ...(how === undefined ? {} : { death: how }),
    ...(prediction ? { prediction } : {}),
    ...rest,
  });
  const alone = (fault: string, how: string | undefined): Predicted | undefined =>
    drill.predictions.find((one) => one.fault === fault && one.death === how);
  const done = measured.map((one) =>
    row(one.fault, one.death, one.predicted, { measured: one, isOpen: false }),
  );
  const open = broken
    .filter(
      ({ name, sinceSeconds }) =>
        !measured.some((one) => one.fault === name && one.atSeconds >= sinceSeconds),
    )
    .map(({ name, death: how }) =>
      // With others, the drill says what it predicts once it is measured.
      row(name, how, broken.length === 1 ? alone(name, how) : undefined, { isOpen: true }),
    );
  const seen = new Set([...done, ...open].map(({ fault }) => fault));
  const others = drill.faults
    .filter(({ kind, name }) => listedKinds.includes(kind) && !seen.has(name))
    .map(({ name }) => row(name, death, alone(name, death), { isOpen: false }))
    .filter(({ prediction }) => prediction !== undefined);
  return [...open.reverse(), ...done.reverse(), ...others];
}

/** Measured beside predicted. */
export function outageTable(state: DrillState, death: string): Markup {
  const rows = outageRows(state, death);
  if (rows.length === 0) {
    return html`<p class="soft">Nothing was predicted, and nothing has been measured yet.</p>`;
  }
  const table: Table = {
    kind: "table",
    caption:
      "Predicted: the range of simulated runs, and the bound, which is the proof's worst case. What has not happened yet is predicted of the fault alone.",
    columns: [
      { head: "outage" },
      { head: "detection measured", kind: "number" },
      { head: "detection predicted", kind: "number" },
      { head: "downtime measured", kind: "number" },
      { head: "downtime predicted", kind: "number" },
      { head: "within the bound" },
    ],
    rows: rows.map((row) => cellsOf(state, row)),
  };
  return tableMarkup(table);
}

function cellsOf({ drill }: DrillState, row: OutageRow): readonly Cell[] {
  const { fault, death, prediction, measured, isOpen } = row;
  const label = faultLabelOf(drill, fault);
  const open = isOpen ? "measuring …" : "";
  return [
    death === undefined
      ? label
      : { lines: [label, { text: failureModeText(death), tone: "soft" }] },
    measured ? seconds(measured.detectionSeconds) : open,
    predictedText(prediction?.detection, "never"),
    measured ? seconds(measured.downtimeSeconds) : open,
    predictedText(prediction?.downtime, downtimeText(null)),
    verdictCell(measured),
  ];
}

/** `18.4 to 31.2 s, at most 45 s`. */
function predictedText(predicted: PredictedSeconds | undefined, unbounded: string): string {
  if (predicted === undefined) return "";
  const { bound, simulated } = predicted;
  if (bound === null) return unbounded;
  if (bound === 0) return "none";
  const range = simulated ? `${round(simulated.low)} to ${round(simulated.high)} s, ` : "";
  return `${range}at most ${seconds(bound)}`;
}

function verdictCell(measured: MeasuredOutage | undefined): Cell {
  if (measured === undefined) return "";
  if (measured.isWithinBound === undefined) {
    return measured.predicted ? "cut short" : "not predicted";
  }
  return measured.isWithinBound
    ? [{ text: "yes", tone: "good", isState: true }]
    : [{ text: "no", tone: "bad", isState: true }];
}

/** The worst that was measured for each objective. */
export function objectiveResultTable({ drill, measured }: DrillState): Markup {
  if (drill.objectives.length === 0) {
    return html`<p class="soft">
      None given. The stack's output <code>objectives</code> gives them, such as
      <code>zoneOrRegionDowntimeSeconds</code>.
    </p>`;
  }
  const kindOf = (fault: string): DrillFault["kind"] | undefined =>
    drill.faults.find(({ name }) => name === fault)?.kind;
  const rows = drill.objectives.map(({ name, targetSeconds }): readonly Cell[] => {
    const [subject, quantity] = name.split(".");
    const kinds: readonly (DrillFault["kind"] | undefined)[] =
      subject === "database" ? ["database"] : ["availabilityZone", "region"];
    const found = measured.filter(({ fault }) => kinds.includes(kindOf(fault)));
    const secondsOf = (one: MeasuredOutage): number | null =>
      quantity === "detection" ? one.detectionSeconds : one.downtimeSeconds;
    const known = found.map(secondsOf).filter((one) => one !== null);
    const open = found.filter((one) => secondsOf(one) === null);
    const isMissed =
      known.some((one) => one > targetSeconds) ||
      open.some(({ isWithinBound }) => isWithinBound === false);
    return [
      objectiveLabel({ name }),
      seconds(targetSeconds),
      known.length === 0 ? "" : seconds(Math.max(...known)),
      objectiveState(isMissed, known.length, open.length),
    ];
  });
  return tableMarkup({
    kind: "table",
    caption: "The worst of this drill.",
    columns: [
      { head: "objective" },
      { head: "target", kind: "number" },
      { head: "measured", kind: "number" },
      { head: "state" },
    ],
    rows,
  });
}

/** An outage that something cut short says nothing, unless it was longer than its bound by then. */
function objectiveState(isMissed: boolean, knownCount: number, openCount: number): Cell {
  if (isMissed) return [{ text: "missed", tone: "bad", isState: true }];
  if (openCount > 0) return `${openCount} cut short`;
  return knownCount > 0 ? [{ text: "met", tone: "good", isState: true }] : "not measured";
}

/** The checks with their states. */
export function checkTable({ drill, checks, atSeconds }: DrillState): Markup {
  return tableMarkup({
    kind: "table",
    caption: "What Route 53 concludes of each check.",
    columns: [
      { head: "check" },
      { head: "state" },
      { head: "healthy checkers", kind: "number" },
      { head: "since", kind: "number" },
    ],
    rows: drill.checks.map(({ id, label, isProbed }): readonly Cell[] => {
      const state = checks.get(id);
      const { checkers } = state ?? {};
      return [
        label,
        state === undefined
          ? [{ text: "? unknown", tone: "soft" }]
          : [
              state.isHealthy
                ? { text: "healthy", tone: "good", isState: true }
                : { text: "unhealthy", tone: "bad", isState: true },
            ],
        checkers ? `${checkers.healthy} of ${checkers.all}` : isProbed ? "–" : "",
        state === undefined ? "–" : spanText(atSeconds - state.sinceSeconds),
      ];
    }),
  });
}

/** Entries of the log that are drawn. */
const entriesMax = 200;

/** The event log, the latest event first. */
export function logList(state: DrillState): Markup {
  const entries = [...logOf(state)].reverse();
  if (entries.length === 0) return html`<p class="soft">Nothing has happened yet.</p>`;
  const more = entries.length - entriesMax;
  return html`<ol class="log" reversed>
      ${entries.slice(0, entriesMax).map(
        ({ atSeconds, word, text, tone }) =>
          html`<li>
            <time>${clockText(atSeconds)}</time>
            <strong class="${tone}">${word}</strong>
            <span>${text}</span>
          </li>`,
      )}
    </ol>
    ${more > 0 ? html`<p class="soft">${more} earlier events are in the saved run.</p>` : ""}`;
}
