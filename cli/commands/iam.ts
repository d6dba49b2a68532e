import { join } from "node:path";
import type { Command } from "commander";
import { deployerPolicies } from "../../aws/permissions/deployerPolicies";
import type { Deployed } from "../../aws/permissions/deployed";
import { policyFilesOf } from "../../aws/permissions/policyFiles";
import type { PolicyFile } from "../../aws/permissions/policyFiles";
import { policyReport } from "../../aws/permissions/report";
import { asText } from "../../rehearsal/report/asText";
import type { Evaluation } from "../../rehearsal/engine/evaluate";
import { InputError } from "../../routing/inputError";
import { evaluateOptions } from "../evaluatedStack";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";

/** The options of `failover iam`. */
interface IamOptions {
  readonly stack?: string;
  readonly out?: string;
}

export function describe(command: Command): void {
  command
    .option("--stack <name>", "the stack of this program that is deployed with the policies")
    .option("--out <directory>", "where they go, in a folder of the stack's name", "docs/iam")
    .addHelpText(
      "after",
      "\nOptions that are off are evaluated as on: game days, DNSSEC, query logs.",
    );
}

/** Writes the policies of whoever deploys a stack. */
export async function run({ stack, out = "" }: IamOptions, io: Io): Promise<ExitCode> {
  if (stack === undefined) {
    throw new InputError("--stack: says what is to be deployed, got none; name a stack", {
      code: "bad-usage",
    });
  }
  const files = await filesOf(stack, io);
  const directory = join(out, stack);
  for (const { name, text } of files) await io.writeFile(join(directory, name), text);
  io.stdout.write(asText(policyReport(stack, directory, files), textOptions(io)));
  return exitCodes.fine;
}

/** The policies of a stack and of its zone's, as files. */
export async function filesOf(
  stack: string,
  io: Pick<Io, "directory">,
): Promise<readonly PolicyFile[]> {
  const { program, zone } = await evaluateOptions(stack, io);
  return [
    ...policyFilesOf("", deployerPolicies(deployedOf(program))),
    ...(zone.length === 0 ? [] : policyFilesOf("zone-", deployerPolicies(deployedOf(zone)))),
  ];
}

/** Evaluations of one project as one: with all that any of them makes. */
function deployedOf(evaluations: readonly Evaluation[]): Deployed {
  return {
    resources: evaluations.flatMap(({ resources }) => resources),
    calls: evaluations.flatMap(({ calls }) => calls),
  };
}
