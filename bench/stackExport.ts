import type { Evaluation } from "../rehearsal/engine/evaluate";
import type { Resource, Value } from "../routing/graph/resource";
import { Unknown } from "../routing/graph/resource";
import { unknownSentinels } from "../routing/graph/fromExport";

/** Markers of a secret in a state file (pulumi: sdk/go/common/resource/properties.go). */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const [unknownSentinel = ""] = unknownSentinels;

/** Creation time and source position, which an engine writes with each resource. */
const time = "2026-01-01T00:00:00.123456789Z";
const frames = [
  "project:///components/dns/failoverRecords.ts#54,22",
  "project:///index.ts#112,1",
  undefined,
  "project:///node_modules/ts-node/src/index.ts#1618,23",
  undefined,
  "project:///node_modules/ts-node/src/index.ts#1621,12",
  undefined,
  undefined,
  undefined,
  undefined,
  "project:///node_modules/@pulumi/cmd/run/run.ts#541,33",
  "project:///node_modules/@pulumi/runtime/stack.ts#78,28",
  "project:///node_modules/@pulumi/resource.ts#1598,22",
];
const madeFrom = {
  created: time,
  modified: time,
  sourcePosition: frames[0],
  stackTrace: frames.map((sourcePosition) => (sourcePosition ? { sourcePosition } : {})),
};

/** An evaluation in the format of `pulumi stack export`: fields, order and indentation. */
export function exportOf({ resources, outputs }: Evaluation): string {
  const ids = new Map(resources.map(({ urn, id }) => [urn, id]));
  const document = {
    version: 3,
    deployment: {
      manifest: { time, magic: "", version: "" },
      secrets_providers: { type: "passphrase", state: { salt: "v1:salt:v1:check:state" } },
      resources: resources.map((resource) => entryOf(resource, ids, outputs)),
      metadata: {},
    },
  };
  return `${JSON.stringify(document, undefined, 4)}\n`;
}

function entryOf(
  resource: Resource,
  ids: ReadonlyMap<string, string | undefined>,
  stackOutputs: Evaluation["outputs"],
): object {
  const { urn, custom, id, type, inputs, outputs, parent, provider } = resource;
  const { dependencies, propertyDependencies } = resource;
  const exported = type === "pulumi:pulumi:Stack" ? stackOutputs : outputs;
  return {
    urn,
    custom,
    id,
    type,
    inputs: custom ? wire(inputs) : undefined,
    outputs: Object.keys(exported).length > 0 ? wire(exported) : undefined,
    parent,
    dependencies: dependencies.length > 0 ? dependencies : undefined,
    provider: provider === undefined ? undefined : `${provider}::${ids.get(provider) ?? ""}`,
    propertyDependencies: custom ? propertyDependencies : undefined,
    ...madeFrom,
  };
}

/** Unknown values have a marker, as in a state file. */
function wire(value: Value): unknown {
  if (value instanceof Unknown) {
    return value.reason === "computed"
      ? unknownSentinel
      : { [signatureKey]: secretSignature, ciphertext: "v1:bm9uY2U=:c2VjcmV0" };
  }
  if (Array.isArray(value)) return value.map(wire);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wire(inner)]));
}
