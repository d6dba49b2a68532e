import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Evaluation } from "../rehearsal/engine/evaluate";
import type { Resource } from "../routing/graph/resource";
import type { Io } from "./io";
import { projectOf } from "../rehearsal/project";

/** A stack of the program, and the stack of the same name of the project in `zone/` below it. */
export interface EvaluatedStack {
  readonly program: Evaluation;
  /** Absent where there is no such project, or it has no such stack: the zone is somebody else's. */
  readonly zone?: Evaluation;
}

/** The folder, below the program's, of the project that makes its hosted zone. */
const zoneFolder = "zone";

/** Evaluates a stack of the program that a directory lies in, and its zone's. */
export async function evaluateStack(
  stack: string,
  { directory }: Pick<Io, "directory">,
  preview = false,
): Promise<EvaluatedStack> {
  const { evaluate } = await import("../rehearsal/engine/evaluate");
  const { projectDirectory } = projectOf(directory);
  const program = await evaluate({ projectDirectory, stack, preview });
  const zoneDirectory = join(projectDirectory, zoneFolder);
  const files = ["Pulumi.yaml", `Pulumi.${stack}.yaml`];
  if (!files.every((file) => existsSync(join(zoneDirectory, file)))) return { program };
  return { program, zone: await evaluate({ projectDirectory: zoneDirectory, stack, preview }) };
}

/** The resources of both, the program's first. */
export function resourcesOfBoth({ program, zone }: EvaluatedStack): readonly Resource[] {
  return [...program.resources, ...(zone?.resources ?? [])];
}
