import { isIP } from "node:net";
import { vpcPlaceOf } from "../routing/affinity";
import type { Asker } from "../routing/asker";
import { locationOfRegion } from "../routing/asker";
import { InputError } from "../routing/inputError";
import { awsRegions, continentOf } from "../routing/locations";

/** What `--from-location` takes, for the help of commands. */
export const placeOptionHelp =
  "where queries come from, separated by commas: a region of AWS, a country (DE, US-CA), an address, a zone by its id (use1-az1)";

/** The place that the option says; undefined where it is not given. */
export function askerOf({ fromLocation }: { readonly fromLocation?: string }): Asker | undefined {
  return fromLocation === undefined ? undefined : askerIn(fromLocation);
}

/**
 * The origin of a query: an AWS region, a country with or without a subdivision, an address, or
 * several of these separated by commas.
 *
 * @throws InputError with a line for each invalid place
 */
function askerIn(text: string): Asker {
  const faults: string[] = [];
  let asker: Asker = {};
  for (const word of text.split(",").map((one) => one.trim())) {
    const part = partOf(word);
    if (part) asker = { ...asker, ...part };
    else {
      faults.push(
        `--from-location ${word}: there is no such place; write a region of AWS such as eu-west-1, a country such as DE or US-CA, an address, or the id of a zone such as use1-az1`,
      );
    }
  }
  if (faults.length > 0) throw new InputError(faults, { code: "bad-usage" });
  return asker;
}

function inRegion(region: string): Asker {
  const location = locationOfRegion(region);
  return { region, ...(location ? { location } : {}) };
}

function partOf(word: string): Asker | undefined {
  if (isIP(word) > 0) return { address: word };
  if (word in awsRegions) return inRegion(word);
  const vpc = vpcPlaceOf(word.toLowerCase());
  if (vpc) return { ...(vpc.region === undefined ? {} : inRegion(vpc.region)), vpc };
  const [, country, subdivision] =
    /^([A-Z]{2})(?:-([A-Z0-9]{1,3}))?$/.exec(word.toUpperCase()) ?? [];
  const continent = country === undefined ? undefined : continentOf(country);
  if (country === undefined || continent === undefined) return undefined;
  return { location: { continent, country, ...(subdivision ? { subdivision } : {}) } };
}
