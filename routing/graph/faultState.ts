import type { Asker } from "../asker";
import { Diagram } from "../diagram";
import type { DiagramNode } from "../diagram";
import { guardsOf } from "../guards";
import { booleans } from "../logic";
import type { Logic } from "../logic";
import type { Group, RecordSet, UnknownStatus } from "../model";
import type { Answer, Resolution } from "../resolve";
import { AnsweringView } from "../resolve";
import type { HealthOf } from "./assumedHealth";
import type { Fault } from "./faults";
import { possibleLosses } from "./faults";
import { valuesOf } from "../view";
import { Observed } from "./observed";
import type { Happening, ObservedStack } from "./observed";

/** An answer, with the endpoint at its value and whether that lives. */
export interface PlacedAnswer extends Answer {
  /** URN of the resource that serves; the record's URN where no resource of the stack serves. */
  readonly target: string;
  /** The endpoint's availability zone; absent where it spans several or the zone is unknown. */
  readonly availabilityZone?: string;
  readonly region?: string;
  /**
   * Whether everything that it needs to answer lives; an endpoint outside the stack lives until its address
   * or its place is lost. A web server without its database counts as alive.
   */
  readonly alive: boolean;
  /** URNs of the lost databases that it uses; absent where none is lost. */
  readonly withoutDatabases?: readonly string[];
  /** The assumption under which it lives; absent where the stack shows what it needs. */
  readonly assumption?: string;
  /** Why it never serves; absent for what fails, or is alive. */
  readonly deadBecause?: string;
}

export interface PlacedResolution {
  readonly answers: readonly PlacedAnswer[];
  readonly lastResort: boolean;
  /** Share of the queries that get no answer, from 0 to 1. */
  readonly unanswered: number;
}

const nothingAssumed: HealthOf = new Map();

/** Assumes health also where a bound would otherwise take the worst case. */
export const allHealthy: HealthOf = { get: () => true };

/** A stack under some faults. */
export class FaultState {
  readonly observed: Observed<boolean>;
  private readonly view: AnsweringView;
  readonly faults: readonly Fault[];
  private asksUnread = false;

  constructor(
    private readonly stack: ObservedStack,
    faults: readonly Fault[],
    private readonly assumed: HealthOf = nothingAssumed,
  ) {
    // A copy: the faults are used later too, when the caller's list may have grown.
    this.faults = [...faults];
    let view: AnsweringView | undefined;
    const happening = happeningOf(stack, booleans, faults, (what) => {
      const known = assumed.get(what.name);
      if (known === undefined) this.asksUnread = true;
      return known ?? stack.isHealthyAtRest(what);
    });
    this.observed = new Observed(stack, happening, (observations) => {
      view = new AnsweringView(stack.route53, observations);
      return view;
    });
    this.view = view ?? new AnsweringView(stack.route53, this.observed);
  }

  /** Who answers, and whether they live. Unread things without an assumption are at rest. */
  resolve(name: string, type: string, asker?: Asker): PlacedResolution {
    const { answers, ...how } = this.view.resolve(name, type, asker);
    return { answers: answers.map((answer) => this.place(answer)), ...how };
  }

  /**
   * What a resolver gets for one question, at records that were found already: a CNAME ends it, and
   * the resolver asks again for the name in it (N5).
   */
  resolveQuestion(root: Group, asker?: Asker): Resolution {
    return this.view.resolveFrom(root, "CNAME", asker);
  }

  /** The records that answer, without shares or reasons. */
  leavesOf(
    name: string,
    type: string,
    asker: Asker = this.view.asker,
  ): { answers: readonly RecordSet[]; lastResort: boolean } {
    const { answers, lastResort } = guardsOf(this.view.askedFrom(asker), name, type);
    return { answers: answers.map(({ leaf }) => leaf), lastResort };
  }

  /** The unread things that would change who answers, or whether they live, in the order of the tree. */
  unknownsOf(name: string, type: string, asker?: Asker): readonly UnknownStatus[] {
    const { unread, matters } = this.openFor(name, type, asker);
    return matters.flatMap((level) => unread[level] ?? []);
  }

  /** The unread things that the tree asks for, whether or not they change who answers. */
  unreadBy(name: string, type: string, asker?: Asker): readonly UnknownStatus[] {
    return this.openFor(name, type, asker).unread;
  }

  private openFor(
    name: string,
    type: string,
    asker: Asker = this.view.asker,
  ): { readonly unread: readonly UnknownStatus[]; readonly matters: readonly number[] } {
    for (const { record, value } of this.view.resolve(name, type, asker).answers) {
      this.observed.isAlive(record, value, name);
    }
    // No unknown was asked for, so the answer depends on none.
    if (!this.asksUnread) return { unread: [], matters: [] };
    const diagram = new Diagram();
    const unread: UnknownStatus[] = [];
    const nodes = new Map<string, DiagramNode>();
    const observed = this.under(diagram, (what) => {
      let node = nodes.get(what.name);
      if (node === undefined) {
        node = diagram.variable();
        nodes.set(what.name, node);
        unread.push(what);
      }
      return node;
    });
    const { answers, lastResort } = guardsOf(observed.view.askedFrom(asker), name, type);
    const lives = answers.map(({ guard, leaf }) =>
      diagram.and(guard, () =>
        diagram.every(valuesOf(leaf), (value) => observed.isAlive(leaf, value, name)),
      ),
    );
    const matters = diagram.support([...answers.map(({ guard }) => guard), lastResort, ...lives]);
    return { unread, matters };
  }

  /**
   * The same faults in another logic.
   *
   * @param happens when each fault happens; default: always
   */
  under<B>(
    logic: Logic<B>,
    unread: Happening<B>["unread"],
    happens?: (fault: Fault) => B,
  ): Observed<B> {
    const unreadHealth = (what: UnknownStatus): B => {
      const assumed = this.assumed.get(what.name);
      return assumed === undefined ? unread(what) : logic.constant(assumed);
    };
    return new Observed(
      this.stack,
      happeningOf(this.stack, logic, this.faults, unreadHealth, happens),
    );
  }

  place(answer: Answer): PlacedAnswer {
    const endpoint = this.stack.endpointOfAnswer(answer);
    const [availabilityZone, ...others] = endpoint?.availabilityZones ?? [];
    const { losses } = this.observed;
    const lost = endpoint ? this.stack.reliance.lostTo(endpoint.urn, losses) : [];
    return {
      ...answer,
      target: endpoint?.urn ?? answer.record.id,
      alive: this.observed.isAlive(answer.record, answer.value, answer.asked),
      ...(lost.length === 0 ? {} : { withoutDatabases: lost }),
      ...(availabilityZone === undefined || others.length > 0 ? {} : { availabilityZone }),
      ...(endpoint?.region === undefined ? {} : { region: endpoint.region }),
      ...(endpoint?.assumption === undefined ? {} : { assumption: endpoint.assumption }),
      ...(endpoint?.deadBecause === undefined ? {} : { deadBecause: endpoint.deadBecause }),
    };
  }
}

function happeningOf<B>(
  stack: ObservedStack,
  logic: Logic<B>,
  faults: readonly Fault[],
  unread: Happening<B>["unread"],
  happens: (fault: Fault) => B = () => logic.constant(true),
): Happening<B> {
  const lying = new Map<string, { readonly up?: B; readonly down?: B }>();
  const unknown = new Map<string, UnknownStatus>();
  for (const fault of faults) {
    if (fault.kind !== "check") continue;
    const { says } = fault;
    for (const urn of fault.urns) {
      if (typeof says === "object") {
        const name = stack.route53.checks.get(urn)?.label ?? urn;
        unknown.set(urn, { name, why: says.unknownBecause });
      } else {
        const lie = says === "healthy" ? { up: happens(fault) } : { down: happens(fault) };
        lying.set(urn, { ...lying.get(urn), ...lie });
      }
    }
  }
  const reasons = new Map([...unknown.values()].map((what) => [what.name, what]));
  const unreadBecause = (what: UnknownStatus): B => unread(reasons.get(what.name) ?? what);
  return {
    losses: possibleLosses(
      logic,
      stack,
      faults.map((fault) => ({ fault, happens: () => happens(fault) })),
    ),
    lies(id) {
      const what = unknown.get(id);
      if (what === undefined) return lying.get(id);
      // Asked for only here, when something depends on the check.
      const up = unreadBecause(what);
      return { up, down: logic.not(up) };
    },
    unread: unreadBecause,
  };
}
