import type { Command } from "commander";
import { describeHelp } from "../helpText";
import type { GateOptions } from "../gateCommand";
import { describeGateCommand, runGateCommand } from "../gateCommand";
import type { ExitCode, Io } from "../io";

export function describe(command: Command): void {
  describeGateCommand(command);
  describeHelp(command, {
    note: "The controller latches; no record and no health check is changed. It asks first.",
    examples: ['hold --stack prod --reason "evacuation of us-west-2a"'],
    fine: "the controller has the command",
    badNews: "it was not confirmed",
  });
}

/** Latches the gate by hand: the primary region gets no customers until a release. */
export function run(options: GateOptions, io: Io): Promise<ExitCode> {
  return runGateCommand("hold", options, io);
}
