import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** A kind of resource that IAM checks for an action, such as `subnet` for `ec2:CreateSubnet`. */
export interface Kind {
  readonly name: string;
  readonly isRequired: boolean;
  /** Its ARN with variables, such as `arn:${Partition}:ec2:${Region}:${Account}:subnet/${SubnetId}`. */
  readonly arn: string;
}

const knownKinds: Record<string, readonly Kind[]> = {};

/** The kinds of resources of each action, from AWS's service authorization reference. */
export function kindsOf(actions: readonly string[]): Readonly<Record<string, readonly Kind[]>> {
  const unknown = actions.filter((action) => knownKinds[action] === undefined);
  if (unknown.length > 0) {
    Object.assign(knownKinds, JSON.parse(outputOf("actionKinds.py", [], JSON.stringify(unknown))));
  }
  return Object.fromEntries(actions.map((action) => [action, knownKinds[action] ?? []]));
}

/**
 * The actions that the handlers of types call, by type and operation, from AWS's CloudFormation
 * schemas.
 */
export function handlerActions(
  types: readonly string[],
): Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> {
  return JSON.parse(outputOf("handlerActions.py", types)) as ReturnType<typeof handlerActions>;
}

/** Findings of parliament about files, one per line. */
export function findingsOf(files: readonly string[]): readonly string[] {
  return outputOf("policyFindings.py", files)
    .split("\n")
    .filter((line) => line !== "");
}

function outputOf(program: string, args: readonly string[], input = ""): string {
  const { status, stdout, stderr } = spawnSync(
    "python3",
    ["-B", join(__dirname, program), ...args],
    {
      input,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  return stdout;
}
