import { expect } from "chai";
import { moveText, shareText } from "../../../rehearsal/story/shares";

const change = (place: string, before: number, after: number) => ({ place, before, after });

describe("the shares of the customers", () => {
  it("states who moves from where to where", () => {
    expect(moveText([change("a", 0.9, 0), change("b", 0.1, 1)])).to.equal(
      "90 % of customers move from a to b",
    );
    expect(moveText([change("a", 1, 0), change("b", 0, 0.9), change("c", 0, 0.1)])).to.equal(
      "all customers move from a to b (90 %) and c (10 %)",
    );
    expect(moveText([change("a", 0.5, 0), change("b", 0.5, 0), change("c", 0, 1)])).to.equal(
      "all customers move from a and b to c",
    );
  });

  it("states nothing where nobody moves, and a loss where nothing answers", () => {
    expect(moveText([change("a", 0.3, 0.1 + 0.2)])).to.equal(undefined);
    expect(moveText([change("a", 0.9, 0), change("b", 0.1, 0)])).to.equal(
      "all customers of a and b have no answer",
    );
  });

  it("writes a share as a percentage, and all of them as a word", () => {
    expect([0.125, 0.1 + 0.2, 1].map(shareText)).to.deep.equal(["12.5 %", "30 %", "all"]);
  });
});
