import type { DrillDeath } from "../../rehearsal/live/deaths";
import { drillDeaths } from "../../rehearsal/live/deaths";
import type { DrillApp } from "../../rehearsal/live/drillRun";
import { failureModeDefault } from "../../routing/checker";
import { InputError } from "../../routing/inputError";
import { seedMax, wholeNumbers } from "../numbers";
import type { SourceOptions } from "../source";

/** The options of `failover drill`. */
export interface DrillCommandOptions extends SourceOptions {
  readonly name?: string;
  readonly scenario?: string;
  readonly set?: readonly string[];
  readonly fail?: string;
  readonly death?: string;
  readonly app?: string;
  readonly at?: string;
  readonly seconds?: string;
  readonly speed?: string;
  readonly seed?: string;
  readonly address?: string;
  readonly port?: string;
  readonly dnsPort?: string;
  readonly pagePort?: string;
  readonly once?: boolean;
  readonly assume?: string;
  readonly save?: string;
  readonly html?: string;
  readonly junit?: string;
  readonly json?: boolean;
}

/** A step of the drill's clock is then a millisecond, and cannot be shorter. */
const speedMax = 50;
/** The application's own time limits do not follow the speed. */
export const lampSpeedMax = 5;
export const drillApps = ["embedded", "lamp"] as const satisfies readonly DrillApp[];
const portMax = 65_535;

/** The numbers among the options of `failover drill`. */
export interface DrillNumbers {
  readonly speed: number;
  readonly seed: number;
  readonly port: number;
  readonly dnsPort: number;
  readonly pagePort: number;
  readonly at: number;
  readonly seconds: number | undefined;
}

/** @throws InputError for a number out of its range, and for a port of a page that there is not */
export function drillNumbersIn(options: DrillCommandOptions): DrillNumbers {
  refusePageOnce(options);
  const day = 86_400;
  const [speed = 1, seed = 1, port = 0, dnsPort = 0, pagePort = 0, at = 0, seconds] = wholeNumbers([
    {
      option: "--speed",
      text: options.speed ?? "1",
      min: 1,
      max: drillAppIn(options) === "lamp" ? lampSpeedMax : speedMax,
    },
    { option: "--seed", text: options.seed ?? "1", min: 0, max: seedMax },
    { option: "--port", text: options.port ?? "0", min: 0, max: portMax },
    { option: "--dns-port", text: options.dnsPort ?? "0", min: 0, max: portMax },
    { option: "--page-port", text: options.pagePort ?? "0", min: 0, max: portMax },
    { option: "--at", text: options.at ?? "30", min: 0, max: day },
    ...(options.seconds === undefined
      ? []
      : [{ option: "--seconds", text: options.seconds, min: 1, max: day }]),
  ]);
  return { speed, seed, port, dnsPort, pagePort, at, seconds };
}

/** What answers at the endpoints. */
export function drillAppIn({ app = "embedded" }: DrillCommandOptions): DrillApp {
  const found = drillApps.find((one) => one === app);
  if (found !== undefined) return found;
  throw new InputError(`--app: must be one of ${drillApps.join(", ")}, got ${app}; use one`, {
    code: "bad-usage",
  });
}

/** How the fault of the command line dies. */
export function drillDeathIn({
  fail,
  scenario,
  death = failureModeDefault,
}: DrillCommandOptions): DrillDeath {
  if (fail !== undefined && scenario !== undefined) {
    throw new InputError(
      "--fail, --scenario: at most one, got both; write the fault into the scenario, or leave it out",
      { code: "bad-usage" },
    );
  }
  const found = drillDeaths.find((one) => one === death);
  if (found === undefined) {
    throw new InputError(
      `--death: must be one of ${drillDeaths.join(", ")}, got ${death}; use one`,
      {
        code: "bad-usage",
      },
    );
  }
  return found;
}

function refusePageOnce({ once, pagePort }: DrillCommandOptions): void {
  if (!once || pagePort === undefined) return;
  throw new InputError("--page-port, --once: at most one, got both; --once has no page", {
    code: "bad-usage",
  });
}
