import { expect } from "chai";
import { main } from "../../../cli/main";
import { until } from "../../../rehearsal/live/lamp/waiting";
import { Browser } from "../../app/harness/browser";
import { needParts } from "../../app/harness/parts";
import { describeWithEveryCase } from "../../sampled";
import { memoryIo } from "../memoryIo";
import type { MemoryIo } from "../memoryIo";
import { prodExport } from "./prodExport";

describeWithEveryCase("the page of failover drill", () => {
  let browser: Browser;

  before(async function () {
    needParts(this, ["chromium"]);
    browser = await Browser.launch();
  });
  // There is none where Chromium is missing.
  after(() => (browser as Browser | undefined)?.close());

  // tests/rehearsal/live/page/page.test.ts breaks them on the page of a drill that is played.
  it("breaks a zone and a region of prod by its buttons, and shows who serves then", async () => {
    const io = memoryIo({ files: { "prod.json": await prodExport() } });
    const argv = ["--from", "prod.json", "--address", "127.53.60.1", "--speed", "20"];
    const ended = main(["drill", ...argv, "--html", "drill.html"], io);
    await browser.size(1280, 900);
    await browser.open(await urlOf(io, ended));
    await shows("Served from us-west-2a (Oregon, 90 %) and eu-west-1a (Dublin, 10 %).");

    await press("us-west-2a");
    await shows("Served from us-west-2b (Oregon, 90 %) and eu-west-1a (Dublin, 10 %).");
    await shows('ALARM: "alerts-oregon-us-west-2a');
    await press("us-west-2");
    await shows("Served from eu-west-1a (Dublin).");

    io.interrupt("SIGINT");
    expect([0, 1]).to.include(await ended);
    await shows("The drill ended");
    await shows("The drill is over, and its server has gone.");
    expect(io.files.get("drill.html")).to.match(/^<!doctype html>[^]*Drill of prod\.json/);
    expect(browser.complaints).to.deep.equal([]);
  });

  function shows(text: string): Promise<void> {
    return browser.shows(text);
  }

  async function press(fault: string): Promise<void> {
    await browser.evaluate(`document.querySelector('button[data-fault="${fault}"]').click()`);
  }
});

/** Where a command serves its page; fails if it ends before. */
async function urlOf(io: MemoryIo, ended: Promise<number>): Promise<string> {
  let url: string | undefined;
  const early = ended.then((code) => {
    if (url === undefined) throw new Error(`the drill ended with ${code}: ${io.err()}`);
  });
  await Promise.race([
    early,
    until("the command prints its page's URL", () => {
      [url] = /^http:\/\/127\.0\.0\.1:\d+\/$/m.exec(io.out()) ?? [];
      return Promise.resolve(url !== undefined);
    }),
  ]);
  return url ?? "";
}
