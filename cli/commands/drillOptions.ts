import type { DrillDeath } from "../../rehearsal/live/deaths";
import type { DrillApp } from "../../rehearsal/live/drillRun";
import { InputError } from "../../routing/inputError";
import { seedMax, wholeNumbers } from "../numbers";
import type { SourceOptions } from "../source";

/** The options of `failover drill`. */
export interface DrillCommandOptions extends SourceOptions {
  readonly name?: string;
  readonly scenario?: string;
  readonly set?: readonly string[];
  readonly fail?: string;
  readonly death?: DrillDeath;
  readonly app?: DrillApp;
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

/** @throws InputError for a number out of its range, and for options that exclude each other */
export function drillNumbersIn(options: DrillCommandOptions): DrillNumbers {
  refuseTwoFaults(options);
  refusePageOnce(options);
  const day = 86_400;
  const [speed = 1, seed = 1, port = 0, dnsPort = 0, pagePort = 0, at = 0, seconds] = wholeNumbers([
    {
      option: "--speed",
      text: options.speed ?? "1",
      min: 1,
      max: options.app === "lamp" ? lampSpeedMax : speedMax,
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
  if (options.fail !== undefined && seconds !== undefined && seconds <= at) {
    throw new InputError(
      `--seconds ${seconds}: must be more than --at, got ${at}, when the fault begins; for example --at ${Math.max(0, seconds - 1)}`,
      { code: "bad-usage" },
    );
  }
  return { speed, seed, port, dnsPort, pagePort, at, seconds };
}

function refuseTwoFaults({ fail, scenario }: DrillCommandOptions): void {
  if (fail === undefined || scenario === undefined) return;
  throw new InputError(
    "--fail, --scenario: at most one, got both; write the fault into the scenario, or leave it out",
    { code: "bad-usage" },
  );
}

function refusePageOnce({ once, pagePort }: DrillCommandOptions): void {
  if (!once || pagePort === undefined) return;
  throw new InputError("--page-port, --once: at most one, got both; --once has no page", {
    code: "bad-usage",
  });
}
