import type { Bound } from "../../routing/boundParts";
import type { FailureMode } from "../../routing/checker";
import { failureModes } from "../../routing/checker";
import type { Outage } from "../../routing/graph/outages";
import type { Root } from "../../routing/trees";
import type { Stack } from "../stack";
import { deathWords } from "./detection";

/** The objective of a name. */
export interface DowntimeBudget {
  readonly cause: Outage["cause"];
  readonly measure: "detection" | "downtime";
  readonly targetSeconds: number;
}

/** A missed objective, with its worst outage. */
export interface Excess {
  readonly objective: DowntimeBudget;
  /** The event, in words. */
  readonly when: string;
  /** Undefined if the objective is never met. */
  readonly gotSeconds: number | undefined;
  /** The terms of the sum. */
  readonly terms: string;
}

/**
 * The slowest failure modes: they exhaust every timeout before the one that fails, or pass one more
 * probe before they fail. The others are evaluated only if one of these is too slow.
 */
const slowestDeaths: readonly FailureMode[] = ["hangsInBody", "drains"];

/**
 * The objectives that a name misses, each with its worst outage.
 *
 * @throws InputError if the name's tree is invalid
 */
export function excessesOf(
  stack: Stack,
  { name, type }: Root,
  objectives: readonly DowntimeBudget[],
): readonly Excess[] {
  const { outages } = stack;
  const measured = outages.of(name, type).flatMap((outage) =>
    slowestDeaths.map((death) => ({
      outage,
      bound: outages.worstCase(name, type, outage, death),
    })),
  );
  return objectives.flatMap((objective): readonly Excess[] => {
    const late = measured.filter(
      ({ outage, bound }) =>
        outage.cause === objective.cause && secondsOf(bound, objective) > objective.targetSeconds,
    );
    const [worst] = late.sort(
      (a, b) => secondsOf(b.bound, objective) - secondsOf(a.bound, objective),
    );
    return worst ? [excessOf(stack, { name, type }, objective, worst.outage)] : [];
  });
}

function secondsOf(bound: Bound, { measure }: DowntimeBudget): number {
  const seconds = measure === "detection" ? bound.detectionSeconds : bound.downtimeSeconds;
  return seconds ?? Infinity;
}

function excessOf(
  stack: Stack,
  { name, type }: Root,
  objective: DowntimeBudget,
  outage: Outage,
): Excess {
  const bounds = failureModes.map((death) => ({
    death,
    bound: stack.outages.worstCase(name, type, outage, death),
  }));
  const worst = bounds.reduce((a, b) =>
    secondsOf(b.bound, objective) > secondsOf(a.bound, objective) ? b : a,
  );
  const seconds = secondsOf(worst.bound, objective);
  return {
    objective,
    when: whenOf(outage, worst.death),
    gotSeconds: Number.isFinite(seconds) ? seconds : undefined,
    terms: worst.bound.terms
      .map((term) => `${term.name} ${term.seconds} s = ${term.formula}; ${term.source}`)
      .join(" + "),
  };
}

function whenOf({ cause, from, to }: Outage, death: FailureMode): string {
  const before = new Set(from.map(({ name }) => name));
  const lost = to.map(({ name }) => name).filter((name) => !before.has(name));
  if (cause === "database") {
    const checks = lost.map((name) => name.replace(/^check:/, ""));
    return `the region behind ${checks.join(" and ")} stops working and ${deathWords[death]}`;
  }
  const after = from.length > 0 ? ` after ${[...before].join(" and ")}` : "";
  return `${lost.join(" and ")} fails${after} and ${deathWords[death]}`;
}
