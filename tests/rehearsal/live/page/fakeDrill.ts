import type { FailureMode } from "../../../../routing/checker";
import { failureModes } from "../../../../routing/checker";
import { allHealthy } from "../../../../routing/graph/faultState";
import type { StackModel } from "../../../../routing/graph/stackModel";
import type { StackFacts } from "../../../../routing/graph/stackOutputs";
import type { Group, RecordSet } from "../../../../routing/model";
import { valuesOf } from "../../../../routing/view";
import type {
  DrillAnswer,
  DrillEndpoint,
  DrillEvent,
  DrillRun,
  DrillSubject,
} from "../../../../rehearsal/live/drillRun";
import type { DrillControl } from "../../../../rehearsal/live/page/control";
import type { EventOf } from "../../../../rehearsal/live/drillState";
import { drillFaultsOf } from "../../../../rehearsal/live/drillFaults";
import { drillChecksOf } from "../../../../rehearsal/live/drillSubject";
import { drillTreeOf } from "../../../../rehearsal/live/drillTree";
import { drillInventoryOf } from "../../../../rehearsal/live/inventory";

/** The times of the scripted failover after a fault, in drill seconds. */
const detectionSeconds = 21;
const propagationSeconds = 4;
const ttlSeconds = 10;
const ordersPerSecond = 10;

/** A drill whose answers are the model's, and whose times are scripted: no server, no probe. */
export class FakeDrill implements DrillControl {
  readonly events: DrillEvent[] = [];
  /** What was asked of it. */
  readonly asked: string[] = [];
  readonly drill: DrillSubject;
  private readonly listeners = new Set<() => void>();
  private readonly broken: string[] = [];
  private nowSeconds = 0;

  constructor(
    private readonly model: StackModel,
    facts: StackFacts,
    private readonly name: string,
  ) {
    this.drill = subjectOf(model, facts, name);
    for (const check of this.drill.checks) {
      const checkers = check.isProbed ? { checkers: { healthy: 16, all: 16 } } : {};
      this.add({ kind: "check", check: check.id, isHealthy: true, ...checkers });
    }
    this.add({ kind: "answer", ...this.answer([]) });
  }

  run(): DrillRun {
    return { drill: this.drill, events: this.events };
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  fail(name: string, death: FailureMode = "refused"): void {
    this.asked.push(`fail ${name} ${death}`);
    this.broken.push(name);
    this.add({ kind: "fault", action: "fail", names: [name], death, broken: [...this.broken] });
  }

  giveBack(name: string): void {
    this.asked.push(`return ${name}`);
    this.broken.splice(this.broken.indexOf(name), 1);
    this.add({ kind: "fault", action: "return", names: [name], broken: [...this.broken] });
  }

  hold(reason: string): void {
    this.asked.push(`hold ${reason}`);
    this.add({ kind: "gate", phase: "held", isLatched: true, text: `Held: ${reason}.` });
  }

  release(reason: string): void {
    this.asked.push(`release ${reason}`);
    this.add({ kind: "gate", phase: "normal", isLatched: false, text: `Released: ${reason}.` });
  }

  /** Time passes while customers order; `failed` of ten orders a second fail, `stale` of them by a stale answer. */
  pass(seconds: number, failed = 0, stale = 0): void {
    for (let second = 0; second < seconds; second += 1) {
      this.nowSeconds += 1;
      this.add({
        kind: "customers",
        served: ordersPerSecond - failed,
        failed,
        stale,
        page: 0,
        lost: 0,
      });
    }
  }

  /** Route 53 notices what is broken, and the customers follow. */
  failOver(name: string, check: string, failedBefore = 9): void {
    const isHit = failedBefore > 0;
    this.pass(detectionSeconds, failedBefore);
    const checkers = { healthy: 2, all: 16 };
    this.add({ kind: "check", check, isHealthy: false, checkers });
    const subject = `ALARM: "${check.split("::").at(-1) ?? check}" in US East (N. Virginia)`;
    this.add({ kind: "alert", subject, text: "Health checkers report the endpoint unhealthy." });
    this.pass(propagationSeconds, failedBefore);
    this.add({ kind: "answer", ...this.answer(this.broken) });
    for (let left = ttlSeconds; left > 0; left -= 1) {
      const stale = isHit ? Math.ceil((failedBefore * left) / ttlSeconds) : 0;
      this.pass(1, stale, stale);
    }
    this.add({
      ...{ kind: "measured", fault: name, detectionSeconds },
      downtimeSeconds: detectionSeconds + propagationSeconds + ttlSeconds,
      isWithinBound: true,
    });
  }

  /** Route 53 notices that something is back. */
  failBack(check: string): void {
    this.pass(detectionSeconds);
    this.add({ kind: "check", check, isHealthy: true, checkers: { healthy: 15, all: 16 } });
    this.pass(propagationSeconds);
    this.add({ kind: "answer", ...this.answer(this.broken) });
  }

  add(event: DistributiveOmit<DrillEvent, "atSeconds">): void {
    this.events.push({ atSeconds: this.nowSeconds, ...event });
    for (const listener of this.listeners) listener();
  }

  private answer(broken: readonly string[]): Omit<EventOf<"answer">, "kind" | "atSeconds"> {
    const { model, name } = this;
    const state = model.under(model.faults(broken), allHealthy);
    const { answers, lastResort } = state.resolve(name, "A");
    const isHealthy = (record: RecordSet): boolean => {
      const next = model.route53.next(record, "A");
      const region = /oregon|dublin/.exec(record.checkId ?? "")?.[0];
      const code = region === "oregon" ? "us-west-2" : "eu-west-1";
      if (next && record.checkId !== undefined && broken.includes(code)) return false;
      if (next) return next.some(isHealthy);
      return model.answersOf(record).every((answer) => state.place({ ...answer, record }).alive);
    };
    const records = model.route53.reachable(name, "A");
    const onPath = new Set(
      answers.flatMap(({ record, path }) => [
        record.id,
        ...path.flatMap(
          (step) =>
            records.find(
              (one) => step.record === `${one.name} A` && step.setIdentifier === one.setIdentifier,
            )?.id ?? [],
        ),
      ]),
    );
    return {
      answers: answers.map(({ value, target, probability }): DrillAnswer => ({
        value,
        endpoint: target,
        ttlSeconds,
        share: probability,
      })),
      path: [...onPath],
      healthyRecords: records.filter(isHealthy).map(({ id }) => id),
      lastResort,
    };
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

function subjectOf(model: StackModel, facts: StackFacts, name: string): DrillSubject {
  const question = { name, type: "A" };
  const endpointOf = (record: RecordSet, value: string): string =>
    model.endpointOfValue(record, value)?.urn ?? value;
  const faults = drillFaultsOf(model, question, facts.regionNames);
  return {
    ...{ schemaVersion: 1, title: "prod", ...question, startedAt: "2026-11-27T12:00:00.000Z" },
    ...{
      app: "embedded" as const,
      speed: 1,
      seed: 1,
      nameServer: { address: "127.53.0.1", port: 5353 },
    },
    tree: drillTreeOf(model, question, endpointOf),
    endpoints: endpointsOf(model, model.route53.reachable(name, "A"), endpointOf),
    checks: drillChecksOf(drillInventoryOf(model, question)),
    faults,
    predictions: faults
      .filter(({ kind }) => kind !== "check" && kind !== "endpoint")
      .flatMap(({ name: fault }) =>
        failureModes.map((death) => ({
          ...{ fault, death },
          detection: { bound: 45, simulated: { low: 18.4, high: 31.2 } },
          downtime: { bound: 60, simulated: { low: 20.1, high: 47.5 } },
        })),
      ),
    objectives: [...facts.objectives].map(([objective, targetSeconds]) => ({
      name: objective,
      targetSeconds,
    })),
    differences: [
      "Checkers run on this machine, so probes travel no distance.",
      "The order application is a stand-in; orders are confirmed and not stored.",
    ],
  };
}

function endpointsOf(
  model: StackModel,
  records: Group,
  endpointOf: (record: RecordSet, value: string) => string,
): readonly DrillEndpoint[] {
  const found = new Map<string, DrillEndpoint>();
  for (const record of records) {
    if (model.route53.next(record, "A")) continue;
    for (const value of valuesOf(record)) {
      const id = endpointOf(record, value);
      const serving = model.endpointOfValue(record, value);
      const [zone, ...others] = serving?.availabilityZones ?? [];
      found.set(id, {
        ...{ id, label: model.graph.get(id)?.name ?? value, declared: value },
        ...(zone === undefined || others.length > 0 ? {} : { availabilityZone: zone }),
        ...(serving?.region === undefined ? {} : { region: serving.region }),
        ...{ address: `127.53.1.${found.size + 1}`, port: 8080 },
      });
    }
  }
  return [...found.values()];
}
