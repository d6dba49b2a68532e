import type { EndpointBehaviour } from "../../routing/checker";
import { failingProbeSeconds, failureModes, probe, probeLimitsOf } from "../../routing/checker";
import type { EndpointCheckType } from "../../routing/model";
import type { Death } from "./plan";
import { isLoss } from "./plan";
import type { Draws } from "./random";

/** The longest ordinary step of an answer: assumed, for checkers around the world. */
export const ordinaryStepMs = 250;

/**
 * How a run is drawn. In an ordinary run, checkers are not coordinated and healthy endpoints answer
 * quickly. An extreme run searches for the worst case: checkers probe at the same time,
 * endpoints use up every limit, and name servers learn of changes last.
 */
export type RunKind = "ordinary" | "extreme";

/** The share of draws in an extreme run that equal the limit; the others lie anywhere below it. */
const atLimit = 0.7;

/** A duration up to a limit, for a kind of run. */
export function drawUpTo(limitMs: number, kind: RunKind, draws: Draws): number {
  return kind === "extreme" && draws.isIn(atLimit) ? limitMs : draws.below(limitMs + 1);
}

/** Milliseconds of each step of an endpoint's answer in a run. */
export interface Latency {
  readonly connectMs: number;
  readonly firstByteMs: number;
  readonly bodyMs: number;
}

export function drawLatency(type: EndpointCheckType, kind: RunKind, draws: Draws): Latency {
  const limits = probeLimitsOf(type);
  const step = (limitSeconds: number): number =>
    kind === "extreme"
      ? drawUpTo(limitSeconds * 1_000, kind, draws)
      : 1 + draws.below(ordinaryStepMs);
  return {
    connectMs: step(limits.connectSeconds),
    firstByteMs: step(limits.statusSeconds),
    bodyMs: step(limits.bodySeconds),
  };
}

/** The result of a probe, and how long it takes. */
export interface ProbeOutcome {
  readonly passed: boolean;
  readonly ms: number;
}

/** The result of a probe of a live or dead endpoint, by the rules of the model. */
export function probeOutcomeOf(
  type: EndpointCheckType,
  death: Death | undefined,
  latency: Latency,
): ProbeOutcome {
  const { passed, seconds } = probe(type, behaviourOf(type, death, latency));
  return { passed, ms: Math.round(seconds * 1_000) };
}

function behaviourOf(
  type: EndpointCheckType,
  death: Death | undefined,
  { connectMs, firstByteMs, bodyMs }: Latency,
): EndpointBehaviour {
  const lives = {
    connect: connectMs / 1_000,
    firstByte: firstByteMs / 1_000,
    status: 200,
    body: bodyMs / 1_000,
    bodyText: "",
  };
  switch (death) {
    case undefined:
      return lives;
    case "refused":
      return { ...lives, connect: "refused" };
    case "errors":
      return { ...lives, status: 503 };
    case "synDropped":
    case "drains":
      return { ...lives, connect: "never" };
    case "connectsThenHangs":
      return { ...lives, firstByte: "never" };
    case "hangsInBody":
      return { ...lives, body: "never" };
    case "failed":
      return behaviourOf(type, slowestNoticed(type), { connectMs, firstByteMs, bodyMs });
    default:
      if (isLoss(death)) return behaviourOf(type, death.death, { connectMs, firstByteMs, bodyMs });
      return {
        ...lives,
        connect: death.connectSeconds ?? lives.connect,
        firstByte: death.firstByteSeconds ?? lives.firstByte,
        body: death.bodySeconds ?? lives.body,
      };
  }
}

/** The death that a check notices last, of those that it can notice. */
function slowestNoticed(type: EndpointCheckType): Death {
  const seconds = (death: (typeof failureModes)[number]): number =>
    failingProbeSeconds(type, death) ?? -1;
  return failureModes.reduce((a, b) => (seconds(b) > seconds(a) ? b : a));
}
