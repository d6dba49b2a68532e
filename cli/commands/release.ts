import type { Command } from "commander";
import { InputError } from "../../routing/inputError";
import { describeHelp } from "../helpText";
import type { GateOptions } from "../gateCommand";
import { describeGateCommand, runGateCommand } from "../gateCommand";
import type { ExitCode, Io } from "../io";

/** The options of `failover release`. */
interface ReleaseOptions extends GateOptions {
  readonly approve?: boolean;
}

export function describe(command: Command): void {
  command.option("--approve", "approve the return to the primary region");
  describeGateCommand(command);
  describeHelp(command, {
    note: "The controller releases as soon as nothing blocks it: `failover status` shows what does. It asks first.",
    examples: ['release --stack prod --approve --reason "orders drained"'],
    fine: "the approval is recorded",
    badNews: "it was not confirmed",
  });
}

/** Approves the return of the customers to the primary region. */
export async function run(options: ReleaseOptions, io: Io): Promise<ExitCode> {
  if (options.approve !== true) {
    throw new InputError(
      "--approve: required, got none; a release is an approval, which is recorded with your name",
      { code: "bad-usage" },
    );
  }
  return runGateCommand("release", options, io);
}
