import type { Resource, Value } from "../../routing/graph/resource";
import { stackResourceOf } from "../../routing/graph/stackOutputs";
import { fieldOf } from "../../routing/graph/values";
import type { GateNames } from "../../routing/gateNames";
import { gateNamesOf } from "../../routing/gateNames";
import { InputError } from "../../routing/inputError";

/** Whether the latch check is part of the primary region's check. */
export type GateMode = "created" | "attached";

/** Where the failback gate of a stack is. */
export interface GateLocation extends GateNames {
  readonly project: string;
  readonly stack: string;
  readonly mode: GateMode;
  /** The standby region. */
  readonly region: string;
  readonly accountId: string;
}

/** A stack whose gate is looked for. */
export interface GateOwnerStack {
  readonly project: string;
  readonly stack: string;
  readonly outputs: Readonly<Record<string, Value>>;
  /** The file of the export; absent for a stack that was evaluated. */
  readonly exportPath?: string;
}

/**
 * The stack of an export.
 *
 * @throws InputError if the file is no export of a Pulumi stack
 */
export function exportedStack(resources: readonly Resource[], exportPath: string): GateOwnerStack {
  const found = stackResourceOf(resources);
  const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(found?.urn ?? "") ?? [];
  if (found === undefined || stack === undefined || project === undefined) {
    throw new InputError(
      `--from ${exportPath}: must be the export of a Pulumi stack, got none; write it with \`pulumi stack export\``,
    );
  }
  return { project, stack, outputs: found.outputs, exportPath };
}

/** The region and mode of a stack's gate; undefined where the stack has none. */
export function gateOutputOf({
  outputs,
}: GateOwnerStack): { readonly region: string; readonly mode: GateMode } | undefined {
  const { gate } = outputs;
  const [region, mode] = [fieldOf(gate, "region"), fieldOf(gate, "mode")];
  if (typeof region !== "string" || (mode !== "created" && mode !== "attached")) return undefined;
  return { region, mode };
}

/**
 * The account of an export: the end of the bucket's name, or the account in an ARN. An evaluated
 * stack has none.
 */
export function accountOfExport({ outputs, exportPath }: GateOwnerStack): string | undefined {
  if (exportPath === undefined) return undefined;
  const bucket = fieldOf(outputs["gate"], "bucket");
  const topic = fieldOf(outputs["alerts"], "topicArn");
  const [, ofBucket] = typeof bucket === "string" ? (/-(\d{12})$/.exec(bucket) ?? []) : [];
  const [, ofTopic] =
    typeof topic === "string" ? (/^arn:aws:sns:[^:]*:(\d{12}):/.exec(topic) ?? []) : [];
  return ofBucket ?? ofTopic;
}

/**
 * The gate of a stack in the account of the credentials.
 *
 * @returns undefined where the stack has no gate
 * @throws InputError if the stack is in another account
 */
export function gateIn(owner: GateOwnerStack, accountId: string): GateLocation | undefined {
  refuseOtherAccount(owner, accountId);
  const output = gateOutputOf(owner);
  if (output === undefined) return undefined;
  const { project, stack } = owner;
  return { project, stack, accountId, ...output, ...gateNamesOf({ project, stack, accountId }) };
}

/** @throws InputError if the export is of a stack in another account */
export function refuseOtherAccount(owner: GateOwnerStack, accountId: string): void {
  const exported = accountOfExport(owner);
  if (exported === undefined || exported === accountId) return;
  throw new InputError(
    `--from ${owner.exportPath ?? ""}: the stack is in account ${exported}, and the credentials belong to ${accountId}; use credentials of ${exported}`,
  );
}
