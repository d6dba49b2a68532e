import { IPv4, IPv6 } from "ipaddr.js";
import type { Constraint } from "./rule";
import { text, textMatching, wholeNumber } from "./rule";

export { availabilityZone, region } from "./regionRules";
export { isWholeNumber, reasonOf, shown, textMatching, wholeNumber } from "./rule";
export type { Constraint, JsonSchema } from "./rule";

/** Longest DNS label, and longest name without its trailing dot (RFC 1035, section 2.3.4). */
const labelCharactersMax = 63;
const nameCharactersMax = 253;
/**
 * A role name has at most 64 characters (API:CreateRole.RoleName); the longest one with a region's
 * name is `<region>-order-scheduler-` with the 7 characters that Pulumi adds.
 */
const regionCharactersMax = 40;
/** Longest name of an S3 bucket. Its website answers to the bucket's name only (A11). */
const bucketCharactersMax = 63;
/** Longest path and body token of a health check (API:ResourcePath, API:SearchString). */
const checkTextCharactersMax = 255;

/**
 * Record names that the route tree uses below the first hostname, now or once its weighted nodes
 * are enabled: a region with such a name would give one record name two routing policies.
 */
export const treeLabels = ["any", "live", "split", "reversed", "release", "blue", "green", "gate"];

/** Probe interval of a Route 53 checker, in seconds: there is no other (H3). */
export const intervalSeconds: Constraint = {
  must: "10 or 30 (seconds)",
  remedy: "Route 53 supports no other interval",
  holds: (value) => value === 10 || value === 30,
  jsonSchema: { enum: [10, 30] },
};

/** How many probes in a row must agree before a checker changes its result (H4). */
export const failureThreshold: Constraint = wholeNumber(
  { least: 1, most: 10 },
  "write the number of probes in a row that decide, such as 3",
);

/** TCP port of a health check. */
export const port: Constraint = wholeNumber(
  { least: 1, most: 65_535 },
  "omit it for 80 (http) or 443 (https)",
);

/** Path of a health check; `/` alone is refused, because it is a page and not an answer to a probe. */
export const path: Constraint = {
  must: `a path below / of letters, digits, dots, hyphens and underscores, at most ${checkTextCharactersMax} characters`,
  remedy: "for example /healthcheck",
  ...textMatching(/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/, checkTextCharactersMax),
};

/** Marker in the body of a healthy answer; not a secret. */
export const token: Constraint = {
  must: `1 to ${checkTextCharactersMax} letters, digits, dots, hyphens or underscores`,
  remedy: "write a marker such as cafe-orders-ok",
  ...textMatching(/^[A-Za-z0-9._-]+$/, checkTextCharactersMax),
};

/**
 * TTL of records that fail over. AWS recommends 60 or less (T3); 300 is the longest in use here,
 * and a larger number is probably in milliseconds. The bound includes the cost of a TTL in
 * downtime.
 */
export const ttlSeconds: Constraint = wholeNumber(
  { least: 0, most: 300, unit: "seconds" },
  "write the bare number, such as 60",
);

/** When a client of the maintenance page may retry; most outages are shorter than an hour. */
export const retryAfterSeconds: Constraint = wholeNumber(
  { least: 1, most: 3600, unit: "seconds" },
  "write the bare number, such as 300",
);

/** Name of a hosted zone. */
export const zoneName: Constraint = {
  must: `a lower-case DNS name of at most ${nameCharactersMax} characters, labels of at most ${labelCharactersMax}`,
  remedy: "write it without a trailing dot, such as cafe.com",
  holds: (value) => isDnsName(value, nameCharactersMax),
  jsonSchema: { type: "string", maxLength: nameCharactersMax },
};

/** Fully qualified record name. */
export const recordName: Constraint = {
  ...zoneName,
  remedy: "for example oregon.orders.cafe.com",
};

/** Public name that has an S3 website as its last tier. */
export const hostname: Constraint = {
  must: `a lower-case DNS name of at most ${bucketCharactersMax} characters`,
  remedy: "for example orders.cafe.com; the bucket of its maintenance page has the same name",
  holds: (value) => isDnsName(value, bucketCharactersMax),
  jsonSchema: { type: "string", maxLength: bucketCharactersMax },
};

/** Name of a region: a label of the region's own record name. */
export const regionName: Constraint = {
  must: `a DNS label of at most ${regionCharactersMax} characters other than ${treeLabels.join(", ")}`,
  remedy: "write your name for the region, such as oregon",
  holds: (value) =>
    isLabel(value) && value.length <= regionCharactersMax && !treeLabels.includes(value),
  jsonSchema: { type: "string", maxLength: regionCharactersMax, not: { enum: treeLabels } },
};

/** Network of a region: each subnet is a sixteenth of it, and AWS's smallest subnet is a /28. */
export const cidrBlock: Constraint = {
  must: "an IPv4 block from /16 to /24 without host bits",
  remedy: "for example 10.10.0.0/16",
  holds: isNetwork,
  jsonSchema: text,
};

/** Public IPv4 address: Route 53 probes no other (H14). */
export const publicIpv4: Constraint = {
  must: "a public IPv4 address",
  remedy: "for example 203.0.113.10; Route 53 cannot probe a private one",
  holds: (value) =>
    typeof value === "string" &&
    IPv4.isValidFourPartDecimal(value) &&
    isPublic(IPv4.parse(value).range()),
  jsonSchema: { ...text, format: "ipv4" },
};

/** Public IPv6 address. */
export const publicIpv6: Constraint = {
  must: "a public IPv6 address",
  remedy: "for example 2001:db8::10; Route 53 cannot probe a private one",
  holds: (value) =>
    typeof value === "string" && IPv6.isValid(value) && isPublic(IPv6.parse(value).range()),
  jsonSchema: { ...text, format: "ipv6" },
};

/** DNS name of a load balancer, as an alias record needs it. */
export const balancerName: Constraint = {
  must: "the DNS name of a load balancer",
  remedy:
    "write the name that AWS assigned, such as elb-primary-0123456789abcdef.elb.us-west-2.amazonaws.com",
  ...textMatching(
    /^[a-z0-9.-]+\.(elb\.[a-z0-9-]+|[a-z0-9-]+\.elb|elb)\.amazonaws\.com$/,
    nameCharactersMax,
  ),
};

/** Id of a hosted zone: in an alias to a balancer, the balancer's. */
export const hostedZoneId: Constraint = {
  must: "the id of a hosted zone",
  remedy: "write the balancer's own (CanonicalHostedZoneId), such as Z18D5FSROUN65G",
  ...textMatching(/^Z[A-Z0-9]{1,31}$/),
};

/** Instances of one zone; the maximum is a precaution, not a limit of AWS. */
export const instances: Constraint = wholeNumber(
  { least: 1, most: 100 },
  "write the number of instances that carry the full load, such as 2",
);

/** Weight of one side of a release, in Route 53's range (C9). */
export const weight: Constraint = wholeNumber(
  { least: 0, most: 255 },
  "write both sides' shares, such as 95 and 5",
);

/** Share of the traffic that the standby region always gets. */
export const warmPercent: Constraint = wholeNumber(
  { least: 0, most: 50, unit: "percent" },
  "write the bare number, such as 10; above 50 the standby would be the primary",
);

/** Name of a release of the application: the hash of its content. */
export const siteSha256: Constraint = {
  must: "the SHA-256 of a release in 64 hexadecimal digits",
  remedy: "write the earlier value of the stack's output release.siteSha256",
  ...textMatching(/^[0-9a-f]{64}$/),
};

/** Id of a machine image. */
export const imageId: Constraint = {
  must: "the id of a machine image",
  remedy: "for example ami-0123456789abcdef0, from this region",
  ...textMatching(/^ami-[0-9a-f]{8}([0-9a-f]{9})?$/),
};

/** Id of a prefix list, a list of networks that AWS maintains. */
export const prefixListId: Constraint = {
  must: "the id of a prefix list",
  remedy: "for example pl-0123456789abcdef0, from this region",
  ...textMatching(/^pl-[0-9a-f]{8}([0-9a-f]{9})?$/),
};

/** Network of visitors. */
export const network: Constraint = {
  must: "an IPv4 or IPv6 block without host bits",
  remedy: "for example 203.0.113.0/24",
  holds: (value) => isBlock(value, IPv4) || isBlock(value, IPv6),
  jsonSchema: text,
};

/** Graviton instance type, because the machine image is for arm64. */
export const instanceType: Constraint = {
  must: "a Graviton (arm64) instance type",
  remedy: "for example t4g.micro",
  ...textMatching(/^(a1|[a-z]+\d+g[a-z]*)\.[a-z0-9]+$/),
};

/** Id of an existing hosted zone. */
export const existingZoneId: Constraint = {
  ...hostedZoneId,
  remedy: "write it as the console shows it, such as Z0123456789ABCDEFGHIJ",
};

/** Domain of a certificate authority in CAA records (RFC 8659, section 4.2). */
export const certificateAuthority: Constraint = {
  must: "the domain of a certificate authority",
  remedy: "for example amazon.com",
  holds: (value) => isDnsName(value, nameCharactersMax),
};

/** Name of an alert topic, also its display name, which has at most 100 characters. */
export const topicName: Constraint = {
  must: "1 to 80 letters, digits, hyphens or underscores",
  remedy: "for example CafeFailoverAlerts",
  ...textMatching(/^[A-Za-z0-9_-]+$/, 80),
};

/**
 * Name of an IAM policy.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
 */
export const policyName: Constraint = {
  must: "1 to 128 letters, digits or any of +=,.@_-",
  remedy: "write the name alone, such as failover-prod-boundary",
  ...textMatching(/^[\w+=,.@-]+$/, 128),
};

/** Address of the runbook, to which alarms add an anchor. */
export const runbookUrl: Constraint = {
  must: "an address without an anchor, of at most 200 characters",
  remedy:
    "write the address at which docs/runbook.md is published, such as https://cafe.com/failover/runbook",
  ...textMatching(/^[^\s#]+$/, 200),
};

/** Minutes in a row in which synthetic orders must fail before DNS leaves the region. */
export const failureMinutes: Constraint = wholeNumber(
  { least: 1, most: 30, unit: "minutes" },
  "write the bare number, such as 4, longer than a database failover",
);

/** Minutes in which a change must stay healthy in the standby region before the primary gets it. */
export const bakeMinutes: Constraint = wholeNumber(
  { least: 0, most: 10, unit: "minutes" },
  "write the bare number, such as 5; Lambda permits at most 15",
);

const minuteForm = textMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/);

/**
 * A minute in UTC. YAML would parse one with seconds as a timestamp and return it in another form.
 */
export const minute: Constraint = {
  must: "a time in UTC without seconds",
  remedy: "for example 2026-11-22T18:00Z, the output of date -u +%FT%RZ",
  holds: (value) => minuteForm.holds(value) && !Number.isNaN(Date.parse(String(value))),
  jsonSchema: minuteForm.jsonSchema,
};

function isLabel(value: unknown): value is string {
  return (
    typeof value === "string" &&
    value.length <= labelCharactersMax &&
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(value)
  );
}

function isDnsName(value: unknown, charactersMax: number): boolean {
  if (typeof value !== "string" || value.length > charactersMax) return false;
  const labels = value.split(".");
  return labels.length > 1 && labels.every(isLabel);
}

function isNetwork(value: unknown): boolean {
  if (typeof value !== "string" || !IPv4.isValidCIDRFourPartDecimal(value)) return false;
  const [, prefix] = IPv4.parseCIDR(value);
  return prefix >= 16 && prefix <= 24 && isBlock(value, IPv4);
}

function isBlock(value: unknown, family: typeof IPv4 | typeof IPv6): boolean {
  if (typeof value !== "string" || !family.isValidCIDR(value)) return false;
  const [address, prefix] = family.parseCIDR(value);
  return (
    family.networkAddressFromCIDR(`${address.toString()}/${prefix}`).toString() ===
    address.toString()
  );
}

/** Ranges that no checker on the internet can reach; documentation ranges are allowed. */
const unreachable: readonly string[] = [
  "unspecified",
  "broadcast",
  "multicast",
  "linkLocal",
  "loopback",
  "private",
  "uniqueLocal",
  "carrierGradeNat",
  "ipv4Mapped",
];

function isPublic(range: string): boolean {
  return !unreachable.includes(range);
}
