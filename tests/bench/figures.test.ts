import { expect } from "chai";
import { Figures } from "../../bench/figures";
import { perResourceTable } from "../../bench/perResource";

describe("the figures of the benchmark", () => {
  it("are printed one per line, with the target next to the figure, met or missed", () => {
    const lines: string[] = [];
    const figures = new Figures((line) => lines.push(line));
    figures.print("start.wall", 0.51234, "s");
    figures.print("memory", 120.46, "MiB", { most: 120.46 });
    figures.print("ratio", 1.51, "times", { most: 1.5 });
    figures.print("nothing", NaN, "s", { most: 1 });
    figures.say("a table");
    expect(lines).to.deep.equal([
      "start.wall 0.512 s",
      "memory 120.5 MiB  (at most 120.46)",
      "ratio 1.510 times  (at most 1.5: MISSED)",
      "nothing NaN s  (at most 1: MISSED)",
      "a table",
    ]);
    expect(figures.misses).to.deep.equal([
      "ratio 1.510 times, at most 1.5 promised",
      "nothing NaN s, at most 1 promised",
    ]);
  });
});

describe("the table of time per resource", () => {
  const sizes = [100, 1000, 10_000];
  const row = (seconds: readonly number[]): string | undefined =>
    perResourceTable(sizes, [{ name: "it", seconds }]).at(-1);

  it("shows the cost at each size, and of each additional resource", () => {
    expect(perResourceTable(sizes, [{ name: "it", seconds: [0.1, 0.2, 1.1] }])).to.deep.equal([
      "| µs per resource | of 100 | of 1,000 | of 10,000 | each more, 100 to 1,000 | each more, 1,000 to 10,000 | dearer by |",
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
      "| it | 1,000 | 200 | 110 | 111 | 100 | 0.90 |",
    ]);
  });

  it("shows linear time as 1 whatever the fixed cost is, and quadratic time as 10", () => {
    expect(row(sizes.map((size) => 0.5 + size / 1e4))).to.match(/\| 1\.00 \|$/);
    expect(row(sizes.map((size) => size ** 2 / 1e6))).to.match(/\| 10\.00 \|$/);
  });
});
