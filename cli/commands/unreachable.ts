import type { Command } from "commander";
import { InputError } from "../../routing/inputError";
import { withoutRegion } from "../../routing/graph/withoutRegion";
import { exitCodes } from "../io";
import type { ExitCode, Io } from "../io";
import { sourceResources } from "../source";

/** The options of `failover unreachable`. */
interface UnreachableOptions {
  readonly from?: string;
}

export function describe(command: Command): void {
  command
    .argument("<region>", "the AWS region whose API answers nobody, such as us-west-2")
    .requiredOption("--from <file>", "what `pulumi stack export` of the stack wrote");
}

/** Prints the arguments with which `pulumi up` leaves a region alone, one a line. */
export async function run(
  { from = "" }: UnreachableOptions,
  io: Io,
  [region = ""]: readonly string[],
): Promise<ExitCode> {
  const { resources } = await sourceResources({ from: [from] }, io);
  const { setting, excluded } = withoutRegion(resources, region);
  if (excluded.length === 0) {
    const known = new Set(resources.flatMap((one) => one.region ?? []));
    throw new InputError(
      `unreachable: must be a region that the stack in ${from} uses, got ${region}; write one of ${[...known].sort().join(", ")}`,
    );
  }
  // No space and no bracket is in any of them, so that a shell hands over each line as it is.
  const lines = [
    `--config=failover:unreachable=${JSON.stringify(setting)}`,
    ...excluded.map((urn) => `--exclude=${urn}`),
  ];
  io.stdout.write(`${lines.join("\n")}\n`);
  return exitCodes.fine;
}
