import type { Price } from "../price";
import { computePrices } from "./computePrices";
import { dataPrices } from "./dataPrices";
import { dnsPrices } from "./dnsPrices";
import { networkPrices } from "./networkPrices";
import { operationPrices } from "./operationPrices";

/** The prices of a source, and those derived from them. */
const quoted: readonly Price[] = [
  ...computePrices,
  ...dataPrices,
  ...networkPrices,
  ...operationPrices,
  ...dnsPrices,
];

const virginia = "us-east-1";
const ohio = "us-east-2";

/**
 * Ohio's prices where only Virginia's are known: wherever both are known they are equal, which a
 * test checks.
 */
function ohioAsVirginia(prices: readonly Price[]): readonly Price[] {
  const known = new Set(prices.filter(({ region }) => region === ohio).map(({ item }) => item));
  return prices
    .filter(({ item, region }) => region === virginia && !known.has(item))
    .map((price) => ({
      ...price,
      region: ohio,
      derived: "Ohio as Virginia, which are equal for all known prices, such as S3 and alarms",
    }));
}

/** All known prices, each with its source and date; `docs/cost.md` describes how to refresh them. */
export const priceList: readonly Price[] = [...quoted, ...ohioAsVirginia(quoted)];
