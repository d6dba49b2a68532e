import { expect } from "chai";
import {
  assumed,
  assumptionsFrom,
  defaultCostAssumptions,
} from "../../../rehearsal/cost/assumptions";
import { InputError } from "../../../routing/inputError";

const all = Object.keys(assumed);
const names = `${all.slice(0, 8).join(", ")} and ${all.length - 8} more`;

function refusal(...given: readonly string[]): readonly string[] {
  try {
    assumptionsFrom(given);
  } catch (error) {
    if (error instanceof InputError) return error.faults;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("assumptions of the cost", () => {
  it("each have a default within their bounds", () => {
    expect(defaultCostAssumptions.hours).to.equal(730);
    for (const [name, { value }] of Object.entries(assumed)) {
      expect(assumptionsFrom([`${name}=${value}`]), name).to.deep.equal(defaultCostAssumptions);
    }
  });

  it("are set by name; the last one counts", () => {
    const set = assumptionsFrom(["orders=5", "natGb=0", "orders=1e6"]);
    expect(set).to.deep.equal({ ...defaultCostAssumptions, orders: 1_000_000, natGb: 0 });
  });

  it("are refused with path, value and the existing names", () => {
    expect(refusal("ordres=5")).to.deep.equal([
      `--assume ordres: no such assumption, got ordres=5; did you mean orders? There are ${names}`,
    ]);
    expect(refusal("colour=red")).to.deep.equal([
      `--assume colour: no such assumption, got colour=red; there are ${names}`,
    ]);
  });

  it("are refused for invalid values, all at once", () => {
    expect(
      refusal(
        "orders=many",
        "orders",
        "orders=",
        "dataOutGb=-1",
        "hours=745",
        "hours=0",
        "gameDayHours=Infinity",
      ),
    ).to.deep.equal([
      "--assume orders: must be a number of orders, got orders=many; for example orders=100000",
      "--assume orders: must be a number of orders, got orders; for example orders=100000",
      "--assume orders: must be a number of orders, got orders=; for example orders=100000",
      "--assume dataOutGb: must not be below 0, got dataOutGb=-1; for example dataOutGb=200",
      "--assume hours: must not be above 744, got hours=745; for example hours=730",
      "--assume hours: must not be below 1, got hours=0; for example hours=730",
      "--assume gameDayHours: must be a number of hours, got gameDayHours=Infinity; for example gameDayHours=4",
    ]);
    expect(assumptionsFrom(["hours=744", "hours=1", "allowances=0"]).hours).to.equal(1);
  });

  it("do not accept a name that every object has", () => {
    expect(refusal("constructor=1")[0]).to.match(/^--assume constructor: no such assumption/);
  });
});
