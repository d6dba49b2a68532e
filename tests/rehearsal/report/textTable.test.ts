import { expect } from "chai";
import { columns, table, wrap } from "../../../rehearsal/report/textTable";

const rowsOf = (...rows: readonly (readonly string[])[]): Parameters<typeof table>[0] =>
  rows.map((row) => row.map((text) => ({ text })));

describe("a table of text", () => {
  it("has columns as wide as their widest cell, and leaves out an empty one", () => {
    expect(table(rowsOf(["a", "", "1"], ["bbb", "", "22"]))).to.deep.equal([
      "  a    1",
      "  bbb  22",
    ]);
  });

  it("ends numbers at the right", () => {
    expect(table(rowsOf(["a", "1"], ["b", "22"]), { right: [false, true] })).to.deep.equal([
      "  a   1",
      "  b  22",
    ]);
  });

  it("is no table without rows", () => {
    expect(table([])).to.deep.equal([]);
  });

  it("fits on the page: first the column that gives way does, then the widest", () => {
    const long = "x".repeat(80);
    for (const narrow of [0, 1]) {
      const [line = ""] = table(rowsOf([long, long, "end"]), { narrow });
      expect(line).to.have.length(columns).and.to.match(/ end$/);
      expect(line.trim().split(/ +/)[narrow]).to.equal(`${"x".repeat(14)}…`);
    }
  });

  it("paints a cell without moving the others, and shows no control characters", () => {
    const [line] = table([[{ text: "a", brush: (text) => `<${text}>` }, { text: "b\u001b" }]]);
    expect(line)
      .to.match(/^ {2}<a> {2}b/)
      .and.not.to.include("\u001b");
  });
});

describe("wrapped text", () => {
  it("breaks between words, and never within one", () => {
    expect(wrap("a bb cccccc d", 4)).to.deep.equal(["  a bb", "  cccccc", "  d"]);
  });
});
