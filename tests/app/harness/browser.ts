import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { pathOf } from "./parts";
import { PATIENCE_MS, until } from "../../../rehearsal/live/lamp/waiting";

const axeSource = readFileSync(createRequire(__filename).resolve("axe-core/axe.min.js"), "utf8");

/** What Chromium answers about a page that is just being replaced. */
const betweenPages = /^Runtime\.evaluate: .*(?:context|navigated)/;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

/**
 * A real headless Chromium with one page, controlled by the DevTools protocol over a pipe, which
 * needs no port and no library.
 */
export class Browser {
  /** Errors and warnings of the page or the browser. */
  readonly complaints: string[] = [];
  /** Every requested address. */
  readonly requests: string[] = [];
  readonly #pending = new Map<number, (message: Message) => void>();
  readonly #child: ChildProcess;
  readonly #profile = mkdtempSync(join(tmpdir(), "cafe-browser-"));
  /** Scripts that Chromium runs in every page. */
  readonly #shortening: unknown[] = [];
  readonly #onExit = () => {
    this.#kill();
  };
  #lastId = 0;
  #session = "";

  private constructor() {
    const flags =
      "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars " +
      "--disable-background-networking --disable-component-update --disable-sync --force-prefers-reduced-motion " +
      "--remote-debugging-pipe";
    this.#child = spawn(
      pathOf("chromium"),
      [...flags.split(" "), `--user-data-dir=${this.#profile}`, "about:blank"],
      {
        detached: true,
        stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
        // Chromium leaves folders where temporary files are.
        env: { ...process.env, TMPDIR: this.#profile },
      },
    );
    process.on("exit", this.#onExit);
    this.#listen(this.#child.stdio[4] as Readable);
  }

  static async launch(): Promise<Browser> {
    const browser = new Browser();
    let targetId: string | undefined;
    await until("Chromium has its page", async () => {
      const { targetInfos } = await browser.#send("Target.getTargets");
      const targets = targetInfos as { type: string; targetId: string }[];
      targetId = targets.find(({ type }) => type === "page")?.targetId;
      return targetId !== undefined;
    });
    const { sessionId } = await browser.#send("Target.attachToTarget", {
      targetId,
      flatten: true,
    });
    browser.#session = String(sessionId);
    for (const domain of ["Page", "Runtime", "Network", "Log"])
      await browser.#send(`${domain}.enable`);
    return browser;
  }

  async close(): Promise<void> {
    process.off("exit", this.#onExit);
    this.#kill();
    await sleep(100);
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Shortens one pause of the pages that are opened from now on, until `startAnew`: a test need not wait for it. */
  async shorten(pauseMs: number, toMs: number): Promise<void> {
    const source = `{
      const real = window.setTimeout;
      window.setTimeout = (call, ms, ...args) => real(call, ms === ${pauseMs} ? ${toMs} : ms, ...args);
    }`;
    const { identifier } = await this.#send("Page.addScriptToEvaluateOnNewDocument", { source });
    this.#shortening.push(identifier);
  }

  /** Resets to a customer who has never visited `origin`: no cookie, nothing stored, scripts on. */
  async startAnew(origin: string): Promise<void> {
    for (const identifier of this.#shortening.splice(0))
      await this.#send("Page.removeScriptToEvaluateOnNewDocument", { identifier });
    await this.switchScripts(true);
    await this.#send("Page.navigate", { url: "about:blank" });
    await this.#send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
    await this.#send("Network.clearBrowserCookies");
    this.complaints.length = this.requests.length = 0;
  }

  /** Opens an address and waits until it has loaded. */
  async open(url: string): Promise<void> {
    await this.#send("Page.navigate", { url });
    await until(`${url} has loaded`, () =>
      this.holds("document.readyState === 'complete' && location.href !== 'about:blank'"),
    );
  }

  /** Whether an expression is true of a page; false while one page replaces another. */
  async holds(expression: string): Promise<boolean> {
    return this.evaluate<boolean>(expression).catch((error: unknown) => {
      if (error instanceof Error && betweenPages.test(error.message)) return false;
      throw error;
    });
  }

  /** Runs an expression in the page, even if the page's own scripts are off. */
  async evaluate<T>(expression: string): Promise<T> {
    const answer = await this.#send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    const { value, description } = answer["result"] as { value?: T; description?: string };
    if (answer["exceptionDetails"] !== undefined) throw new Error(description ?? expression);
    return value as T;
  }

  /** The visible text. */
  async text(): Promise<string> {
    return this.evaluate("document.body?.innerText ?? ''");
  }

  /** Waits until a page has loaded and has this in its visible text. */
  async shows(text: string): Promise<void> {
    const isShown = `document.readyState === 'complete' && document.body.innerText.includes(${JSON.stringify(text)})`;
    // To tell its text, Chromium lays the whole page out: asked without a pause, it would do nothing else.
    await until(
      `the page shows "${text}"`,
      async () => (await this.holds(isShown)) || sleep(100, false),
    );
  }

  async size(widthPixels: number, heightPixels: number, dark = false): Promise<void> {
    await this.#send("Emulation.setDeviceMetricsOverride", {
      width: widthPixels,
      height: heightPixels,
      deviceScaleFactor: 1,
      mobile: false,
    });
    await this.#send("Emulation.setEmulatedMedia", {
      features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }],
    });
  }

  async switchScripts(on: boolean): Promise<void> {
    await this.#send("Emulation.setScriptExecutionDisabled", { value: !on });
  }

  /** Types keys one after another, as a customer without a mouse does. */
  async type(text: string): Promise<void> {
    for (const key of text) {
      await this.#send("Input.dispatchKeyEvent", { type: "char", text: key });
    }
  }

  /** Presses a key such as `Tab`, `ArrowUp` or `Enter`. */
  async press(key: "Tab" | "ArrowUp" | "Enter"): Promise<void> {
    const codes = { Tab: 9, ArrowUp: 38, Enter: 13 };
    const event = { key, code: key, windowsVirtualKeyCode: codes[key] };
    await this.#send("Input.dispatchKeyEvent", {
      type: "keyDown",
      ...event,
      ...(key === "Enter" ? { text: "\r" } : {}),
    });
    await this.#send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  /** What axe finds in the page: a line for each rule, with the elements. */
  async violations(): Promise<readonly string[]> {
    await this.evaluate(`${axeSource}; undefined`);
    return this.evaluate(`axe.run().then(({ violations }) => violations.map(({ id, nodes }) =>
      id + ": " + nodes.map(({ html }) => html.slice(0, 160)).join(" | ")))`);
  }

  /** Writes a PNG of the whole page. */
  async screenshot(path: string): Promise<void> {
    const { data } = await this.#send("Page.captureScreenshot", {
      format: "png",
      captureBeyondViewport: true,
    });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.from(String(data), "base64"));
  }

  #kill(): void {
    try {
      if (this.#child.pid !== undefined) process.kill(-this.#child.pid, "SIGKILL");
    } catch {
      // It has already ended.
    }
  }

  async #send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = ++this.#lastId;
    const session = this.#session === "" ? {} : { sessionId: this.#session };
    const answer = await new Promise<Message>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`${method}: no answer from Chromium within ${PATIENCE_MS} ms`));
      }, PATIENCE_MS);
      this.#pending.set(id, (message) => {
        clearTimeout(timer);
        resolve(message);
      });
      const pipe = this.#child.stdio[3] as Writable;
      pipe.write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    });
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result ?? {};
  }

  #listen(pipe: Readable): void {
    let rest = "";
    pipe.setEncoding("utf8");
    pipe.on("data", (chunk: string) => {
      const parts = (rest + chunk).split("\0");
      rest = parts.pop() ?? "";
      for (const part of parts) this.#receive(JSON.parse(part) as Message);
    });
  }

  #receive(message: Message): void {
    if (message.id !== undefined) {
      this.#pending.get(message.id)?.(message);
      this.#pending.delete(message.id);
      return;
    }
    const { method, params = {} } = message;
    if (method === "Network.requestWillBeSent") {
      this.requests.push((params["request"] as { url: string }).url);
    } else if (method === "Log.entryAdded") {
      const { text, url = "" } = params["entry"] as { text: string; url?: string };
      this.complaints.push(`${text} ${url}`.trim());
    } else if (method === "Runtime.exceptionThrown") {
      this.complaints.push(JSON.stringify(params["exceptionDetails"]));
    }
  }
}
