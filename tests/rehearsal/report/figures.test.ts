import { expect } from "chai";
import { quantityText } from "../../../rehearsal/cost/wording";
import { count } from "../../../rehearsal/report/figures";

describe("a count", () => {
  it("has thousands separators and a minus sign, but no negative zero", () => {
    expect([1460, -100, -0.0001, 12_345, 77_800_000].map(count)).to.deep.equal([
      ...["1,460", "−100", "0", "12.3 k", "77.8 M"],
    ]);
  });

  it("has its unit in the plural, unless it is one or a unit of measure", () => {
    expect([
      quantityText(1460, "hour"),
      quantityText(1, "option-month"),
      quantityText(200, "GB"),
      quantityText(77.823, "million queries"),
    ]).to.deep.equal(["1,460 hours", "1 option-month", "200 GB", "77.823 million queries"]);
  });
});
