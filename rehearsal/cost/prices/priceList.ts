import type { Price } from "../price";
import { computePrices } from "./computePrices";
import { dataPrices } from "./dataPrices";
import { dnsPrices } from "./dnsPrices";
import { networkPrices } from "./networkPrices";
import { operationPrices } from "./operationPrices";

/** All prices that are known, each with its source and date; `docs/cost.md` says how to refresh them. */
export const priceList: readonly Price[] = [
  ...computePrices,
  ...dataPrices,
  ...networkPrices,
  ...operationPrices,
  ...dnsPrices,
];
