import type { GateState } from "../../functions/gate/state";
import type { KnownOrNot } from "../known";
import type { GateInvocation } from "./gateCommand";
import type { GateLocation } from "./gateLocation";
import { durationWords, phaseText } from "./gateStatus";

/** What a command would do, one sentence each. @param nowMs Unix time in milliseconds */
export function effectOf(
  { command, identity, reason }: GateInvocation,
  gate: GateLocation,
  state: KnownOrNot<GateState | null>,
  nowMs: number,
): readonly string[] {
  return [
    `The gate of ${gate.stack} in account ${gate.accountId}: ${phaseWords(state, nowMs)}.`,
    ...(command === "hold" ? holdWords(gate) : releaseWords(gate, state)),
    `Recorded: ${identity}, "${reason}".`,
  ];
}

function phaseWords(state: KnownOrNot<GateState | null>, nowMs: number): string {
  if ("unknown" in state) return `its phase is unknown (${state.unknown})`;
  if (state.value === null) return "its controller has not run yet";
  const { phase, sinceMs } = state.value;
  return `${phaseText(phase)}, since ${durationWords(Math.max(0, Math.round((nowMs - sinceMs) / 1000)))}`;
}

function holdWords({ mode, region }: GateLocation): readonly string[] {
  return mode === "attached"
    ? [
        `A hold latches: the primary region gets no customers while the standby region ${region} serves.`,
        "It lasts until a release.",
      ]
    : [
        "A hold latches, but moves no traffic: the latch check is not attached (failover:gate.mode is created).",
      ];
}

function releaseWords(
  { mode }: GateLocation,
  state: KnownOrNot<GateState | null>,
): readonly string[] {
  const { blockers = [] } = ("value" in state ? state.value : undefined) ?? {};
  return [
    mode === "attached"
      ? "An approved release lets customers return to the primary region, once nothing blocks it."
      : "An approved release removes the latch, once nothing blocks it; it moves no traffic, since the latch check is not attached.",
    ...blockers.map((blocker) => `Blocks it now: ${blocker}.`),
  ];
}

/** The state after a command, one line each. */
export function gateStateWords(gate: GateLocation, state: GateState): readonly string[] {
  const { phase, approvals, blockers } = state;
  return [
    `The gate of ${gate.stack} is ${phaseText(phase)}.`,
    ...approvals.map(({ identity, reason }) => `Approved by ${identity}: ${reason}`),
    ...blockers.map((blocker) => `Blocks a release: ${blocker}.`),
  ];
}
