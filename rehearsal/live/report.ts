import type { Block, Document, Row, Verdict } from "../report/document";
import { downtimeText, lasting, round, seconds, withThousands } from "../report/figures";
import type { DrillEvent, DrillRun, PredictedSeconds } from "./drillRun";
import { EventLog, lineOf } from "./eventLog";

type Measured = Extract<DrillEvent, { kind: "measured" }>;

/** A measured outage with the fault that began it. */
export interface OutageOfRun {
  readonly measured: Measured;
  readonly death: string | undefined;
  readonly atSeconds: number | undefined;
  /** Whether something else failed or returned then, so that this outage was measured no longer. */
  readonly isCutByChange: boolean;
}

/** Every measured outage of a run. */
export function outagesOf({ events }: DrillRun): readonly OutageOfRun[] {
  return events.flatMap((measured, index): OutageOfRun[] => {
    if (measured.kind !== "measured") return [];
    const begun = events
      .slice(0, index)
      .filter(
        (one): one is Extract<DrillEvent, { kind: "fault" }> =>
          one.kind === "fault" &&
          one.action === "fail" &&
          one.names.some((name) => measured.fault.split(" + ").includes(name)),
      )
      .at(-1);
    const isCutByChange = events.slice(index).some((one) => one.kind === "fault");
    return [{ measured, death: begun?.death, atSeconds: begun?.atSeconds, isCutByChange }];
  });
}

/** What `failover drill` prints at the end. */
export function drillDocument(run: DrillRun): Document {
  const { drill, events } = run;
  const outages = outagesOf(run);
  const log = new EventLog(drill);
  const end = events.find((one) => one.kind === "end");
  const reasons = end?.kind === "end" ? end.reasons : ["the drill was not completed"];
  return {
    title: `Drill of ${drill.title}`,
    lead: `${drill.name} ${drill.type}, real servers, probes and DNS on this machine${drill.speed === 1 ? "" : `, ${drill.speed} times as fast`}, seed ${drill.seed}.`,
    verdict: verdictOf(outages, reasons, drill.unread ?? []),
    blocks: [
      ...(outages.length > 0 ? [outageTable(outages)] : []),
      ordersTable(run),
      {
        kind: "details",
        title: "What happened",
        isOpen: false,
        blocks: [
          {
            kind: "list",
            items: events.flatMap((event) => {
              const entry = log.of(event);
              return entry ? [lineOf(entry)] : [];
            }),
          },
        ],
      },
      {
        kind: "section",
        title: "Not as in AWS",
        blocks: [{ kind: "list", items: drill.differences }],
      },
    ],
  };
}

function verdictOf(
  outages: readonly OutageOfRun[],
  reasons: readonly string[],
  unread: readonly string[],
): Verdict {
  if (reasons.length > 0) return { isGood: false, text: badNews(outages), reasons };
  const text = goodNews(outages);
  return unread.length === 0
    ? { isGood: true, text: `${text}.`, reasons }
    : { isGood: false, isUnknown: true, text: `${text}, as far as it is known.`, reasons: unread };
}

/** Customers may be on a dead answer as predicted: where no check notices the fault. */
function badNews(outages: readonly OutageOfRun[]): string {
  const areOutside = outages.some(({ measured }) => (measured.outside ?? []).length > 0);
  return areOutside ? "Not as predicted." : "The drill ended badly.";
}

function goodNews(outages: readonly OutageOfRun[]): string {
  const compared = outages.filter(({ measured }) => measured.isWithinBound !== undefined).length;
  if (compared === 0) return "No outage was compared with a bound";
  return compared === 1
    ? "The outage is within its bound"
    : `All ${compared} outages are within their bounds`;
}

function outageTable(outages: readonly OutageOfRun[]): Block {
  return {
    kind: "table",
    caption: "Outages, measured and predicted",
    columns: [
      { head: "what failed" },
      { head: "how" },
      { head: "noticed in", kind: "number" },
      { head: "bound", kind: "number" },
      { head: "simulated", kind: "number" },
      { head: "orders failed for", kind: "number" },
      { head: "bound", kind: "number" },
      { head: "simulated", kind: "number" },
    ],
    rows: outages.map(({ measured, death }): Row => {
      const { predicted } = measured;
      return [
        measured.fault,
        death ?? "",
        lasting(measured.detectionSeconds),
        predicted ? lasting(predicted.detection.bound) : "",
        predicted ? rangeText(predicted.detection) : "",
        measured.downtimeSeconds === null ? "not over" : seconds(measured.downtimeSeconds),
        predicted ? downtimeText(predicted.downtime.bound) : "",
        predicted ? rangeText(predicted.downtime) : "",
      ];
    }),
  };
}

function ordersTable({ drill, events }: DrillRun): Block {
  const isStored = drill.app === "lamp";
  const sum = { served: 0, failed: 0, stale: 0, page: 0, lost: 0 };
  for (const event of events) {
    if (event.kind !== "customers") continue;
    sum.served += event.served;
    sum.failed += event.failed;
    sum.stale += event.stale;
    sum.page += event.page;
    sum.lost += event.lost;
  }
  return {
    kind: "table",
    caption: "Orders of customers who obey the TTL",
    columns: [
      { head: "orders", kind: "number" },
      { head: "served", kind: "number" },
      { head: "failed", kind: "number" },
      { head: "of these at an old answer", kind: "number" },
      { head: "at the static page", kind: "number" },
      ...(isStored ? [{ head: "confirmed and lost", kind: "number" as const }] : []),
    ],
    rows: [
      [
        ...[sum.served + sum.failed, sum.served, sum.failed, sum.stale, sum.page],
        ...(isStored ? [sum.lost] : []),
      ].map(withThousands),
    ],
  };
}

/** The range of simulated runs: `17.1–28 s`. */
function rangeText({ simulated: range }: PredictedSeconds): string {
  return range ? `${round(range.low)}–${seconds(range.high)}` : "–";
}
