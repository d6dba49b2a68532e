import { counted } from "../report/figures";
import type { Draws } from "../simulation/random";
import { addressBehind } from "./cachingResolver";
import type { AskName } from "./cachingResolver";
import type { CustomersOrder, EndedOrder } from "./customers";
import { serverAnswer, startCustomers } from "./customers";
import type { DrillNews } from "./drillLog";
import type { DrillParts } from "./drillParts";
import type { LampOutcome } from "./lamp/lampServers";
import { OrderBook } from "./orderBook";
import { postOrder } from "./replies";

/** What customers need to know of a drill. */
interface CustomersOf {
  readonly name: string;
  /** Asks the name servers. */
  readonly ask: AskName;
  /** Whether the name servers answer with an address now. */
  readonly isAnswered: (address: string) => boolean;
  readonly onEnd: (order: EndedOrder) => void;
}

/** The customers of a drill, who order at its servers. */
export class DrillCustomers {
  readonly orders: OrderBook;
  private isOpen = true;

  constructor(
    private readonly parts: Pick<DrillParts, "addresses" | "clock" | "replies" | "servers">,
    private readonly drill: CustomersOf,
  ) {
    this.orders = new OrderBook(drill.isAnswered);
  }

  start(draws: Draws): void {
    startCustomers(this.order(), this.parts.clock, draws);
  }

  /** What became of their orders and sessions, with the real application: it stores them. */
  async outcome(): Promise<{
    readonly news: readonly DrillNews[];
    readonly reasons: readonly string[];
  }> {
    const { servers, clock } = this.parts;
    const { lamp } = servers;
    if (!lamp) return { news: [], reasons: [] };
    // Tables that grow cannot be counted.
    this.isOpen = false;
    const counting = lamp.outcome(async (request) => {
      const address = await addressBehind(this.drill.name, this.drill.ask);
      if (address === undefined) throw new Error("the name servers have no answer");
      return serverAnswer(this.order(), address, request, clock);
    });
    const outcome = await counting.catch((error: unknown) => String(error));
    if (typeof outcome === "string") {
      return { news: [], reasons: [`the confirmed orders were not counted: ${outcome}`] };
    }
    const { lost } = outcome;
    const none = { served: 0, failed: 0, stale: 0, page: 0 };
    return {
      news: [
        ...(lost > 0 ? [{ kind: "customers" as const, ...none, lost }] : []),
        { kind: "note", text: outcomeText(outcome) },
      ],
      reasons: lost > 0 ? [`${counted(lost, "confirmed order")} stored nowhere`] : [],
    };
  }

  private order(): CustomersOrder {
    const { addresses, replies, servers } = this.parts;
    return {
      name: this.drill.name,
      ask: this.drill.ask,
      port: servers.port,
      from: addresses.of("customers", 0),
      placeOrder: servers.lamp?.placeOrder ?? postOrder,
      isOpen: () => this.isOpen,
      isPage: (address) => servers.planAt(address)?.isPage === true,
      connectSecondsTo: (address) => {
        const plan = servers.planAt(address);
        return plan ? replies.connectSecondsOf(plan, undefined) : 0;
      },
      onEnd: (ended) => {
        this.drill.onEnd(ended);
        this.orders.add(ended);
      },
    };
  }
}

/** `202 orders answered 201, 0 of them stored nowhere; 10 of 10 sessions kept`. */
function outcomeText({ confirmed, lost, signedIn, remembered }: LampOutcome): string {
  return `${counted(confirmed, "order")} answered 201, ${lost} of them stored nowhere; ${remembered} of ${counted(signedIn, "session")} kept`;
}
