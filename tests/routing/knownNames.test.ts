import { expect } from "chai";
import { namesThereAre } from "../../routing/knownNames";

describe("the names that a message lists", () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ["ordrs", ["hours", "orders"], "did you mean orders? There are hours, orders"],
    ["colour", ["hours", "orders"], "there are hours, orders"],
    [
      "orders.dve.cafe.com",
      ["orders.dev.cafe.com"],
      "did you mean orders.dev.cafe.com? There are orders.dev.cafe.com",
    ],
    // The domain is the same, and the names are not alike.
    ["nope.cafe.com", ["orders.cafe.com"], "there are orders.cafe.com"],
    // An exact name of another kind.
    ["a.test", ["www.a.test"], "there are www.a.test"],
  ];
  for (const [given, known, text] of cases) {
    it(`are, for ${given}: ${text}`, () => {
      expect(namesThereAre(given, known)).to.equal(text);
    });
  }

  it("are eight at most, of a hundred", () => {
    const many = Array.from({ length: 100 }, (_, index) => `name-number-${index}`);
    expect(namesThereAre("x", many)).to.equal(
      `there are ${many.slice(0, 8).join(", ")} and 92 more`,
    );
  });
});
