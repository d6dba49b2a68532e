import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../../cli/main";
import { asHtml } from "../../../rehearsal/report/asHtml";
import type { ReportedAnswer } from "../../../rehearsal/result";
import { rehearsalReport } from "../../../rehearsal/story/report";
import { Browser } from "../../app/harness/browser";
import { needParts } from "../../app/harness/parts";
import { memoryIo } from "../../cli/memoryIo";
import { webPair } from "../simulation/stacks";
import { answerIn, changed, packReport } from "../story/example";
import { itWithEveryCase } from "../../sampled";

const stack = JSON.stringify({
  version: 3,
  deployment: { resources: webPair({ requestInterval: 10, failureThreshold: 2 }) },
});
const scenario = `
name: a server dies
about: It refuses connections.
durationSeconds: 300
events: [{ atSeconds: 60, fail: web, death: refused, source: a test }]
`;

/** The page that a command writes. */
async function pageOf(...argv: readonly string[]): Promise<string> {
  const io = memoryIo({ files: { "stack.json": stack, "dies.yaml": scenario } });
  await main([...argv, "--from", "stack.json", "--html", "page.html"], io);
  return io.files.get("page.html") ?? "";
}

/** A rehearsal with everything that a page can show: shares, a dead answer, findings, a fault. */
async function rehearsalPage(): Promise<string> {
  const shared = (first: number): readonly ReportedAnswer[] => [
    { ...answerIn("us-west-2a"), probability: first },
    { ...answerIn("eu-west-1a"), probability: 1 - first, alive: first > 0.5 },
  ];
  const rehearsal = changed({
    steps: { 0: { answers: shared(0.9) }, 1: { answers: shared(0.2), faults: ["a-database"] } },
    policies: [packReport({ advisoryRules: { "one-rule": 2 }, stops: ["a-rule: it is wrong"] })],
  });
  return asHtml(rehearsalReport(rehearsal));
}

/** The same of names that are wider than a narrow page. */
function longNamesPage(): Promise<string> {
  const long = "_a-pool-of-servers-in-ap-southeast-1-with-a-very-long-name.units.example.test";
  const answers = [
    { ...answerIn("us-west-2a"), availabilityZone: long, value: long, alive: false },
  ];
  return asHtml(
    rehearsalReport(changed({ stack: `/exports/${long}.json`, steps: { 1: { answers } } })),
  );
}

const pages: Readonly<Record<string, () => Promise<string>>> = {
  rehearse: rehearsalPage,
  "rehearse with long names": longNamesPage,
  prove: () => pageOf("prove"),
  cost: () => pageOf("cost"),
  replay: () => pageOf("replay", "dies.yaml"),
  tune: () => pageOf("tune", "--name", "www.a.test", "--runs", "20"),
};

/** A4 without the margins of the style sheet, 182 mm, in CSS pixels of 1/96 inch. */
const printWidth = 688;

describe("the pages in Chromium", function () {
  let browser: Browser;
  let folder: string;

  before(async function () {
    needParts(this, ["chromium"]);
    browser = await Browser.launch();
    folder = mkdtempSync(join(tmpdir(), "pages-"));
  });

  after(async () => {
    await (browser as Browser | undefined)?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  for (const [name, page] of Object.entries(pages)) {
    const itOfPage = name === "rehearse" ? it : itWithEveryCase;
    itOfPage(
      `of ${name} has no fault that axe finds and no horizontal scroll, in light and dark`,
      async () => {
        const path = join(folder, `${name}.html`);
        writeFileSync(path, await page());
        for (const [width, isDark] of [
          [1280, false],
          [375, true],
        ] as const) {
          await browser.size(width, 900, isDark);
          await browser.open(`file://${path}`);
          const at = `${width} pixels, ${isDark ? "dark" : "light"}`;
          expect(await browser.evaluate("document.documentElement.scrollWidth"), at).to.equal(
            width,
          );
          expect(await browser.violations(), at).to.deep.equal([]);
        }
      },
    );
  }

  it("fill a place that answers, one that is dead and one without customers differently", async () => {
    const path = join(folder, "places.html");
    writeFileSync(path, await rehearsalPage());
    await browser.size(1280, 900);
    await browser.open(`file://${path}`);
    const fills = await browser.evaluate<readonly string[]>(
      `["answers", "dead", "idle"].map((state) => getComputedStyle(document.querySelector("rect.at-" + state)).fill)`,
    );
    expect(fills).to.deep.equal(["rgb(228, 242, 234)", "rgb(251, 231, 227)", "rgb(255, 255, 255)"]);
  });

  it("break no name of a place, and keep every name on the page at 375 pixels", async () => {
    const path = join(folder, "names.html");
    writeFileSync(path, await rehearsalPage());
    await browser.size(375, 900);
    await browser.open(`file://${path}`);
    const [count, tall] = await browser.evaluate<readonly number[]>(
      `(() => {
        const names = [...document.querySelectorAll(".whole")].filter((one) => /^us-west-2[ab]\\b/.test(one.textContent));
        const isTall = (one) => one.getClientRects()[0]?.height > 2 * parseFloat(getComputedStyle(one).fontSize);
        return [names.length, names.filter(isTall).length];
      })()`,
    );
    expect(count).to.be.greaterThan(3);
    expect(tall).to.equal(0);
  });

  it("fit on A4 with the style of print: nothing wider makes Chromium shrink the whole page", async () => {
    for (const [name, page] of Object.entries(pages)) {
      const path = join(folder, `${name}-printed.html`);
      const printed = (await page())
        .replaceAll("@media print", "@media all")
        .replaceAll("@media screen", "@media speech");
      writeFileSync(path, printed);
      await browser.size(printWidth, 900);
      await browser.open(`file://${path}`);
      expect(await browser.evaluate("document.documentElement.scrollWidth"), name).to.equal(
        printWidth,
      );
      expect(
        await browser.evaluate(
          "[...document.querySelectorAll('details')].every((one) => one.open === one.lastElementChild.checkVisibility())",
        ),
        `details of ${name} are printed as they are shown`,
      ).to.equal(true);
    }
  });
});
