import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { drillPage } from "../../../../rehearsal/live/page/drillPage";
import type { PageServer } from "../../../../rehearsal/live/page/server";
import { servePage } from "../../../../rehearsal/live/page/server";
import { Browser } from "../../../app/harness/browser";
import { needParts } from "../../../app/harness/parts";
import { until } from "../../../../rehearsal/live/lamp/waiting";
import type { FakeDrill } from "./fakeDrill";
import { checkCalled, prodDrill } from "./prodDrill";
import { smallDrill } from "./smallDrill";
import { isEveryCase } from "../../../sampled";

describe("the page of a drill in a browser", () => {
  let browser: Browser;
  let drill: FakeDrill;
  let server: PageServer;
  let folder: string;

  before(async function () {
    needParts(this, ["chromium"]);
    browser = await Browser.launch();
    folder = mkdtempSync(join(tmpdir(), "drill-page-"));
  });

  beforeEach(async () => {
    drill = await prodDrill();
    drill.pass(20);
    server = await servePage(drill, 0);
    await browser.size(1280, 900);
    await browser.startAnew(server.url);
    await browser.open(server.url);
    await shows("Served from us-west-2a (Oregon, 90 %) and eu-west-1a (Dublin, 10 %).");
  });

  afterEach(() => server.close());

  after(async () => {
    // There is none where Chromium is missing.
    await (browser as Browser | undefined)?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it("shows a failover to the other zone and to the other region, broken by keyboard", async () => {
    await press("Break us-west-2a");
    await shows("Customers are sent to us-west-2a (Oregon, 90 %), which is broken");
    await shows("Bring back us-west-2a");
    expect(await answering()).to.deep.equal(["us-west-2a 90 %", "eu-west-1a 10 %"]);

    drill.failOver("us-west-2a", checkCalled(drill, "oregon-us-west-2a-check"));
    await shows("Served from us-west-2b (Oregon, 90 %) and eu-west-1a (Dublin, 10 %).");
    await shows('ALARM: "oregon-us-west-2a-check"');
    expect(await answering()).to.deep.equal(["us-west-2b 90 %", "eu-west-1a 10 %"]);

    await press("Break Oregon (us-west-2)");
    await shows("Bring back Oregon (us-west-2)");
    drill.failOver("us-west-2", checkCalled(drill, "oregon-region-check"));
    await shows("Served from eu-west-1a (Dublin).");
    expect(await answering()).to.deep.equal(["eu-west-1a"]);

    await press("Bring back us-west-2a");
    await shows("Break us-west-2a");
    expect(drill.asked).to.deep.equal([
      "fail us-west-2a synDropped",
      "fail us-west-2 synDropped",
      "return us-west-2a",
    ]);
    expect(browser.complaints).to.deep.equal([]);
  });

  it("announces faults, answers, alerts and measurements, and not each report", async () => {
    const announced = (): Promise<string> =>
      browser.evaluate("document.querySelector('[aria-live]').textContent");
    drill.pass(3, 1);
    await shows("9 of 10 orders served");
    expect(await announced()).to.equal("");
    drill.fail("us-west-2a", "hangsInBody");
    await until("it is announced", async () =>
      (await announced()).includes("Fault: us-west-2a broken: hangs in the body."),
    );
  });

  it("keeps the focus while events arrive", async () => {
    await focus("Break us-west-2b");
    drill.pass(5);
    drill.fail("us-west-2a");
    await shows("Bring back us-west-2a");
    const focused = await browser.evaluate("document.activeElement.textContent");
    expect(focused).to.equal("Break us-west-2b");
  });

  it("shows what the drill refuses, and holds the gate once there is one", async () => {
    expect(await browser.evaluate("document.querySelector('#gate').hidden")).to.equal(true);
    drill.release("start");
    await until("the gate is there", () =>
      browser.holds("document.querySelector('#gate').hidden === false"),
    );
    await focus("", "#reason");
    await browser.type("stale data");
    await press("Hold failback");
    await shows("Failback gate: held, latched.");
    expect(drill.asked.at(-1)).to.equal("hold stale data");
    drill.giveBack = () => {
      throw new Error("the process has gone");
    };
    drill.fail("us-west-2a");
    await shows("Bring back us-west-2a");
    await press("Bring back us-west-2a");
    await shows("the drill failed: the process has gone");
  });

  it("resumes after a lost connection without loss or repeats", async () => {
    const { port } = new URL(server.url);
    await server.close();
    await shows("The connection to the drill is lost; trying again.");
    drill.fail("us-west-2b");
    server = await servePage(drill, Number(port));
    await shows("us-west-2b has been broken");
    drill.giveBack("us-west-2b");
    await shows("us-west-2b brought back");
    const faults = await browser.evaluate<number>(
      "[...document.querySelectorAll('#log li')].filter((one) => one.textContent.includes('us-west-2b')).length",
    );
    expect(faults).to.equal(2);
  });

  it("needs no horizontal scrolling at 1280, 768 and 375 pixels", async () => {
    drill.fail("us-west-2a");
    drill.failOver("us-west-2a", checkCalled(drill, "oregon-us-west-2a-check"));
    for (const width of [1280, 768, 375]) {
      await browser.size(width, 900);
      await browser.open(server.url);
      await shows("Served from us-west-2b");
      const scrolls = "document.documentElement.scrollWidth";
      expect(await browser.evaluate(scrolls), `${width} pixels`).to.equal(width);
    }
  });

  it("has no accessibility fault that axe finds, in light and dark, wide and narrow", async () => {
    drill.fail("us-west-2a");
    drill.failOver("us-west-2a", checkCalled(drill, "oregon-us-west-2a-check"));
    drill.hold("data must be checked");
    drill.fail("us-west-2");
    drill.pass(5, 9);
    const some = [
      [1280, false],
      [375, true],
    ] as const;
    const others = [
      [1280, true],
      [375, false],
    ] as const;
    for (const [width, isDark] of isEveryCase ? [...some, ...others] : some) {
      await browser.size(width, 900, isDark);
      await browser.open(server.url);
      await shows("Bring back Oregon");
      expect(
        await browser.violations(),
        `${width} pixels, ${isDark ? "dark" : "light"}`,
      ).to.deep.equal([]);
    }
  });

  it("shows the names of the endpoints in the picture, and the head of each cell beside it", async () => {
    await browser.size(768, 900);
    const [rows, heads] = await browser.evaluate<readonly (readonly string[])[]>(
      `["tbody tr", "thead"].map((selector) => [...new Set([...document.querySelectorAll(selector)].map((one) => {
        const { display, position } = getComputedStyle(one);
        return display + " " + position;
      }))])`,
    );
    // A row that is no row of a table has the heads of its cells, and the table's own is hidden.
    expect(rows).to.deep.equal(["flex static"]);
    expect(heads).to.deep.equal(["block absolute"]);
    await browser.size(1280, 900);
    await until("the picture is there", () =>
      browser.holds('document.querySelector(".endpoint .place") !== null'),
    );
    const [name, ground] = await browser.evaluate<readonly string[]>(
      `[[".endpoint .place", "fill"], ["body", "backgroundColor"]].map(([selector, property]) => getComputedStyle(document.querySelector(selector))[property])`,
    );
    expect(name).to.equal("rgb(35, 33, 30)");
    expect(ground).to.equal("rgb(251, 250, 247)");
  });

  it("opens a saved run from a file, and goes through its time", async () => {
    drill.fail("us-west-2a");
    drill.failOver("us-west-2a", checkCalled(drill, "oregon-us-west-2a-check"));
    const path = join(folder, "drill.html");
    writeFileSync(path, drillPage(drill.run()));
    browser.requests.length = 0;
    await browser.open(`file://${path}`);
    await shows("Served from us-west-2b (Oregon, 90 %)");
    await goTo(30);
    await shows("Customers are sent to us-west-2a (Oregon, 90 %), which is broken");
    await goTo(10);
    await shows("Nothing is broken.");
    await press("Play");
    await shows("Served from us-west-2b (Oregon, 90 %)");
    expect(await browser.violations()).to.deep.equal([]);
    expect(browser.complaints).to.deep.equal([]);
    expect(browser.requests.filter((url) => !/^(?:file|data):/.test(url))).to.deep.equal([]);
  });

  it("runs nothing that a saved run contains", async () => {
    const text =
      "</script><script>document.title='run'</script><img src=x onerror=\"document.title='run'\">";
    const path = join(folder, "hostile.html");
    const drilled = { ...smallDrill, title: text, differences: [text] };
    const events = [{ atSeconds: 0, kind: "alert" as const, subject: text, text }];
    writeFileSync(path, drillPage({ drill: drilled, events }));
    await browser.open(`file://${path}`);
    await shows("document.title='run'");
    expect(await browser.evaluate("document.title")).to.equal(`Drill of ${text}`);
    expect(await browser.evaluate("document.querySelectorAll('main img').length")).to.equal(0);
  });

  function shows(text: string): Promise<void> {
    return browser.shows(text);
  }

  /** The endpoints that the picture shows as answering. */
  function answering(): Promise<readonly string[]> {
    return browser.evaluate(`[...document.querySelectorAll(".tree-picture .endpoint.lit")].map((one) =>
      [".place", ".answers"].map((part) => one.querySelector(part).textContent.trim()).join(" ")
        .replace(" answers", ""))`);
  }

  /** Moves the focus with the Tab key to a button by its text, or to a selector. */
  async function focus(text: string, selector = "button"): Promise<void> {
    const isThere = `document.activeElement.matches(${JSON.stringify(selector)}) &&
      document.activeElement.textContent.trim() === ${JSON.stringify(text)}`;
    for (let keys = 0; keys < 60; keys += 1) {
      if (await browser.holds(isThere)) return;
      await browser.press("Tab");
    }
    throw new Error(`${text || selector}: must be reached with the Tab key`);
  }

  async function press(text: string): Promise<void> {
    await focus(text);
    await browser.press("Enter");
  }

  async function goTo(seconds: number): Promise<void> {
    await browser.evaluate(`(() => {
      const slider = document.querySelector("#moment");
      slider.value = "${seconds}";
      slider.dispatchEvent(new Event("input"));
    })()`);
  }
});
