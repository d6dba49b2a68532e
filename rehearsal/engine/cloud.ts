/** Takes the place of AWS: gives each resource its id and computed outputs, from the tables. */
import { awsType } from "./awsOutputs";
import type { Existing, OutputOwner } from "./awsType";
import { Addresses } from "./identifiers";
import { isWireObject, wireText } from "./wire";
import type { Wire, WireProperties } from "./wire";

/** A resource to create. */
export interface Creation {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: WireProperties;
  readonly region: string;
  /** The inputs of its provider. */
  readonly provider: WireProperties;
  /** The id of an existing resource, read or imported. */
  readonly existingId?: string;
}

/**
 * The created resource: its id, its computed outputs, and the inputs that read back differently.
 */
export interface Created {
  readonly id: string;
  readonly outputs: WireProperties;
  readonly readBack: WireProperties;
}

export class Cloud {
  readonly #addresses = new Addresses();
  readonly #byId = new Map<string, Existing[]>();

  /** The id and computed outputs of a resource; undefined for a type that the tables lack. */
  create(creation: Creation): Created | undefined {
    const { urn, type, name, inputs, region, existingId } = creation;
    const row = awsType(type);
    if (row === undefined) return undefined;
    const subject = { urn, name, inputs, region, addresses: this.#addresses, find: this.find };
    const id = existingId ?? row.id(subject);
    const outputs = { ...tagsAll(creation), ...row.outputs(subject, id) };
    const readBack = row.readBack?.(subject, id) ?? {};
    const existing = { type, inputs, outputs: { ...outputs, ...inputs, ...readBack } };
    this.#byId.set(id, [...(this.#byId.get(id) ?? []), existing]);
    return { id, outputs, readBack };
  }

  /** The existing resource with an id; see `OutputOwner.find`. */
  readonly find: OutputOwner["find"] = (id, type) => {
    const existing = typeof id === "string" ? (this.#byId.get(id) ?? []) : [];
    return type === undefined ? existing[0] : existing.find((one) => one.type === type);
  };
}

/** The provider's default tags, overridden by the resource's own, as the provider merges them. */
function tagsAll({ inputs: { tags }, provider }: Creation): WireProperties {
  // Objects among a provider's inputs are JSON text.
  const json = wireText(provider["defaultTags"]);
  const parsed = json === undefined ? undefined : (JSON.parse(json) as Wire);
  const defaults = isWireObject(parsed) ? parsed["tags"] : undefined;
  if (tags === undefined && defaults === undefined) return {};
  if (tags !== undefined && !isWireObject(tags)) return { tagsAll: tags };
  return { tagsAll: { ...(isWireObject(defaults) ? defaults : {}), ...tags } };
}
