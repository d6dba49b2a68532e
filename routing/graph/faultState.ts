import type { Asker } from "../asker";
import { Diagram } from "../diagram";
import type { DiagramNode } from "../diagram";
import { guardsOf } from "../guards";
import { booleans } from "../logic";
import type { Logic } from "../logic";
import type { RecordSet, UnknownStatus } from "../model";
import type { Answer } from "../resolve";
import { AnsweringView } from "../resolve";
import type { Fault } from "./faults";
import { possibleLosses } from "./faults";
import { isMet } from "./need";
import { Observed } from "./observed";
import type { Happening, ObservedStack } from "./observed";

/** An answer, with what stands behind its value and whether that serves. */
export interface PlacedAnswer extends Answer {
  /** URN of the resource that serves; the record's own where the stack has none. */
  readonly target: string;
  /** The one availability zone that it is in; absent where it is in several or that is not known. */
  readonly availabilityZone?: string;
  readonly region?: string;
  /**
   * Whether what it needs to answer lives; an endpoint outside the stack is taken to live. A web
   * server without its database does live.
   */
  readonly alive: boolean;
  /** URNs of the databases that it uses and that are lost; absent where there are none. */
  readonly withoutDatabases?: readonly string[];
  /** What is taken for granted when it is said to live; absent where the stack says what it needs. */
  readonly assumption?: string;
}

export interface PlacedResolution {
  readonly answers: readonly PlacedAnswer[];
  readonly lastResort: boolean;
  /** Share of the queries that get no answer, from 0 to 1. */
  readonly unanswered: number;
}

/** What is taken of things that were not read, by their names; the others are taken to be healthy. */
export type Assumed = ReadonlyMap<string, boolean>;

const nothingAssumed: Assumed = new Map();

/** A stack under some faults. */
export class FaultState {
  private readonly observed: Observed<boolean>;
  private readonly view: AnsweringView;
  readonly faults: readonly Fault[];
  private asksUnread = false;

  constructor(
    private readonly stack: ObservedStack,
    faults: readonly Fault[],
    private readonly assumed: Assumed = nothingAssumed,
  ) {
    // The faults are asked for later too, when the caller's list may have more.
    this.faults = [...faults];
    let view: AnsweringView | undefined;
    const happening = happeningOf(stack, booleans, faults, ({ name }) => {
      const known = assumed.get(name);
      if (known === undefined) this.asksUnread = true;
      return known ?? true;
    });
    this.observed = new Observed(stack, happening, (observations) => {
      view = new AnsweringView(stack.route53, observations);
      return view;
    });
    this.view = view ?? new AnsweringView(stack.route53, this.observed);
  }

  /** Who answers, and whether they live. What was not read and is not assumed counts as healthy. */
  resolve(name: string, type: string, asker?: Asker): PlacedResolution {
    const { answers, ...how } = this.view.resolve(name, type, asker);
    return { answers: answers.map((answer) => this.place(answer)), ...how };
  }

  /** The records that answer, and nothing said of how. */
  leavesOf(
    name: string,
    type: string,
    asker: Asker = this.view.asker,
  ): { answers: readonly RecordSet[]; lastResort: boolean } {
    const { answers, lastResort } = guardsOf(this.view.askedFrom(asker), name, type);
    return { answers: answers.map(({ leaf }) => leaf), lastResort };
  }

  /** What was not read and would change who answers, in the order of the tree. */
  unknownsOf(name: string, type: string, asker?: Asker): readonly UnknownStatus[] {
    const { unread, matters } = this.openFor(name, type, asker);
    return matters.flatMap((level) => unread[level] ?? []);
  }

  /** What was not read and is asked for, whether or not it changes who answers. */
  unreadBy(name: string, type: string, asker?: Asker): readonly UnknownStatus[] {
    return this.openFor(name, type, asker).unread;
  }

  private openFor(
    name: string,
    type: string,
    asker: Asker = this.view.asker,
  ): { readonly unread: readonly UnknownStatus[]; readonly matters: readonly number[] } {
    this.view.resolve(name, type, asker);
    // Nothing was asked for that is not known, so nothing can depend on it.
    if (!this.asksUnread) return { unread: [], matters: [] };
    const diagram = new Diagram();
    const unread: UnknownStatus[] = [];
    const nodes = new Map<string, DiagramNode>();
    const { view } = this.under(diagram, (what) => {
      let node = nodes.get(what.name);
      if (node === undefined) {
        node = diagram.variable();
        nodes.set(what.name, node);
        unread.push(what);
      }
      return node;
    });
    const { answers, lastResort } = guardsOf(view.askedFrom(asker), name, type);
    const matters = diagram.support([...answers.map(({ guard }) => guard), lastResort]);
    return { unread, matters };
  }

  /** The same faults in another logic. */
  under<B>(logic: Logic<B>, unread: Happening<B>["unread"]): Observed<B> {
    return new Observed(
      this.stack,
      happeningOf(this.stack, logic, this.faults, (what) => {
        const assumed = this.assumed.get(what.name);
        return assumed === undefined ? unread(what) : logic.constant(assumed);
      }),
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
      alive: endpoint === undefined || isMet(endpoint.need, losses),
      ...(lost.length === 0 ? {} : { withoutDatabases: lost }),
      ...(availabilityZone === undefined || others.length > 0 ? {} : { availabilityZone }),
      ...(endpoint?.region === undefined ? {} : { region: endpoint.region }),
      ...(endpoint?.assumption === undefined ? {} : { assumption: endpoint.assumption }),
    };
  }
}

function happeningOf<B>(
  stack: ObservedStack,
  logic: Logic<B>,
  faults: readonly Fault[],
  unread: Happening<B>["unread"],
): Happening<B> {
  const happens = (): B => logic.constant(true);
  const lying = new Map<string, { readonly up?: B; readonly down?: B }>();
  for (const fault of faults) {
    if (fault.kind !== "check") continue;
    const lie = fault.says === "healthy" ? { up: happens() } : { down: happens() };
    for (const urn of fault.urns) lying.set(urn, { ...lying.get(urn), ...lie });
  }
  return {
    losses: possibleLosses(
      logic,
      stack,
      faults.map((fault) => ({ fault, happens })),
    ),
    lies: (id) => lying.get(id),
    unread,
  };
}
