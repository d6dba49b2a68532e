import type { Assumed } from "../../routing/graph/assumedHealth";
import type { Document, Note, Row, Table } from "../report/document";
import { withThousands } from "../report/figures";
import type { Doubt } from "./doubts";
import type { ClientKind } from "./format";
import type { Seconds } from "./usageTotals";
import type { OpenStatus } from "./openStatuses";
import { openLines } from "./openStatuses";
import type { Scenario } from "./readScenario";
import type { Replay } from "./replay";
import { isAnswerText, runsCount, sampledClients } from "./replay";
import { jsonText } from "../report/jsonText";

/** The content of a scenario's report. */
export interface ReplayReport {
  readonly stack: string;
  readonly name: string;
  readonly type: string;
  readonly seed: number;
  readonly scenario: Scenario;
  readonly replay: Replay;
  readonly doubts: readonly Doubt[];
  /** What the user assumes to be healthy or not, by name. */
  readonly assumed: Assumed;
  /** What was not read and decides who answers. */
  readonly unknown: readonly OpenStatus[];
}

const kindWords: Readonly<Record<ClientKind, string>> = {
  obeys: "obey the TTL",
  browser: "browsers: 60 s of their own",
  clamps: "resolvers that keep for 5 min or more",
  overruns: "resolvers that keep for twice the TTL",
  stale: "resolvers that serve stale answers, 30 s",
  keepAlive: "open connections",
  keepsForever: "resolve once, like some JVMs",
};

const linesMax = 25;

const secondsColumns = ["served", "degraded", "static page", "dead"].map((head) => ({
  head,
  kind: "number" as const,
}));

/** What `failover replay` prints. */
export function replayDocument(report: ReplayReport): Document {
  const { scenario, replay, name, type, stack, assumed, unknown } = report;
  const { orders, deadAtEnd, seconds } = replay;
  const areServed = deadAtEnd === 0;
  return {
    title: `${scenario.name}: ${name} ${type} of ${stack}`,
    ...(scenario.about === undefined ? {} : { lead: scenario.about.trim() }),
    verdict: {
      isGood: areServed && unknown.length === 0,
      ...(areServed && unknown.length > 0 ? { isUnknown: true } : {}),
      text: areServed
        ? `At the end no customer that obeys the TTL is on a dead answer. Of ${withThousands(scenario.durationSeconds)} s an average customer is served for ${secondsText(seconds.served)}, degraded for ${secondsText(seconds.degraded)}, on the static page for ${secondsText(seconds.page)}, and on a dead answer for ${secondsText(seconds.dead)}.`
        : `${Math.round(deadAtEnd * 100)} % of the customers that obey the TTL are on a dead answer at the end.`,
      reasons: openLines(unknown),
    },
    blocks: [
      {
        kind: "section",
        title: "What happens",
        blocks: [
          timelineTable(replay.timeline),
          ...[...assumed].map(([one, isHealthy]) =>
            note(`As --assume says: ${one} is ${healthWord(isHealthy)}.`),
          ),
          ...(replay.latchedRuns === undefined
            ? []
            : [note(`The gate latched in ${replay.latchedRuns} of ${runsCount} runs.`)]),
          ...otherRuns(replay),
        ],
      },
      {
        kind: "section",
        title: "Where customers are",
        blocks: [
          secondsTable("seconds of an average customer", [
            ...replay.places.map((one) => [one.place, one] as const),
            ["all", seconds] as const,
          ]),
          secondsTable(
            "seconds of a customer of a kind",
            replay.clients.map((one) => [
              `${kindWords[one.kind]} (${Math.round(one.share * 100)} %)`,
              one,
            ]),
          ),
          note(
            `Each kind is a sample of ${sampledClients} clients: differences of a few percent are chance.`,
          ),
          ...(seconds.degraded > 0 ? [note(degradedText)] : []),
          {
            kind: "note",
            text: `Shares of clients are assumed; a scenario may set them. ${withThousands(scenario.ordersPerMinute)} orders a minute: ${withThousands(orders.placed)} placed, ${withThousands(orders.missed)} missed, ${withThousands(orders.atRisk)} at risk, which were placed while no other region could take a copy. Seed ${report.seed}.`,
          },
        ],
      },
      ...(report.doubts.length > 0 ? [doubtSection(report)] : []),
    ],
  };
}

function note(text: string): Note {
  return { kind: "note", text };
}

const degradedText =
  "Degraded customers of a slow place can order. Those that an overloaded place cannot carry, and those of a place without its database, cannot.";

/** The places that the timeline does not show, since it is of one run, as one name server knows it. */
function otherRuns({ places, timeline }: Replay): readonly Note[] {
  const shown = timeline.map(({ text }) => text).filter(isAnswerText);
  const others = places
    .map(({ place }) => place)
    .filter((place) => !shown.some((text) => text.includes(place)));
  return others.length === 0
    ? []
    : [
        note(
          `Who answers is from one of ${runsCount} runs, as one name server learns it. In other runs, or at other name servers, these answer too: ${others.join(", ")}.`,
        ),
      ];
}

function healthWord(isHealthy: boolean): "healthy" | "unhealthy" {
  return isHealthy ? "healthy" : "unhealthy";
}

/** The first events; a scenario may have hundreds, and `--json` has them all. */
function timelineTable(timeline: Replay["timeline"]): Table {
  const rows = timeline.map(({ atSeconds, text, source = "" }): Row => [
    secondsText(atSeconds),
    text,
    { text: source, tone: "soft" },
  ]);
  const more = rows.length - linesMax;
  return {
    kind: "table",
    caption: "What happens, and where a fact is from",
    columns: [
      { head: "after", kind: "number" },
      { head: "event", kind: "prose" },
      { head: "source", kind: "prose" },
    ],
    rows: more > 0 ? [...rows.slice(0, linesMax), ["…", `and ${more} more`, ""]] : rows,
  };
}

function secondsTable(head: string, rows: readonly (readonly [string, Seconds])[]): Table {
  return {
    kind: "table",
    caption: head,
    columns: [{ head, kind: "prose" }, ...secondsColumns],
    rows: rows.map(([title, seconds]): Row => [title, ...figuresOf(seconds)]),
  };
}

function figuresOf({ served, degraded, page, dead }: Seconds): readonly string[] {
  return [served, degraded, page, dead].map(secondsText);
}

function doubtSection({ doubts, scenario }: ReplayReport): Document["blocks"][number] {
  return {
    kind: "section",
    title: "What is in doubt",
    blocks: [
      {
        kind: "table",
        caption: "Seconds of an average customer where a parameter was lower or higher",
        columns: [
          { head: "parameter", kind: "prose" },
          { head: "value", kind: "number" },
          ...secondsColumns,
          { head: "orders missed", kind: "number" },
        ],
        rows: doubts.flatMap(({ parameter, about, outcomes }) =>
          outcomes.map(({ value, replay }): Row => {
            const now = scenario.parameters[parameter]?.value;
            return [
              `${parameter}, here ${String(now)}${about === "" ? "" : `: ${about}`}`,
              String(value),
              ...figuresOf(replay.seconds),
              withThousands(replay.orders.missed),
            ];
          }),
        ),
      },
    ],
  };
}

function secondsText(value: number): string {
  const tenths = Math.round(value * 10) / 10;
  return `${tenths >= 1_000 ? withThousands(Math.round(tenths)) : tenths} s`;
}

/** What `failover replay --json` prints. */
export interface ReplayOutput
  extends Pick<ReplayReport, "stack" | "name" | "type" | "seed">, Replay {
  readonly scenario: Omit<Scenario, "played">;
  /** The health that `--assume` sets, by name. */
  readonly assumed: Readonly<Record<string, "healthy" | "unhealthy">>;
  /** What was not read and decides who answers, with the health that it was taken to have. */
  readonly unknown: readonly {
    readonly name: string;
    readonly why: string;
    readonly taken: "healthy" | "unhealthy";
  }[];
  readonly doubts: readonly (Omit<Doubt, "outcomes"> & {
    readonly outcomes: readonly ({ readonly value: number } & Pick<Replay, "seconds" | "orders">)[];
  })[];
}

export function replayJson({
  scenario,
  doubts,
  replay,
  assumed,
  unknown,
  ...rest
}: ReplayReport): string {
  const { name, about, durationSeconds, ordersPerMinute, clients, parameters } = scenario;
  const printed: ReplayOutput = {
    ...rest,
    scenario: { name, about, durationSeconds, ordersPerMinute, clients, parameters },
    assumed: Object.fromEntries([...assumed].map(([name, is]) => [name, healthWord(is)])),
    unknown: unknown.map(({ name: one, why, isHealthy }) => ({
      name: one,
      why,
      taken: healthWord(isHealthy),
    })),
    ...replay,
    doubts: doubts.map(({ outcomes, ...doubt }) => ({
      ...doubt,
      outcomes: outcomes.map(({ value, replay: { seconds, orders } }) => ({
        value,
        seconds,
        orders,
      })),
    })),
  };
  return jsonText(printed);
}
