import type { Assumptions } from "../assumptions";
import { defaultAssumptions } from "../assumptions";
import type { Resource, Value } from "./resource";
import { fieldOf, isList, isObject } from "./values";

/** The objectives that a stack can have, by the names in reports. */
export type ObjectiveName =
  | "zoneOrRegion.detection"
  | "zoneOrRegion.downtime"
  | "database.downtime";

/** The TTLs between which a stack can be switched, in seconds. */
export interface TtlModeSeconds {
  readonly mode: "normal" | "maintenance";
  readonly seconds: Readonly<Record<TtlModeSeconds["mode"], number>>;
}

/**
 * The facts that are read from a stack's outputs (see `outputs.ts`); only this file knows the names
 * of the outputs.
 */
export interface StackFacts {
  /** The name that customers use; absent where the stack does not export it. */
  readonly hostname?: string;
  /** All public names, that one first; empty where the stack exports none. */
  readonly hostnames: readonly string[];
  /** Targets in seconds; empty where the stack has none. */
  readonly objectives: ReadonlyMap<ObjectiveName, number>;
  /** The name of each region, by its code. */
  readonly regionNames: ReadonlyMap<string, string>;
  /** The assumptions that the bounds depend on. */
  readonly assumptions: Assumptions;
  /** Absent where the stack exports no modes. */
  readonly ttl?: TtlModeSeconds;
}

/** Facts of a stack that customers can reach by a name. */
export type PublicStackFacts = StackFacts & { readonly hostname: string };

type Outputs = Readonly<Record<string, Value>>;

/** The output of each objective. */
const objectiveOutputs: readonly (readonly [ObjectiveName, string])[] = [
  ["zoneOrRegion.detection", "zoneOrRegionDetectionSeconds"],
  ["zoneOrRegion.downtime", "zoneOrRegionDowntimeSeconds"],
  ["database.downtime", "databaseDowntimeSeconds"],
];

/** Reads the outputs of a stack; omits what is missing or malformed. */
export function stackFactsOf(outputs: Outputs): StackFacts {
  const { hostname, hostnames, objectives, regions, assumptions } = outputs;
  const listed = isList(hostnames) ? hostnames : [];
  const ttl = ttlSettingsOf(outputs["ttl"]);
  return {
    ...(typeof hostname === "string" ? { hostname } : {}),
    hostnames: [...new Set([hostname, ...listed])].filter((name) => typeof name === "string"),
    objectives: new Map(
      objectiveOutputs.flatMap(([name, output]): [ObjectiveName, number][] => {
        const seconds = fieldOf(objectives, output);
        return typeof seconds === "number" ? [[name, seconds]] : [];
      }),
    ),
    regionNames: regionNamesOf(regions),
    assumptions: assumptionsOf(assumptions),
    ...(ttl === undefined ? {} : { ttl }),
  };
}

/** The resource that represents the stack itself and has its outputs. */
export function stackResourceOf(resources: readonly Resource[]): Resource | undefined {
  return resources.find(({ type }) => type === "pulumi:pulumi:Stack");
}

/** The facts of the stack with these resources. */
export function factsOfResources(resources: readonly Resource[]): StackFacts {
  return stackFactsOf(stackResourceOf(resources)?.outputs ?? {});
}

function assumptionsOf(told: Value | undefined): Assumptions {
  const propagation = fieldOf(told, "propagationSeconds");
  return typeof propagation === "number"
    ? { ...defaultAssumptions, propagationSeconds: propagation }
    : defaultAssumptions;
}

function regionNamesOf(regions: Value | undefined): ReadonlyMap<string, string> {
  const entries = isList(regions) ? regions : isObject(regions) ? Object.values(regions) : [];
  return new Map(
    entries.flatMap((entry): [string, string][] => {
      const [region, name] = [fieldOf(entry, "region"), fieldOf(entry, "name")];
      return typeof region === "string" && typeof name === "string" ? [[region, name]] : [];
    }),
  );
}

function ttlSettingsOf(ttl: Value | undefined): TtlModeSeconds | undefined {
  const [mode, normal, maintenance] = ["mode", "normalSeconds", "maintenanceSeconds"].map((key) =>
    fieldOf(ttl, key),
  );
  if (mode !== "normal" && mode !== "maintenance") return undefined;
  if (typeof normal !== "number" || typeof maintenance !== "number") return undefined;
  return { mode, seconds: { normal, maintenance } };
}
