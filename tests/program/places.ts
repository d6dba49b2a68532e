import { least } from "../config/configSamples";

/**
 * Where the stacks are. Dev is elsewhere than prod, so tests of what both do alike look at dev's form in
 * prod's places, or say its own for prod's.
 */

/** Dev's own names for prod's: regions, zones by their regions, and the static tier's region. */
const ofDev: Readonly<Record<string, string>> = {
  oregon: "ohio",
  dublin: "virginia",
  "us-west-2": "us-east-2",
  "eu-west-1": "us-east-1",
  "us-east-2": "us-west-2",
};

/** A value with dev's own places instead of prod's, in all its texts. */
export function inDevsPlaces<T>(value: T): T {
  const names = new RegExp(Object.keys(ofDev).join("|"), "g");
  return JSON.parse(JSON.stringify(value).replace(names, (name) => ofDev[name] ?? name)) as T;
}

const placesOfProd = {
  "failover:regions": least.regions,
  "failover:staticTier": { kind: "s3Website", region: "us-east-2" },
};

/** What to configure so that a stack is in prod's places. */
export function inProdsPlaces(stack: string): Partial<typeof placesOfProd> {
  return stack === "dev" ? placesOfProd : {};
}
