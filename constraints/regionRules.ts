/** Constraints on the code of a region and the name of an availability zone: they must exist. */
import { closest, distance } from "fastest-levenshtein";
import { zoneLettersByRegion } from "./awsRegions";
import type { Constraint } from "./rule";
import { text } from "./rule";

const regions = Object.keys(zoneLettersByRegion);
const availabilityZones = regions.flatMap(zonesOf);

/** Maximum number of typos for a suggestion. */
const slipsMax = 2;

/** Code of an AWS region. */
export const region: Constraint = {
  must: "the code of an AWS region",
  remedy: "for example us-west-2",
  remedyFor: (value) => meant(value, regions),
  holds: (value) => typeof value === "string" && regions.includes(value),
  jsonSchema: { enum: regions },
};

/** Name of an availability zone; Local and Wavelength Zones are not supported. */
export const availabilityZone: Constraint = {
  must: "the name of an availability zone",
  remedy: "for example us-west-2a",
  remedyFor: (value) => {
    const own = zonesOf(String(value).slice(0, -1));
    return own.length > 0 ? `its zones are ${own.join(", ")}` : meant(value, availabilityZones);
  },
  holds: (value) => typeof value === "string" && availabilityZones.includes(value),
  jsonSchema: text,
};

function zonesOf(code: string): readonly string[] {
  const letters = Object.hasOwn(zoneLettersByRegion, code) ? zoneLettersByRegion[code] : "";
  return Array.from(letters ?? "", (letter) => `${code}${letter}`);
}

function meant(value: unknown, known: readonly string[]): string | undefined {
  if (typeof value !== "string") return undefined;
  const near = closest(value.toLowerCase(), [...known]);
  return distance(value.toLowerCase(), near) <= slipsMax ? `did you mean ${near}?` : undefined;
}
