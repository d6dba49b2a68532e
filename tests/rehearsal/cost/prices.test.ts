import { expect } from "chai";
import { same } from "../../../rehearsal/cost/amounts";
import { PriceBook, partsOf } from "../../../rehearsal/cost/priceBook";
import { allowances } from "../../../rehearsal/cost/prices/allowances";
import { priceList } from "../../../rehearsal/cost/prices/priceList";

describe("the price list", () => {
  it("has a source with a date, a unit and a positive price on every row", () => {
    const odd = priceList.filter(
      ({ usd, unit, source }) =>
        !(usd > 0) || unit === "" || source.name === "" || !/^20\d\d-\d\d-\d\d$/.test(source.date),
    );
    expect(odd).to.deep.equal([]);
    const future = priceList.filter(({ source }) => source.date > new Date().toISOString());
    expect(future.map(({ item }) => item)).to.deep.equal([]);
  });

  it("has each price once, in one unit everywhere", () => {
    const keys = priceList.map(({ item, region, from }) => `${item} ${region} ${from}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).to.deep.equal([]);
    const units = new Map(priceList.map(({ item, unit }) => [item, unit]));
    expect(priceList.filter(({ item, unit }) => units.get(item) !== unit)).to.deep.equal([]);
  });

  it("has equal prices for Ohio and Virginia wherever sources have both, as the derived ones assume", () => {
    const quotedIn = (region: string): ReadonlyMap<string, number> =>
      new Map(
        priceList
          .filter((price) => price.region === region && price.derived === undefined)
          .map(({ item, from, usd }) => [`${item} from ${from}`, usd]),
      );
    const virginia = quotedIn("us-east-1");
    const both = [...quotedIn("us-east-2")].filter(([key]) => virginia.has(key));
    expect(both.filter(([key, usd]) => usd !== virginia.get(key))).to.deep.equal([]);
    expect(both.length).to.be.at.least(16);
  });

  it("has a price for every item of an allowance", () => {
    const items = new Set(priceList.map(({ item }) => item));
    const unpriced = allowances.flatMap((one) => one.items).filter((item) => !items.has(item));
    expect(unpriced).to.deep.equal([]);
  });

  it("returns the price of all regions if a region has no separate one", () => {
    const book = new PriceBook();
    expect(book.stepsOf("key", "us-west-2").map(({ usd }) => usd)).to.deep.equal([1]);
    expect(book.stepsOf("nat gateway", "eu-west-1").map(({ usd }) => usd)).to.deep.equal([0.048]);
    expect(book.stepsOf("nat gateway", "sa-east-1")).to.deep.equal([]);
  });

  it("splits a quantity at the steps of a price, on either side of a step", () => {
    const steps = new PriceBook().stepsOf("dns query", "");
    const parts = (millions: number): readonly number[] =>
      partsOf(steps, same(millions)).map(({ quantity }) => quantity.steady);
    expect(steps.map(({ from, usd }) => [from, usd])).to.deep.equal([
      [0, 0.4],
      [1000, 0.2],
    ]);
    expect(parts(1000)).to.deep.equal([1000, 0]);
    expect(parts(1001)).to.deep.equal([1000, 1]);
    expect(parts(0)).to.deep.equal([0, 0]);
  });
});
