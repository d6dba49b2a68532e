import type { DeployerPolicies } from "./deployerPolicies";
import { charactersOf } from "./policyDocument";
import { jsonText } from "../../rehearsal/report/jsonText";

/** A policy as a file that IAM accepts unchanged. */
export interface PolicyFile {
  readonly name: string;
  readonly text: string;
  /** Its size as IAM counts it. */
  readonly characters: number;
  /** What the policy is attached to. */
  readonly holder: string;
}

const kinds: readonly {
  readonly key: keyof DeployerPolicies;
  readonly name: string;
  readonly holder: string;
}[] = [
  { key: "preview", name: "preview", holder: "roles for previews and updates" },
  { key: "update", name: "update", holder: "roles for updates" },
  { key: "gameDay", name: "game-day", holder: "roles for game days" },
  { key: "status", name: "status", holder: "roles for `failover status`" },
  { key: "gate", name: "gate", holder: "roles for `failover hold` and `release`" },
  { key: "boundary", name: "boundary", holder: "each role that the stack makes" },
];

/** Policies as files, numbered if there are several of one kind. */
export function policyFilesOf(prefix: string, policies: DeployerPolicies): readonly PolicyFile[] {
  return kinds.flatMap(({ key, name, holder }) =>
    policies[key].map((document, index, all) => ({
      name: `${prefix}${name}${all.length === 1 ? "" : `-${index + 1}`}.json`,
      text: jsonText(document),
      characters: charactersOf(document),
      holder,
    })),
  );
}
