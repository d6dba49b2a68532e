/** A row of the table of what AWS adds to its resources, see awsOutputs.ts. */
import type { Addresses } from "./identifiers";
import type { Wire, WireProperties } from "./wire";

/** A resource that already exists, as far as another one's outputs depend on it. */
export interface Existing {
  readonly type: string;
  readonly inputs: WireProperties;
  readonly outputs: WireProperties;
}

/** The resource whose outputs are asked for. */
export interface OutputOwner {
  readonly urn: string;
  readonly name: string;
  readonly inputs: WireProperties;
  readonly region: string;
  readonly addresses: Addresses;
  /**
   * Finds what an input such as `subnetId` refers to: the first that was made with that id, of that
   * type where one is given. (Settings of a bucket or a zone have its id as well.)
   */
  readonly find: (id: Wire | undefined, type?: string) => Existing | undefined;
}

/** A row of the table. */
export interface AwsType {
  /** The input that Pulumi fills with a name of its own where the program gives none. */
  readonly autoName?: string;
  readonly id: (subject: OutputOwner) => string;
  readonly outputs: (subject: OutputOwner, id: string) => WireProperties;
  /**
   * Inputs of which the provider reads something else back, as the program then sees them. Absent where
   * it reads back what it was given; before a deployment the program sees its inputs in any case.
   */
  readonly readBack?: (subject: OutputOwner, id: string) => WireProperties;
}

/** Row of a type that only connects others: an id and nothing to read. */
export function link(id: AwsType["id"], outputs: AwsType["outputs"] = () => ({})): AwsType {
  return { id, outputs: (subject, own) => ({ region: subject.region, ...outputs(subject, own) }) };
}
