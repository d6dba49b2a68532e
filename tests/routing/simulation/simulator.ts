import type { AlarmCheck, EndpointCheck, HealthCheck, RecordSet } from "../../../routing/model";
import type { Draws } from "../random/draws";

/**
 * Checkers, Route 53 and a client, played in whole milliseconds. It shares data with the model, and no
 * rule: the limits of probes, the counting and the choosing are written out once more.
 */

export type Death = "refused" | "synDropped" | "connectsThenHangs" | "hangsInBody" | "drains";

export interface Scenario {
  readonly name: string;
  readonly records: readonly RecordSet[];
  readonly checks: readonly HealthCheck[];
  /** Checks whose endpoints or alarms die at 0, or come back, and balancers whose targets do. */
  readonly affected: readonly string[];
  /** Values that are dead all the time. */
  readonly dead?: readonly string[];
  /** Checks by name, in an order in which each watches names of those before it only. */
  readonly watching?: readonly WatchingCheck[];
  readonly balancers?: readonly Balancer[];
  readonly happens: Death | "returns";
  /** Values that the client is not to be on. */
  readonly bad: (value: string) => boolean;
  readonly propagationMs: number;
}

export interface WatchingCheck {
  readonly id: string;
  readonly name: string;
  /** What the check says long before, and in the end. */
  readonly was: boolean;
  readonly is: boolean;
}

/** A balancer with one target group, which checks each target once an interval, whatever that takes. */
export interface Balancer {
  readonly id: string;
  readonly targetsCount: number;
  readonly minimumHealthy: number;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

const checkersCount = 16;
/** At most 18 % of 16 are 2: with a third that is healthy so is the check. */
const healthyMin = 3;
const second = 1_000;
/** CloudWatch has a metric at most so long after the end of its period. */
const alarmDelayMs = 120 * second;
const balancerTtlMs = 60 * second;

/** The longest that a probe takes, by what it ends in. */
function limitsOf({ type }: EndpointCheck): Readonly<Record<Death | "passes" | "fails", number>> {
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
function noticedAt(check: EndpointCheck, scenario: Scenario, draws: Draws): number {
  const times = draws.isIn(70) ? burst(check, scenario, draws) : spread(check, scenario, draws);
  times.sort((a, b) => a - b);
  const needed = scenario.happens === "returns" ? healthyMin : checkersCount - healthyMin + 1;
  return times[needed - 1] ?? 0;
}

/** How long Route 53's servers take to answer by a new status. */
function spreading({ propagationMs }: Scenario, draws: Draws): number {
  return draws.isIn(70) ? propagationMs : draws.below(propagationMs + 1);
}

/** Checkers that nobody coordinates, each anywhere in its round. */
function spread(check: EndpointCheck, scenario: Scenario, draws: Draws): number[] {
  return Array.from({ length: checkersCount }, () => {
    const [before, after] = probesOf(check, scenario, draws, draws.isIn(50));
    const round = before + check.intervalSeconds * second;
    return flips(check, scenario, { place: draws.below(round), before, after });
  });
}

/** Checkers that happen to ask at nearly the same time, as uncoordinated ones do now and then (H3). */
function burst(check: EndpointCheck, scenario: Scenario, draws: Draws): number[] {
  const [before, after] = probesOf(check, scenario, draws, true);
  const round = before + check.intervalSeconds * second;
  // The latest are those that have just begun a probe, or have just ended one.
  const first = draws.isIn(50) ? 0 : before;
  const width = 1 + draws.below(100);
  return Array.from({ length: checkersCount }, () =>
    flips(check, scenario, { place: (first + draws.below(width)) % round, before, after }),
  );
}

/** How long probes take before the event and after it. */
function probesOf(
  check: EndpointCheck,
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
  /** How far it is in its round, which begins with sending a probe. */
  readonly place: number;
  readonly before: number;
  readonly after: number;
}

/** When a checker changes its opinion. */
function flips(
  { intervalSeconds, failureThreshold }: EndpointCheck,
  { happens }: Scenario,
  { place, before, after }: Checker,
): number {
  const interval = intervalSeconds * second;
  const isAsking = place < before;
  let time = isAsking ? before - place : before + interval - place;
  let contradictions = 0;
  if (isAsking) {
    // A probe on its way ends as it would have, but for an endpoint that dies at once.
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

/** When an alarm's data say otherwise: each period has one value, taken somewhere in it. */
function alarmNoticedAt(
  { periodSeconds = 0, evaluationPeriods = 0 }: AlarmCheck,
  { happens }: Scenario,
  draws: Draws,
): number {
  const period = periodSeconds * second;
  const begun = draws.below(period);
  const taken = draws.isIn(50) ? 0 : draws.below(period);
  const firstAfter = taken >= begun ? 0 : 1;
  // All that are evaluated have to be bad, and one that is good ends that.
  const needed = happens === "returns" ? 1 : evaluationPeriods;
  const delay = draws.isIn(70) ? alarmDelayMs : draws.below(alarmDelayMs + 1);
  return (firstAfter + needed) * period - begun + delay;
}

/** When enough targets of a balancer have changed for the balancer to do so. */
function balancerNoticedAt(balancer: Balancer, { happens }: Scenario, draws: Draws): number {
  const { targetsCount, minimumHealthy, healthyThreshold, unhealthyThreshold } = balancer;
  const [interval, timeout] = [balancer.intervalSeconds * second, balancer.timeoutSeconds * second];
  const returns = happens === "returns";
  const isBurst = draws.isIn(70);
  const times = Array.from({ length: targetsCount }, () => {
    const begun = draws.below(isBurst ? 100 : interval);
    const slowest = returns ? timeout : 0;
    const answers = isBurst ? slowest : draws.below(timeout + 1);
    if (returns) return healthyThreshold * interval - begun + answers;
    // A check on its way fails with its target, but for one that only takes nothing new.
    const isCut = begun < answers && happens !== "drains";
    const fails = happens === "refused" ? 0 : timeout;
    return (isCut ? unhealthyThreshold - 1 : unhealthyThreshold) * interval - begun + fails;
  }).sort((a, b) => a - b);
  const needed = returns ? minimumHealthy : targetsCount - minimumHealthy + 1;
  return Math.max(0, times[needed - 1] ?? 0);
}

/** What a check says from when on; the first from before the event. */
type Statuses = readonly { readonly at: number; readonly healthy: boolean }[];

function statusAt(statuses: Statuses | undefined, moment: number): boolean {
  return statuses?.findLast(({ at }) => at <= moment)?.healthy ?? true;
}

/** A check by name, from long before the event until its name has been left alone for long. */
function watchingStatuses(
  check: EndpointCheck,
  { name, was }: WatchingCheck,
  known: ReadonlyMap<string, Statuses>,
  scenario: Scenario,
  draws: Draws,
): Statuses {
  const changes = [...known.values()].flatMap((statuses) => statuses.map(({ at }) => at));
  const epochs = [...new Set([-Infinity, ...changes])].sort((a, b) => a - b);
  const answers = epochs.map((moment) =>
    new Answering(scenario, (id) => statusAt(known.get(id), moment)).answers(name),
  );
  const ends =
    Math.max(0, ...changes.filter(Number.isFinite)) +
    (check.failureThreshold + 2) * (check.intervalSeconds + 12) * second;
  const isBurst = draws.isIn(70);
  const [before, after] = probesOf(check, scenario, draws, isBurst || draws.isIn(50));
  const round = before + check.intervalSeconds * second;
  const first = draws.below(round);
  const resolve = (moment: number): string => {
    const epoch = epochs.findLastIndex((at) => at <= moment);
    return draws.of(answers[epoch] ?? []).value;
  };
  const turns = Array.from({ length: checkersCount }, () => {
    const place = isBurst ? (first + draws.below(100)) % round : draws.below(round);
    return opinions(check, { was, ends, place, before, after }, resolve, scenario);
  }).flat();
  turns.sort((a, b) => a.at - b.at);
  const delay = spreading(scenario, draws);
  const statuses = [{ at: -Infinity, healthy: was }];
  let healthyCount = was ? checkersCount : 0;
  for (const { at, healthy } of turns) {
    healthyCount += healthy ? 1 : -1;
    const says = healthyCount >= healthyMin;
    if (says !== statuses.at(-1)?.healthy) statuses.push({ at: at + delay, healthy: says });
  }
  return statuses;
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

/** When a checker of a name changes its opinion, and to what. */
function opinions(
  { intervalSeconds, failureThreshold }: EndpointCheck,
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
    // A probe on its way ends as it would have, but for an endpoint that dies at once.
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

/** What every check says, from before the event until the end. */
function statusesOf(scenario: Scenario, draws: Draws): ReadonlyMap<string, Statuses> {
  const { checks, affected, happens, balancers = [], watching = [] } = scenario;
  const known = new Map<string, Statuses>();
  const changes = (id: string, at: number): void => {
    const returns = happens === "returns";
    const noticed = at + spreading(scenario, draws);
    known.set(id, [
      { at: -Infinity, healthy: !returns },
      { at: noticed, healthy: returns },
    ]);
  };
  for (const check of checks) {
    if (scenario.dead?.includes(check.id)) known.set(check.id, [{ at: -Infinity, healthy: false }]);
    if (!affected.includes(check.id)) continue;
    if (check.kind === "endpoint") changes(check.id, noticedAt(check, scenario, draws));
    if (check.kind === "alarm") changes(check.id, alarmNoticedAt(check, scenario, draws));
  }
  for (const balancer of balancers) {
    if (affected.includes(balancer.id)) {
      changes(balancer.id, balancerNoticedAt(balancer, scenario, draws));
    }
  }
  for (const one of watching) {
    const check = checks.find(({ id }) => id === one.id);
    if (check?.kind !== "endpoint") throw new Error(`${one.id} is no check of an endpoint`);
    known.set(one.id, watchingStatuses(check, one, known, scenario, draws));
  }
  return known;
}

/** How long some client is on a bad answer in one run, in milliseconds after the event. */
export function run(scenario: Scenario, draws: Draws): number {
  const statuses = statusesOf(scenario, draws);
  const changes = [...statuses.values()].flatMap((one) => one.map(({ at }) => Math.max(0, at)));
  const moments = [...new Set([0, ...changes])].sort((a, b) => a - b);
  let worst = 0;
  moments.forEach((moment, index) => {
    const isHealthy = (id: string): boolean => statusAt(statuses.get(id), moment);
    const until = moments[index + 1] ?? Infinity;
    for (const { value, ttlMs } of new Answering(scenario, isHealthy).answers()) {
      if (scenario.bad(value)) worst = Math.max(worst, until + ttlMs);
    }
  });
  return worst;
}

/** Who answers, by the statuses of checks and balancers. */
class Answering {
  constructor(
    private readonly scenario: Scenario,
    private readonly isHealthy: (id: string) => boolean,
  ) {}

  answers(name = "top.test"): readonly { readonly value: string; readonly ttlMs: number }[] {
    return this.chosen(name).flatMap(({ target }) => {
      if (target.kind === "values") {
        return target.values.map((value) => ({ value, ttlMs: target.ttlSeconds * second }));
      }
      if (target.target.kind === "record") return this.answers(target.target.name);
      return [{ value: target.target.dnsName, ttlMs: balancerTtlMs }];
    });
  }

  private chosen(name: string): readonly RecordSet[] {
    const group = this.scenario.records.filter((record) => record.name === name);
    const healthy = group.filter((record) => this.serves(record));
    const usable = healthy.length > 0 ? healthy : group;
    const first = usable.find(
      ({ policy }) => policy.kind === "failover" && policy.role === "PRIMARY",
    );
    return usable[0]?.policy.kind === "failover" ? [first ?? usable[0]] : usable;
  }

  private serves({ checkId, target }: RecordSet): boolean {
    if (checkId !== undefined && !this.says(checkId)) return false;
    if (target.kind === "values" || !target.evaluateTargetHealth) return true;
    if (target.target.kind === "balancer") return this.isHealthy(target.target.id ?? "");
    const next = target.target.kind === "record" ? target.target.name : "";
    return this.scenario.records.some((record) => record.name === next && this.serves(record));
  }

  private says(id: string): boolean {
    const check = this.scenario.checks.find((one) => one.id === id);
    if (check?.kind !== "calculated") return this.isHealthy(id);
    return check.children.filter((child) => this.isHealthy(child)).length >= check.healthThreshold;
  }
}
