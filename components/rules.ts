import { IPv4 } from "ipaddr.js";

/**
 * What single values must be, in the words of `<path>: <must>, got <value>; <remedy>`. The
 * configuration of a stack and the arguments of the components refuse by the same rules. Nothing
 * here knows Pulumi.
 */
export interface Rule {
  /** What the value must be. */
  readonly must: string;
  /** What to do about a value that is not. */
  readonly remedy: string;
  readonly holds: (value: unknown) => boolean;
}

/** A fault in words, without its path. */
export function reasonOf({ must, remedy }: Omit<Rule, "holds">, value: unknown): string {
  return `must be ${must}, got ${shown(value)}; ${remedy}`;
}

/** A value as it is written in a stack file, cut where it is long. */
export function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > shownCharactersMax ? `${text.slice(0, shownCharactersMax)}…` : text;
}

/** Longer values are cut in messages: the beginning is enough to find them. */
const shownCharactersMax = 80;

/** Longest DNS label, and longest name without its trailing dot (RFC 1035, section 2.3.4). */
const labelCharactersMax = 63;
const nameCharactersMax = 253;
/** Longest name of an S3 bucket. Its website answers to the bucket's name only (A11). */
const bucketCharactersMax = 63;
/** Longest path and body token of a health check (API:ResourcePath, API:SearchString). */
const checkTextCharactersMax = 255;

/**
 * Record names that the route tree takes below the first hostname, now or when its weighted nodes
 * are switched on: a region of such a name would give one record name two routing policies.
 */
export const treeLabels = ["any", "live", "share", "turned", "release", "blue", "green"];

/** How often a Route 53 checker probes: there is no other interval (H3). */
export const intervalSeconds: Rule = {
  must: "10 or 30 (seconds)",
  remedy: "Route 53 probes at no other interval",
  holds: (value) => value === 10 || value === 30,
};

/** How many probes in a row must agree before a checker changes its mind (H4). */
export const failureThreshold: Rule = {
  must: "a whole number from 1 to 10",
  remedy: "write how many probes in a row decide, such as 3",
  holds: wholeNumber(1, 10),
};

/** TCP port of a health check. */
export const port: Rule = {
  must: "a whole number from 1 to 65535",
  remedy: "leave it out for 80 (http) or 443 (https)",
  holds: wholeNumber(1, 65_535),
};

/** Path of a health check; `/` alone is refused, because it is a page and not an answer to a probe. */
export const path: Rule = {
  must: `a path below / of letters, digits, dots, hyphens and underscores, at most ${checkTextCharactersMax} characters`,
  remedy: "write it such as /healthcheck",
  holds: textOf(/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/, checkTextCharactersMax),
};

/** Marker that a healthy answer has in its body; no secret. */
export const token: Rule = {
  must: `1 to ${checkTextCharactersMax} letters, digits, dots, hyphens or underscores`,
  remedy: "write a marker such as cafe-orders-ok",
  holds: textOf(/^[A-Za-z0-9._-]+$/, checkTextCharactersMax),
};

/**
 * TTL of records that fail over. AWS advises 60 or less (T3); 300 is the longest in use here, and a
 * longer one is more likely milliseconds than meant. What a TTL costs in downtime is in the bound.
 */
export const ttlSeconds: Rule = {
  must: "a whole number of seconds from 0 to 300",
  remedy: "write the bare number, such as 60",
  holds: wholeNumber(0, 300),
};

/** Name of a hosted zone. */
export const zoneName: Rule = {
  must: `a lower-case DNS name of at most ${nameCharactersMax} characters, labels of at most ${labelCharactersMax}`,
  remedy: "write it without a trailing dot, such as cafe.com",
  holds: (value) => isDnsName(value, nameCharactersMax),
};

/** Fully qualified record name. */
export const recordName: Rule = { ...zoneName, remedy: "write it such as oregon.orders.cafe.com" };

/** Public name that has an S3 website as its last tier. */
export const hostname: Rule = {
  must: `a lower-case DNS name of at most ${bucketCharactersMax} characters`,
  remedy: "write it such as orders.cafe.com; the bucket of its maintenance page has the same name",
  holds: (value) => isDnsName(value, bucketCharactersMax),
};

/** What people call a region: a label of the region's own record name. */
export const regionName: Rule = {
  must: `a DNS label other than ${treeLabels.join(", ")}`,
  remedy: "write what you call the region, such as oregon",
  holds: (value) => isLabel(value) && !treeLabels.includes(value),
};

/** Code of an AWS region. */
export const region: Rule = {
  must: "the code of an AWS region",
  remedy: "write it such as us-west-2",
  holds: textOf(/^[a-z]{2}(-[a-z]+)+-\d$/),
};

/** Name of an availability zone; Local and Wavelength Zones have other names and are none. */
export const availabilityZone: Rule = {
  must: "the name of an availability zone",
  remedy: "write it such as us-west-2a",
  holds: textOf(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/),
};

/** Network of a region: its subnets are a sixteenth of it, and AWS makes none smaller than /28. */
export const cidrBlock: Rule = {
  must: "an IPv4 block from /16 to /24 without host bits",
  remedy: "write it such as 10.10.0.0/16",
  holds: isNetwork,
};

/** Instance type of AWS Graviton, as the machine image is for arm64. */
export const instanceType: Rule = {
  must: "a Graviton (arm64) instance type",
  remedy: "write it such as t4g.micro",
  holds: textOf(/^(a1|[a-z]+\d+g[a-z]*)\.[a-z0-9]+$/),
};

/** A rule for whole numbers within bounds. */
export function wholeNumber(least: number, most: number): (value: unknown) => boolean {
  return (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}

/** A rule for texts of a form. */
export function textOf(form: RegExp, charactersMax = Infinity): (value: unknown) => boolean {
  return (value) => typeof value === "string" && value.length <= charactersMax && form.test(value);
}

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
  return (
    prefix >= 16 &&
    prefix <= 24 &&
    `${IPv4.networkAddressFromCIDR(value).toString()}/${prefix}` === value
  );
}
