import type { Command } from "commander";
import { exportedStack } from "../../aws/gate/gateLocation";
import type { Resource } from "../../routing/graph/resource";
import { InputError } from "../../routing/inputError";
import { withoutRegion } from "../../routing/graph/withoutRegion";
import { describeHelp } from "../helpText";
import { exitCodes } from "../io";
import type { ExitCode, Io } from "../io";
import { sourceResources } from "../source";

/** The options of `failover unreachable`. */
interface UnreachableOptions {
  readonly from?: string;
}

export function describe(command: Command): void {
  command
    .argument("<region>", "the AWS region whose API does not answer, such as us-west-2")
    .requiredOption("--from <file>", "the output of `pulumi stack export` for the stack");
  describeHelp(command, {
    examples: ["unreachable us-west-2 --from export.json"],
    fine: "the arguments were printed",
  });
}

/** Only this package's program reads the setting that keeps it from the region. */
function refuseForeign(resources: readonly Resource[], from: string): void {
  const { outputs, project } = exportedStack(resources, from);
  if (Object.hasOwn(outputs, "schemaVersion")) return;
  throw new InputError(
    `--from ${from}: must be the export of a stack of this package's program, got one of ${project}; leave out the resources of that region by \`pulumi up --exclude\``,
  );
}

/** Prints the arguments with which `pulumi up` excludes a region, one per line. */
export async function run(
  { from = "" }: UnreachableOptions,
  io: Io,
  [region = ""]: readonly string[],
): Promise<ExitCode> {
  const { resources } = await sourceResources({ from: [from] }, io);
  refuseForeign(resources, from);
  const { setting, excluded } = withoutRegion(resources, region);
  if (excluded.length === 0) {
    const known = new Set(resources.flatMap((one) => one.region ?? []));
    throw new InputError(
      `unreachable: must be a region that the stack in ${from} uses, got ${region}; write one of ${[...known].sort().join(", ")}`,
    );
  }
  // None contains a space or a bracket, so a shell passes each line unchanged.
  const lines = [
    `--config=failover:unreachable=${JSON.stringify(setting)}`,
    ...excluded.map((urn) => `--exclude=${urn}`),
  ];
  io.stdout.write(`${lines.join("\n")}\n`);
  return exitCodes.fine;
}
