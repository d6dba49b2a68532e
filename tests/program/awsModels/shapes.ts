import type { Evaluation } from "../../../rehearsal/engine/evaluate";
import type { Configuration } from "../configurations";
import { evaluatedWith, everyConfiguration } from "../configurations";
import { evaluated, evaluatedZone } from "../evaluated";
import { playing } from "../gameDay/playing";
import { both, evaluatedIn, inDev, reserved, shapeOf } from "../shaping/configurations";

/** One form of the program, by the options that a stack can set. */
export interface Shape {
  readonly title: string;
  readonly evaluation: () => Promise<Evaluation>;
}

/** A configuration of `everyConfiguration`, by its title. */
function find(title: string): Configuration {
  const found = everyConfiguration.find((one) => one.title === title);
  if (!found) throw new Error(`no configuration has the title ${title}`);
  return found;
}

const configured = (title: string): Shape => ({
  title,
  evaluation: () => evaluatedWith(find(title)),
});

const region = (name: string, code: string, cidrBlock: string): object => ({
  name,
  region: code,
  availabilityZones: [`${code}a`, `${code}b`],
  cidrBlock,
});

const { config: ofAddresses } = find("addresses, cloudFront, dual stack, metric");

/** External endpoints have no cache, whose name would have the lower limit. */
const longestRegionNames: Shape = {
  title: "addresses, region names as long as the settings allow",
  evaluation: () =>
    evaluated("prod", false, {
      ...ofAddresses,
      "failover:regions": {
        primary: region("o".repeat(40), "us-west-2", "10.30.0.0/16"),
        standby: region("d".repeat(40), "eu-west-1", "10.40.0.0/16"),
      },
    }),
};

/** The stacks as shipped. */
export const shapesOfEachRun: readonly Shape[] = [
  { title: "prod", evaluation: () => evaluated("prod") },
];

/** The forms that are compared with AWS's models; other tests evaluate most of them as well. */
export const shapes: readonly Shape[] = [
  ...shapesOfEachRun,
  { title: "dev", evaluation: () => evaluated("dev") },
  { title: "dev, game days", evaluation: () => playing("dev") },
  { title: "prod, game days", evaluation: () => playing("prod") },
  { title: inDev.title, evaluation: () => evaluatedIn(inDev) },
  { title: both.title, evaluation: () => evaluatedIn(both) },
  { title: reserved.title, evaluation: () => evaluatedIn(reserved) },
  {
    title: "prod, three hostnames",
    evaluation: () => evaluatedIn(shapeOf("no release, 10 % warm, 3 hostnames")),
  },
  {
    title: "prod, a hosted zone that exists",
    evaluation: () =>
      evaluatedZone("prod", false, {
        "failover-zone:existingZoneId": "Z0123456789EXAMPLE",
        "failover-zone:acceleratedRecovery": undefined,
        "failover-zone:protect": undefined,
      }),
  },
  {
    title: "prod, other regions, names as long as the settings allow",
    evaluation: () =>
      evaluated("prod", false, {
        // With the prefix failover-prod-, the 40 characters of a cache.
        "failover:regions": {
          primary: region("f".repeat(26), "eu-central-1", "10.50.0.0/16"),
          standby: region("s".repeat(26), "ap-southeast-2", "10.60.0.0/16"),
        },
        "failover:hostnames": [`${"o".repeat(54)}.cafe.com`],
        "failover:staticTier": { kind: "cloudFront", region: "eu-west-2" },
      }),
  },
  longestRegionNames,
  configured("instance, cloudFront, dual stack, metric"),
  configured("balancer, s3Website, IPv4"),
  configured("addresses, s3Website, IPv4"),
  configured("addresses, cloudFront, dual stack, metric"),
  configured("alias, s3Website, IPv4, metric"),
  configured("alias, cloudFront, dual stack"),
];
