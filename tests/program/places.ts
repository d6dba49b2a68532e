import { least } from "../config/configSamples";

/**
 * The places of the stacks. Dev is in other regions than prod, so tests of common behaviour move
 * dev to prod's places, or replace prod's names with dev's.
 */

/** Dev's names for prod's: regions, zones by their regions, and the static tier's region. */
const ofDev: Readonly<Record<string, string>> = {
  oregon: "ohio",
  dublin: "virginia",
  "us-west-2": "us-east-2",
  "eu-west-1": "us-east-1",
  "us-east-2": "us-west-2",
};

/** A value with dev's places instead of prod's, in all its texts. */
export function inDevsPlaces<T>(value: T): T {
  const names = new RegExp(Object.keys(ofDev).join("|"), "g");
  return JSON.parse(JSON.stringify(value).replace(names, (name) => ofDev[name] ?? name)) as T;
}

const placesOfProd = {
  "failover:regions": least.regions,
  "failover:staticTier": { kind: "s3Website", region: "us-east-2" },
};

/** The configuration that moves a stack to prod's places. */
export function inProdsPlaces(stack: string): Partial<typeof placesOfProd> {
  return stack === "dev" ? placesOfProd : {};
}
