import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { assumed } from "../../../rehearsal/cost/assumptions";

const page = readFileSync(join(__dirname, "../../../docs/cost.md"), "utf8");

describe("docs/cost.md", () => {
  it("has every assumption with its default, and no other", () => {
    const rows = [...page.matchAll(/^\| `(\w+)` +\| +([\d,]+) \| (.*?) +\|$/gm)];
    expect(rows.map(([, name, value, text]) => [name, value, text])).to.deep.equal(
      Object.entries(assumed).map(([name, { value, unit, meaning }]) => [
        name,
        value.toLocaleString("en-US"),
        `${unit} ${meaning}`,
      ]),
    );
  });
});
