import type { DeployerPolicies } from "./deployerPolicies";
import { charactersOf } from "./policyDocument";
import type { PolicyDocument } from "./policyDocument";

/** A policy as a file, which IAM takes as it is. */
export interface PolicyFile {
  readonly name: string;
  readonly text: string;
  /** What IAM counts of it. */
  readonly characters: number;
  /** Whose it is. */
  readonly holder: string;
}

const kinds: readonly {
  readonly key: keyof DeployerPolicies;
  readonly name: string;
  readonly holder: string;
}[] = [
  { key: "preview", name: "preview", holder: "who previews, and who updates" },
  { key: "update", name: "update", holder: "who updates" },
  { key: "gameDay", name: "game-day", holder: "who holds a game day" },
  { key: "boundary", name: "boundary", holder: "each role that the stack makes" },
];

/** Policies as files; those of one kind are numbered where there are several. */
export function policyFilesOf(prefix: string, policies: DeployerPolicies): readonly PolicyFile[] {
  return kinds.flatMap(({ key, name, holder }) =>
    policies[key].map((document, index, all) => ({
      name: `${prefix}${name}${all.length === 1 ? "" : `-${index + 1}`}.json`,
      text: textOf(document),
      characters: charactersOf(document),
      holder,
    })),
  );
}

function textOf(document: PolicyDocument): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
