/** A row of the table of computed outputs, see awsOutputs.ts. */
import type { Addresses } from "./identifiers";
import type { Wire, WireProperties } from "./wire";

/** An existing resource, reduced to what another one's outputs depend on. */
export interface Existing {
  readonly type: string;
  readonly inputs: WireProperties;
  readonly outputs: WireProperties;
}

/** The resource whose outputs are requested. */
export interface OutputOwner {
  readonly urn: string;
  readonly name: string;
  readonly inputs: WireProperties;
  readonly region: string;
  readonly addresses: Addresses;
  /**
   * Finds the target of an input such as `subnetId`: the first resource with that id, of the given
   * type if any. (Settings of a bucket or a zone have its id as well.)
   */
  readonly find: (id: Wire | undefined, type?: string) => Existing | undefined;
}

/** A row of the table. */
export interface AwsType {
  /** The input that Pulumi auto-names if the program gives no name. */
  readonly autoName?: string;
  readonly id: (subject: OutputOwner) => string;
  readonly outputs: (subject: OutputOwner, id: string) => WireProperties;
  /**
   * Inputs that the provider reads back with another value, as the program then sees them. Absent
   * if it reads back its inputs; before a deployment the program always sees its inputs.
   */
  readonly readBack?: (subject: OutputOwner, id: string) => WireProperties;
}

/** Row of a type that only connects others: an id and no outputs. */
export function link(id: AwsType["id"], outputs: AwsType["outputs"] = () => ({})): AwsType {
  return { id, outputs: (subject, own) => ({ region: subject.region, ...outputs(subject, own) }) };
}
