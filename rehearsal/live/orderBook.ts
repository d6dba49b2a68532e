import type { EndedOrder } from "./customers";
import type { CustomerCounts } from "./drillRun";

const none: CustomerCounts = { served: 0, failed: 0, stale: 0, page: 0, lost: 0 };

/** Counts the orders of customers. */
export class OrderBook {
  private counts = none;
  /** When the last order that failed was sent; the static page is an answer. */
  lastFailureSeconds = -Infinity;

  /** @param isAnswered whether the name servers answer with an address now */
  constructor(private readonly isAnswered: (address: string) => boolean) {}

  add({ outcome, atSeconds, address }: EndedOrder): void {
    const { counts } = this;
    if (outcome === "served") {
      this.counts = { ...counts, served: counts.served + 1 };
      return;
    }
    const isStale = address !== undefined && !this.isAnswered(address);
    const isPage = outcome === "page";
    if (!isPage) this.lastFailureSeconds = Math.max(this.lastFailureSeconds, atSeconds);
    this.counts = {
      ...counts,
      failed: counts.failed + 1,
      stale: counts.stale + Number(isStale),
      page: counts.page + Number(isPage),
    };
  }

  /** The counts since the last time; undefined if there were no orders. */
  take(): CustomerCounts | undefined {
    const { counts } = this;
    this.counts = none;
    return counts.served + counts.failed > 0 ? counts : undefined;
  }
}
