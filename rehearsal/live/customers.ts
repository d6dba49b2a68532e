import { randomUUID } from "node:crypto";
import { request } from "node:http";
import type { Draws } from "../simulation/random";
import type { DrillClock } from "./clock";

/** Customers of a drill: each is behind a resolver of its own, which obeys the TTL. */
export const customersCount = 10;
/** Seconds between two orders of a customer, who does not wait for the answer of the last one. */
const orderEverySeconds = 1;
/** A customer's patience, as that of the synthetic orders (functions/syntheticOrder). */
export const patienceSeconds = 10;
/** Without a TTL, a resolver asks for the name again about once a second. */
const keptSecondsMin = 1;

/** An address that a resolver got, and how long it may keep it. */
export interface ResolvedAddress {
  readonly address: string;
  readonly ttlSeconds: number;
}

/** How an order ended. */
export type DrillOrderOutcome = "served" | "page" | "failed";

/** An order that has ended. */
export interface EndedOrder {
  readonly outcome: DrillOrderOutcome;
  /** When it was sent. */
  readonly atSeconds: number;
  /** Absent where the name had no answer. */
  readonly address?: string;
}

/** What customers need. */
export interface CustomersOrder {
  /** Asks the name servers; undefined without an answer. */
  readonly resolve: () => Promise<ResolvedAddress | undefined>;
  readonly port: number;
  /** The customers' own address. */
  readonly from: string;
  /** The path that takes orders. */
  readonly path: string;
  readonly isPage: (address: string) => boolean;
  /** Seconds before the connection to a slow address. */
  readonly connectSecondsTo: (address: string) => number;
  readonly onEnd: (order: EndedOrder) => void;
}

/** Starts customers who order until the clock stops. */
export function startCustomers(order: CustomersOrder, clock: DrillClock, draws: Draws): void {
  for (let customer = 0; customer < customersCount; customer += 1) {
    const resolver = new CachingResolver(order.resolve, clock);
    const first = ((customer + draws.share()) / customersCount) * orderEverySeconds;
    clock.every(orderEverySeconds, () => void place(order, resolver, clock), first);
  }
}

/** A resolver that keeps an answer for its TTL. */
export class CachingResolver {
  private kept: Promise<ResolvedAddress | undefined> | undefined;
  private untilSeconds = -Infinity;

  constructor(
    private readonly ask: () => Promise<ResolvedAddress | undefined>,
    private readonly clock: DrillClock,
  ) {}

  resolve(): Promise<ResolvedAddress | undefined> {
    if (this.kept && this.clock.nowSeconds() < this.untilSeconds) return this.kept;
    // Until there is an answer, everyone waits for this question.
    this.untilSeconds = Infinity;
    const asked = this.ask().then((found) => {
      const ttlSeconds = Math.max(keptSecondsMin, found?.ttlSeconds ?? 0);
      this.untilSeconds = this.clock.nowSeconds() + ttlSeconds;
      return found;
    });
    this.kept = asked;
    return asked;
  }
}

async function place(
  order: CustomersOrder,
  resolver: CachingResolver,
  clock: DrillClock,
): Promise<void> {
  const atSeconds = clock.nowSeconds();
  const found = await resolver.resolve();
  if (isOver(clock)) return;
  if (!found) {
    order.onEnd({ outcome: "failed", atSeconds });
    return;
  }
  const { address } = found;
  const isAccepted = await isOrderAccepted(order, address, clock);
  if (isOver(clock)) return;
  const outcome = isAccepted ? "served" : order.isPage(address) ? "page" : "failed";
  order.onEnd({ outcome, atSeconds, address });
}

/** Orders that the end of the drill cuts off do not count. */
function isOver({ signal }: DrillClock): boolean {
  return signal.aborted;
}

/** Whether an order is answered with 201 or 202 within a customer's patience. */
function isOrderAccepted(
  { port, from, path, connectSecondsTo }: CustomersOrder,
  address: string,
  clock: DrillClock,
): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isAccepted: boolean): void => {
      cancel();
      resolve(isAccepted);
    };
    let giveUp = (): void => undefined;
    const cancel = clock.after(patienceSeconds, () => {
      giveUp();
      end(false);
    });
    clock.after(connectSecondsTo(address), () => {
      const sent = request({
        ...{ host: address, port, localAddress: from, agent: false, signal: clock.signal },
        ...{ method: "POST", path, headers: { "content-type": "application/json" } },
      });
      giveUp = () => sent.destroy();
      sent.on("error", () => {
        end(false);
      });
      sent.on("response", (response) => {
        response.resume();
        response.on("error", () => {
          end(false);
        });
        response.on("end", () => {
          end(response.statusCode === 201 || response.statusCode === 202);
        });
      });
      sent.end(JSON.stringify({ id: randomUUID() }));
    });
  });
}
