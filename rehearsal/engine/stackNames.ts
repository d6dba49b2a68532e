import { readdirSync } from "node:fs";

/** The Pulumi CLI's rule for the name of a stack; it also keeps the name from being a path. */
const nameRule = /^[\w.-]{1,100}$/;

export function isStackName(text: string): boolean {
  return nameRule.test(text);
}

/** The stacks of a project: those that have a file. */
export function stackNames(directory: string): string[] {
  return namesOfFiles(directory).filter(isStackName);
}

/** Files that are named as a stack's, but no stack can have that name. */
export function strayStackFiles(directory: string): string[] {
  return namesOfFiles(directory)
    .filter((name) => !isStackName(name))
    .map((name) => `Pulumi.${name}.yaml`);
}

/** The file of a stack with what its look-ups return, see lookups.ts. */
export function lookupsFile(stack: string): string {
  return `lookups.${stack}.json`;
}

function namesOfFiles(directory: string): string[] {
  return readdirSync(directory)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}
