import { readdirSync } from "node:fs";

/** The Pulumi CLI's rule for the name of a stack; it also keeps the name from being a path. */
const nameRule = /^[\w.-]{1,100}$/;

export function isStackName(text: string): boolean {
  return nameRule.test(text);
}

/** The stacks of a project: those that have a file. */
export function stackNames(directory: string): string[] {
  return readdirSync(directory)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .filter(isStackName)
    .sort();
}
