import { expect } from "chai";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Browser } from "./harness/browser";
import { needParts } from "./harness/parts";
import { APP } from "./harness/region";

const PAGE = join(APP, "maintenance", "index.html");
const REPORTS = join(APP, "..", "reports", "screenshots");

describe("the maintenance page", function () {
  it("is small and needs no other file", () => {
    const html = readFileSync(PAGE, "utf8");
    expect(statSync(PAGE).size).to.be.below(8 * 1024);
    expect(html).to.not.match(/<script|src=|@import|url\(/);
    expect(html.match(/https?:\/\/[^'"\s]+/g)).to.deep.equal(["http://www.w3.org/2000/svg"]);
  });

  it("gives instructions: the order is safe, try again, call", () => {
    const html = readFileSync(PAGE, "utf8");
    for (const text of ["it is safe", "Try again", "tel:+1", 'lang="en"', "<h1>", "<main>"]) {
      expect(html).to.contain(text);
    }
  });

  describe("in Chromium", () => {
    let browser: Browser;

    before(async function () {
      needParts(this, ["chromium"]);
      browser = await Browser.launch();
      await browser.size(900, 900);
      await browser.open(pathToFileURL(PAGE).href);
    });

    after(async () => {
      await (browser as Browser | undefined)?.close();
    });

    it("requests nothing else and logs no error", async () => {
      await browser.screenshot(join(REPORTS, "maintenance.png"));
      const elsewhere = browser.requests.filter((url) => !/^(file|data):/.test(url));
      expect(elsewhere).to.deep.equal([]);
      expect(browser.complaints).to.deep.equal([]);
    });

    it("fits 320 pixels without horizontal scrolling, in light and dark", async () => {
      await browser.size(320, 640, true);
      await browser.screenshot(join(REPORTS, "maintenance-320-dark.png"));
      expect(await browser.evaluate("document.documentElement.scrollWidth")).to.equal(320);
      expect(await contrast(browser, "main")).to.be.at.least(4.5);
      await browser.size(320, 640);
      expect(await contrast(browser, "main")).to.be.at.least(4.5);
      expect(await contrast(browser, ".button")).to.be.at.least(4.5);
    });

    it("reads in order without CSS, including the picture", async () => {
      await browser.evaluate("document.querySelector('style').remove()");
      await browser.screenshot(join(REPORTS, "maintenance-without-css.png"));
      const text = await browser.text();
      expect(text.replace(/\s+/g, " ")).to.match(/Café.*short break.*safe.*Try again.*Call \+1/);
      expect(await browser.evaluate("document.querySelector('svg').clientWidth")).to.equal(34);
    });
  });
});

/** The contrast of an element's text with its own background, by WCAG 2.2's formula. */
async function contrast(browser: Browser, selector: string): Promise<number> {
  return browser.evaluate(`(() => {
    const style = getComputedStyle(document.querySelector(${JSON.stringify(selector)}));
    const luminance = (colour) => {
      const [r, g, b] = colour.match(/\\d+/g).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [dark, light] = [style.color, style.backgroundColor].map(luminance).sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  })()`);
}
