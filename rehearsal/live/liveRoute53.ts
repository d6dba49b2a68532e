import { checkerRegions } from "../../routing/graph/checkerRegions";
import type { Observed } from "../../routing/graph/observed";
import type { StackModel } from "../../routing/graph/stackModel";
import type { ProbeResult } from "../../routing/checker";
import type { EndpointHealthCheck, HealthCheck } from "../../routing/model";
import type { AnsweringView } from "../../routing/resolve";
import type { Draws } from "../simulation/random";
import type { DrillAddresses } from "./addresses";
import type { CheckerCount } from "./liveCheckers";
import { LiveCheckers } from "./liveCheckers";
import type { DrillClock } from "./clock";
import { Decisions } from "./decisions";
import type { DrillEvent } from "./drillRun";
import { Followers } from "./followers";
import type { Inventory, ServerPlan } from "./inventory";
import { isProbed } from "./inventory";
import type { PresentFaults } from "./presentFaults";
import { probeLive } from "./probe";
import type { Replies } from "./replies";
import type { DrillServers } from "./servers";

/** The status of a check, as an event has it. */
export type LiveCheckStatus = Omit<Extract<DrillEvent, { kind: "check" }>, "atSeconds" | "kind">;

/** What Route 53 is in a drill. */
export interface LiveRoute53Order {
  readonly model: StackModel;
  readonly inventory: Inventory;
  readonly faults: PresentFaults;
  readonly replies: Replies;
  readonly servers: DrillServers;
  readonly addresses: DrillAddresses;
  /** The address that a name server gives a checker; undefined without an answer. */
  readonly resolve: (name: string) => Promise<string | undefined>;
  readonly decisionDraws: Draws;
  readonly checkerDraws: Draws;
  readonly followerDraws: Draws;
  readonly onCheck: (status: LiveCheckStatus) => void;
  readonly onDecided: () => void;
  readonly onPublished: () => void;
}

/** Route 53 on this machine: checkers that probe, decisions by the model, and what the name servers know. */
export class LiveRoute53 {
  private readonly decisions: Decisions;
  private readonly checkers = new Map<string, LiveCheckers>();
  private readonly followers: Followers;
  private readonly told = new Map<string, string>();

  constructor(
    private readonly order: LiveRoute53Order,
    private readonly clock: DrillClock,
  ) {
    const { model, faults, inventory } = order;
    this.decisions = new Decisions(
      model.route53,
      faults.steady,
      clock,
      order.decisionDraws,
      (which) => {
        if (which === "published") {
          order.onPublished();
          return;
        }
        this.tell();
        order.onDecided();
      },
    );
    const notice = this.decisions.notice.bind(this.decisions);
    this.followers = new Followers(
      model,
      inventory,
      faults.steady,
      clock,
      order.followerDraws,
      notice,
    );
    for (const check of inventory.checks.filter(isProbed)) {
      const checkers: LiveCheckers = new LiveCheckers(
        {
          check,
          assumptions: model.route53.assumptions,
          startsHealthy: faults.steady.passes(check.id),
          probe: (region) => this.probe(check, region),
          onChange: () => {
            // What is as it was is no decision, which the name servers would have to learn.
            const before = this.decisions.valueOf("passes", check.id);
            if (checkers.passes !== (before ?? faults.steady.passes(check.id))) {
              notice("passes", check.id, checkers.passes);
            }
            this.tell();
          },
        },
        clock,
      );
      this.checkers.set(check.id, checkers);
    }
  }

  /** What the checkers have decided, which the name servers may not know yet. */
  get decided(): AnsweringView {
    return this.decisions.decided;
  }

  /** What the name servers answer by. */
  get published(): AnsweringView {
    return this.decisions.published;
  }

  /**
   * Whether everything is noticed and published: the stack is as the model has it after its checks have settled, and
   * no checker or signal remembers anything else.
   *
   * @param besides checks that need not have settled
   * @param withinSeconds how soon a check must be able to change by what its checkers remember, for that to count
   */
  isSettledAs(
    truth: Observed<boolean>,
    besides: (check: string) => boolean = () => false,
    withinSeconds = Infinity,
  ): boolean {
    return (
      this.decisions.arePublished &&
      this.followers.areSettledAs(truth) &&
      [...this.checkers].every(
        ([id, one]) => besides(id) || one.areSettledAt(truth.passes(id), withinSeconds),
      )
    );
  }

  /** Lets the checkers probe, and tells the first status of every check. */
  start(): void {
    this.tell();
    for (const checkers of this.checkers.values()) checkers.start(this.order.checkerDraws);
  }

  /** The faults have changed. */
  follow(): void {
    this.followers.follow(this.order.faults.truth);
  }

  /** New checks replace these: healthy until there is enough data (H15). */
  renew(ids: readonly string[]): void {
    for (const id of ids) this.checkers.get(id)?.renew();
  }

  private async probe(check: EndpointHealthCheck, region: string): Promise<ProbeResult> {
    const { addresses, replies, servers } = this.order;
    const address = await this.addressFor(check);
    // A probe of a name without an address fails at once (H13).
    if (address === undefined) return { passed: false, seconds: 0 };
    const from = addresses.of("checkers", checkerRegions.indexOf(region));
    const plan = servers.planAt(address);
    const connectSeconds = plan ? replies.connectSecondsOf(plan, region) : 0;
    return probeLive({ check, address, port: servers.port, from, connectSeconds }, this.clock);
  }

  private async addressFor(check: EndpointHealthCheck): Promise<string | undefined> {
    const plan = this.serverProbed(check);
    if (plan) return this.order.servers.addressOf(plan.id);
    return this.order.resolve(check.fullyQualifiedDomainName ?? "");
  }

  /** The server of a check by address; undefined for one by name, which resolves for each probe. */
  private serverProbed(check: EndpointHealthCheck): ServerPlan | undefined {
    return this.order.inventory.servers.find((plan) =>
      plan.checks.some((one) => one.check.id === check.id && !one.through),
    );
  }

  /** Tells each check's status, if it has changed. */
  private tell(): void {
    for (const check of this.order.inventory.checks) {
      const { id } = check;
      const count = countOf(check, this.checkers.get(id)?.count);
      const status: LiveCheckStatus = {
        check: id,
        isHealthy: this.decided.checkHealthy(id),
        ...(count ? { checkers: count } : {}),
      };
      const text = JSON.stringify(status);
      if (this.told.get(id) === text) continue;
      this.told.set(id, text);
      this.order.onCheck(status);
    }
  }
}

/** The checkers that count for a check: of an inverted one, those whose probes fail. */
function countOf(check: HealthCheck, count: CheckerCount | undefined): CheckerCount | undefined {
  if (!count || check.kind !== "endpoint" || !check.inverted) return count;
  return { ...count, healthy: count.all - count.healthy };
}
