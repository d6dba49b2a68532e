import type { AlarmCheck, EndpointHealthCheck } from "../../../routing/model";
import type { Draws } from "../random/draws";
import type { Balancer, Death, Scenario } from "./scenario";

/**
 * Checkers, alarms and balancers, in whole milliseconds. They share data with the model, but no
 * rules: the limits of probes, the counting and the choosing are implemented a second time.
 */

export const checkersCount = 16;
/** 18 % of 16 is less than 3: with three healthy checkers the check is healthy. */
export const healthyMin = 3;
export const second = 1_000;
/** CloudWatch receives a metric at most this long after the end of its period. */
const alarmDelayMs = 120 * second;

/** The longest duration of a probe, by its outcome. */
function limitsOf({
  type,
}: EndpointHealthCheck): Readonly<Record<Death | "passes" | "fails", number>> {
  const connect = type === "TCP" ? 10 * second : 4 * second;
  const status = type === "TCP" ? 0 : 2 * second;
  const body = type.endsWith("STR_MATCH") ? 2 * second : 0;
  const all = connect + status + body;
  return {
    refused: 0,
    synDropped: connect,
    drains: connect,
    connectsThenHangs: connect + status,
    hangsInBody: all,
    passes: all,
    fails: all,
  };
}

/** When a check's status changes for good, in milliseconds after the event. */
export function noticedAt(check: EndpointHealthCheck, scenario: Scenario, draws: Draws): number {
  const times = draws.isIn(70) ? burst(check, scenario, draws) : spread(check, scenario, draws);
  times.sort((a, b) => a - b);
  const needed = scenario.happens === "returns" ? healthyMin : checkersCount - healthyMin + 1;
  return times[needed - 1] ?? 0;
}

/** The time until Route 53's servers answer according to a new status. */
export function spreading({ propagationMs }: Scenario, draws: Draws): number {
  return draws.isIn(70) ? propagationMs : draws.below(propagationMs + 1);
}

/** Uncoordinated checkers, each anywhere in its round. */
function spread(check: EndpointHealthCheck, scenario: Scenario, draws: Draws): number[] {
  return Array.from({ length: checkersCount }, () => {
    const [before, after] = probesOf(check, scenario, draws, draws.isIn(50));
    const round = before + check.intervalSeconds * second;
    return flips(check, scenario, { place: draws.below(round), before, after });
  });
}

/** Checkers that happen to probe at nearly the same time, as uncoordinated ones sometimes do (H3). */
function burst(check: EndpointHealthCheck, scenario: Scenario, draws: Draws): number[] {
  const [before, after] = probesOf(check, scenario, draws, true);
  const round = before + check.intervalSeconds * second;
  // The last to notice are those that have just begun or just ended a probe.
  const first = draws.isIn(50) ? 0 : before;
  const width = 1 + draws.below(100);
  return Array.from({ length: checkersCount }, () =>
    flips(check, scenario, { place: (first + draws.below(width)) % round, before, after }),
  );
}

/** The duration of probes before and after the event. */
export function probesOf(
  check: EndpointHealthCheck,
  { happens }: Scenario,
  draws: Draws,
  isSlowest: boolean,
): readonly [number, number] {
  const limits = limitsOf(check);
  const upTo = (most: number): number => (isSlowest ? most : draws.below(most + 1));
  return happens === "returns"
    ? [upTo(limits.fails), upTo(limits.passes)]
    : [upTo(limits.passes), upTo(limits[happens])];
}

interface Checker {
  /** Its position in its round, which begins with sending a probe. */
  readonly place: number;
  readonly before: number;
  readonly after: number;
}

/** The time when a checker changes its opinion. */
function flips(
  { intervalSeconds, failureThreshold }: EndpointHealthCheck,
  { happens }: Scenario,
  { place, before, after }: Checker,
): number {
  const interval = intervalSeconds * second;
  const isAsking = place < before;
  let time = isAsking ? before - place : before + interval - place;
  let contradictions = 0;
  if (isAsking) {
    // A running probe ends as it would have, unless its endpoint dies abruptly.
    const isCut = happens !== "returns" && happens !== "drains";
    if (isCut) {
      contradictions = 1;
      if (happens === "refused") time = 0;
      else time = Math.max(0, after - place);
    }
    if (contradictions >= failureThreshold) return time;
    time += interval;
  }
  for (;;) {
    time += after;
    contradictions += 1;
    if (contradictions >= failureThreshold) return time;
    time += interval;
  }
}

/** When an alarm's data show the event: each period has one value, measured somewhere in it. */
export function alarmNoticedAt(
  { periodSeconds = 0, evaluationPeriods = 0 }: AlarmCheck,
  { happens }: Scenario,
  draws: Draws,
): number {
  const period = periodSeconds * second;
  const begun = draws.below(period);
  const taken = draws.isIn(50) ? 0 : draws.below(period);
  const firstAfter = taken >= begun ? 0 : 1;
  // All evaluated periods have to be bad, and one good period ends the alarm.
  const needed = happens === "returns" ? 1 : evaluationPeriods;
  const delay = draws.isIn(70) ? alarmDelayMs : draws.below(alarmDelayMs + 1);
  return (firstAfter + needed) * period - begun + delay;
}

/** When enough targets of a balancer have changed for the balancer to change. */
export function balancerNoticedAt(balancer: Balancer, { happens }: Scenario, draws: Draws): number {
  const { targetsCount, minimumHealthy, healthyThreshold, unhealthyThreshold } = balancer;
  const [interval, timeout] = [balancer.intervalSeconds * second, balancer.timeoutSeconds * second];
  const returns = happens === "returns";
  const isBurst = draws.isIn(70);
  const times = Array.from({ length: targetsCount }, () => {
    const begun = draws.below(isBurst ? 100 : interval);
    const slowest = returns ? timeout : 0;
    const answers = isBurst ? slowest : draws.below(timeout + 1);
    if (returns) return healthyThreshold * interval - begun + answers;
    // A running check fails with its target, unless the target only refuses new connections.
    const isCut = begun < answers && happens !== "drains";
    const fails = happens === "refused" ? 0 : timeout;
    return (isCut ? unhealthyThreshold - 1 : unhealthyThreshold) * interval - begun + fails;
  }).sort((a, b) => a - b);
  const needed = returns ? minimumHealthy : targetsCount - minimumHealthy + 1;
  return Math.max(0, times[needed - 1] ?? 0);
}

/** Whether a value answers a probe that begins at a moment. */
function livesAt(
  { affected, dead = [], happens }: Scenario,
  value: string,
  moment: number,
): boolean {
  if (dead.includes(value)) return false;
  return !affected.includes(value) || moment >= 0 === (happens === "returns");
}

/** The times when a checker of a name changes its opinion, and the new opinions. */
export function opinions(
  { intervalSeconds, failureThreshold }: EndpointHealthCheck,
  { was, ends, place, before, after }: Checker & { readonly was: boolean; readonly ends: number },
  resolve: (moment: number) => string,
  scenario: Scenario,
): { at: number; healthy: boolean }[] {
  const { happens } = scenario;
  const [passing, failing] = happens === "returns" ? [after, before] : [before, after];
  const turned: { at: number; healthy: boolean }[] = [];
  let healthy = was;
  let contradictions = 0;
  for (let begun = -place; begun < ends;) {
    const value = resolve(begun);
    const passes = livesAt(scenario, value, begun);
    const isOnItsWay = begun < 0 && begun + (passes ? passing : failing) > 0;
    // A running probe ends as it would have, unless its endpoint dies abruptly.
    const isCut = isOnItsWay && happens !== "drains" && passes && !livesAt(scenario, value, 0);
    const passed = passes && !isCut;
    const cutAt = happens === "refused" ? 0 : Math.max(0, begun + failing);
    const ended = isCut ? cutAt : begun + (passed ? passing : failing);
    contradictions = passed === healthy ? 0 : contradictions + 1;
    if (contradictions >= failureThreshold) {
      healthy = passed;
      contradictions = 0;
      turned.push({ at: ended, healthy });
    }
    begun = ended + intervalSeconds * second;
  }
  return turned;
}
