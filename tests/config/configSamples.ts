import { parseSettings } from "../../config";
import { InputError } from "../../routing/inputError";

export type Raw = Record<string, unknown>;

/** A minimal configuration. */
export const least = {
  hostedZone: "cafe.com",
  hostnames: ["orders.cafe.com"],
  regions: {
    primary: {
      name: "oregon",
      region: "us-west-2",
      availabilityZones: ["us-west-2a", "us-west-2b"],
      cidrBlock: "10.10.0.0/16",
    },
    standby: {
      name: "dublin",
      region: "eu-west-1",
      availabilityZones: ["eu-west-1a", "eu-west-1b"],
      cidrBlock: "10.20.0.0/16",
    },
  },
  staticTier: { region: "us-east-2" },
  objectives: {
    zoneOrRegionDetectionSeconds: 45,
    zoneOrRegionDowntimeSeconds: 60,
    databaseDowntimeSeconds: 300,
    ordersLost: 0,
  },
  alerts: { email: "ops-team@cafe.com" },
};

/** `least` with values set at paths such as `regions.primary.name`; undefined removes a key. */
export function withValues(values: Raw): Raw {
  const raw = structuredClone(least) as Raw;
  for (const [path, value] of Object.entries(values)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const parent = keys.reduce<Raw>((at, key) => (at[key] ??= {}) as Raw, raw);
    if (value === undefined) Reflect.deleteProperty(parent, last);
    else parent[last] = value;
  }
  return raw;
}

/** The faults of `least` with these values. */
export function faultsOf(values: Raw, now?: Date): readonly string[] {
  try {
    parseSettings(withValues(values), now);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.faults;
    throw error;
  }
}

/** Configurations with one fault each, and its message. */
export const faults: readonly [title: string, values: Raw, line: string][] = [
  [
    "an unknown key that looks like a known one",
    { "checks.endpoint.interval": 10 },
    "checks.endpoint.interval: unknown key, got 10; did you mean intervalSeconds?",
  ],
  [
    "an unknown key with a typo",
    { "alerts.emial": "a@b.com" },
    'alerts.emial: unknown key, got "a@b.com"; did you mean email?',
  ],
  [
    "an unknown key that resembles none",
    { release: { blue: 95 } },
    'release: unknown key, got {"blue":95}; the keys here are hostedZone, hostnames, ipv6, ttl, regions, rollout, standby, compute, visitorNetworks, orders, staticTier, checks, objectives, alerts, gameDay, gate, permissionsBoundary, unreachable, assumptions',
  ],
  [
    "a missing section",
    { alerts: undefined },
    "alerts: must be a mapping of email, topicName, runbookUrl, got nothing; write the keys below it",
  ],
  [
    "a missing value",
    { "alerts.email": undefined },
    "alerts.email: must be an e-mail address, got nothing; for example ops-team@cafe.com",
  ],
  [
    "a section that is a value",
    { ttl: "60" },
    'ttl: must be a mapping of mode, normalSeconds, maintenanceSeconds, got "60"; write the keys below it',
  ],
  [
    "a word for a switch that Pulumi reads as text",
    { ipv6: "Yes" },
    'ipv6: must be true or false, got "Yes"; write true without quotes; Pulumi reads other words as text',
  ],
  [
    "a switch in quotes",
    { "orders.isProtected": "false" },
    'orders.isProtected: must be true or false, got "false"; write false without quotes; Pulumi reads other words as text',
  ],
  [
    "a switch that is a number",
    { ipv6: 1 },
    "ipv6: must be true or false, got 1; write it without quotes",
  ],
  [
    "a detection that takes longer than the downtime",
    {
      "objectives.zoneOrRegionDetectionSeconds": 191,
      "objectives.zoneOrRegionDowntimeSeconds": 190,
    },
    "objectives.zoneOrRegionDetectionSeconds: must be at most objectives.zoneOrRegionDowntimeSeconds, 190, got 191; detection is a part of the downtime",
  ],
  [
    "a duration with a unit",
    { "ttl.normalSeconds": "60s" },
    'ttl.normalSeconds: must be a whole number of seconds from 0 to 300, got "60s"; write the bare number, such as 60',
  ],
  [
    "a duration in milliseconds",
    { "checks.endpoint.intervalSeconds": 10_000 },
    "checks.endpoint.intervalSeconds: must be 10 or 30 (seconds), got 10000; Route 53 supports no other interval",
  ],
  [
    "an interval that Route 53 lacks",
    { "checks.region.intervalSeconds": 20 },
    "checks.region.intervalSeconds: must be 10 or 30 (seconds), got 20; Route 53 supports no other interval",
  ],
  [
    "a threshold below 1",
    { "checks.endpoint.failureThreshold": 0 },
    "checks.endpoint.failureThreshold: must be a whole number from 1 to 10, got 0; write the number of probes in a row that decide, such as 3",
  ],
  [
    "a threshold above 10",
    { "checks.region.failureThreshold": 11 },
    "checks.region.failureThreshold: must be a whole number from 1 to 10, got 11; write the number of probes in a row that decide, such as 3",
  ],
  [
    "a TTL above 300",
    { "ttl.maintenanceSeconds": 301 },
    "ttl.maintenanceSeconds: must be a whole number of seconds from 0 to 300, got 301; write the bare number, such as 60",
  ],
  [
    "a TTL below 0",
    { "ttl.normalSeconds": -1 },
    "ttl.normalSeconds: must be a whole number of seconds from 0 to 300, got -1; write the bare number, such as 60",
  ],
  [
    "a bake that is longer than Lambda permits",
    { "rollout.bakeMinutes": 11 },
    "rollout.bakeMinutes: must be a whole number of minutes from 0 to 10, got 11; write the bare number, such as 5; Lambda permits at most 15",
  ],
  [
    "a bake with a unit",
    { "rollout.bakeMinutes": "5m" },
    'rollout.bakeMinutes: must be a whole number of minutes from 0 to 10, got "5m"; write the bare number, such as 5; Lambda permits at most 15',
  ],
  [
    "a bake that is skipped permanently",
    { "rollout.skipBakeUntil": true },
    "rollout.skipBakeUntil: must be a time in UTC without seconds, got true; for example 2026-11-22T18:00Z, the output of date -u +%FT%RZ",
  ],
  [
    "a time in the form in which the Pulumi CLI passes a YAML timestamp",
    { "rollout.skipBakeUntil": "2026-11-23 12:00:00 +0000 UTC" },
    'rollout.skipBakeUntil: must be a time in UTC without seconds, got "2026-11-23 12:00:00 +0000 UTC"; for example 2026-11-22T18:00Z, the output of date -u +%FT%RZ',
  ],
  [
    "a day that does not exist",
    { "rollout.skipBakeUntil": "2026-13-01T00:00Z" },
    'rollout.skipBakeUntil: must be a time in UTC without seconds, got "2026-13-01T00:00Z"; for example 2026-11-22T18:00Z, the output of date -u +%FT%RZ',
  ],
  [
    "an unknown TTL mode",
    { "ttl.mode": "slow" },
    'ttl.mode: must be "normal" or "maintenance", got "slow"; write one of these words',
  ],
  [
    "an unknown scheme",
    { "checks.endpoint.scheme": "tcp" },
    'checks.endpoint.scheme: must be "http" or "https", got "tcp"; write one of these words',
  ],
  [
    "a path that is a page",
    { "checks.endpoint.path": "/" },
    'checks.endpoint.path: must be a path below / of letters, digits, dots, hyphens and underscores, at most 255 characters, got "/"; for example /healthcheck',
  ],
  [
    "an empty token",
    { "checks.endpoint.token": "" },
    'checks.endpoint.token: must be 1 to 255 letters, digits, dots, hyphens or underscores, got ""; write a marker such as cafe-orders-ok',
  ],
  [
    "overlapping networks",
    { "regions.standby.cidrBlock": "10.10.128.0/20" },
    'regions.standby.cidrBlock: must be apart from regions.primary.cidrBlock 10.10.0.0/16, got "10.10.128.0/20"; give it a separate block',
  ],
  [
    "a network with host bits",
    { "regions.primary.cidrBlock": "10.10.0.1/16" },
    'regions.primary.cidrBlock: must be an IPv4 block from /16 to /24 without host bits, got "10.10.0.1/16"; for example 10.10.0.0/16',
  ],
  [
    "a network that is too small",
    { "regions.primary.cidrBlock": "10.10.0.0/25" },
    'regions.primary.cidrBlock: must be an IPv4 block from /16 to /24 without host bits, got "10.10.0.0/25"; for example 10.10.0.0/16',
  ],
  [
    "one availability zone",
    { "regions.primary.availabilityZones": ["us-west-2a"] },
    'regions.primary.availabilityZones: must be a list of two availability zones, got ["us-west-2a"]; name the one that serves first, then the one that takes over',
  ],
  [
    "three availability zones",
    { "regions.primary.availabilityZones": ["us-west-2a", "us-west-2b", "us-west-2c"] },
    'regions.primary.availabilityZones: must be a list of two availability zones, got ["us-west-2a","us-west-2b","us-west-2c"]; name the one that serves first, then the one that takes over',
  ],
  [
    "an availability zone of another region",
    { "regions.primary.availabilityZones": ["us-west-2a", "eu-west-1b"] },
    'regions.primary.availabilityZones[1]: must be a zone of regions.primary.region us-west-2, got "eu-west-1b"; name one of its zones',
  ],
  [
    "a region with a typo",
    { "staticTier.region": "us-wset-1" },
    'staticTier.region: must be the code of an AWS region, got "us-wset-1"; did you mean us-west-1?',
  ],
  [
    "a region that resembles none",
    { "staticTier.region": "mars-north-1" },
    'staticTier.region: must be the code of an AWS region, got "mars-north-1"; for example us-west-2',
  ],
  [
    "a region of another partition",
    { "staticTier.region": "us-gov-west-1" },
    'staticTier.region: must be the code of an AWS region, got "us-gov-west-1"; for example us-west-2',
  ],
  [
    "a zone that its region lacks",
    { "regions.standby.availabilityZones": ["eu-west-1a", "eu-west-1d"] },
    'regions.standby.availabilityZones[1]: must be the name of an availability zone, got "eu-west-1d"; its zones are eu-west-1a, eu-west-1b, eu-west-1c',
  ],
  [
    "a zone with a typo",
    { "regions.standby.availabilityZones": ["eu-west-1a", "eu-wets-1b"] },
    'regions.standby.availabilityZones[1]: must be the name of an availability zone, got "eu-wets-1b"; did you mean eu-west-1b?',
  ],
  [
    "a Local Zone",
    { "regions.primary.availabilityZones": ["us-west-2a", "us-west-2-lax-1a"] },
    'regions.primary.availabilityZones[1]: must be the name of an availability zone, got "us-west-2-lax-1a"; for example us-west-2a',
  ],
  [
    "settings of the zone's own project",
    { zone: { dnssec: true } },
    'zone: unknown key, got {"dnssec":true}; did you mean hostedZone?',
  ],
  [
    "a duplicate availability zone",
    { "regions.standby.availabilityZones": ["eu-west-1a", "eu-west-1a"] },
    'regions.standby.availabilityZones[1]: must be different from regions.standby.availabilityZones[0], got "eu-west-1a"; a zone cannot be its own standby',
  ],
  [
    "copies of backups in the region of their originals",
    { "orders.backupCopies": { region: "eu-west-1" } },
    'orders.backupCopies.region: must be different from regions.standby.region, got "eu-west-1"; a copy in the region of its original is lost with it',
  ],
  [
    "copies of backups for longer than RDS keeps them",
    { "orders.backupCopies": { region: "us-east-2", days: 36 } },
    "orders.backupCopies.days: must be a whole number of days from 1 to 35, got 36; write the bare number, such as 35",
  ],
  [
    "a duplicate name of a region",
    { "regions.standby.name": "oregon" },
    'regions.standby.name: must be different from regions.primary.name, got "oregon"; each region needs its own record name',
  ],
  [
    "a region's name that the tree uses",
    { "regions.standby.name": "live" },
    'regions.standby.name: must be a DNS label of at most 40 characters other than any, live, split, reversed, release, blue, green, gate, got "live"; write your name for the region, such as oregon',
  ],
  [
    "a static tier in a region that serves",
    { "staticTier.region": "eu-west-1" },
    'staticTier.region: must be different from regions.standby.region, got "eu-west-1"; a standby must not share a failure domain with its primary',
  ],
  [
    "an apex as hostname",
    { hostnames: ["cafe.com"] },
    'hostnames[0]: must be a name below hostedZone cafe.com, got "cafe.com"; the zone\'s apex has no tree',
  ],
  [
    "a foreign hostname",
    { hostnames: ["orders.cafe.com", "orders.notcafe.com"] },
    'hostnames[1]: must be a name below hostedZone cafe.com, got "orders.notcafe.com"; the zone\'s apex has no tree',
  ],
  [
    "a duplicate hostname",
    { hostnames: ["orders.cafe.com", "orders.cafe.com"] },
    'hostnames[1]: must be different from hostnames[0], got "orders.cafe.com"; list each name once',
  ],
  [
    "a hostname that is a tier's name",
    { hostnames: ["orders.cafe.com", "dublin.orders.cafe.com"] },
    'hostnames[1]: must be not a name of a tier below hostnames[0], got "dublin.orders.cafe.com"; give it another name',
  ],
  [
    "hostnames below more names than fit in a certificate",
    {
      hostnames: [
        "orders.cafe.com",
        ...Array.from({ length: 99 }, (_, index) => `orders.shop${index}.cafe.com`),
      ],
      "staticTier.kind": "cloudFront",
    },
    "hostnames: must be names below at most 98 others, the limit of a certificate, got 99; choose names directly below the same parent",
  ],
  [
    "no hostname",
    { hostnames: [] },
    "hostnames[0]: must be a lower-case DNS name of at most 63 characters, got nothing; for example orders.cafe.com; the bucket of its maintenance page has the same name",
  ],
  [
    "a hosted zone with a trailing dot",
    { hostedZone: "cafe.com." },
    'hostedZone: must be a lower-case DNS name of at most 253 characters, labels of at most 63, got "cafe.com."; write it without a trailing dot, such as cafe.com',
  ],
  [
    "an e-mail address without a domain",
    { "alerts.email": "ops-team" },
    'alerts.email: must be an e-mail address, got "ops-team"; for example ops-team@cafe.com',
  ],
  [
    "an instance type of another architecture",
    { "regions.primary.instanceType": "t3.micro" },
    'regions.primary.instanceType: must be a Graviton (arm64) instance type, got "t3.micro"; for example t4g.micro',
  ],
  [
    "an objective that is not a number of seconds",
    { "objectives.databaseDowntimeSeconds": "5m" },
    'objectives.databaseDowntimeSeconds: must be a whole number of seconds from 0 to 3600, got "5m"; write the bare number, such as 60',
  ],
  [
    "a negative number of orders",
    { "objectives.ordersLost": -1 },
    "objectives.ordersLost: must be a whole number from 0, got -1; write how many orders may be lost, such as 0",
  ],
  [
    "an invalid name of a topic",
    { "alerts.topicName": "Café Alerts" },
    'alerts.topicName: must be 1 to 80 letters, digits, hyphens or underscores, got "Café Alerts"; for example CafeFailoverAlerts',
  ],
  [
    "an ARN instead of the name of a boundary",
    { permissionsBoundary: "arn:aws:iam::123456789012:policy/bounds" },
    'permissionsBoundary: must be 1 to 128 letters, digits or any of +=,.@_-, got "arn:aws:iam::123456789012:policy/bounds"; write the name alone, such as failover-prod-boundary',
  ],
  [
    "a runbook with an anchor",
    { "alerts.runbookUrl": "https://cafe.com/runbook#top" },
    'alerts.runbookUrl: must be an address without an anchor, of at most 200 characters, got "https://cafe.com/runbook#top"; write the address at which docs/runbook.md is published, such as https://cafe.com/failover/runbook',
  ],
  [
    "a metric check that waits for too long",
    { "checks.metric.failureMinutes": 31 },
    "checks.metric.failureMinutes: must be a whole number of minutes from 1 to 30, got 31; write the bare number, such as 4, longer than a database failover",
  ],
  [
    "a switch in words",
    { "checks.metric.enabled": "yes" },
    'checks.metric.enabled: must be true or false, got "yes"; write true without quotes; Pulumi reads other words as text',
  ],
  [
    "synthetic orders that are not admitted",
    { "checks.metric.enabled": true, visitorNetworks: ["203.0.113.0/24"] },
    "checks.metric.enabled: must be false with visitorNetworks, got true; synthetic orders come from changing AWS addresses",
  ],
  [
    "a propagation time out of bounds",
    { "assumptions.propagationSeconds": 301 },
    "assumptions.propagationSeconds: must be a whole number of seconds from 0 to 300, got 301; write the bare number, such as 60",
  ],
];
