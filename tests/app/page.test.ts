import { expect } from "chai";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Browser } from "./harness/browser";
import { place } from "./harness/customer";
import { pathOf, REGION_PARTS } from "./harness/parts";
import { APP } from "./harness/region";
import { useTwoRegions, type Side, type TwoRegions } from "./harness/twoRegions";
import { until } from "../../rehearsal/live/lamp/waiting";

/** How often the page asks about an order that is received and not confirmed (app/public/order.js). */
const PAGE_WATCH_MS = Number(
  /WATCH_MS = (\d+);/.exec(readFileSync(join(APP, "public", "order.js"), "utf8"))?.[1],
);
/** Still long enough to see the page as it was before. */
const SHORT_WATCH_MS = 500;

const REPORTS = join(APP, "..", "reports", "screenshots");

describe("the ordering page in Chromium", function () {
  let two: TwoRegions;
  let oregon: Side;
  let origin: string;
  let browser: Browser;

  useTwoRegions(
    (started) => {
      two = started;
      ({ oregon } = two);
      ({ origin } = oregon.region);
    },
    { parts: [...REGION_PARTS, "chromium"] },
  );

  before(async () => {
    browser = await Browser.launch();
  });

  after(async () => {
    await (browser as Browser | undefined)?.close();
  });

  beforeEach(async () => {
    oregon.there.mode = oregon.here.mode = "ok";
    await oregon.region.forgetState();
    await browser.startAnew(origin);
    await browser.size(900, 1000);
  });

  const stored = async () =>
    Number(await oregon.region.database.query("SELECT COUNT(*) FROM orders"));
  const shown = async (text: string) => browser.shows(text);
  const shot = async (name: string) => browser.screenshot(join(REPORTS, `${name}.png`));

  const signedIn = async (expected: boolean) =>
    until(`the customer is ${expected ? "" : "not "}remembered`, async () => {
      const answer = "fetch('/session').then((answer) => answer.json()).then((it) => it.signedIn)";
      return (await browser.evaluate(answer)) === expected;
    });

  /** Orders two espressos and a tea for Ana by keyboard, from the top of the page to its button. */
  async function orderByKeyboard(): Promise<void> {
    await browser.evaluate("document.body.focus()");
    await browser.press("Tab"); // the café's name, which leads home
    await browser.press("Tab");
    for (let n = 0; n < 2; n++) await browser.press("ArrowUp");
    for (let n = 0; n < 3; n++) await browser.press("Tab");
    await browser.press("ArrowUp");
    for (let n = 0; n < 3; n++) await browser.press("Tab");
    await browser.type("Ana");
    await browser.press("Enter");
  }

  it("shows the application's menu with its prices", async () => {
    await browser.open(origin);
    const page =
      await browser.evaluate(`[...document.querySelectorAll(".menu input")].map((input) => ({
      id: input.id,
      name: input.labels[0].firstChild.textContent.trim(),
      price: input.labels[0].querySelector(".price").textContent.slice(1),
      cents: Number(input.dataset.cents),
    }))`);
    const code =
      'require $argv[1]; foreach (Cafe\\Menu::ITEMS as $id => $item) { echo json_encode(["id" => $id, ' +
      '"name" => $item["name"], "price" => substr(Cafe\\Menu::price($item["cents"]), 1), "cents" => $item["cents"]]), "\\n"; }';
    const lines = await two.workshop.run(pathOf("php"), ["-r", code, join(APP, "src", "Menu.php")]);
    const menu = lines
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(page).to.deep.equal(menu);
    await shot("ordering");
  });

  it("accepts an order by keyboard only, confirms it and finds it again", async () => {
    const before = await stored();
    await browser.open(origin);
    await orderByKeyboard();
    await shown("Order confirmed");
    await shot("confirmed-201");
    expect(await stored()).to.equal(before + 1);
    expect(await browser.evaluate("document.activeElement.id")).to.equal("outcome");
    await browser.open(await browser.evaluate<string>("document.querySelector('#outcome a').href"));
    const text = await browser.text();
    expect(text).to.match(/Order confirmed[^]*For Ana[^]*2 × Espresso\s*\$5\.80[^]*1 × Pot of tea/);
    expect(text).to.contain("$9.60");
    expect(browser.complaints).to.deep.equal([]);
    expect(browser.requests.filter((url) => !url.startsWith(origin))).to.deep.equal([]);
    await shot("order-found-again");
  });

  it("accepts an order without JavaScript, in one more step", async () => {
    const before = await stored();
    await browser.switchScripts(false);
    await browser.open(origin);
    await orderByKeyboard();
    await shown("Check your order");
    await shot("without-javascript-review");
    expect(await stored()).to.equal(before);
    await browser.evaluate("document.querySelector('button').focus()");
    await browser.press("Enter");
    await shown("Order confirmed");
    await shot("without-javascript-confirmed");
    expect(await stored()).to.equal(before + 1);
    // A reload sends the form again, with the same number: still one order.
    await browser.evaluate("document.body.id = 'first-answer'");
    await browser.evaluate("location.reload()").catch(() => undefined);
    await until("the form has been sent again", () =>
      browser.holds("document.readyState === 'complete' && document.body.id !== 'first-answer'"),
    );
    await shown("Order confirmed");
    expect(await stored()).to.equal(before + 1);
  });

  it("explains a 202 when the other region is cut off, and shows when the order is safe", async () => {
    oregon.there.mode = "refused";
    await browser.shorten(PAGE_WATCH_MS, SHORT_WATCH_MS);
    await browser.open(origin);
    await orderByKeyboard();
    await shown("Order received");
    await shot("received-202");
    expect(await browser.text()).to.match(/making it[^]*don’t order again[^]*safety copy/);
    oregon.there.mode = "ok";
    await oregon.region.forgetState();
    await oregon.region.drain("--now");
    await shown("Order confirmed");
  });

  it("explains a 202 without JavaScript", async () => {
    oregon.there.mode = "refused";
    await browser.switchScripts(false);
    await browser.open(origin);
    await orderByKeyboard();
    await shown("Check your order");
    await browser.evaluate("document.querySelector('form').submit()");
    await shown("Order received");
    await shot("without-javascript-received-202");
    expect(await browser.text()).to.contain("don’t order again");
  });

  it("keeps trying through an outage and a reload, and places the order once", async () => {
    const before = await stored();
    await browser.open(origin);
    await oregon.region.database.kill();
    await orderByKeyboard();
    await shown("Still trying to reach us");
    await shot("still-trying");
    expect(await browser.text()).to.contain("not confirmed yet");
    await browser.open(`${origin}/?again`);
    await shown("Still trying to reach us");
    await oregon.region.database.start();
    await shown("Order confirmed");
    expect(await stored()).to.equal(before + 1);
  });

  const left = async (value: string) => {
    await browser.open(`${origin}/busy.html`);
    await browser.evaluate(`localStorage.setItem("cafe-order", ${JSON.stringify(value)})`);
    await browser.open(origin);
  };
  const anOldOrder = (ageMs: number) => ({
    order: {
      ...{ id: randomUUID(), name: "Ana", phone: "", note: "" },
      items: { espresso: 2, tea: 1 },
    },
    atMs: Date.now() - ageMs,
  });

  it("asks before it sends yesterday's order again, and forgets it on request", async () => {
    const before = await stored();
    await left(JSON.stringify(anOldOrder(26 * 3_600_000)));
    await shown("Do you still want it?");
    await shot("stored-order-of-yesterday");
    await sleep(1000);
    expect(await stored()).to.equal(before);
    await browser.evaluate("document.querySelectorAll('#outcome button')[1].click()");
    expect(await browser.evaluate("document.getElementById('tea').value")).to.equal("1");
    await browser.open(`${origin}/?again`);
    expect(await browser.text()).to.not.contain("Do you still want it?");
    await left(JSON.stringify(anOldOrder(2 * 3_600_000)));
    await shown("2 h ago");
    await browser.evaluate("document.querySelector('#outcome button').click()");
    await shown("Order confirmed");
    expect(await stored()).to.equal(before + 1);
  });

  it("sends an order of a minute ago without asking", async () => {
    await left(JSON.stringify(anOldOrder(60_000)));
    await shown("Order confirmed");
  });

  it("drops unusable data in its storage", async () => {
    const good = anOldOrder(1000);
    for (const value of [
      ...["{", "null", "[]", '{"order":{}}', JSON.stringify(good.order)],
      JSON.stringify({ ...good, order: { ...good.order, items: { gold: 1 } } }),
      JSON.stringify({ ...good, order: { ...good.order, id: "<b>" } }),
    ]) {
      await left(value);
      await shown("Order now, collect in 15 minutes");
      expect(await browser.evaluate("localStorage.getItem('cafe-order')"), value).to.equal(null);
    }
    expect(browser.complaints).to.deep.equal([]);
  });

  it("stops trying on request, and then shows the order in the form again", async () => {
    const before = await stored();
    await browser.open(origin);
    await oregon.region.database.kill();
    await orderByKeyboard();
    await shown("Still trying to reach us");
    await shot("offline");
    await browser.evaluate("document.querySelector('#outcome button').click()");
    await shown("Order cancelled");
    await oregon.region.database.start();
    await sleep(2500);
    expect(await stored()).to.equal(before);
    expect(await browser.evaluate("document.getElementById('espresso').value")).to.equal("2");
  });

  it("places an order again that disappeared while the page watched it", async () => {
    oregon.there.mode = oregon.here.mode = "refused";
    await browser.shorten(PAGE_WATCH_MS, SHORT_WATCH_MS);
    await browser.open(origin);
    await orderByKeyboard();
    await shown("Order received");
    await oregon.region.database.query("DELETE FROM orders; DELETE FROM outbox");
    oregon.there.mode = oregon.here.mode = "ok";
    await oregon.region.forgetState();
    await shown("Order confirmed");
    expect(await stored()).to.equal(1);
  });

  it("shows an error when the number belongs to another order", async () => {
    const { order, atMs } = anOldOrder(1000);
    expect((await place(origin, { ...order, name: "Eve" })).status).to.equal(201);
    await left(JSON.stringify({ order, atMs }));
    await shown("belongs to another order");
    await shot("conflict");
  });

  it("keeps the choices when an order is changed without JavaScript", async () => {
    await browser.switchScripts(false);
    await browser.open(origin);
    await orderByKeyboard();
    await shown("Check your order");
    await browser.evaluate("document.querySelectorAll('form')[1].submit()");
    await shown("Order now, collect in 15 minutes");
    const values = await browser.evaluate(
      "['espresso', 'tea', 'filter', 'name'].map((id) => document.getElementById(id).value)",
    );
    expect(values).to.deep.equal(["2", "1", "0", "Ana"]);
  });

  it("does not mistake the maintenance page's answer for one about the order", async () => {
    await browser.open(origin);
    // As an S3 website answers a POST: 405 and a page.
    await browser.evaluate(`{
      const real = window.fetch;
      let left = 2;
      window.fetch = (...args) => left-- > 0 && args[0] === "/orders"
        ? Promise.resolve(new Response("<h1>Maintenance</h1>", { status: 405 }))
        : real(...args);
    }`);
    await orderByKeyboard();
    await shown("Order confirmed");
  });

  it("shows what is missing, and where", async () => {
    await browser.open(origin);
    await browser.evaluate("document.getElementById('name').focus()");
    await browser.type("Ana");
    await browser.press("Enter");
    await shown("Nothing chosen yet");
    expect(await browser.evaluate("document.activeElement.id")).to.equal("espresso");
  });

  it("remembers a customer on request, and forgets them", async () => {
    await browser.open(origin);
    await until("the choice is offered", () =>
      browser.holds("!document.getElementById('remember-choice').hidden"),
    );
    await browser.evaluate("document.getElementById('remember').checked = true");
    await orderByKeyboard();
    await shown("Order confirmed");
    await signedIn(true);
    await browser.open(`${origin}/?back`);
    await shown("Welcome back, Ana");
    await until("the form has the customer's name", () =>
      browser.holds("document.getElementById('name').value === 'Ana'"),
    );
    await browser.evaluate("document.querySelector('#greeting button').click()");
    await signedIn(false);
    await browser.open(`${origin}/?later`);
    await sleep(500);
    expect(await browser.text()).to.not.contain("Welcome back");
  });

  it("fits 320 pixels, in light and dark, and names every field for a screen reader", async () => {
    await browser.size(320, 640, true);
    await browser.open(origin);
    await shot("ordering-320-dark");
    await left(JSON.stringify(anOldOrder(26 * 3_600_000)));
    await shown("Do you still want it?");
    await shot("stored-order-320-dark");
    expect(await browser.evaluate("document.documentElement.scrollWidth")).to.equal(320);
    await browser.evaluate("document.querySelectorAll('#outcome button')[1].click()");
    expect(await browser.evaluate("document.documentElement.scrollWidth")).to.equal(320);
    const unnamed = await browser.evaluate<string[]>(
      "[...document.querySelectorAll('input')].filter((i) => i.labels.length === 0).map((i) => i.id)",
    );
    expect(unnamed).to.deep.equal([]);
  });
});
