import type { Assumptions } from "../assumptions";
import { defaultAssumptions } from "../assumptions";
import { InputError } from "../inputError";
import type { Resource, Value } from "./resource";
import { fieldOf, isList, isObject } from "./values";

/** The objectives that a stack can have, by the names under which they are reported. */
export type ObjectiveName =
  "zoneOrRegion.detection" | "zoneOrRegion.downtime" | "database.downtime";

/** The TTLs between which a stack can be switched, in seconds. */
export interface TtlModeSeconds {
  readonly mode: "normal" | "maintenance";
  readonly seconds: Readonly<Record<TtlModeSeconds["mode"], number>>;
}

/** What is read of a stack's outputs, see `outputs.ts`: the one place that knows them by name. */
export interface StackFacts {
  /** The name that customers use; absent where the stack tells none. */
  readonly hostname?: string;
  /** All public names, that one first; empty where the stack tells none. */
  readonly hostnames: readonly string[];
  /** Targets in seconds; empty where the stack promises nothing. */
  readonly objectives: ReadonlyMap<ObjectiveName, number>;
  /** What a region is called, by its code. */
  readonly regionNames: ReadonlyMap<string, string>;
  /** What the bounds rest on. */
  readonly assumptions: Assumptions;
  /** Absent where the stack tells no modes. */
  readonly ttl?: TtlModeSeconds;
}

/** Facts of a stack that customers can reach by a name. */
export type PublicStackFacts = StackFacts & { readonly hostname: string };

type Outputs = Readonly<Record<string, Value>>;

/** Where each objective stands among the outputs. */
const objectiveOutputs: readonly (readonly [ObjectiveName, string])[] = [
  ["zoneOrRegion.detection", "zoneOrRegionDetectionSeconds"],
  ["zoneOrRegion.downtime", "zoneOrRegionDowntimeSeconds"],
  ["database.downtime", "databaseDowntimeSeconds"],
];

/** Reads the outputs of a stack; what is not there, or of another form, is left out. */
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

/**
 * The same of a stack that has to have a public name.
 *
 * @throws InputError when there is no hostname to ask for.
 */
export function publicStackFactsOf(outputs: Outputs, stack: string): PublicStackFacts {
  const facts = stackFactsOf(outputs);
  const { hostname } = facts;
  if (hostname === undefined) {
    throw new InputError(
      `${stack}: the stack has no output "hostname"; export it, or ask with \`failover resolve NAME\``,
    );
  }
  return { ...facts, hostname };
}

/** The resource that stands for the stack itself, which has its outputs. */
export function stackResourceOf(resources: readonly Resource[]): Resource | undefined {
  return resources.find(({ type }) => type === "pulumi:pulumi:Stack");
}

/** The facts of the stack that these resources are. */
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
