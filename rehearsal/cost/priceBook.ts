import type { Amounts } from "./amounts";
import { amountsBy } from "./amounts";
import type { Price } from "./price";
import { priceList } from "./prices/priceList";

/** Looks prices up. */
export class PriceBook {
  private readonly byKey = new Map<string, Price[]>();

  constructor(prices: readonly Price[] = priceList) {
    for (const price of prices) {
      const key = keyOf(price.item, price.region);
      const known = this.byKey.get(key);
      if (known) known.push(price);
      else this.byKey.set(key, [price]);
    }
    for (const steps of this.byKey.values()) steps.sort((a, b) => a.from - b.from);
  }

  /** The price steps of an item in a region; empty if no price is known. */
  stepsOf(item: string, region: string): readonly Price[] {
    return this.byKey.get(keyOf(item, region)) ?? this.byKey.get(keyOf(item, "any")) ?? [];
  }
}

function keyOf(item: string, region: string): string {
  return `${region} ${item}`;
}

/** A quantity divided into the parts for each price step. */
export function partsOf(
  steps: readonly Price[],
  quantity: Amounts,
): readonly { readonly price: Price; readonly quantity: Amounts }[] {
  return steps.map((price, index) => {
    const next = steps[index + 1]?.from ?? Infinity;
    return {
      price,
      quantity: amountsBy((state) => Math.max(0, Math.min(quantity[state], next) - price.from)),
    };
  });
}
