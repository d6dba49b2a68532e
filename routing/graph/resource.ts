import type { SecretPlace } from "../model";

/**
 * One resource of a Pulumi stack, in the shape that every reader returns and every model takes,
 * whether it comes from an offline evaluation, a `pulumi stack export` or a policy pack's stack.
 */

/** Why a value cannot be read: AWS computes it, it is a secret, or its source does not hold it. */
export type UnknownReason = "computed" | "encrypted" | "unread";

/** Replaces a value that is unknown. */
export class Unknown {
  constructor(readonly reason: UnknownReason) {}
  toString(): string {
    return `<${this.reason}>`;
  }
}

/** A property value: JSON, with `Unknown` anywhere in it. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Unknown
  | readonly Value[]
  | { readonly [key: string]: Value };

export type Properties = Readonly<Record<string, Value>>;

export interface Resource {
  readonly urn: string;
  /** Type token, such as `aws:route53/record:Record`. */
  readonly type: string;
  /** The last part of the URN: the resource's name for people. */
  readonly name: string;
  readonly custom: boolean;
  /** The provider-assigned id; absent for components and before deployment. */
  readonly id?: string;
  readonly inputs: Properties;
  /** State after deployment, inputs included; equal to the inputs where nothing is computed. */
  readonly outputs: Properties;
  /** URN of the parent; absent for the stack itself. */
  readonly parent?: string;
  /** URN of the provider resource; absent for components and for a default provider. */
  readonly provider?: string;
  /** The resource's region: its own `region`, else its provider's. */
  readonly region?: string;
  /** For each input, the URNs of the resources that its value came from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** URNs that the resource waits for, including the dependencies of its properties. */
  readonly dependencies: readonly string[];
  /** Set on a hosted zone if all of its records were read. */
  readonly isWhole?: true;
  /** Whether Pulumi refuses to delete the resource. */
  readonly protect?: boolean;
  /** Whether a replacement deletes the resource first; known to policy packs only. */
  readonly deleteBeforeReplace?: boolean;
  /**
   * Paths of inputs and outputs that are `Unknown`, such as `inputs.records[0]`, with the reason;
   * also inputs that are absent because their source cannot hold them, as `unread`.
   */
  readonly unknown: Readonly<Record<string, UnknownReason>>;
  /** Where its secrets are kept; default: encrypted in an export. */
  readonly secretPlace?: SecretPlace;
}
