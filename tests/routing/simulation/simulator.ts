import type { EndpointHealthCheck, RecordSet } from "../../../routing/model";
import type { Draws } from "../random/draws";
import {
  alarmNoticedAt,
  balancerNoticedAt,
  checkersCount,
  healthyMin,
  noticedAt,
  opinions,
  probesOf,
  second,
  spreading,
} from "./checkers";
import type { Scenario, WatchingCheck } from "./scenario";

/**
 * Checkers, Route 53 and a client, simulated in whole milliseconds. It shares data with the model,
 * but no rules: the limits of probes, the counting and the choosing are implemented a second time.
 */

const balancerTtlMs = 60 * second;

/** The statuses of a check, each with its start; the first is from before the event. */
type Statuses = readonly { readonly at: number; readonly healthy: boolean }[];

function statusAt(statuses: Statuses | undefined, moment: number): boolean {
  return statuses?.findLast(({ at }) => at <= moment)?.healthy ?? true;
}

/** A check by name, from long before the event until its name has long been stable. */
function watchingStatuses(
  check: EndpointHealthCheck,
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

/** The statuses of every check, from before the event until the end. */
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

/** When an answer can be in a resolver's cache. */
interface Kept extends Given {
  readonly from: number;
  readonly until: number;
}

/** The longest time that a client keeps a bad answer in one run, in milliseconds after the event. */
export function run(scenario: Scenario, draws: Draws): number {
  const statuses = statusesOf(scenario, draws);
  const changes = [...statuses.values()].flatMap((one) => one.map(({ at }) => Math.max(0, at)));
  const moments = [...new Set([0, ...changes])].sort((a, b) => a - b);
  const keptFor = (name: string): readonly Kept[] =>
    moments.flatMap((moment, index) => {
      const isHealthy = (id: string): boolean => statusAt(statuses.get(id), moment);
      const from = index === 0 ? -Infinity : moment;
      const ends = moments[index + 1] ?? Infinity;
      return new Answering(scenario, isHealthy)
        .given(name)
        .map((one) => ({ ...one, from, until: ends + one.ttlMs }));
    });
  // Behind a CNAME, a resolver may hold answers of different moments together.
  const worstFor = (name: string, from: number, until: number): number =>
    Math.max(
      0,
      ...keptFor(name).map((kept) => {
        const [begins, ends] = [Math.max(from, kept.from), Math.min(until, kept.until)];
        if (begins >= ends) return 0;
        if (kept.leadsTo !== undefined) return worstFor(kept.leadsTo, begins, ends);
        return scenario.bad(kept.value) ? ends : 0;
      }),
    );
  return worstFor("top.test", -Infinity, Infinity);
}

/** What a name server gives for a name; a CNAME leads on to another one. */
interface Given {
  readonly value: string;
  readonly ttlMs: number;
  readonly leadsTo?: string;
}

/** The answers, by the statuses of checks and balancers. */
class Answering {
  constructor(
    private readonly scenario: Scenario,
    private readonly isHealthy: (id: string) => boolean,
  ) {}

  /** All answers to a client that follows CNAMEs at once. */
  answers(name: string): readonly Given[] {
    return this.given(name).flatMap((one) =>
      one.leadsTo === undefined ? [one] : this.answers(one.leadsTo),
    );
  }

  given(name: string): readonly Given[] {
    return this.chosen(name).flatMap(({ type, target }): readonly Given[] => {
      if (target.kind === "values") {
        return target.values.map((value) => ({
          value,
          ttlMs: target.ttlSeconds * second,
          ...(type === "CNAME" ? { leadsTo: value } : {}),
        }));
      }
      if (target.target.kind === "record") return this.given(target.target.name);
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
