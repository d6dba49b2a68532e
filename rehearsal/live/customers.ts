import { request } from "node:http";
import type { Draws } from "../simulation/random";
import type { AskName } from "./cachingResolver";
import { CachingResolver } from "./cachingResolver";
import type { DrillClock } from "./clock";

/** Customers of a drill: each is behind a resolver of its own, which obeys the TTL. */
export const customersCount = 10;
/** Seconds between two orders of a customer, who does not wait for the answer of the last one. */
const orderEverySeconds = 1;
/** A customer's patience, as that of the synthetic orders (functions/syntheticOrder). */
export const patienceSeconds = 10;

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

/** A customer's request, and what is read of its answer. */
export interface CustomerRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a customer reads of an answer. */
export interface CustomerAnswer {
  readonly status: number;
  /** The header `set-cookie`. */
  readonly setCookie?: string | undefined;
  readonly body: string;
}

/** Sends a request to one server; rejects without an answer within a customer's patience. */
export type SendToServer = (request: CustomerRequest) => Promise<CustomerAnswer>;

/** Places an order of a customer, by the number from 0; returns the answer's status. */
export type PlaceOrder = (customer: number, send: SendToServer) => Promise<number>;

/** What customers need. */
export interface CustomersOrder {
  readonly name: string;
  /** Asks the name servers. */
  readonly ask: AskName;
  readonly port: number;
  /** The customers' own address. */
  readonly from: string;
  readonly placeOrder: PlaceOrder;
  /** Whether customers still order. */
  readonly isOpen: () => boolean;
  readonly isPage: (address: string) => boolean;
  /** Seconds before the connection to a slow address. */
  readonly connectSecondsTo: (address: string) => number;
  readonly onEnd: (order: EndedOrder) => void;
}

/** Starts customers who order until the clock stops. */
export function startCustomers(order: CustomersOrder, clock: DrillClock, draws: Draws): void {
  for (let customer = 0; customer < customersCount; customer += 1) {
    const resolver = new CachingResolver(order.ask, clock);
    const first = ((customer + draws.share()) / customersCount) * orderEverySeconds;
    clock.every(orderEverySeconds, () => void place(order, customer, resolver, clock), first);
  }
}

async function place(
  order: CustomersOrder,
  customer: number,
  resolver: CachingResolver,
  clock: DrillClock,
): Promise<void> {
  if (!order.isOpen()) return;
  const atSeconds = clock.nowSeconds();
  const address = await resolver.addressOf(order.name);
  if (isOver(clock)) return;
  if (address === undefined) {
    order.onEnd({ outcome: "failed", atSeconds });
    return;
  }
  const status = await order
    .placeOrder(customer, (sent) => serverAnswer(order, address, sent, clock))
    .catch(() => undefined);
  if (isOver(clock)) return;
  const isAccepted = status === 201 || status === 202;
  const outcome = isAccepted ? "served" : order.isPage(address) ? "page" : "failed";
  order.onEnd({ outcome, atSeconds, address });
}

/** Orders that the end of the drill cuts off do not count. */
function isOver({ signal }: DrillClock): boolean {
  return signal.aborted;
}

/** The answer of a server within a customer's patience; rejects without one. */
export function serverAnswer(
  { port, from, connectSecondsTo }: Pick<CustomersOrder, "port" | "from" | "connectSecondsTo">,
  address: string,
  { method, path, headers, body }: CustomerRequest,
  clock: DrillClock,
): Promise<CustomerAnswer> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      cancel();
      reject(error);
    };
    let giveUp = (): void => undefined;
    const cancel = clock.after(patienceSeconds, () => {
      giveUp();
      failed(new Error(`no answer within ${patienceSeconds} s`));
    });
    clock.after(connectSecondsTo(address), () => {
      const sent = request({
        ...{ host: address, port, localAddress: from, agent: false, signal: clock.signal },
        ...{ method, path, headers },
      });
      giveUp = () => sent.destroy();
      sent.on("error", failed);
      sent.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", failed);
        response.on("end", () => {
          cancel();
          resolve({
            status: response.statusCode ?? 0,
            setCookie: response.headers["set-cookie"]?.[0],
            body: Buffer.concat(chunks).toString(),
          });
        });
      });
      sent.end(body);
    });
  });
}
