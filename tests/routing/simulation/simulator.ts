import type { EndpointCheck, HealthCheck, RecordSet } from "../../../routing/model";
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
  /** Checks whose endpoints die at 0, or come back. */
  readonly affected: readonly string[];
  readonly happens: Death | "returns";
  /** Values that the client is not to be on. */
  readonly bad: (value: string) => boolean;
  readonly propagationMs: number;
}

const checkersCount = 16;
const second = 1_000;

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

/** When Route 53's servers answer by a check's new status, in milliseconds after the event. */
function noticedAt(check: EndpointCheck, scenario: Scenario, draws: Draws): number {
  const times = draws.isIn(70) ? burst(check, scenario, draws) : spread(check, scenario, draws);
  times.sort((a, b) => a - b);
  // Unhealthy with at most 18 % of 16 healthy, which are 2; healthy again with a third.
  const needed = scenario.happens === "returns" ? 3 : checkersCount - 2;
  const delay = draws.isIn(70) ? scenario.propagationMs : draws.below(scenario.propagationMs + 1);
  return (times[needed - 1] ?? 0) + delay;
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

/** How long some client is on a bad answer in one run, in milliseconds after the event. */
export function run(scenario: Scenario, draws: Draws): number {
  const { checks, affected, happens } = scenario;
  const noticed = new Map<string, number>();
  for (const check of checks) {
    if (check.kind === "endpoint" && affected.includes(check.id)) {
      noticed.set(check.id, noticedAt(check, scenario, draws));
    }
  }
  const moments = [...new Set([0, ...noticed.values()])].sort((a, b) => a - b);
  let worst = 0;
  moments.forEach((moment, index) => {
    const isNew = (id: string): boolean => (noticed.get(id) ?? Infinity) <= moment;
    const isHealthy = (id: string): boolean =>
      !affected.includes(id) || isNew(id) === (happens === "returns");
    const until = moments[index + 1] ?? Infinity;
    for (const { value, ttlMs } of new Answering(scenario, isHealthy).answers()) {
      if (scenario.bad(value)) worst = Math.max(worst, until + ttlMs);
    }
  });
  return worst;
}

/** Who answers, by the statuses of the endpoint checks. */
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
      return target.target.kind === "record" ? this.answers(target.target.name) : [];
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
    const next = target.target.kind === "record" ? target.target.name : "";
    return this.scenario.records.some((record) => record.name === next && this.serves(record));
  }

  private says(id: string): boolean {
    const check = this.scenario.checks.find((one) => one.id === id);
    if (check?.kind !== "calculated") return this.isHealthy(id);
    return check.children.filter((child) => this.isHealthy(child)).length >= check.healthThreshold;
  }
}
