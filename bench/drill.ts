/**
 * `node dist/bench/drill.js [runs] [speed] [fault] [deaths] [stack]`: drills one fault as often as told, each run
 * with a seed of its own, and prints what was measured beside the bound and the range of simulated runs. The exit
 * code is 1 if any is outside its bound.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DrillRun, PredictedSeconds } from "../rehearsal/live/drillRun";
import { outagesOf, predictionOf } from "../rehearsal/live/report";

const root = join(__dirname, "..", "..");
const [runs = "20", speed = "10", fault = "us-west-2a", deaths = "hangsInBody", stack = "prod"] =
  process.argv.slice(2);

let outside = 0;
const folder = mkdtempSync(join(tmpdir(), "drill-"));
try {
  for (let run = 1; run <= Number(runs); run += 1) {
    const all = deaths.split(",");
    const death = all[run % all.length] as string;
    const file = join(folder, `${run}.json`);
    const asked = ["--stack", stack, "--fail", fault, "--death", death, "--at", "20"];
    const how = ["--once", "--speed", speed, "--seed", String(run), "--save", file];
    const { stderr } = spawnSync(
      process.execPath,
      [join(root, "dist", "cli", "failover.js"), "drill", ...asked, ...how],
      { cwd: root, encoding: "utf8" },
    );
    outside += printed(run, death, JSON.parse(readFileSync(file, "utf8")) as DrillRun, stderr);
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.stdout.write(`drill.outside.${stack}.${fault} ${outside} of ${runs}\n`);
process.exitCode = outside === 0 ? 0 : 1;

/** Prints a run; returns 1 if it is outside its bound. */
function printed(run: number, death: string, saved: DrillRun, stderr: string): number {
  const [outage] = outagesOf(saved);
  const found = predictionOf(saved.drill, fault, death);
  if (!outage || !found) {
    process.stdout.write(`${run} ${death}: not measured ${stderr}\n`);
    return 1;
  }
  const { detectionSeconds, downtimeSeconds, isWithinBound } = outage.measured;
  const part = (name: string, measured: number | null, predicted: PredictedSeconds): string => {
    const { simulated } = predicted;
    const range = simulated ? `${simulated.low} to ${simulated.high}` : "none";
    return `${name} ${measured ?? "never"} s (bound ${predicted.bound ?? "never"}, simulated ${range})`;
  };
  const detection = part("detection", detectionSeconds, found.detection);
  const downtime = part("downtime", downtimeSeconds, found.downtime);
  const [stood] = saved.events.filter(({ kind }) => kind === "note").slice(-1);
  const note = stood?.kind === "note" ? `; ${stood.text}` : "";
  process.stdout.write(
    `${run} ${stack} ${fault} ${death} speed ${speed}: ${detection}, ${downtime}${note}\n`,
  );
  return isWithinBound === true ? 0 : 1;
}
