import { join } from "node:path";
import { evaluate } from "../../rehearsal/engine/evaluate";
import type { Evaluation } from "../../rehearsal/engine/evaluate";
import { isEveryCase } from "../sampled";

/** One combination of the options of a stack. */
export interface Configuration {
  readonly title: string;
  readonly compute: keyof typeof computes;
  readonly staticTier: "s3Website" | "cloudFront";
  readonly ipv6: boolean;
  readonly metric: boolean;
  /** Settings that replace prod's own. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** The zones of both regions, in order. */
const zones = ["us-west-2a", "us-west-2b", "eu-west-1a", "eu-west-1b"];
const byZone = <T>(of: (zone: string, index: number) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(zones.map((zone, index) => [zone, of(zone, index)]));

/** The forms of compute, with the scheme of their customers. */
const computes = {
  instance: { scheme: "http", settings: { kind: "instance" } },
  balancer: { scheme: "https", settings: { kind: "balancer", instancesPerZone: 2 } },
  addresses: {
    scheme: "https",
    settings: {
      kind: "addresses",
      endpoints: byZone((_, index) => ({
        ipv4: `203.0.113.${index + 1}`,
        ipv6: `2001:db8:f::${index + 1}`,
      })),
    },
  },
  alias: {
    scheme: "https",
    settings: {
      kind: "alias",
      endpoints: byZone((zone) => ({
        dnsName: `team-${zone}-0123456789abcdef.elb.${zone.slice(0, -1)}.amazonaws.com`,
        hostedZoneId: "Z2H123EXAMPLE",
      })),
    },
  },
} as const;

const region = (name: string, code: string, cidrBlock: string): object => ({
  name,
  region: code,
  availabilityZones: [`${code}a`, `${code}b`],
  cidrBlock,
});

function configuration(
  compute: keyof typeof computes,
  staticTier: Configuration["staticTier"],
  ipv6: boolean,
  metric: boolean,
): Configuration {
  const { scheme, settings } = computes[compute];
  return {
    title: `${compute}, ${staticTier}, ${ipv6 ? "dual stack" : "IPv4"}${metric ? ", metric" : ""}`,
    compute,
    staticTier,
    ipv6,
    metric,
    config: {
      "failover:compute": settings,
      "failover:staticTier": { kind: staticTier, region: "us-east-2" },
      "failover:ipv6": ipv6,
      // External endpoints store orders elsewhere, and are not machines of this stack.
      ...(compute === "addresses" || compute === "alias"
        ? { "failover:orders": {}, "failover:rollout": {} }
        : {}),
      // All traffic to Oregon first; shaping/ covers a share for Dublin.
      "failover:standby": {},
      // Without instance types, which external endpoints do not have.
      "failover:regions": {
        primary: region("oregon", "us-west-2", "10.30.0.0/16"),
        standby: region("dublin", "eu-west-1", "10.40.0.0/16"),
      },
      "failover:checks": {
        endpoint: { scheme, intervalSeconds: 10, failureThreshold: 2 },
        metric: { enabled: metric },
      },
    },
  };
}

const kinds = Object.keys(computes) as (keyof typeof computes)[];

const everyCombination = kinds.flatMap((compute) =>
  (["s3Website", "cloudFront"] as const).flatMap((staticTier) =>
    [false, true].flatMap((ipv6) =>
      [false, true].map((metric) => configuration(compute, staticTier, ipv6, metric)),
    ),
  ),
);

function isRefused({ staticTier, ipv6 }: Configuration): boolean {
  return staticTier === "s3Website" && ipv6;
}

/** All valid configurations. */
export const everyConfiguration = everyCombination.filter((one) => !isRefused(one));

/** Those that the tests evaluate in each run: one in five has each setting, and each pair of a tier and a family. */
export const configurations = everyConfiguration.filter(
  (_, index) => isEveryCase || index % 5 === 0,
);

/** The refused configurations: an S3 website has no IPv6. */
export const refused = everyCombination.filter(isRefused);

const known = new Map<string, Promise<Evaluation>>();

/** The program evaluated for a configuration, once for all tests. */
export function evaluatedWith({ title, config }: Configuration): Promise<Evaluation> {
  const found =
    known.get(title) ??
    evaluate({ projectDirectory: join(__dirname, "../.."), stack: "prod", config });
  known.set(title, found);
  return found;
}
