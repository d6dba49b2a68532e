import type { Command } from "commander";
import { needsOf } from "../../aws/preflight/needs";
import type { Preflight } from "../../aws/preflight/preflight";
import { preflightReport } from "../../aws/preflight/report";
import { asText } from "../../rehearsal/report/asText";
import { InputError } from "../../routing/inputError";
import { repeated } from "../repeated";
import { describeHelp } from "../helpText";
import { evaluateStack, resourcesOfBoth } from "../evaluatedStack";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";
import { sourceResources } from "../source";
import { jsonText } from "../../rehearsal/report/jsonText";

/** The options of `failover preflight`. */
interface PreflightOptions {
  readonly stack?: string;
  readonly deployed?: string;
  readonly beside?: readonly string[];
  readonly json?: boolean;
}

export function describe(command: Command): void {
  command
    .option(
      "--stack <name>",
      "evaluate this program for a stack, and check whether it can be deployed",
    )
    .option(
      "--deployed <file>",
      "output of `pulumi stack export`, if the stack is deployed already; otherwise it counts as new",
    )
    .option(
      "--beside <name>",
      "another stack of this program in the same account; may be repeated",
      repeated,
    )
    .option("--json", "print the findings as JSON");
  describeHelp(command, {
    note: "Read-only. Uses the credentials that `pulumi up` would use.",
    examples: ["preflight --stack prod", "preflight --stack prod --deployed export.json --json"],
    fine: "nothing would fail, as far as it can tell",
    badNews: "an update would fail",
  });
}

/** Checks in the credentials' account whether an update would succeed. */
export async function run(options: PreflightOptions, io: Io): Promise<ExitCode> {
  const { stack, deployed, beside = [] } = options;
  if (stack === undefined) {
    throw new InputError("--stack: required, got none; name a stack", {
      code: "bad-usage",
    });
  }
  const evaluated = await evaluateStack(stack, io);
  const others = [];
  for (const name of beside) others.push(resourcesOfBoth(await evaluateStack(name, io)));
  const needs = needsOf(evaluated.program.resources, {
    calls: evaluated.program.calls,
    zone: evaluated.zone?.resources ?? [],
    beside: others,
    deployed:
      deployed === undefined ? [] : (await sourceResources({ from: [deployed] }, io)).resources,
  });
  const [{ accountOf }, { preflight }, { publicDns }] = await Promise.all([
    import("../../aws/clients"),
    import("../../aws/preflight/preflight"),
    import("../../aws/publicDns"),
  ]);
  const result = await preflight({
    stack,
    account: accountOf(io.env),
    dns: publicDns(),
    needs,
    now: io.now(),
  });
  io.stdout.write(
    options.json
      ? jsonText(result)
      : asText(preflightReport(result), { ...textOptions(io), hasDetails: false }),
  );
  return exitCodeOf(result);
}

/**
 * `cannot tell` alone exits with 0, like an unknown of the policies: it is printed for manual
 * checks.
 */
function exitCodeOf({ findings }: Preflight): ExitCode {
  return findings.some(({ state }) => state === "will fail") ? exitCodes.badNews : exitCodes.fine;
}
