import { expect } from "chai";
import type { ReportedAnswer, Rehearsal } from "../../../rehearsal/result";
import { asHtml } from "../../../rehearsal/report/asHtml";
import { rehearsalReport } from "../../../rehearsal/story/report";
import { answerIn, changed, exampleRehearsal, packReport } from "../story/example";

const renderHtml = (rehearsal: Rehearsal): Promise<string> => asHtml(rehearsalReport(rehearsal));

/** Every sequence that could break out of its context, in one string. */
const hostile = `"><script>alert(1)</script>'&<svg onload=x>`;

/** The same rehearsal with each string replaced. */
function withEveryString(rehearsal: Rehearsal, by: string): Rehearsal {
  const replaced: unknown = JSON.parse(
    JSON.stringify(rehearsal, (_, value: unknown) => (typeof value === "string" ? by : value)),
  );
  return replaced as Rehearsal;
}

/** The text as seen or heard, without tags and style. */
function textOf(page: string): string {
  return page
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}

/** The first picture of the timeline. */
function firstTimeline(page: string): string {
  const [, story = ""] = page.split('id="section-dev-the-story"');
  return story.match(/<svg\s+role="img".*?<\/svg>/s)?.[0] ?? "";
}

describe("the rehearsal as HTML", () => {
  it("contains the story, the worst cases, the objectives and the tree", async () => {
    const text = textOf(await renderHtml(exampleRehearsal()));
    for (const part of [
      "Failover rehearsal",
      "✓ Every answer is alive, and every objective is met.",
      "dev orders.dev.cafe.com",
      "us-west-2a fails us-west-2b 203.0.113.11 60 s 114 s 184 s",
      "detected in 114 s, all moved in 184 s; worst if it hangs in the body",
      "hangs in the body 114 s 10 s 60 s 184 s",
      "Zone or region: downtime 184 s of 190 s ✓ met",
      "SECONDARY s3-website.us-east-2.amazonaws.com the maintenance page",
      "orders.dev.cafe.com A secondary the primary is unhealthy",
      "The time to spread is assumed: AWS publishes none.",
      "prod orders.cafe.com",
    ]) {
      expect(text).to.contain(part);
    }
  });

  it("contains the results of the policy packs, if they ran", async () => {
    const text = textOf(
      await renderHtml(
        changed({
          policies: [
            packReport(),
            packReport({
              pack: "advises",
              summary: "2 advisory",
              advisory: 2,
              advisoryRules: { "one-rule": 2 },
            }),
            packReport({
              pack: "stops",
              summary: "1 broken",
              broken: 1,
              stops: ["a is broken: b"],
            }),
          ],
        }),
      ),
    );
    for (const part of [
      "✗ 1 problem found. a is broken: b",
      "Objectives and policies",
      "Policy packs on dev Policy pack Findings State",
      "dns-failover no findings; 40 of 40 rules applied ✓ passed",
      "advises 2 advisory advisory",
      "stops 1 broken ✗ blocks update",
      "one-rule of advises: 2 advisory findings ✗ blocks update a is broken: b " +
        "Each finding: npx failover policy --stack dev",
    ]) {
      expect(text).to.contain(part);
    }
    expect(textOf(await renderHtml(exampleRehearsal()))).to.not.contain("policy");
  });

  it("contains the downtime of each TTL mode, and each place's share of the customers", async () => {
    const shared = (place: "us-west-2b" | "eu-west-1a", probability: number): ReportedAnswer => ({
      ...answerIn(place),
      probability,
    });
    const page = await renderHtml(
      changed({
        steps: { 1: { answers: [shared("us-west-2b", 0.9), shared("eu-west-1a", 0.1)] } },
        ttlModes: [
          {
            mode: "normal",
            inForce: true,
            ttl: 60,
            downtime: { zoneOrRegion: 184, database: 298 },
          },
          {
            mode: "maintenance",
            inForce: false,
            ttl: 5,
            downtime: { zoneOrRegion: 129, database: 243 },
          },
        ],
      }),
    );
    const text = textOf(page);
    expect(text).to.contain("Worst downtime of dev, by TTL mode");
    expect(text).to.contain("normal, 60 s, in force 184 s 298 s maintenance, 5 s 129 s 243 s");
    expect(text).to.contain("us-west-2b answers 90 % from 184 s");
    expect(text).to.contain("90 % here by 184 s");
    expect(text).not.to.contain("us-west-2b answers all");
  });

  it("draws the tree as nested lists, which a screen reader reads as levels", async () => {
    const page = await renderHtml(exampleRehearsal());
    const [tree = ""] =
      page.match(/<ul class="tree" aria-label="Tree of records.*?<\/section>/s) ?? [];
    expect(tree).to.match(/^<ul class="tree" aria-label="Tree of records of dev">/);
    const depths = [...tree.matchAll(/<(\/?)ul|<strong>(\w+)<\/strong>/g)].reduce<{
      readonly depth: number;
      readonly seen: readonly string[];
    }>(
      ({ depth, seen }, [tag, closes, role]) =>
        role === undefined
          ? { depth: depth + (closes === "" ? 1 : -1), seen }
          : { depth, seen: tag === "" ? seen : [...seen, `${depth} ${role}`] },
      { depth: 0, seen: [] },
    );
    expect(depths.seen).to.deep.equal([
      ...["2 PRIMARY", "3 PRIMARY", "4 PRIMARY", "5 PRIMARY", "5 SECONDARY"],
      ...["4 SECONDARY", "5 PRIMARY", "5 SECONDARY", "3 SECONDARY", "2 SECONDARY"],
    ]);
  });

  it("describes each picture in words", async () => {
    const page = await renderHtml(exampleRehearsal());
    expect(page.match(/<svg\s+role="img"/g)).to.have.length(18);
    expect(textOf(page)).to.contain(
      "us-west-2a: detection from 0 s to 114 s. us-west-2a: propagation from 114 s to 124 s. " +
        "us-west-2a: TTL from 124 s to 184 s. us-west-2b answers all from 184 s. the objective is 190 s.",
    );
    const labels = [...page.matchAll(/aria-labelledby="([^"]*)"/g)].flatMap(([, ids = ""]) =>
      ids.split(" "),
    );
    for (const id of labels) expect(page).to.contain(`id="${id}"`);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it("draws the places of each step: a way to where customers go, a sign and a word for each", async () => {
    const page = await renderHtml(exampleRehearsal());
    const [, section = ""] = page.split('id="section-dev"');
    const pictures = [...section.matchAll(/<svg\s+role="img".*?<\/svg>/gs)].map(([svg]) => svg);
    const [calm = "", zone = "", region = ""] = pictures;
    expect(textOf(calm)).to.contain(
      "nothing has failed orders.dev.cafe.com, in the order in which its places take over: " +
        "Oregon (us-west-2): us-west-2a answers all; us-west-2b no customers. " +
        "Dublin (eu-west-1): eu-west-1a no customers; eu-west-1b no customers. " +
        "us-east-2: maintenance no customers.",
    );
    expect(textOf(zone)).to.contain("us-west-2a ✗ down us-west-2b ✓ answers all");
    expect(textOf(region)).to.contain(
      "✗ Oregon (us-west-2) · down Dublin (eu-west-1) us-east-2 us-west-2a",
    );
    for (const picture of pictures.slice(0, 5)) {
      expect(picture.match(/class="way lit"/g)).to.have.length(1);
      expect(picture.match(/class="way"/g)).to.have.length(4);
    }
  });

  it("draws lengths to scale", async () => {
    const page = await renderHtml(exampleRehearsal());
    const first = firstTimeline(page);
    const widthOf = (kind: string): number => {
      const path = new RegExp(`class="${kind}" d="M([\\d.]+) [\\d.]+[HL]([\\d.]+)`).exec(first);
      return Number(path?.[2]) - Number(path?.[1]);
    };
    expect(widthOf("notices") / widthOf("spreads")).to.be.closeTo(114 / 10, 0.01);
    expect(widthOf("expires") / widthOf("spreads")).to.be.closeTo(60 / 10, 0.01);
  });

  it("draws customers who move as wedges, one growing as the other shrinks", async () => {
    const page = await renderHtml(exampleRehearsal());
    const heights = (kind: string): readonly number[] => {
      const path = new RegExp(
        `class="${kind}" d="M[\\d.]+ ([\\d.]+)(?:L[\\d.]+ ([\\d.]+)|H[\\d.]+)V([\\d.]+)`,
      );
      const [start, end = start, bottom] = (path.exec(page) ?? [])
        .slice(1)
        .map((text) => text && Number(text));
      return [start, end].map((top) => Number(bottom) - Number(top));
    };
    expect(heights("arrives")).to.deep.equal([0, 14]);
    expect(heights("expires")).to.deep.equal([14, 0]);
    expect(heights("leaves")).to.deep.equal([14, 0]);
    expect(heights("serves")).to.deep.equal([14, 14]);
  });

  it("draws no line through the name of a lane", async () => {
    const page = await renderHtml(exampleRehearsal());
    const first = firstTimeline(page);
    const names = [...first.matchAll(/class="name" x="[\d.]+" y="([\d.]+)"/g)].map(([, y]) =>
      Number(y),
    );
    const lines = [...first.matchAll(/M[\d.]+ ([\d.]+)v([\d.]+)/g)].map(([, top, length]) => [
      Number(top),
      Number(top) + Number(length),
    ]);
    expect(names).to.have.length(4);
    expect(lines.length).to.be.greaterThan(names.length);
    for (const base of names) {
      for (const [top = NaN, bottom = NaN] of lines) {
        expect(bottom <= base - 9 || top >= base).to.equal(
          true,
          `${top} to ${bottom}, name at ${base}`,
        );
      }
    }
  });

  it("has no script and sends no request, with a policy that forbids both", async () => {
    const page = await renderHtml(exampleRehearsal());
    expect(page).not.to.match(/<script|<link|<img|<iframe|@import|\ssrc=|\shref="(?!#)|https?:/);
    expect(page).to.contain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).to.match(/^<!doctype html>\s*<html lang="en">/);
  });

  it("links to each section from its contents, by an anchor made from the titles", async () => {
    const page = await renderHtml(exampleRehearsal());
    const [nav = ""] = page.match(/<nav class="contents" aria-label="Contents">.*?<\/nav>/s) ?? [];
    const anchors = [...nav.matchAll(/href="#([^"]*)"/g)].map(([, anchor = ""]) => anchor);
    expect(anchors).to.deep.equal([
      "section-summary",
      ...["section-dev", "section-dev-the-story", "section-dev-objectives"],
      "section-dev-worst-cases",
      ...["section-prod", "section-prod-the-story", "section-prod-objectives"],
      "section-prod-worst-cases",
    ]);
    for (const anchor of anchors) expect(page).to.match(new RegExp(`<h[23] id="${anchor}">`));
  });

  it("has no contents with a single section", async () => {
    const blocks = [{ kind: "section" as const, title: "Alone", blocks: [] }];
    expect(await asHtml({ title: "A report", blocks })).not.to.contain("<nav");
  });

  it("numbers the anchors of sections with the same title", async () => {
    const alike = { kind: "section" as const, title: "Äpfel & Co", blocks: [] };
    const page = await asHtml({ title: "A report", blocks: [{ ...alike }, { ...alike }] });
    expect([...page.matchAll(/<h2 id="([^"]*)"/g)].map(([, id]) => id)).to.deep.equal([
      "section-äpfel-co",
      "section-äpfel-co-2",
    ]);
  });

  it("states the day, the version and the commit, and is the same for the same making", async () => {
    const making = {
      date: new Date("2026-11-27T23:59:00Z"),
      version: "1.2.3",
      commit: "0123456789abcdef0123456789abcdef01234567",
    };
    const report = rehearsalReport(exampleRehearsal());
    const page = await asHtml(report, making);
    expect(textOf(page)).to.contain("2026-11-27 , failover 1.2.3, commit 0123456789ab ");
    expect(await asHtml(report, making)).to.equal(page);
    expect(textOf(await asHtml(report, { ...making, commit: null }))).not.to.contain("commit");
  });

  it("has its headings in order and no landmark twice", async () => {
    const page = await renderHtml(exampleRehearsal());
    const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels[0]).to.equal(1);
    for (const [index, level] of levels.entries()) {
      expect(level - (levels[index - 1] ?? level)).to.be.at.most(1);
    }
    expect(page.match(/<section[^>]*>/g)?.every((tag) => tag === "<section>")).to.equal(true);
    for (const landmark of ["header", "nav", "main"]) {
      expect(page.match(new RegExp(`<${landmark}[ >]`, "g"))).to.have.length(1);
    }
  });

  it("escapes every value", async () => {
    const page = await renderHtml(withEveryString(exampleRehearsal(), hostile));
    expect(page).not.to.contain("<script");
    expect(page).not.to.contain("<svg onload");
    expect(page).not.to.contain('"">');
    expect(page).to.contain("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;");
    const clean = await renderHtml(withEveryString(exampleRehearsal(), "x"));
    // The same tags in the same order: no value became one.
    const tags = (text: string): readonly string[] => text.match(/<\/?[a-z]+/g) ?? [];
    expect(tags(page)).to.deep.equal(tags(clean));
  });

  it("has a column head or a row head for every cell", async () => {
    const page = await renderHtml(exampleRehearsal());
    for (const [table] of page.matchAll(/<table.*?<\/table>/gs)) {
      expect(table).to.match(/<caption(?: class="said")?>/);
      const heads = table.match(/<th scope="col"/g)?.length;
      for (const [row] of table.replace(/<thead.*<\/thead>/s, "").matchAll(/<tr.*?<\/tr>/gs)) {
        expect(row.match(/<th scope="row"/g)).to.have.length(1);
        expect((row.match(/<td/g)?.length ?? 0) + 1).to.equal(heads);
      }
    }
  });

  it("says so where a table has no rows", async () => {
    const blocks = [
      { kind: "table" as const, caption: "The objectives", columns: [{ head: "name" }], rows: [] },
    ];
    const page = await asHtml({ title: "A report", blocks });
    expect(page).to.contain('<p class="soft">The objectives: none</p>');
    expect(page).not.to.contain("<table");
  });

  it("describes problems in words", async () => {
    const text = textOf(
      await renderHtml(
        changed({
          steps: {
            1: { answers: [{ ...answerIn("us-west-2a"), alive: false, probability: 0.5 }] },
            2: { answers: [] },
            3: { death: "refused", detection: null, downtime: null, bounds: [] },
          },
          objectives: [
            { name: "a.downtime", target: 1, worst: 2, met: false },
            { name: "b.downtime", target: 1, worst: null, met: true },
          ],
          notes: [],
        }),
      ),
    );
    expect(text).to.contain("✗ 3 problems found.");
    expect(text).to.contain("us-west-2a fails us-west-2a ✗ dead 203.0.113.10 50 % 60 s");
    expect(text).to.contain("Oregon fails ✗ none");
    expect(text).to.contain(
      "a.downtime 2 s of 1 s ✗ missed b.downtime not measured here, target 1 s",
    );
    expect(text).to.contain("never");
  });

  it("shows a simple record and a dead place", async () => {
    const path = [{ record: "plain.cafe.com A", reason: "the only record" }];
    const dead = { ...answerIn("us-west-2b"), alive: false, path };
    const page = await renderHtml(changed({ steps: { 1: { answers: [dead] } } }));
    expect(textOf(page)).to.contain("us-west-2a fails plain.cafe.com A – the only record");
    expect(page).to.match(/class="dead" d="[^"]*"/);
  });

  it("captions a change with its effect on customers", async () => {
    const steps = {
      1: { answers: [answerIn("us-west-2a")] },
      2: { death: "refused", detection: null, downtime: null, bounds: [] },
      3: { death: "" },
      4: { death: "returns", detection: 20, downtime: 30 },
    };
    const text = textOf(await renderHtml(changed({ steps })));
    expect(text).to.contain("us-west-2a fails no customers move");
    expect(text).to.contain("Oregon fails customers never move");
    const returning = textOf(await renderHtml(exampleRehearsal()));
    expect(returning).to.contain("all recover customers move, time unknown");
    expect(text).to.contain(
      "Dublin fails detected in 114 s, all moved in 184 s " +
        "all customers move from eu-west-1a to maintenance Dublin fails",
    );
    expect(text).to.contain("all moved in 30 s; every customer has an answer");
  });

  it("has the titles of details, expanded or collapsed", async () => {
    const blocks = [{ kind: "paragraph" as const, text: "inside" }];
    const page = await asHtml({
      title: "T",
      blocks: [
        { kind: "details", title: "Expanded", isOpen: true, blocks },
        { kind: "details", title: "Collapsed", isOpen: false, blocks },
      ],
    });
    expect(page).to.match(/<h2 id="part-1">Expanded<\/h2>\s*<p>inside<\/p>/);
    expect(page).to.match(/<summary>Collapsed<\/summary>\s*<p>inside<\/p>/);
  });
});
