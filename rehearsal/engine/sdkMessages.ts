/**
 * The messages between the Pulumi SDK and its engine (proto/resource.proto), as far as they are
 * used here: by the getters that the other side reads.
 */
import type { Wire, WireProperties } from "./wire";

export interface Struct {
  toJavaScript(): WireProperties;
}
export interface MapOf<T> {
  entries(): { next(): { done?: boolean; value: [string, T] } };
}
export interface UrnList {
  getUrnsList(): string[];
}
export interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getRemote(): boolean;
  getObject(): Struct;
  getProvider(): string;
  getProvidersMap(): MapOf<string>;
  getDependenciesList(): string[];
  getPropertydependenciesMap(): MapOf<UrnList>;
  getAdditionalsecretoutputsList(): string[];
  getImportid(): string;
  getProtect(): boolean | undefined;
}
export interface ReadRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getId(): string;
  getProperties(): Struct;
  getProvider(): string;
  getDependenciesList(): string[];
  getAdditionalsecretoutputsList(): string[];
}
export interface InvokeRequest {
  getTok(): string;
  getArgs(): Struct;
  getProvider(): string;
}
export interface OutputsRequest {
  getUrn(): string;
  getOutputs(): Struct;
}
export type Callback = (error: unknown, response: unknown) => void;

/** The result code "success" of proto/resource.proto. */
const resultSuccess = 0;

/** What each answer about a resource says besides; newer versions of the SDK ask a read for it too, and for `unknown`. */
const success = { getResult: () => resultSuccess, getUnknown: () => false };

/** The answer to a registration. */
export function registration(
  urn: string,
  id: Wire | undefined,
  state: WireProperties,
  dependencies: Readonly<Record<string, readonly string[]>>,
): unknown {
  const byProperty = new Map(
    Object.entries(dependencies).map(([key, urns]) => [key, { getUrnsList: () => [...urns] }]),
  );
  return {
    getUrn: () => urn,
    getId: () => id ?? "",
    getObject: () => struct(state),
    getPropertydependenciesMap: () => byProperty,
    ...success,
  };
}

/** The answer to the read of an existing resource. */
export function reading(urn: string, state: WireProperties): unknown {
  return { getUrn: () => urn, getProperties: () => struct(state), ...success };
}

export function struct(value: WireProperties): Struct {
  return { toJavaScript: () => value };
}

/** A map of the SDK's messages, whose iterator is not a standard one. */
export function fromMap<T>(map: MapOf<T>): Record<string, T> {
  const result: Record<string, T> = {};
  const entries = map.entries();
  for (let step = entries.next(); step.done !== true; step = entries.next()) {
    const [key, value] = step.value;
    result[key] = value;
  }
  return result;
}

export function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  change: (value: T) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
