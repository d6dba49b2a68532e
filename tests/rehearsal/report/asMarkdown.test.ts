import { expect } from "chai";
import { asMarkdown } from "../../../rehearsal/report/asMarkdown";
import type { Block } from "../../../rehearsal/report/document";
import { rehearsalReport } from "../../../rehearsal/story/report";
import { changed, exampleRehearsal, node } from "../story/example";

const draw = (...blocks: readonly Block[]): string => asMarkdown({ title: "T", blocks });

describe("a document as Markdown", () => {
  it("contains a whole rehearsal: verdict, tree, tables, and collapsed details", () => {
    const text = asMarkdown(rehearsalReport(exampleRehearsal()));
    expect(text).to.match(/^### Failover rehearsal of dev and prod\n\nAnswers and times /);
    for (const part of [
      "\n\n**✓ Every answer is alive, and every objective is met.**\n\n",
      "\n\n#### dev · orders.dev.cafe.com\n\n```text\norders.dev.cafe.com\n├─ PRIMARY  any.orders.dev.cafe.com\n",
      "\n\n**Objectives**\n\n| objective | worst case | state |\n| --- | --- | --- |\n",
      "\n| Zone or region: downtime | 184 s of 190 s | ✓ met |\n",
      "\n| us-west-2a fails | us-west-2b | `203.0.113.11` | 60 s | 114 s | 184 s |\n",
      "\n\n<details><summary>Reasons for each answer of dev</summary>\n\n| event | record |",
      "\n\n</details>\n",
    ]) {
      expect(text).to.contain(part);
    }
  });

  it("marks problems with a sign", () => {
    const missed = { name: "a.downtime", target: 1, worst: 2, met: false };
    const text = asMarkdown(rehearsalReport(changed({ objectives: [missed] })));
    expect(text).to.contain("**✗ 1 problem found.**\n\n- a.downtime is 2 s, allowed 1 s");
    expect(text).to.contain("| a.downtime | 2 s of 1 s | ✗ missed |");
  });

  it("lets no value start markup, end a cell or end a fence", () => {
    const hostile = "a|b*c*_d_`e`<b>[f](g)\n```";
    const escaped = "a\\|b\\*c\\*\\_d\\_\\`e\\`\\<b\\>\\[f\\](g)\\\\u000a\\`\\`\\`";
    const text = draw(
      { kind: "paragraph", text: hostile },
      { kind: "list", items: [hostile] },
      { kind: "tree", label: "", root: node([hostile]) },
      {
        kind: "table",
        caption: "",
        columns: [{ head: "h" }, { head: "i" }],
        rows: [[hostile, { text: hostile, isCode: true }]],
      },
      { kind: "entries", entries: [{ word: { text: "w" }, head: hostile, text: hostile }] },
    );
    expect(text.split("\n")).to.deep.equal([
      "### T",
      "",
      escaped,
      "",
      `- ${escaped}`,
      "",
      "```text",
      "a|b*c*_d_`e`<b>[f](g)\\u000a'''",
      "```",
      "",
      "| h | i |",
      "| --- | --- |",
      `| ${escaped} | ${escaped} |`,
      "",
      `- **w** ${escaped}: ${escaped}`,
      "",
    ]);
  });

  it("escapes the title of details as HTML, because it is no Markdown, and an entity in a name", () => {
    const inside: Block = { kind: "paragraph", text: "a&lt;b ~~c~~" };
    const title = "a|b_<img src=x>[&]";
    const text = draw({ kind: "details", title, isOpen: false, blocks: [inside] });
    expect(text.split("\n").slice(2, 5)).to.deep.equal([
      "<details><summary>a|b_&lt;img src=x&gt;[&amp;]</summary>",
      "",
      "a\\&lt;b \\~\\~c\\~\\~",
    ]);
  });

  it("omits a curve, because a table has its figures, and empty details", () => {
    const curve: Block = {
      kind: "curve",
      title: "",
      caption: "",
      description: "",
      unit: "",
      rows: ["", ""],
      rowUnit: "",
      points: [],
    };
    expect(draw(curve, { kind: "details", title: "d", isOpen: false, blocks: [curve] })).to.equal(
      "### T\n",
    );
  });
});
