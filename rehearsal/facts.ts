import type { Assumptions } from "../routing/assumptions";
import { defaultAssumptions } from "../routing/assumptions";
import type { Value } from "../routing/graph/resource";
import { fieldOf, isList, isObject } from "../routing/graph/stackGraph";
import { InputError } from "../routing/inputError";

/** The objectives that a stack can have, by the names under which they are reported. */
export type ObjectiveName =
  "zoneOrRegion.detection" | "zoneOrRegion.downtime" | "database.downtime";

/** What a rehearsal takes from a stack's outputs. */
export interface StackFacts {
  readonly hostname: string;
  /** Targets in seconds; empty where the stack promises nothing. */
  readonly objectives: ReadonlyMap<ObjectiveName, number>;
  /** What a region is called, by its code. */
  readonly regionNames: ReadonlyMap<string, string>;
  readonly assumptions: Assumptions;
}

/** Where each objective stands among the outputs. */
const objectiveOutputs: readonly (readonly [ObjectiveName, string])[] = [
  ["zoneOrRegion.detection", "zoneOrRegionDetectionSeconds"],
  ["zoneOrRegion.downtime", "zoneOrRegionDowntimeSeconds"],
  ["database.downtime", "databaseDowntimeSeconds"],
];

/**
 * Reads the outputs of a stack, see `outputs.ts`.
 *
 * @throws InputError when there is no hostname to ask for.
 */
export function factsOf(outputs: Readonly<Record<string, Value>>, stack: string): StackFacts {
  const { hostname, objectives, regions } = outputs;
  if (typeof hostname !== "string") {
    throw new InputError(
      `${stack}: the stack has no output "hostname"; export it, or ask with \`failover resolve NAME\``,
    );
  }
  return {
    hostname,
    objectives: new Map(
      objectiveOutputs.flatMap(([name, output]): [ObjectiveName, number][] => {
        const seconds = fieldOf(objectives, output);
        return typeof seconds === "number" ? [[name, seconds]] : [];
      }),
    ),
    regionNames: regionNamesOf(regions),
    assumptions: boundAssumptionsOf(outputs),
  };
}

/** What a stack's outputs say that the bounds rest on. */
export function boundAssumptionsOf(outputs: Readonly<Record<string, Value>>): Assumptions {
  const propagation = fieldOf(outputs.assumptions, "propagationSeconds");
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
