import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FailureMode } from "../routing/checker";
import type { DrillRun, PredictedSeconds } from "../rehearsal/live/drillRun";
import { outagesOf } from "../rehearsal/live/report";
import type { Figures } from "./figures";

/** A fault that is drilled in each of the ways to die in turn, each time with another seed. */
interface Series {
  readonly name: string;
  readonly stack: string;
  readonly fault: string;
  readonly speed: number;
}

const series: readonly Series[] = [
  { name: "drill.zone", stack: "prod", fault: "us-west-2a", speed: 1 },
  { name: "drill.region", stack: "prod", fault: "us-west-2", speed: 10 },
  { name: "drill.database", stack: "prod", fault: "oregon-orders-database", speed: 10 },
  { name: "drill.dev", stack: "dev", fault: "us-east-2a", speed: 10 },
];
const runs = 5;
const deaths: readonly FailureMode[] = [
  "hangsInBody",
  "synDropped",
  "refused",
  "connectsThenHangs",
];
/** Checkers probe in their steady rounds by then. */
const failsAtSeconds = 20;

const columns =
  "| drill | seed | death | speed | noticed in | bound | simulated | orders failed for | bound | simulated | stood still |";

/**
 * Drills each fault, and prints what was measured beside the bound and the range of simulated runs.
 *
 * @param wanted the beginning of the names of the series to drill
 */
export function drillFigures(root: string, figures: Figures, wanted: string): void {
  const folder = mkdtempSync(join(tmpdir(), "drill-bench-"));
  try {
    figures.say(columns);
    figures.say(columns.replaceAll(/ [a-z ]+ /g, " --- "));
    for (const one of series.filter(({ name }) => name.startsWith(wanted))) {
      let outside = 0;
      for (let seed = 1; seed <= runs; seed += 1) {
        const death = deaths[seed % deaths.length] as FailureMode;
        const row = rowOf(root, join(folder, `${one.name}-${seed}.json`), one, seed, death);
        figures.say(row.text);
        outside += Number(row.isOutside);
      }
      figures.print(`${one.name}.outside`, outside, "runs", { most: 0 });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Drills once: a row of the table, and whether it is outside its prediction. */
function rowOf(
  root: string,
  file: string,
  { name, stack, fault, speed }: Series,
  seed: number,
  death: FailureMode,
): { readonly text: string; readonly isOutside: boolean } {
  const asked = ["--stack", stack, "--fail", fault, "--death", death];
  const how = ["--at", String(failsAtSeconds), "--speed", String(speed), "--seed", String(seed)];
  const { stderr } = spawnSync(
    process.execPath,
    [join(root, "dist", "cli", "failover.js"), "drill", "--once", ...asked, ...how, "--save", file],
    { cwd: root, encoding: "utf8" },
  );
  const head = `| ${name} | ${seed} | ${death} | ${speed} |`;
  const run = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as DrillRun) : undefined;
  const measured = run && outagesOf(run)[0]?.measured;
  const predicted = measured?.predicted;
  if (!measured || !predicted) {
    return { text: `${head} not measured: ${stderr.trim()} |`, isOutside: true };
  }
  const { detectionSeconds, downtimeSeconds, outside } = measured;
  const cells = [
    ...cellsOf(detectionSeconds, predicted.detection),
    ...cellsOf(downtimeSeconds, predicted.downtime),
    stoodStill(run),
  ];
  const why = (outside ?? ["the outage was not over"]).join("; ");
  return {
    text: `${head} ${cells.join(" | ")} |${why === "" ? "" : ` OUTSIDE: ${why}`}`,
    isOutside: why !== "",
  };
}

function cellsOf(
  measured: number | null,
  { bound, simulated }: PredictedSeconds,
): readonly string[] {
  const cell = (seconds: number | null): string =>
    seconds === null ? "never" : seconds.toFixed(1);
  const range = simulated ? `${cell(simulated.low)} to ${cell(simulated.high)}` : "none";
  return [cell(measured), cell(bound), range];
}

/** The real seconds in which the machine kept the drill waiting. */
function stoodStill({ events }: DrillRun): string {
  const texts = events.flatMap((event) => (event.kind === "note" ? [event.text] : []));
  return /stood still for ([\d.]+)/.exec(texts.join("\n"))?.[1] ?? "0.0";
}
