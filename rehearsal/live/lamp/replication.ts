import { setTimeout as sleep } from "node:timers/promises";
import type { Dynamo } from "./dynamo";

/** The key of an item; sessions have no second part. */
interface Key {
  readonly id: { readonly S: string };
  readonly bodyHash?: { readonly S: string };
}

/** The part of a write request that identifies the changed item. */
interface Write {
  readonly TableName: string;
  readonly Item?: Key;
  readonly Key?: Key;
}

/**
 * A stand-in for DynamoDB's replication between two regions (which moto does not have): asynchronous,
 * whole items, the last writer wins, and nothing crosses while the link is down.
 */
export class Replication {
  /** While false, changes wait. */
  linkIsUp = true;
  /** The time that a change takes to cross; on AWS about a second. */
  delayMs = 50;
  readonly #lastWrites = new Map<string, number>();
  readonly #waiting = new Map<Dynamo, Map<string, { table: string; key: Key; at: number }>>();
  #running = true;
  readonly #loop: Promise<void>;

  constructor(private readonly replicas: readonly [Dynamo, Dynamo]) {
    for (const replica of replicas) this.#waiting.set(replica, new Map());
    this.#loop = this.#run();
  }

  /** Records a write that a replica has accepted. */
  written(replica: Dynamo, request: Buffer): void {
    const write = JSON.parse(request.toString()) as Write;
    const item = write.Item ?? write.Key;
    if (item === undefined) return;
    const key: Key = { id: item.id, ...(item.bodyHash ? { bodyHash: item.bodyHash } : {}) };
    const at = performance.now();
    const name = `${write.TableName} ${JSON.stringify(key)}`;
    this.#lastWrites.set(`${replica.region} ${name}`, at);
    this.#waiting.get(replica)?.set(name, { table: write.TableName, key, at });
  }

  /** Whether all writes have crossed. */
  isQuiet(): boolean {
    return [...this.#waiting.values()].every((changes) => changes.size === 0);
  }

  async close(): Promise<void> {
    this.#running = false;
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (this.#running) {
      await sleep(this.delayMs);
      const [first, second] = this.replicas;
      if (this.linkIsUp) {
        await this.#cross(first, second);
        await this.#cross(second, first);
      }
    }
  }

  async #cross(from: Dynamo, to: Dynamo): Promise<void> {
    const changes = this.#waiting.get(from) ?? new Map<string, never>();
    for (const [name, { table, key, at }] of [...changes]) {
      if (!this.linkIsUp || !this.#running) return;
      try {
        const { Item } = await from.call("GetItem", {
          TableName: table,
          Key: key,
          ConsistentRead: true,
        });
        // The last writer wins: an older change never overwrites a newer one.
        const theirs = this.#lastWrites.get(`${to.region} ${name}`) ?? 0;
        if (Item !== undefined && theirs <= at) {
          await to.call("PutItem", { TableName: table, Item });
          this.#lastWrites.set(`${to.region} ${name}`, at);
        }
        if (changes.get(name)?.at === at) changes.delete(name);
      } catch {
        // The replica is gone: the change waits, as on AWS.
        return;
      }
    }
  }
}
