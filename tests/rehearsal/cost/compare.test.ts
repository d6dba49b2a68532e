import { expect } from "chai";
import { billOf } from "../../../rehearsal/cost/bill";
import { compare, earlierReport } from "../../../rehearsal/cost/compare";
import type { CostReport } from "../../../rehearsal/cost/cost";
import type { CostComparison } from "../../../rehearsal/cost/compare";
import { costComparisonReport } from "../../../rehearsal/cost/comparisonReport";
import { asMarkdown } from "../../../rehearsal/report/asMarkdown";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { InputError } from "../../../routing/inputError";
import { resource } from "../../routing/graph/stack";

const renderComparison = (comparison: CostComparison): string =>
  asMarkdown(costComparisonReport(comparison));
const machine = (name: string, outputs: Properties = {}): Resource =>
  resource("aws:ec2/instance:Instance", name, {
    instanceType: "t4g.small",
    rootBlockDevice: { volumeSize: 8, volumeType: "gp3" },
    ...outputs,
  });
const key = resource("aws:kms/key:Key", "key");
const stream = resource("aws:kinesis/stream:Stream", "stream");
const bill = (...resources: readonly Resource[]): CostReport => billOf("dev", resources);

describe("the comparison of two reports", () => {
  it("finds no differences between equal ones", () => {
    const { added, removed, changed, totals, unknown, assumptions } = compare(
      bill(machine("a"), key),
      bill(key, machine("a")),
    );
    expect([added, removed, changed, assumptions]).to.deep.equal([[], [], [], []]);
    expect(unknown).to.deep.equal({ added: [], removed: [] });
    expect(totals.difference).to.deep.equal({ steady: 0, failedOver: 0, gameDays: 0 });
  });

  it("finds added, removed and changed lines, and resources that no longer have a price", () => {
    const larger = machine("a", { rootBlockDevice: { volumeSize: 20, volumeType: "gp3" } });
    const found = compare(bill(machine("a"), machine("b")), bill(larger, key, stream));
    const named = (lines: typeof found.added): readonly string[] =>
      lines.map(({ urn, item }) => `${urn.split("::").at(-1) ?? ""} ${item}`);
    expect(named(found.added)).to.deep.equal(
      ["key key", "key key request", "dev allowance: key request"].map((text) =>
        text.replace("dev ", "stack "),
      ),
    );
    expect(named(found.removed)).to.deep.equal(["b ec2 t4g.small", "b ebs gp3"]);
    expect(
      found.changed.map(({ before, after, difference }) => [
        before.quantity,
        after.quantity,
        difference,
      ]),
    ).to.deep.equal([[8, 20, 0.96]]);
    expect(found.unknown.added.map(({ why }) => why)).to.deep.equal([
      "no price is known for aws:kinesis/stream:Stream",
    ]);
    // 1 for the key; 12.264 + 0.64 less for the machine; 0.96 more for the disk.
    expect(found.totals.difference.steady).to.be.closeTo(1 - 12.264 - 0.64 + 0.96, 0.011);
  });

  it("takes a resource whose price becomes unknown for no saving, nor the reverse for an increase", () => {
    const odd = machine("a", { instanceType: null });
    for (const [before, after] of [
      [bill(machine("a"), key), bill(odd, key)],
      [bill(odd, key), bill(machine("a"), key)],
    ] as const) {
      const { added, removed, totals, unknown } = compare(before, after);
      expect([added, removed]).to.deep.equal([[], []]);
      expect(unknown.added.length + unknown.removed.length).to.equal(1);
      expect(totals.difference).to.deep.equal({ steady: 0, failedOver: 0, gameDays: 0 });
      const { title, blocks } = costComparisonReport(compare(before, after));
      expect(title).to.equal("Monthly cost of dev: unknown, 0.00 USD of what can be compared");
      expect(blocks).to.deep.include({ kind: "paragraph", text: "No changes to the rest." });
    }
  });

  it("treats a new price as a change, and lists the assumptions that differ", () => {
    const after = bill(key);
    const before = {
      ...after,
      lines: after.lines.map((line) =>
        line.item === "key" ? { ...line, unitPrice: 2, monthly: 2 } : line,
      ),
      assumptions: { ...after.assumptions, orders: 5, gone: 1 },
    };
    const found = compare(before, after);
    expect([found.added, found.removed]).to.deep.equal([[], []]);
    expect(found.changed.map(({ difference }) => difference)).to.deep.equal([-1]);
    expect(found.assumptions).to.deep.equal([
      { name: "orders", before: 5, after: 100_000 },
      { name: "gone", before: 1, after: null },
    ]);
  });

  it("is a comment on a pull request", () => {
    const larger = machine("a", { rootBlockDevice: { volumeSize: 20, volumeType: "gp3" } });
    const text = renderComparison(
      compare(bill(machine("a")), bill(larger, machine("c|d"), stream)),
    );
    expect(text).to.equal(
      [
        "### Monthly cost of dev: unknown, +13.87 USD of what can be compared",
        "",
        "| | before | after | difference |",
        "| --- | ---: | ---: | ---: |",
        "| steady | 12.90 | 26.77 | +13.87 |",
        "| failed over | 12.90 | 26.77 | +13.87 |",
        "| with game days | 12.90 | 26.77 | +13.87 |",
        "",
        "**Added**",
        "",
        "| resource | item | quantity | USD a month |",
        "| --- | --- | ---: | ---: |",
        "| c\\|d | ec2 t4g.small (us-west-2) | 730 hour at 0.0168 | +12.26 |",
        "| c\\|d | ebs gp3 (us-west-2) | 8 GB-month at 0.08 | +0.64 |",
        "",
        "**Changed**",
        "",
        "| resource | item | quantity | USD a month |",
        "| --- | --- | ---: | ---: |",
        "| a | ebs gp3 (us-west-2) | 8 → 20 GB-month | +0.96 |",
        "",
        "**No known price, not in the totals**",
        "",
        "- stream: no price is known for aws:kinesis/stream:Stream",
        "",
      ].join("\n"),
    );
  });

  it("states that nothing has changed, or only the assumptions", () => {
    const same = bill(key);
    expect(renderComparison(compare(same, same))).to.match(/: 0\.00 USD\n[^]*No changes\.\n$/);
    const text = renderComparison(
      compare({ ...same, assumptions: { ...same.assumptions, orders: 5 } }, same),
    );
    expect(text).to.match(/Part of this is due to changed assumptions: orders 5 → 100000\.\n$/);
  });
});

describe("an earlier report", () => {
  const refusal = (text: string): readonly string[] => {
    try {
      earlierReport(text, "old.json");
    } catch (error) {
      if (error instanceof InputError) return error.faults;
      throw error;
    }
    throw new Error("nothing was refused");
  };

  it("is accepted as `failover cost --json` printed it", () => {
    const report = bill(machine("a"));
    expect(earlierReport(JSON.stringify(report), "old.json")).to.deep.equal(
      JSON.parse(JSON.stringify(report)),
    );
  });

  it("is refused with its path, the fault and the remedy", () => {
    expect(refusal("{")[0]).to.match(
      /^--compare old\.json: the file is not complete JSON, got .*; write it with `failover cost --json`$/,
    );
    const wrong = { stack: 1, lines: "x", totals: { steady: 1 } };
    const again = "write it with `failover cost --json` of this version";
    expect(refusal(JSON.stringify(wrong))).to.deep.equal([
      `--compare old.json: stack: must be a text, got 1; ${again}`,
      `--compare old.json: lines: must be a list, got "x"; ${again}`,
      `--compare old.json: unknown: must be a list, got nothing; ${again}`,
      `--compare old.json: totals.failedOver: must be a number, got nothing; ${again}`,
      `--compare old.json: totals.gameDays: must be a number, got nothing; ${again}`,
    ]);
    const report = bill(key);
    const broken = { ...report, lines: [...report.lines, { urn: "u", item: "i" }] };
    expect(refusal(JSON.stringify(broken))).to.deep.equal([
      `--compare old.json: lines[${report.lines.length}]: is not a line of a report, got {"urn":"u","item":"i"}; ${again}`,
    ]);
    expect(refusal("null")).to.have.length(6);
  });
});
