import { setTimeout } from "node:timers/promises";
import type { Account, Reads, Services } from "./clients";

/**
 * Milliseconds between two calls to Route 53. An account may send it five requests per second, also
 * from other programs (DNS limitations), so this leaves one to them.
 */
const paceMs = 250;

/** A client, as far as pacing is concerned. */
type Operations = Readonly<Record<string | symbol, unknown>>;

/**
 * An account whose calls to Route 53 are spaced, because it rejects more than five per second. The
 * SDK repeats a rejected call.
 *
 * @param show is told the call that is made now
 * @param wait waits some milliseconds; default: a timer
 */
export function paced(
  account: Account,
  show: (call: string) => void,
  wait: (milliseconds: number) => Promise<unknown> = setTimeout,
): Account {
  let turn: Promise<unknown> = Promise.resolve();
  const spaced = <Client extends object>(client: Client): Client =>
    new Proxy(client, {
      get(target, operation): unknown {
        const value = (target as Operations)[operation];
        if (typeof value !== "function") return value;
        return async (...args: readonly unknown[]): Promise<unknown> => {
          const mine = turn;
          turn = mine.then(() => wait(paceMs));
          await mine;
          show(`route53 ${String(operation)}`);
          return Reflect.apply(value, target, args) as Promise<unknown>;
        };
      },
    });
  return {
    credentialLife: () => account.credentialLife(),
    async client<S extends keyof Services>(service: S, region: string) {
      const client = await account.client(service, region);
      if (service === "route53") return spaced(client);
      show(`${service} in ${region}`);
      return client satisfies Reads<Services[S]>;
    },
  };
}
