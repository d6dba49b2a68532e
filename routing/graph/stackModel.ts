import type { Asker } from "../asker";
import type { DistinctPlace } from "../askers";
import { askersOf, placesOf } from "../askers";
import type { Assumptions } from "../assumptions";
import type { Affected } from "../bound";
import type { Bound } from "../boundParts";
import { downtimeLength } from "../boundParts";
import { Transition } from "../bound";
import type { DiagramNode } from "../diagram";
import { Diagram } from "../diagram";
import { Circles } from "./circles";
import type { Fault } from "./faults";
import { parseFaults } from "./faults";
import { NamedUnread } from "./namedUnread";
import type { Observed, ObservedStack } from "./observed";
import { Reliance } from "./reliance";
import type { Resource } from "./resource";
import { unlessRefused } from "../inputError";
import type { HealthOf } from "./assumedHealth";
import { FaultState } from "./faultState";
import type { InventoryOptions } from "./stackInventory";
import { StackInventory } from "./stackInventory";

export type { PlacedAnswer, PlacedResolution } from "./faultState";
export { FaultState } from "./faultState";

/** A change between two fault states, in the logic that covers every order of noticing. */
interface ObservedTransition {
  readonly transition: Transition;
  readonly is: Observed<DiagramNode>;
}

/** How a stack is asked. */
export interface ModelOptions extends InventoryOptions {
  /** The health of unread things, unless a question assumes its own. */
  readonly assumed?: HealthOf | undefined;
}

/** A stack's resources as a model: faults happen, and Route 53 answers. */
export class StackModel extends StackInventory implements ObservedStack {
  readonly reliance: Reliance;
  readonly circles: Circles;
  private readonly transitions = new WeakMap<FaultState, WeakMap<FaultState, ObservedTransition>>();

  private readonly assumed: HealthOf | undefined;

  constructor(
    resources: readonly Resource[],
    assumptions?: Assumptions,
    { assumed, ...asked }: ModelOptions = {},
  ) {
    super(resources, assumptions, asked);
    this.assumed = assumed;
    this.reliance = new Reliance(this);
    this.circles = new Circles(this);
  }

  /** Faults from their names, see `parseFaults`. */
  faults(names: readonly string[]): readonly Fault[] {
    return parseFaults(this, names);
  }

  /** What Route 53 decides under the faults, after its checks have settled. */
  under(faults: readonly Fault[], assumed: HealthOf | undefined = this.assumed): FaultState {
    return new FaultState(this, faults, assumed);
  }

  /** The worst case of a change of faults for a name: `routing/bound.ts`. */
  worstCase(
    name: string,
    type: string,
    from: readonly Fault[],
    to: readonly Fault[],
    death: Affected["death"],
    asker?: Asker,
  ): Bound {
    return this.worstCaseBetween(name, type, this.under(from), this.under(to), death, asker);
  }

  /**
   * The same between existing fault states, as for many names of one stack.
   *
   * @param asker where queries come from; default: the worst of all places
   */
  worstCaseBetween(
    name: string,
    type: string,
    before: FaultState,
    after: FaultState,
    death: Affected["death"],
    asker?: Asker,
  ): Bound {
    const { transition, is } = this.transition(before, after);
    const isBehind = this.isBehind(name, type, after, death);
    const askers = asker ? [asker] : this.askersOf(name, type);
    const bounds = askers.map((one) =>
      transition.worstCase({
        name,
        type,
        asker: one,
        death,
        // A client should be on a value where that lives.
        ...(isBehind ? {} : { good: (leaf, value) => is.isAlive(leaf, value, name) }),
      }),
    );
    const length = ({ downtimeSeconds, unread }: Bound): number =>
      downtimeLength(downtimeSeconds, unread);
    return bounds.reduce((a, b) => (length(b) > length(a) ? b : a));
  }

  /**
   * Whether clients should leave even a living place: a check that fails on its own means that
   * something behind a living endpoint does not work, and so does a lost database. Where traffic is
   * shared, clients should leave a place while it has more than its final share.
   */
  isBehind(name: string, type: string, after: FaultState, death: Affected["death"]): boolean {
    return (
      death === "returns" ||
      after.faults.some(({ kind }) => kind === "check") ||
      this.reliance.isWithout(after, name, type)
    );
  }

  /** The places from which a name may be answered differently: `routing/askers.ts`. */
  askersOf(name: string, type: string): readonly Asker[] {
    return askersOf(this.route53.reachable(name, type));
  }

  /**
   * The places to distinguish, within the given one: `routing/askers.ts`.
   *
   * @param alongside another state; a place that it distinguishes is distinguished here too
   */
  placesOf(
    name: string,
    type: string,
    given?: Asker,
    alongside?: StackModel,
  ): readonly DistinctPlace[] {
    const { route53 } = this;
    const there = alongside && unlessRefused(() => alongside.route53.reachable(name, type));
    const others = new Map(there?.map((record) => [record, alongside?.route53.groupOf(record)]));
    return placesOf(
      [...route53.reachable(name, type), ...others.keys()],
      (record) => others.get(record) ?? route53.groupOf(record),
      given,
    );
  }

  private transition(before: FaultState, after: FaultState): ObservedTransition {
    const known = this.transitions.get(before) ?? new WeakMap<FaultState, ObservedTransition>();
    this.transitions.set(before, known);
    let found = known.get(after);
    if (!found) {
      found = this.newTransition(before, after);
      known.set(after, found);
    }
    return found;
  }

  private newTransition(before: FaultState, after: FaultState): ObservedTransition {
    const diagram = new Diagram();
    const unread = new NamedUnread(this, diagram);
    const [was, is] = [before, after].map((state) => state.under(diagram, unread.variableOf)) as [
      Observed<DiagramNode>,
      Observed<DiagramNode>,
    ];
    const change = {
      diagram,
      before: was,
      after: is,
      unread: unread.names,
      watches: (id: string) => is.watches(id),
    };
    return {
      transition: new Transition(this.route53, change),
      is,
    };
  }
}
