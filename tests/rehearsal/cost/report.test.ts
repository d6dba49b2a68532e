import { expect } from "chai";
import { billOf, costSummaryOf } from "../../../rehearsal/cost/bill";
import type { CostSummary, TtlCurve } from "../../../rehearsal/cost/cost";
import { costBlocks, costReport, curveOf } from "../../../rehearsal/cost/report";
import { describeCurve, ttlSentence } from "../../../rehearsal/cost/wording";
import { asHtml } from "../../../rehearsal/report/asHtml";
import { asText } from "../../../rehearsal/report/asText";
import { curvePicture } from "../../../rehearsal/report/curvePicture";
import { count, difference, dollars } from "../../../rehearsal/report/figures";
import { rehearsalReport } from "../../../rehearsal/story/report";
import { pair, resource } from "../../routing/graph/stack";
import { detailed, plain } from "../report/plain";
import { exampleRehearsal } from "../story/example";

const resources = [
  ...pair({ records: ["203.0.113.7"] }, { ipAddress: "203.0.113.7" }),
  resource("aws:ec2/instance:Instance", "machine", {
    instanceType: "t4g.small",
    availabilityZone: "us-west-2a",
    rootBlockDevice: { volumeSize: 8, volumeType: "gp3" },
  }),
  resource("aws:ec2/eip:Eip", "address", { publicIp: "203.0.113.7", instance: "machine" }),
];
const summary = costSummaryOf(billOf("dev", resources));
const unknown = [{ urn: "urn:pulumi:dev::p::t::<b>queue</b>", why: "no price" }];

const curve = (seconds: readonly number[], currentSeconds?: number): TtlCurve => ({
  ...(currentSeconds === undefined ? {} : { currentSeconds }),
  points: seconds.map((ttlSeconds, index) => ({
    ttlSeconds,
    queries: 1e6 * (9 - index),
    monthly: 9 - index,
    downtimeSeconds: ttlSeconds + 46,
  })),
});

describe("money in words", () => {
  it("has cents, thousands and a sign", () => {
    expect([0, 0.004, 1234.5, 1_234_567.891, -32.128].map(dollars)).to.deep.equal([
      "0.00",
      "0.00",
      "1,234.50",
      "1,234,567.89",
      "−32.13",
    ]);
    expect([0, 0.001, 5, -5, -0.001].map(difference)).to.deep.equal([
      "0.00",
      "0.00",
      "+5.00",
      "−5.00",
      "0.00",
    ]);
    expect([730, 0.0876, 27_375_000, 43_800].map(count)).to.deep.equal([
      "730",
      "0.088",
      "27.4 M",
      "43.8 k",
    ]);
  });
});

describe("the cost in a rehearsal", () => {
  const withCost = (cost: CostSummary): ReturnType<typeof exampleRehearsal> => ({
    stacks: exampleRehearsal().stacks.map((stack) => ({ ...stack, cost })),
  });

  const linesOf = (cost: CostSummary): readonly string[] =>
    asText({ title: "", blocks: costBlocks(cost) }, plain)
      .trimEnd()
      .split("\n")
      .slice(1);

  it("is a few lines of the text, within the width of the page", () => {
    const lines = linesOf(summary);
    // 12.26 for the machine, 0.64 for its disk, 3.65 for its address, 0.50 for the zone, 10.95 for
    // queries, and 9.40 for traffic, which a place outside the stack takes over.
    expect(lines[0]).to.match(
      /^ {2}37\.40 USD a month, 28\.00 failed over, 37\.30 with game days\. AWS list prices of /,
    );
    expect(lines.every((line) => line.length <= 100)).to.equal(true);
    expect(lines.join(" ").replace(/\s+/g, " ")).to.contain(
      "traffic 18.40, availability zone 12.90, dns 11.95, region 3.65. Queries: TTL 60 s 10.95, TTL 300 s 5.11.",
    );
    expect(asText(rehearsalReport(withCost(summary)), detailed)).to.contain(
      `\nCost\n${lines.join("\n")}\n`,
    );
    expect(lines.length).to.be.at.most(6);
  });

  it("says that all has a price where all was read, and else what was not", () => {
    const { unread, ...read } = summary;
    const said = (cost: CostSummary): string => linesOf(cost).join(" ").replace(/\s+/g, " ");
    const every = "has a known price or is free according to AWS.";
    expect(unread).to.deep.equal(["203.0.113.99"]);
    expect(said(read)).to.contain(`Every resource ${every}`);
    expect(said(summary)).to.contain(
      `Every resource that was read ${every} What serves at 203.0.113.99 was not read, and is in no total.`,
    );
    const many = ["a", "b", "c", "d", "e", "f", "g"];
    expect(said({ ...summary, unread: many, unknown })).to.contain(
      "What serves at a, b, c, d, e and 2 more was not read, and is in no total. 1 resource has",
    );
  });

  it("lists resources without a known price", () => {
    expect(linesOf({ ...summary, unknown }).slice(-2)).to.deep.equal([
      "  1 resource has an unknown charge, which is not in the totals.",
      "    <b>queue</b>: no price",
    ]);
  });

  it("is a table and a picture of the page, with every value escaped", async () => {
    const page = await asHtml(rehearsalReport(withCost({ ...summary, unknown })));
    expect(page).to.match(/<h3[^>]*>Cost<\/h3>/);
    expect(page).to.contain('<path class="curve"');
    expect(page).to.contain("&lt;b&gt;queue&lt;/b&gt;: no price");
    expect(page).not.to.contain("<b>queue");
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(await asHtml(rehearsalReport(exampleRehearsal()))).not.to.match(/<h3[^>]*>Cost<\/h3>/);
  });

  it("states the downtime of each TTL if it is known", () => {
    const points = summary.ttlCurve.points.map((point) => ({
      ...point,
      downtimeSeconds: point.ttlSeconds + 46,
    }));
    expect(ttlSentence({ ...summary, ttlCurve: { ...summary.ttlCurve, points } })).to.equal(
      "Queries: TTL 60 s 10.95 for 106 s at worst, TTL 300 s 5.11 for 346 s at worst.",
    );
  });
});

describe("the page of a cost report", () => {
  it("has every line with its source, the free types and the assumptions", async () => {
    const report = billOf("dev", resources);
    const page = await asHtml(costReport(report));
    const words = page.replace(/<\/?span[^>]*>/g, "");
    for (const { source } of report.lines) expect(words).to.contain(source);
    expect(page).to.contain("default-src 'none'");
    expect(page).to.contain("tableWritesPerOrder");
    expect(page).to.contain("aws:route53/record:Record");
  });
});

describe("the picture of TTL and cost", () => {
  // Hono's markup is a String object, which chai does not accept as a string; trimmed it is one.
  const drawn = async (given: TtlCurve): Promise<string> =>
    (await curvePicture(curveOf(given), "x")).trim();
  const texts = (svg: string): readonly string[] =>
    [...svg.matchAll(/<text[^>]*>\s*([^<]*?)\s*<\/text>/g)].map(([, text = ""]) => text);

  it("has a description in words", async () => {
    expect(describeCurve(curve([0, 10], 10))).to.equal(
      "TTL 0 s: 9.0 M queries for 9.00 USD a month, 46 s down at worst. TTL 10 s (now): 8.0 M queries for 8.00 USD a month, 56 s down at worst.",
    );
    const svg = await drawn(curve([0, 10, 60], 10));
    expect(svg).to.contain('role="img"');
    expect(svg).to.contain('aria-labelledby="x-title x-text"');
    expect(svg).to.contain(describeCurve(curve([0, 10, 60], 10)));
  });

  it("writes each TTL above its downtime, and marks the current one", async () => {
    const written = texts(await drawn(curve([0, 1, 5, 10, 30, 60, 120, 300], 10)));
    expect(written).to.include.members(["0", "1", "5", "10", "30", "60", "120", "300"]);
    expect(written).to.include.members(["46", "346", "now: 6.00"]);
    expect((await drawn(curve([0, 10], 10))).match(/class="dot now"/g)).to.have.length(1);
    expect((await drawn(curve([0, 10]))).match(/class="dot now"/g)).to.equal(null);
  });

  it("leaves out figures that would overlap others, but never those of the stack", async () => {
    const written = texts(await drawn(curve([0, 1, 5, 9, 10, 30, 60, 120, 300], 9)));
    expect(written).to.include("55").and.not.to.include("56");
  });

  it("keeps the label of the current TTL inside the picture at its right edge", async () => {
    expect(await drawn(curve([0, 60, 300], 300))).to.match(/x="286"[^>]*text-anchor="end"/);
    expect(await drawn(curve([0, 60, 300], 60))).to.match(/text-anchor="start"/);
  });

  it("is not drawn from a single point", async () => {
    expect(await drawn(curve([10], 10))).to.equal("");
    expect(await drawn(curve([]))).to.equal("");
  });
});
