import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Evaluation } from "../rehearsal/engine/evaluate";
import { lookupsFile } from "../rehearsal/engine/stackNames";
import type { Resource } from "../routing/graph/resource";
import { awsTypes } from "../routing/graph/types";
import { fieldOf, isObject } from "../routing/graph/values";
import type { Io } from "./io";
import { gapsRemedy, gapsText } from "../rehearsal/gaps";
import { zoneProject } from "../rehearsal/ownProgram";
import { projectOf } from "../rehearsal/project";

/** A stack of the program, and the stack of the same name of its zone's project. */
export interface EvaluatedStack {
  readonly program: Evaluation;
  /** Absent without such a project or stack: the zone is external. */
  readonly zone?: Evaluation;
}

/** The folder of the zone's project, below the program's. */
const zoneFolder = "zone";

/** Options of a stack that need more permissions. Game days break the stack's own machines. */
const options = {
  "failover-zone:dnssec": true,
  "failover-zone:queryLogging": true,
};
const gameDays = (
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => ({
  ...options,
  "failover:gameDay": { enabled: true, ...more },
});
/** Any time will do: it is in no permission. */
const sometime = "cron(0 10 ? * TUE#1 *)";
const machineTypes: readonly string[] = [awsTypes.instance, awsTypes.autoScalingGroup];

/** A stack as configured, and one of this package's program with every option on. */
export async function evaluateOptions(
  stack: string,
  io: Pick<Io, "directory">,
): Promise<{ readonly program: readonly Evaluation[]; readonly zone: readonly Evaluation[] }> {
  const configured = await evaluateStack(stack, io);
  const { isOwn = false } = configured.program;
  const hasMachines = configured.program.resources.some(({ type }) => machineTypes.includes(type));
  const more = hasMachines
    ? () => withSchedules(stack, io)
    : () => evaluateStack(stack, io, false, options);
  const both = [configured, ...(isOwn ? [await more()] : [])];
  return {
    program: both.map(({ program }) => program),
    zone: both.flatMap(({ zone }) => zone ?? []),
  };
}

/** With game days, and a schedule for each experiment, as the first of two evaluations names them. */
async function withSchedules(stack: string, io: Pick<Io, "directory">): Promise<EvaluatedStack> {
  const { program } = await evaluateStack(stack, io, false, gameDays());
  const templates = fieldOf(program.outputs["gameDay"], "templateIds");
  const experiments = isObject(templates) ? Object.keys(templates) : [];
  const schedules = experiments.map((experiment) => ({ experiment, cron: sometime }));
  return evaluateStack(stack, io, false, gameDays({ schedules }));
}

/** Evaluates a stack of the program that contains a directory, and its zone's. */
export async function evaluateStack(
  stack: string,
  { directory, stderr }: Pick<Io, "directory"> & Partial<Pick<Io, "stderr">>,
  preview = false,
  config: Readonly<Record<string, unknown>> = {},
): Promise<EvaluatedStack> {
  const { evaluate } = await import("../rehearsal/engine/evaluate");
  const projectDirectory = projectOf(directory);
  const program = await evaluate({ projectDirectory, stack, preview, config });
  if (!preview && program.gaps?.length) {
    stderr?.write(
      `stack ${stack}: ${gapsText(program.gaps)}. ${gapsRemedy(stack, consequencesOf(program))}\n`,
    );
  }
  const zoneDirectory = join(projectDirectory, zoneFolder);
  if (!(await hasZoneStack(zoneDirectory, stack))) return { program };
  return {
    program,
    zone: await evaluate({ projectDirectory: zoneDirectory, stack, preview, config }),
  };
}

/** What follows from what only Pulumi knows, in sentences. */
function consequencesOf({ stack, resources, lookups = [] }: Evaluation): readonly string[] {
  const nameless = resources
    .filter(({ type, unknown }) => type === awsTypes.record && "inputs.name" in unknown)
    .map(({ name }) => name);
  return [
    ...(nameless.length > 0
      ? [`No answer has the records whose name is unknown: ${nameless.join(", ")}.`]
      : []),
    ...(lookups.length > 0
      ? [
          `In a condition, what a look-up returns is there and equals nothing; ${lookupsFile(stack)} can say what it is.`,
        ]
      : []),
  ];
}

/** Whether a folder is the zone's project, by its name, and has a stack; any other is a program of its own. */
async function hasZoneStack(directory: string, stack: string): Promise<boolean> {
  const [projectFile, stackFile] = ["Pulumi.yaml", `Pulumi.${stack}.yaml`].map((file) =>
    join(directory, file),
  ) as [string, string];
  if (![projectFile, stackFile].every((file) => existsSync(file))) return false;
  const { readYaml } = await import("../rehearsal/engine/yamlFile");
  return readYaml(projectFile, "")["name"] === zoneProject;
}

/** Says that a report includes the zone's project. */
export function zoneNotes({ zone }: EvaluatedStack): readonly string[] {
  return zone === undefined
    ? []
    : [`Includes stack ${zone.stack} of the project ${zoneProject} in ${zoneFolder}/.`];
}

/** The resources of both, the program's first. */
export function resourcesOfBoth({ program, zone }: EvaluatedStack): readonly Resource[] {
  return [...program.resources, ...(zone?.resources ?? [])];
}
