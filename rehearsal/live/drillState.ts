import type { CustomerCounts, DrillEndpoint, DrillEvent, DrillRun, DrillSubject } from "./drillRun";

/** An event of one kind. */
export type EventOf<K extends DrillEvent["kind"]> = Extract<DrillEvent, { readonly kind: K }>;

/** Something that is broken, and since when. */
export interface BrokenPart {
  readonly name: string;
  readonly sinceSeconds: number;
  readonly death?: string;
}

/** The state of a check, and since when. */
export interface CheckState {
  readonly isHealthy: boolean;
  readonly sinceSeconds: number;
  readonly checkers?: { readonly healthy: number; readonly all: number };
}

/** An outage that has been measured, and how the endpoint failed. */
export type MeasuredOutage = EventOf<"measured"> & { readonly death?: string };

/** A drill at one moment. */
export interface DrillState {
  readonly drill: DrillSubject;
  readonly atSeconds: number;
  /** The events until then. */
  readonly events: readonly DrillEvent[];
  readonly broken: readonly BrokenPart[];
  /** By id; a check without an event is absent: its state is unknown. */
  readonly checks: ReadonlyMap<string, CheckState>;
  readonly answer?: EventOf<"answer">;
  readonly gate?: EventOf<"gate">;
  readonly orders: CustomerCounts;
  /** The counts of the last report. */
  readonly lastOrders?: EventOf<"customers">;
  readonly measured: readonly MeasuredOutage[];
  readonly alerts: readonly EventOf<"alert">[];
  readonly end?: EventOf<"end">;
}

const noOrders: CustomerCounts = { served: 0, failed: 0, stale: 0, page: 0, lost: 0 };

/** The state of a drill after the events until a moment, in drill seconds. */
export function stateAt({ drill, events: all }: DrillRun, atSeconds: number): DrillState {
  const events = all.filter((event) => event.atSeconds <= atSeconds);
  let broken: readonly BrokenPart[] = [];
  let orders = noOrders;
  const deaths = new Map<string, string>();
  const checks = new Map<string, CheckState>();
  const measured: MeasuredOutage[] = [];
  for (const event of events) {
    switch (event.kind) {
      case "fault":
        if (event.death !== undefined && event.action === "fail") {
          for (const name of event.names) deaths.set(name, event.death);
        }
        broken = event.broken.map(
          (name) => broken.find((one) => one.name === name) ?? brokenBy(event, name),
        );
        break;
      case "check": {
        const { check, isHealthy, checkers } = event;
        const before = checks.get(check);
        const sinceSeconds =
          before?.isHealthy === isHealthy ? before.sinceSeconds : event.atSeconds;
        checks.set(check, { isHealthy, sinceSeconds, ...(checkers ? { checkers } : {}) });
        break;
      }
      case "customers":
        orders = sumOf(orders, event);
        break;
      case "measured": {
        // Faults that began together are one outage.
        const [first = event.fault] = event.fault.split(" + ");
        const death = deaths.get(event.fault) ?? deaths.get(first);
        measured.push({ ...event, ...(death === undefined ? {} : { death }) });
        break;
      }
      default:
    }
  }
  const answer = lastOf(events, "answer");
  const gate = lastOf(events, "gate");
  const lastOrders = lastOf(events, "customers");
  const end = lastOf(events, "end");
  return {
    ...{ drill, atSeconds, events, broken, checks, orders, measured },
    alerts: events.filter((event) => event.kind === "alert"),
    ...(answer ? { answer } : {}),
    ...(gate ? { gate } : {}),
    ...(lastOrders ? { lastOrders } : {}),
    ...(end ? { end } : {}),
  };
}

function brokenBy({ atSeconds, death }: EventOf<"fault">, name: string): BrokenPart {
  return { name, sinceSeconds: atSeconds, ...(death === undefined ? {} : { death }) };
}

/** The sum of two counts. */
export function sumOf(a: CustomerCounts, b: CustomerCounts): CustomerCounts {
  return {
    served: a.served + b.served,
    failed: a.failed + b.failed,
    stale: a.stale + b.stale,
    page: a.page + b.page,
    lost: a.lost + b.lost,
  };
}

function lastOf<K extends DrillEvent["kind"]>(
  events: readonly DrillEvent[],
  kind: K,
): EventOf<K> | undefined {
  return events.findLast((event): event is EventOf<K> => event.kind === kind);
}

/** The part that is broken and makes an endpoint fail: its place or the endpoint itself. */
export function brokenPartOf(
  { broken }: Pick<DrillState, "broken">,
  { id, label, declared, availabilityZone, region }: DrillEndpoint,
): BrokenPart | undefined {
  const names = [id, id.split("::").at(-1), label, declared, availabilityZone, region];
  return broken.find(({ name }) => names.includes(name));
}

/** The name of an endpoint for people: its zone, or its label. */
export function placeLabelOf({ availabilityZone, label }: DrillEndpoint): string {
  return availabilityZone ?? label;
}

/** The name of a region for people, as on its button. */
export function regionLabelOf({ faults }: DrillSubject, region: string): string {
  const fault = faults.find(({ kind, name }) => kind === "region" && name === region);
  return fault?.label.replace(` (${region})`, "") ?? region;
}

/** The label of a fault; its name if the drill does not know it. */
export function faultLabelOf({ faults }: DrillSubject, name: string): string {
  return faults.find((fault) => fault.name === name)?.label ?? name;
}
