import { expect } from "chai";
import type { Cell, Column, Table } from "../../../rehearsal/report/document";
import { paintOf } from "../../../rehearsal/report/paint";
import { tableLines, wrap } from "../../../rehearsal/report/textLayout";
import { plain } from "./plain";

/** The lines of a table with these columns, without its heading. */
function linesOf(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  options = plain,
): readonly string[] {
  return tableLines({ kind: "table", caption: "", columns, rows }, options).slice(1);
}

const text: Column = { head: "" };
const number: Column = { head: "", kind: "number" };
const prose: Column = { head: "", kind: "prose" };
const pipe = { ...plain, isBounded: false };

describe("a table of text", () => {
  it("has columns as wide as their widest cell, and leaves out an empty one", () => {
    const rows = [
      ["a", "", "1"],
      ["bbb", "", "22"],
    ];
    expect(linesOf([text, text, text], rows)).to.deep.equal(["  a    1", "  bbb  22"]);
  });

  it("aligns numbers to the right, with their heads", () => {
    const columns: Column[] = [{ head: "name" }, { head: "count", kind: "number" }];
    const table = { kind: "table", caption: "", columns, rows: [["a", "1"]] } as const;
    expect(tableLines(table, plain)).to.deep.equal(["  name  count", "  a         1"]);
    expect(
      linesOf(
        [text, number],
        [
          ["a", "1"],
          ["b", "22"],
        ],
      ),
    ).to.deep.equal(["  a   1", "  b  22"]);
  });

  it("sets the lines of a cell below one another, and a total below all", () => {
    const total = ["sum", "3"];
    const rows: Cell[][] = [["a", { lines: ["1", "2"] }]];
    const table = { kind: "table", caption: "", columns: [text, number], rows, total } as const;
    expect(tableLines(table, plain).slice(1)).to.deep.equal(["  a    1", "       2", "  sum  3"]);
  });

  it("is empty without rows", () => {
    expect(linesOf([], [])).to.deep.equal([]);
    expect(linesOf([text], [])).to.deep.equal([]);
  });

  it("is a block for each row where a terminal is too narrow for the names, and cuts none", () => {
    const long = "x".repeat(60);
    const columns: Column[] = [
      { head: "event" },
      { head: "answer from" },
      { head: "address" },
      { head: "TTL", kind: "number" },
    ];
    const rows: Cell[][] = [
      ["a fails", { lines: [long, "b"] }, "", "60 s"],
      ["b fails", "c", long, "5 s"],
    ];
    const table = { kind: "table", caption: "", columns, rows, total: ["all", "", "", "65 s"] };
    expect(tableLines(table as Table, { ...plain, columns: 80 })).to.deep.equal([
      "  event",
      "  a fails",
      `    answer from  ${long}, b`,
      "    TTL          60 s",
      "  b fails",
      "    answer from  c",
      `    address      ${long}`,
      "    TTL          5 s",
      "  all",
      "    TTL          65 s",
    ]);
  });

  it("is a table in a pipe, however long a name is", () => {
    const long = "x".repeat(80);
    expect(linesOf([text, text, text], [[long, long, "end"]], pipe)).to.deep.equal([
      `  ${long}  ${long}  end`,
    ]);
  });

  it("wraps prose and never truncates it, on a terminal and in a pipe", () => {
    const sentence = "word ".repeat(40).trim();
    for (const options of [plain, pipe]) {
      const lines = linesOf([text, prose], [["a", sentence]], options);
      expect(lines.length).to.be.greaterThan(1);
      expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(100);
      expect(lines.join(" ").match(/word/g)).to.have.length(40);
    }
  });

  it("wraps a head to two lines, on a terminal only", () => {
    const columns = [{ head: "all have moved in", kind: "number" as const }, text];
    const rows = [["1 s", "x".repeat(88)]];
    const table = { kind: "table", caption: "", columns, rows } as const;
    const [first = "", second = "", row = ""] = tableLines(table, plain);
    expect([first.trim(), second.trim()]).to.deep.equal(["all have", "moved in"]);
    expect(row).to.equal(`       1 s  ${"x".repeat(88)}`);
    expect(tableLines(table, pipe)[0]?.trim()).to.equal("all have moved in");
  });

  it("paints a cell without moving the others, and shows no control characters", () => {
    const coloured = { ...plain, paint: paintOf(true) };
    const [line] = linesOf([text, text], [[{ text: "a", tone: "bad" }, "b\u001b"]], coloured);
    expect(line).to.equal("  \u001b[31ma\u001b[39m  b\\u001b");
  });

  it("writes a bad state in capitals, so that it stands out without colour", () => {
    const state = { text: "missed", tone: "bad", isState: true } as const;
    expect(linesOf([text, text], [["a", state]])).to.deep.equal(["  a  MISSED"]);
  });
});

describe("wrapped text", () => {
  it("is broken between words, and never within one", () => {
    expect(wrap("a bb cccccc d", 4, plain.paint)).to.deep.equal(["a bb", "cccccc", "d"]);
  });

  it("is not broken between a number and its unit", () => {
    expect(wrap("it takes 60 s or 5 %", 10, plain.paint)).to.deep.equal([
      "it takes",
      "60 s or",
      "5 %",
    ]);
  });

  it("is never broken where it is to be copied", () => {
    const command = { text: "failover resolve a --fail b", isCode: true } as const;
    expect(wrap(["See it: ", command, "."], 12, plain.paint)).to.deep.equal([
      "See it:",
      "failover resolve a --fail b.",
    ]);
  });

  it("keeps the colour of each piece across a break", () => {
    const pieces = ["a ", { text: "bb cc", tone: "bad" as const }, " d"];
    expect(wrap(pieces, 4, paintOf(true))).to.deep.equal([
      "a \u001b[31mbb\u001b[39m",
      "\u001b[31mcc\u001b[39m d",
    ]);
  });
});
