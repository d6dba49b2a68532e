import { AnsweringView } from "../../routing/resolve";
import type { Observed } from "../../routing/graph/observed";
import type { Route53 } from "../../routing/route53";
import type { SignalKey } from "../simulation/asking";
import { noticed } from "../simulation/asking";
import type { Draws } from "../simulation/random";
import type { DrillClock } from "./clock";

type Noticed = ReadonlyMap<string, boolean>;

/** What Route 53 has noticed and decided, and what its name servers know of it. */
export class Decisions {
  private values: Noticed = new Map();
  /** Decided: the checkers' conclusions. */
  decided: AnsweringView;
  /** Published: what the name servers answer by, up to δ later (T5). */
  published: AnsweringView;
  private lastDueSeconds = 0;

  constructor(
    private readonly route53: Route53,
    private readonly steady: Observed<boolean>,
    private readonly clock: DrillClock,
    private readonly draws: Draws,
    private readonly onChange: (which: "decided" | "published") => void,
  ) {
    this.decided = this.viewOf(this.values);
    this.published = this.decided;
  }

  /** Whether the name servers know all that was decided. */
  get arePublished(): boolean {
    return this.published === this.decided;
  }

  /** The value of a signal, as far as it was noticed to differ from the initial one. */
  valueOf(kind: SignalKey["kind"], id: string): boolean | undefined {
    return this.values.get(`${kind} ${id}`);
  }

  /** Route 53 notices a value; the name servers learn it within δ, and never out of order. */
  notice(kind: SignalKey["kind"], id: string, value: boolean): void {
    if (this.valueOf(kind, id) === value) return;
    this.values = new Map([...this.values, [`${kind} ${id}`, value]]);
    const view = this.viewOf(this.values);
    this.decided = view;
    const now = this.clock.nowSeconds();
    const delay = this.draws.share() * this.route53.assumptions.propagationSeconds;
    this.lastDueSeconds = Math.max(this.lastDueSeconds, now + delay);
    this.clock.after(this.lastDueSeconds - now, () => {
      this.published = view;
      this.onChange("published");
    });
    this.onChange("decided");
  }

  private viewOf(values: Noticed): AnsweringView {
    return new AnsweringView(
      this.route53,
      noticed(this.steady, (kind, id) => values.get(`${kind} ${id}`)),
    );
  }
}
