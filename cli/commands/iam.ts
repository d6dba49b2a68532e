import { join } from "node:path";
import type { Command } from "commander";
import { unknownTypes } from "../../aws/permissions/actions";
import { deployerPolicies, typesIn } from "../../aws/permissions/deployerPolicies";
import type { Deployed } from "../../aws/permissions/deployed";
import { policyFilesOf } from "../../aws/permissions/policyFiles";
import type { PolicyFile } from "../../aws/permissions/policyFiles";
import { iamPolicyReport } from "../../aws/permissions/report";
import { asText } from "../../rehearsal/report/asText";
import type { Evaluation } from "../../rehearsal/engine/evaluate";
import { InputError } from "../../routing/inputError";
import { describeHelp } from "../helpText";
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
    .option("--stack <name>", "the stack of this program to deploy")
    .option(
      "--out <directory>",
      "the folder for the policies; each stack has a subfolder",
      "docs/iam",
    );
  describeHelp(command, {
    note: "The policies cover every option of this package's program, also those that are off: game days, DNSSEC, query logs.",
    examples: ["iam --stack prod"],
    fine: "the policies were written",
  });
}

/** Writes the policies for deploying a stack. */
export async function run({ stack, out = "" }: IamOptions, io: Io): Promise<ExitCode> {
  if (stack === undefined) {
    throw new InputError("--stack: required, got none; name a stack", {
      code: "bad-usage",
    });
  }
  const files = await filesOf(stack, io);
  const directory = join(out, stack);
  try {
    for (const { name, text } of files) await io.writeFile(join(directory, name), text);
  } catch (cause) {
    throw new InputError(
      `--out ${out}: cannot write the policies, got ${(cause as Error).message}; name a writable folder`,
      { cause, code: "file-inaccessible" },
    );
  }
  io.stdout.write(asText(iamPolicyReport(stack, directory, files), textOptions(io)));
  return exitCodes.fine;
}

/** The policies of a stack and of its zone's project, as files. */
export async function filesOf(
  stack: string,
  io: Pick<Io, "directory">,
): Promise<readonly PolicyFile[]> {
  const evaluations = await evaluateOptions(stack, io);
  refuseForeign(stack, evaluations.program);
  return filesFor(evaluations);
}

/** Of another team's program, a policy for a part of the types would fail in the middle of an update. */
function refuseForeign(stack: string, program: readonly Evaluation[]): void {
  if (program.some(({ isOwn }) => isOwn)) return;
  const types = unknownTypes(typesIn(deployedOf(program)));
  if (types.length === 0) return;
  throw new InputError(
    `--stack ${stack}: must have only types and functions whose calls of AWS are known here, got ${types.join(", ")}; let AWS generate the policies of this program from an update's events in CloudTrail (IAM Access Analyzer)`,
  );
}

/** The same of evaluations with different options. */
export function filesFor({
  program,
  zone,
}: Awaited<ReturnType<typeof evaluateOptions>>): readonly PolicyFile[] {
  return [
    ...policyFilesOf("", deployerPolicies(deployedOf(program))),
    ...(zone.length === 0 ? [] : policyFilesOf("zone-", deployerPolicies(deployedOf(zone)))),
  ];
}

/** Merges evaluations of one project into one with the resources of all. */
function deployedOf(evaluations: readonly Evaluation[]): Deployed {
  return {
    resources: evaluations.flatMap(({ resources }) => resources),
    calls: evaluations.flatMap(({ calls }) => calls),
  };
}
