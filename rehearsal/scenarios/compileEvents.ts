import { failureModeDefault } from "../../routing/checker";
import { failureModeText } from "../story/wording";
import type { Fault } from "../../routing/graph/faults";
import type { StackModel } from "../../routing/graph/stackModel";
import { InputError } from "../../routing/inputError";
import { firstNames } from "../../routing/knownNames";
import type { ControllerEvent } from "../simulation/controllerEvents";
import { attachedGateOf } from "../simulation/modelGate";
import type { ActiveFault, FaultPhase } from "../simulation/phases";
import type { Death } from "../simulation/plan";
import { controllerEventOf, controllerText } from "./aboutGate";
import type { ScenarioEvent } from "./format";
import type { RoleFaults } from "./roles";
import { isRole, roleFaultsOf, roleWords } from "./roles";

/** The share of the full load that a place can carry from a time on. */
export interface CapacityChange {
  readonly atSeconds: number;
  /** A zone or a region. */
  readonly place: string;
  readonly share: number;
}

/** A line of the timeline, with its time. */
export interface TimelineEntry {
  readonly atSeconds: number;
  readonly text: string;
  readonly source?: string;
}

/** Events in the form that the simulation needs. */
export interface CompiledEvents {
  readonly phases: readonly FaultPhase[];
  readonly capacities: readonly CapacityChange[];
  /** Every event. */
  readonly told: readonly TimelineEntry[];
  /** Those of `told` that change no fault: a drill tells by itself what breaks and what returns. */
  readonly notes: readonly TimelineEntry[];
  /** What happens to the controller of a gate. */
  readonly gateEvents: readonly ControllerEvent[];
}

/** Each fault of some phase. */
export function faultsOf({ phases }: Pick<CompiledEvents, "phases">): readonly Fault[] {
  return [...new Set(phases.flatMap(({ happenings }) => happenings.map(({ fault }) => fault)))];
}

type Failing = Extract<ScenarioEvent, { fail: unknown }>;
type Flapping = Extract<ScenarioEvent, { flap: unknown }>;

/** One change of the current faults. */
interface Step {
  readonly atSeconds: number;
  readonly fails?: readonly ActiveFault[];
  readonly returns?: readonly Fault[];
  readonly renewed?: readonly string[];
}

/** Turns events into phases and collects their errors. */
export class EventCompiler {
  private readonly roleFaults: RoleFaults;
  private readonly isGated: boolean;
  private readonly model: StackModel;
  private readonly hostname: string;
  private readonly path: string;
  private readonly known = new Map<string, readonly Fault[]>();
  private readonly failed = new Set<string>();
  private readonly steps: Step[] = [];
  private readonly told: TimelineEntry[] = [];
  private readonly notes: TimelineEntry[] = [];
  private readonly capacities: CapacityChange[] = [];
  private readonly gateEvents: ControllerEvent[] = [];

  constructor(
    order: {
      readonly model: StackModel;
      readonly hostname: string;
      readonly type: string;
      readonly path: string;
    },
    private readonly durationSeconds: number,
    private readonly faults: string[],
  ) {
    this.model = order.model;
    this.hostname = order.hostname;
    this.path = order.path;
    this.roleFaults = roleFaultsOf(order.model, order.hostname, order.type);
    this.isGated = attachedGateOf(order.model, order.hostname, order.type) !== undefined;
  }

  /** @param incomplete why some events are absent; names that only they use are then not reported */
  play(events: readonly ScenarioEvent[], incomplete?: string): CompiledEvents {
    let before = 0;
    events.forEach((event, index) => {
      const at = `${this.path}: events[${index}]`;
      const seconds = Number(event.atSeconds);
      if (seconds < before && incomplete === undefined) {
        this.faults.push(
          `${at}.atSeconds: time does not run backwards, got ${seconds} after ${before}; put the events in their order`,
        );
      } else if (seconds > this.durationSeconds) {
        this.faults.push(
          `${at}.atSeconds: must be within durationSeconds, ${this.durationSeconds}, got ${seconds}; change one of them`,
        );
      }
      before = Math.max(before, seconds);
      this.add(event, seconds, at, incomplete !== undefined);
    });
    return {
      phases: this.phases(),
      capacities: this.capacities,
      told: this.told,
      notes: this.notes,
      gateEvents: this.gateEvents,
    };
  }

  private add(event: ScenarioEvent, atSeconds: number, at: string, mayMiss: boolean): void {
    const tell = (text: string): TimelineEntry => {
      const { source } = event;
      const entry = { atSeconds, text, ...(source === undefined ? {} : { source }) };
      this.told.push(entry);
      return entry;
    };
    const note = (text: string): void => {
      this.notes.push(tell(text));
    };
    if ("fail" in event) {
      tell(failText(event, listed(event.fail, this.wordsOf)));
      this.fail(event, atSeconds, at);
    } else if ("return" in event) {
      tell(`return of ${listed(event.return, this.wordsOf)}`);
      const back = this.faultsOf(event.return, `${at}.return`, (name) => {
        if (!this.failed.delete(name) && !mayMiss) {
          this.faults.push(
            `${at}.return: it has not failed before, got ${name}; return what failed`,
          );
        }
      });
      this.steps.push({ atSeconds, returns: back });
    } else if ("flap" in event) {
      tell(`flapping of ${listed(event.flap, this.wordsOf)}`);
      this.flap(event, atSeconds, at);
    } else if ("capacity" in event) {
      const [place = event.capacity.place] = this.faultsOf(
        event.capacity.place,
        `${at}.capacity.place`,
      ).map(({ name }) => name);
      const share = Number(event.capacity.share);
      note(`${place} carries ${Math.round(share * 100)} % of the load`);
      this.capacities.push({ atSeconds, place, share });
    } else if ("renew" in event) {
      note(`replacement of ${listed(event.renew, this.wordsOf)} by a new check`);
      const renewed = this.faultsOf(event.renew, `${at}.renew`);
      this.steps.push({ atSeconds, renewed: renewed.flatMap((one) => this.checksOf(one, at)) });
    } else if ("note" in event) {
      note(event.note);
    } else {
      if (!this.isGated && !mayMiss) {
        this.faults.push(
          `${at}: the gate of this stack is not attached, got ${JSON.stringify(event)}; add \`gate: attached\` to the scenario`,
        );
      }
      const gateEvent = controllerEventOf(event, atSeconds * 1_000);
      note(controllerText(gateEvent));
      this.gateEvents.push(gateEvent);
    }
  }

  private fail({ fail, death, seenFrom }: Failing, atSeconds: number, at: string): void {
    const fails = this.faultsOf(fail, `${at}.fail`, (name) => this.failed.add(name));
    this.steps.push({
      atSeconds,
      fails: fails.map((fault) => ({
        fault,
        death: deathOf(death),
        ...(seenFrom === undefined ? {} : { seenFrom }),
      })),
    });
  }

  private flap(event: Flapping, atSeconds: number, at: string): void {
    const { flap, downSeconds, upSeconds, untilSeconds, death } = event;
    const faults = this.faultsOf(flap, `${at}.flap`);
    const [down, up, until] = [downSeconds, upSeconds, untilSeconds].map(Number) as [
      number,
      number,
      number,
    ];
    if (down + up <= 0) {
      this.faults.push(
        `${at}: downSeconds and upSeconds must add up to more than 0, got ${down} and ${up}; change them`,
      );
      return;
    }
    if (until <= atSeconds) {
      this.faults.push(
        `${at}.untilSeconds: must be after atSeconds, ${atSeconds}, got ${until}; change one of them`,
      );
      return;
    }
    const end = Math.min(until, this.durationSeconds);
    for (let from = atSeconds; from < end; from += down + up) {
      this.steps.push({
        atSeconds: from,
        fails: faults.map((fault) => ({ fault, death: deathOf(death) })),
      });
      this.steps.push({ atSeconds: Math.min(end, from + down), returns: faults });
    }
  }

  /** The checks that a name is one of; any other name is told. */
  private checksOf(fault: Fault, at: string): readonly string[] {
    const { checks } = this.model.route53;
    const ids = "urns" in fault ? fault.urns.filter((urn) => checks.has(urn)) : [];
    if (ids.length === 0) {
      this.faults.push(
        `${at}.renew: it is no check, got ${fault.name}; name one, as check:<its name>`,
      );
    }
    return ids;
  }

  /** The faults of some names; reports a name that the stack does not have. */
  private faultsOf(
    names: string | readonly string[],
    at: string,
    each: (name: string) => void = () => undefined,
  ): readonly Fault[] {
    return [names].flat().flatMap((name) => {
      const found = this.known.get(name) ?? this.find(name, at);
      this.known.set(name, found);
      if (found.length > 0) each(name);
      return found;
    });
  }

  private find(name: string, at: string): readonly Fault[] {
    if (isRole(name)) {
      const played = this.roleFaults[name];
      if (played.length === 0) {
        this.faults.push(
          `${at}: ${this.hostname} must have ${roleWords[name]}, got none for ${name}; ${this.remedy}`,
        );
      }
      return played;
    }
    try {
      return this.model.faults([name]);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.faults.push(
        ...error.faults.map((fault) => fault.replace(`--fail ${name}: `, `${at}: ${name}: `)),
      );
      return [];
    }
  }

  /** What fails in place of a role, in a file or on the command line. */
  private get remedy(): string {
    const parts = this.model.partsBehind(this.hostname);
    const such = parts.length > 0 ? `, such as ${firstNames(parts)}` : "";
    return `in a scenario of your own, or by \`drill --fail\`, name what it has${such}`;
  }

  private readonly wordsOf = (name: string): string => {
    if (!isRole(name)) return name;
    const played = this.roleFaults[name];
    return played.length > 0 ? played.map((fault) => fault.name).join(" and ") : name;
  };

  /** The phases, each with the faults that apply from its start. */
  private phases(): readonly FaultPhase[] {
    const phases: FaultPhase[] = [{ startMs: 0, happenings: [] }];
    let happenings: readonly ActiveFault[] = [];
    // Grouped in one pass, since a day of flapping has 86,400 steps.
    const moments = new Map<number, Step[]>();
    for (const step of this.steps) {
      const known = moments.get(step.atSeconds);
      if (known) known.push(step);
      else moments.set(step.atSeconds, [step]);
    }
    for (const [moment, steps] of [...moments].sort(([a], [b]) => a - b)) {
      for (const { fails = [], returns = [] } of steps) {
        const gone = [...returns, ...fails.map(({ fault }) => fault)];
        happenings = [...happenings.filter(({ fault }) => !gone.includes(fault)), ...fails];
      }
      const renewed = steps.flatMap((step) => step.renewed ?? []);
      phases.push({
        startMs: Math.round(moment * 1_000),
        happenings,
        ...(renewed.length > 0 ? { renewed } : {}),
      });
    }
    return phases;
  }
}

function deathOf(death: Failing["death"]): Death {
  if (death === undefined) return failureModeDefault;
  if (typeof death === "string") return death as Death;
  return Object.fromEntries(Object.entries(death).filter(([, value]) => value !== undefined));
}

function listed(names: string | readonly string[], words: (name: string) => string): string {
  return [names].flat().map(words).join(" and ");
}

const stepWords = {
  connectSeconds: "to connect",
  firstByteSeconds: "to the first byte",
  bodySeconds: "for the body",
} as const;

/** What fails, and how; something slow still answers. */
function failText({ death, seenFrom }: Failing, what: string): string {
  const how = deathOf(death);
  const seen = seenFrom ? `, seen from ${seenFrom.join(", ")} only` : "";
  if (typeof how === "string") return `failure of ${what} (${failureModeText(how)}${seen})`;
  const steps = Object.entries(stepWords).flatMap(([step, words]) => {
    const seconds = (how as Partial<Record<string, number>>)[step];
    return seconds === undefined ? [] : [`${seconds} s ${words}`];
  });
  return `slow answers of ${what} (${steps.join(", ")}${seen})`;
}
