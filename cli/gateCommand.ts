import type { Command } from "commander";
import type { GateOwnerStack } from "../aws/gate/gateLocation";
import { InputError } from "../routing/inputError";
import { printable } from "../rehearsal/report/paint";
import { isConfirmed } from "./confirm";
import { exitCodes } from "./io";
import type { ExitCode, Io } from "./io";
import type { LiveOptions } from "./statusSubject";
import { liveStackOf } from "./statusSubject";
import { jsonText } from "../rehearsal/report/jsonText";

/** The options of `failover hold` and `failover release`. */
export interface GateOptions extends LiveOptions {
  readonly reason?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Adds the options that both commands have. */
export function describeGateCommand(command: Command): void {
  command
    .option("--stack <name>", "a deployed stack of this program")
    .option("--from <file>", "the output of `pulumi stack export` of that stack")
    .option("--reason <text>", "the reason, which is recorded and sent to the alert topic")
    .option("--yes", "do not ask")
    .option("--json", "print the new state as JSON");
}

/**
 * Shows what a command would do to the gate, asks, and has the controller do it. It calls the
 * standby region only.
 */
export async function runGateCommand(
  command: "hold" | "release",
  options: GateOptions,
  io: Io,
): Promise<ExitCode> {
  const reason = reasonIn(options);
  const { owner } = await liveStackOf(options, io);
  const [
    { accountOf, fullClient },
    { callerOf, orAwsFault },
    { gateIn, gateOutputOf },
    { gateStateOf },
    { commandGate },
    { effectOf, gateStateWords },
  ] = await Promise.all([
    import("../aws/clients"),
    import("../aws/caller"),
    import("../aws/gate/gateLocation"),
    import("../aws/gate/readGate"),
    import("../aws/gate/gateCommand"),
    import("../aws/gate/effect"),
  ]);
  const output = gateOutputOf(owner);
  if (output === undefined) throw new InputError(noGate(command, owner));
  const account = accountOf(io.env);
  return orAwsFault(account, async () => {
    const caller = await callerOf(account, output.region);
    const gate = gateIn(owner, caller.account);
    if (gate === undefined) throw new InputError(noGate(command, owner));
    const given = { command, identity: caller.arn, reason };
    const state = await gateStateOf(gate, account);
    for (const line of effectOf(given, gate, state, io.now().getTime())) {
      io.stderr.write(`${printable(line)}\n`);
    }
    if (!(await isConfirmed(command, options, io))) {
      io.stderr.write("Not confirmed: nothing was changed.\n");
      return exitCodes.badNews;
    }
    const lambda = await fullClient("lambda", gate.region, io.env);
    const after = await commandGate(gate, given, lambda);
    io.stdout.write(
      options.json
        ? jsonText(after)
        : gateStateWords(gate, after)
            .map((line) => `${printable(line)}\n`)
            .join(""),
    );
    return exitCodes.fine;
  });
}

/** Another team's program has no setting for one. */
function noGate(command: string, { project, stack, outputs }: GateOwnerStack): string {
  return Object.hasOwn(outputs, "schemaVersion")
    ? `${stack}: the stack has no failback gate; set ${project}:gate.mode to created, and run \`pulumi up\``
    : `${stack}: must have the output gate for ${command}, got none; only a stack of this package's program has one, and ${project} is another program`;
}

function reasonIn({ reason = "" }: GateOptions): string {
  if (reason.trim() !== "") return reason;
  throw new InputError("--reason: required, got none; say why, for the others who see the gate", {
    code: "bad-usage",
  });
}
