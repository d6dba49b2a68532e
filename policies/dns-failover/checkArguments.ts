import type { CheckLimit } from "../../routing/checkLimits";
import { checkLimits } from "../../routing/checkLimits";

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

interface Limit extends Pick<CheckLimit, "must" | "holds"> {
  readonly property: string;
}

/** Constraints on single arguments (API:HealthCheckConfig). */
export const limits: readonly Limit[] = [
  { property: "requestInterval", ...checkLimits.requestInterval },
  { property: "failureThreshold", ...checkLimits.failureThreshold },
  { property: "port", ...checkLimits.port },
  { property: "searchString", ...checkLimits.searchString },
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
