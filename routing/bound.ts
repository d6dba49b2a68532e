import type { Assumptions } from "./assumptions";
import type { Death } from "./checker";
import { failingProbeSeconds } from "./checker";
import type { EndpointCheck, HealthCheck, Observations, RecordSet } from "./model";
import { everyOutcome } from "./outcomes";
import type { Route53 } from "./route53";
import type { Answer, Resolution } from "./view";

/**
 * The worst case: T = N·(I + P) + δ + TTL, for a client that obeys the TTL, with one way of dying.
 * What resolvers and clients add beyond the TTL, and connections already open, are theirs (R, D).
 */

/** One summand of a bound. */
export interface Term {
  readonly name: "detection" | "propagation" | "ttl";
  readonly seconds: number;
  /** How the seconds come about, such as `2 × (10 s + 8 s)`. */
  readonly formula: string;
  /** Where the rule stands, by its number in `docs/route53.md`. */
  readonly source: string;
}

export interface Bound {
  /** Until Route 53's checkers have noticed all that the good answer needs; undefined: never. */
  readonly detectionSeconds: number | undefined;
  /** Until the last client has left the dead answer; undefined: never, 0: nobody was on it. */
  readonly downtimeSeconds: number | undefined;
  readonly terms: readonly Term[];
  /** What was noticed last, in words; undefined where nothing had to be. */
  readonly decidedBy: string | undefined;
}

/** A change of the world, as far as Route 53 can see it. */
export interface Change {
  readonly name: string;
  readonly type: string;
  readonly before: Observations;
  readonly after: Observations;
  /**
   * Checks that may change for a while and come back: those that watch a name whose answer is dead
   * until it has failed over.
   */
  readonly wavering: readonly string[];
  /** How endpoints die, or that they come back. */
  readonly death: Death | "returns";
  /** Whether an answer is one that the client should be on. */
  readonly good: (answer: Answer) => boolean;
}

/** Something that Route 53 notices, at the latest after so many seconds; undefined: never. */
interface Signal {
  readonly key: string;
  readonly label: string;
  readonly seconds: number | undefined;
  readonly formula: string;
  readonly source: string;
}

/**
 * The bound for one change: the first moment from which every order of noticing gives good answers,
 * each signal being noticed at any time up to its latest.
 */
export function worstCase(route53: Route53, change: Change): Bound {
  const records = route53.reachable(change.name, change.type);
  const signals = signalsOf(route53, records, change);
  const moments = [0, ...signals.flatMap(({ seconds }) => seconds ?? [])];
  const dead: Answer[] = [];
  for (const moment of [...new Set(moments)].sort((a, b) => a - b)) {
    const bad = badAnswers(route53, change, signals, moment);
    if (bad.length === 0) return boundAt(moment, signals, dead, route53.assumptions);
    dead.push(...bad);
  }
  return {
    detectionSeconds: undefined,
    downtimeSeconds: undefined,
    terms: [],
    decidedBy: undefined,
  };
}

/** The bad answers that are possible at a moment, whatever of the rest is noticed already. */
function badAnswers(
  route53: Route53,
  change: Change,
  signals: readonly Signal[],
  moment: number,
): readonly Answer[] {
  const sure = new Set(
    signals
      .filter(({ seconds, key }) => isSure(seconds, moment, key, change))
      .map(({ key }) => key),
  );
  const open = new Set(signals.map(({ key }) => key).filter((key) => !sure.has(key)));
  const resolutions = everyOutcome((ask) =>
    resolveWith(route53, change, (key) => sure.has(key) || (open.has(key) && ask(key))),
  );
  return resolutions.flatMap(({ answers }) => answers.filter((answer) => !change.good(answer)));
}

function isSure(seconds: number | undefined, moment: number, key: string, change: Change): boolean {
  return seconds !== undefined && seconds <= moment && !change.wavering.includes(key);
}

function resolveWith(
  route53: Route53,
  change: Change,
  isNoticed: (key: string) => boolean,
): Resolution {
  const { before, after } = change;
  const at = (key: string): Observations => (isNoticed(key) ? after : before);
  const wavers = (id: string): boolean => change.wavering.includes(id) && isNoticed(id);
  return route53
    .view({
      observe: (id) => (wavers(id) ? opposite(before, id) : at(id).observe(id)),
      lastKnown: (id) => at(id).lastKnown?.(id) ?? "healthy",
      forced: (id) => at(id).forced?.(id),
      targetGroups: (id) => at(id).targetGroups(id),
    })
    .resolve(change.name, change.type);
}

function opposite(before: Observations, id: string): "healthy" | "unhealthy" {
  return before.observe(id) === "unhealthy" ? "healthy" : "unhealthy";
}

function boundAt(
  moment: number,
  signals: readonly Signal[],
  dead: readonly Answer[],
  assumptions: Assumptions,
): Bound {
  if (dead.length === 0) {
    return { detectionSeconds: 0, downtimeSeconds: 0, terms: [], decidedBy: undefined };
  }
  const decisive = signals.find(({ seconds }) => seconds === moment);
  const slowest = dead.reduce((a, b) => (b.ttlSeconds > a.ttlSeconds ? b : a));
  const terms: Term[] = [
    {
      name: "detection",
      seconds: moment,
      formula: decisive?.formula ?? "",
      source: decisive?.source ?? "",
    },
    {
      name: "propagation",
      seconds: assumptions.propagationSeconds,
      formula: "δ, a parameter: AWS publishes no figure",
      source: "T5",
    },
    {
      name: "ttl",
      seconds: slowest.ttlSeconds,
      formula: `the old answer's TTL, of ${slowest.record.label}`,
      source: "T1",
    },
  ];
  return {
    detectionSeconds: moment,
    downtimeSeconds: terms.reduce((sum, { seconds }) => sum + seconds, 0),
    terms,
    decidedBy: decisive?.label,
  };
}

/** All that Route 53 can notice of a change, as far as the name's records depend on it. */
function signalsOf(
  route53: Route53,
  records: readonly RecordSet[],
  change: Change,
): readonly Signal[] {
  const { before, after, wavering, death } = change;
  const checks = new Map<string, HealthCheck>();
  for (const { checkId } of records) {
    const check = checkId === undefined ? undefined : route53.checks.get(checkId);
    if (!check) continue;
    checks.set(check.id, check);
    for (const id of check.kind === "calculated" ? check.children : []) {
      const child = route53.checks.get(id);
      if (child) checks.set(id, child);
    }
  }
  const noticed = [...checks.values()].filter(
    ({ id, kind }) =>
      wavering.includes(id) ||
      before.forced?.(id) !== after.forced?.(id) ||
      (kind !== "calculated" && before.observe(id) !== after.observe(id)),
  );
  return [
    ...noticed.map((check) => ({
      key: check.id,
      label: check.label,
      ...detection(check, death, route53),
    })),
    ...balancerSignals(records, change),
  ];
}

type Detection = Pick<Signal, "seconds" | "formula" | "source">;

/** The longest that a check takes to notice. */
export function detection(
  check: HealthCheck,
  death: Death | "returns",
  route53: Route53,
): Detection {
  switch (check.kind) {
    case "endpoint":
      return endpointDetection(check, death);
    case "alarm":
      return alarmDetection(check, route53.assumptions);
    case "recoveryControl":
      return { seconds: 0, formula: "a routing control is flipped, not probed", source: "K10" };
    case "calculated":
      return slowestChild(check.children, death, route53);
  }
}

function endpointDetection(check: EndpointCheck, death: Death | "returns"): Detection {
  const { failureThreshold, intervalSeconds } = check;
  // An endpoint that is back answers at once; it has to do so as often as it failed (H4).
  const probe = death === "returns" ? 0 : failingProbeSeconds(check.type, death);
  return {
    seconds: probe === undefined ? undefined : failureThreshold * (intervalSeconds + probe),
    formula: `${failureThreshold} × (${intervalSeconds} s + ${probe ?? "∞"} s) of ${check.label}`,
    source: "H3, H4, H6–H8",
  };
}

function alarmDetection(
  { periodSeconds, evaluationPeriods, label }: Extract<HealthCheck, { kind: "alarm" }>,
  { alarmDelaySeconds }: Assumptions,
): Detection {
  const known = periodSeconds !== undefined && evaluationPeriods !== undefined;
  return {
    seconds: known ? evaluationPeriods * periodSeconds + alarmDelaySeconds : undefined,
    formula: known
      ? `${evaluationPeriods} × ${periodSeconds} s + ${alarmDelaySeconds} s of ${label}`
      : `${label}: its alarm's period is not known`,
    source: "K5",
  };
}

function slowestChild(
  children: readonly string[],
  death: Death | "returns",
  route53: Route53,
): Detection {
  const found = children.flatMap((id) => {
    const child = route53.checks.get(id);
    return child ? [detection(child, death, route53)] : [];
  });
  const never = found.find(({ seconds }) => seconds === undefined);
  if (never) return never;
  return found.reduce((a, b) => ((b.seconds ?? 0) > (a.seconds ?? 0) ? b : a), {
    seconds: 0,
    formula: "no child to wait for",
    source: "K1",
  });
}

/** A balancer notices by its own checks, and an alias that evaluates it follows (A7). */
function balancerSignals(
  records: readonly RecordSet[],
  { before, after }: Change,
): readonly Signal[] {
  return records.flatMap(({ target, label }) => {
    if (target.kind !== "alias" || !target.evaluateTargetHealth) return [];
    if (target.target.kind !== "balancer" || target.target.id === undefined) return [];
    const { id } = target.target;
    const groups = after.targetGroups(id) ?? [];
    if (JSON.stringify(groups) === JSON.stringify(before.targetGroups(id) ?? [])) return [];
    const known = groups.every(({ detectionSeconds }) => detectionSeconds !== undefined);
    const seconds = Math.max(0, ...groups.map((group) => group.detectionSeconds ?? 0));
    return [
      {
        key: id,
        label: `the target groups of ${label}`,
        seconds: known ? seconds : undefined,
        formula: `${seconds} s of the target groups of ${label}`,
        source: "A7",
      },
    ];
  });
}
