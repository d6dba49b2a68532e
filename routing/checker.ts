import type { EndpointCheckType } from "./model";

/** One checker's view of an endpoint: H3 to H9. */

/**
 * How an endpoint responds to a probe. Times are in seconds; `never` where there is no response.
 */
export interface EndpointBehaviour {
  /** From SYN to an established connection; `refused` where it is reset. */
  readonly connect: number | "refused" | "never";
  /** From connection to the status line. */
  readonly firstByte: number | "never";
  readonly status: number;
  /** From the status line until the searched part of the body has arrived. */
  readonly body: number | "never";
  readonly bodyText: string;
}

export interface ProbeResult {
  readonly passed: boolean;
  /** How long the probe took, which delays the next one (H3). */
  readonly seconds: number;
}

/** A connection must be established within 4 s for HTTP (H6), within 10 s for TCP (H7). */
const connectLimitSeconds = { http: 4, tcp: 10 };
/** The status must come within 2 s of connecting (H6). */
const statusLimitSeconds = 2;
/** The searched string must come within a further 2 s (H8). */
const bodyLimitSeconds = 2;
/** The searched string must lie entirely within the first bytes of the body (H8). */
const searchedBytes = 5120;

/** How long each step of a probe may take, in seconds; the body only counts for a string match. */
export interface ProbeLimits {
  readonly connectSeconds: number;
  readonly statusSeconds: number;
  readonly bodySeconds: number;
}

export function probeLimitsOf(type: EndpointCheckType): ProbeLimits {
  return {
    connectSeconds: connectLimitOf(type),
    statusSeconds: statusLimitSeconds,
    bodySeconds: bodyLimitSeconds,
  };
}

export const isStringMatch = (type: EndpointCheckType): boolean => type.endsWith("_STR_MATCH");

/** What one probe of an endpoint finds. */
export function probe(
  type: EndpointCheckType,
  endpoint: EndpointBehaviour,
  searchString = "",
): ProbeResult {
  const connectLimit = connectLimitOf(type);
  if (endpoint.connect === "refused") return { passed: false, seconds: 0 };
  if (endpoint.connect === "never" || endpoint.connect > connectLimit) {
    return { passed: false, seconds: connectLimit };
  }
  if (type === "TCP") return { passed: true, seconds: endpoint.connect };
  if (endpoint.firstByte === "never" || endpoint.firstByte > statusLimitSeconds) {
    return { passed: false, seconds: endpoint.connect + statusLimitSeconds };
  }
  const answeredAfter = endpoint.connect + endpoint.firstByte;
  // Redirects are not followed; a 3xx is an answer like a 2xx (H9).
  const statusPassed = endpoint.status >= 200 && endpoint.status < 400;
  if (!isStringMatch(type) || !statusPassed) {
    return { passed: statusPassed, seconds: answeredAfter };
  }
  if (endpoint.body === "never" || endpoint.body > bodyLimitSeconds) {
    return { passed: false, seconds: answeredAfter + bodyLimitSeconds };
  }
  const searched = Buffer.from(endpoint.bodyText).subarray(0, searchedBytes);
  return {
    passed: searched.includes(searchString),
    seconds: answeredAfter + endpoint.body,
  };
}

/** A checker's opinion and how many results in a row have contradicted it. */
export interface CheckerState {
  readonly healthy: boolean;
  readonly contradictions: number;
}

/** The checker's state after one more result: `failureThreshold` in a row flip it either way (H4). */
export function afterProbe(
  state: CheckerState,
  passed: boolean,
  failureThreshold: number,
): CheckerState {
  if (passed === state.healthy) return { healthy: state.healthy, contradictions: 0 };
  const contradictions = state.contradictions + 1;
  return contradictions >= failureThreshold
    ? { healthy: passed, contradictions: 0 }
    : { healthy: state.healthy, contradictions };
}

/** Seconds from sending a probe to sending the next: the interval runs from the response (H3). */
export function secondsToNextProbe(intervalSeconds: number, result: ProbeResult): number {
  return result.seconds + intervalSeconds;
}

/** Whether Route 53 considers an endpoint healthy, from its checkers' opinions (H5). */
export function aggregate(
  healthyCheckers: number,
  allCheckers: number,
  healthyCheckerShare: number,
): boolean {
  return healthyCheckers / allCheckers > healthyCheckerShare;
}

/**
 * The ways in which an endpoint can fail. A draining one accepts nothing new and completes open
 * requests.
 */
export const failureModes = [
  "refused",
  "synDropped",
  "connectsThenHangs",
  "hangsInBody",
  "drains",
] as const;
export type FailureMode = (typeof failureModes)[number];

/** How an endpoint fails if nothing else is said: its host is gone, and so is every answer. */
export const failureModeDefault = "synDropped" satisfies FailureMode;

const silent: EndpointBehaviour = {
  connect: "never",
  firstByte: 0,
  status: 0,
  body: 0,
  bodyText: "",
};

/**
 * The slowest endpoint of each failure mode: it uses up every limit before the one that it exceeds.
 */
const dyingBehaviour: Readonly<Record<FailureMode, (connectLimit: number) => EndpointBehaviour>> = {
  refused: () => ({ ...silent, connect: "refused" }),
  synDropped: () => silent,
  connectsThenHangs: (limit) => ({ ...silent, connect: limit, firstByte: "never" }),
  hangsInBody: (limit) => ({
    connect: limit,
    firstByte: statusLimitSeconds,
    status: 200,
    body: "never",
    bodyText: "",
  }),
  drains: () => silent,
};

/**
 * P: the longest that a probe takes on an endpoint with this failure mode, in seconds. Undefined
 * when such a probe passes, so that the check never notices: a TCP check of a server that accepts
 * and hangs, or a check without a search string of a server that hangs in the body.
 */
export function failingProbeSeconds(
  type: EndpointCheckType,
  death: FailureMode,
): number | undefined {
  const result = probe(type, dyingBehaviour[death](connectLimitOf(type)));
  return result.passed ? undefined : result.seconds;
}

/** The longest that any failing probe takes, in seconds. */
export function slowestFailureSeconds(type: EndpointCheckType): number {
  return Math.max(...failureModes.map((death) => failingProbeSeconds(type, death) ?? 0));
}

/** The longest that a passing probe takes, in seconds: it uses up every limit. */
export function passingProbeSeconds(type: EndpointCheckType): number {
  return probe(type, {
    connect: connectLimitOf(type),
    firstByte: statusLimitSeconds,
    status: 200,
    body: bodyLimitSeconds,
    bodyText: "",
  }).seconds;
}

/** How long probes that were under way when the endpoint failed may still pass, in seconds. */
export function drainSeconds(type: EndpointCheckType, death: FailureMode): number {
  return death === "drains" ? passingProbeSeconds(type) : 0;
}

function connectLimitOf(type: EndpointCheckType): number {
  return type === "TCP" ? connectLimitSeconds.tcp : connectLimitSeconds.http;
}
