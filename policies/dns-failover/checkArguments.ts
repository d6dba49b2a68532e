import type { Value } from "../../routing/graph/resource";

/** The kinds of check, each with its own valid arguments. */
export type Kind = "tcp" | "http" | "stringMatch" | "calculated" | "alarm" | "control";

/** The existing types (API:HealthCheckConfig.Type). */
export const kinds: Readonly<Record<string, Kind>> = {
  HTTP: "http",
  HTTPS: "http",
  HTTP_STR_MATCH: "stringMatch",
  HTTPS_STR_MATCH: "stringMatch",
  TCP: "tcp",
  CALCULATED: "calculated",
  CLOUDWATCH_METRIC: "alarm",
  RECOVERY_CONTROL: "control",
};

const endpoints: readonly Kind[] = ["tcp", "http", "stringMatch"];

/** Arguments that only some kinds accept, with those kinds (API:HealthCheckConfig). */
export const kindsByProperty: Readonly<Record<string, readonly Kind[]>> = {
  ipAddress: endpoints,
  port: endpoints,
  fqdn: endpoints,
  regions: endpoints,
  requestInterval: endpoints,
  failureThreshold: endpoints,
  measureLatency: endpoints,
  resourcePath: ["http", "stringMatch"],
  enableSni: ["http", "stringMatch"],
  searchString: ["stringMatch"],
  childHealthchecks: ["calculated"],
  childHealthThreshold: ["calculated"],
  cloudwatchAlarmName: ["alarm"],
  cloudwatchAlarmRegion: ["alarm"],
  insufficientDataHealthStatus: ["alarm"],
  routingControlArn: ["control"],
};

/** Maximum number of children of a calculated check (DG:DNSLimitations). */
export const childrenMax = 255;

interface Limit {
  readonly property: string;
  readonly must: string;
  readonly holds: (value: Value | undefined) => boolean;
}

/** Constraints on single arguments (API:HealthCheckConfig). */
export const limits: readonly Limit[] = [
  {
    property: "requestInterval",
    must: "must be 10 or 30 s",
    holds: (value) => value === 10 || value === 30,
  },
  {
    property: "failureThreshold",
    must: "must be a whole number from 1 to 10",
    holds: wholeNumber(1, 10),
  },
  {
    property: "port",
    must: "must be a port from 1 to 65535",
    holds: wholeNumber(1, 65_535),
  },
  {
    property: "searchString",
    must: "must have at most 255 characters",
    holds: (value) => typeof value === "string" && value.length <= 255,
  },
  {
    property: "resourcePath",
    must: "must begin with / and have at most 255 characters",
    holds: (value) => typeof value === "string" && /^\/.{0,254}$/.test(value),
  },
  {
    property: "insufficientDataHealthStatus",
    must: "must be Healthy, Unhealthy or LastKnownStatus",
    holds: (value) =>
      typeof value === "string" && ["Healthy", "Unhealthy", "LastKnownStatus"].includes(value),
  },
];

function wholeNumber(least: number, most: number): Limit["holds"] {
  return (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}
