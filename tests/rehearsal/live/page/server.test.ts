import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import { expect } from "chai";
import type { DrillEvent, DrillRun } from "../../../../rehearsal/live/drillRun";
import type { DrillControl } from "../../../../rehearsal/live/page/control";
import type { PageServer } from "../../../../rehearsal/live/page/server";
import { pageApp, servePage } from "../../../../rehearsal/live/page/server";
import { InputError } from "../../../../routing/inputError";
import { smallDrill } from "./smallDrill";

const host = "127.0.0.1:5380";

/** A drill that records what it is asked. */
class RecordingDrill implements DrillControl {
  readonly asked: string[] = [];
  readonly events: DrillEvent[] = [{ atSeconds: 0, kind: "note", text: "started" }];
  readonly listeners = new Set<() => void>();

  run(): DrillRun {
    return { drill: smallDrill, events: this.events };
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  fail(name: string, death?: string): void {
    this.asked.push(`fail ${name} ${death ?? ""}`.trim());
  }

  giveBack(name: string): void {
    this.asked.push(`return ${name}`);
  }

  hold(): void {
    throw new InputError("hold: this stack has no gate; deploy one");
  }

  release(reason: string): void {
    this.asked.push(`release ${reason}`);
  }

  note(text: string): void {
    this.events.push({ atSeconds: this.events.length, kind: "note", text });
    for (const listener of this.listeners) listener();
  }
}

/** Asks without a socket. */
async function ask(
  drill: DrillControl,
  path: string,
  { method = "GET", body, headers = {} }: Asked = {},
): Promise<{ readonly status: number; readonly text: string; readonly headers: Headers }> {
  const app = pageApp(drill, () => [host, "localhost:5380"], new AbortController().signal);
  const type = method === "POST" ? { "content-type": "application/json" } : {};
  const response = await app.request(path, {
    method,
    headers: { host, ...type, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

interface Asked {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

describe("the requests of a drill's page", () => {
  const post = (path: string, body: unknown, headers = {}): ReturnType<typeof ask> =>
    ask(new RecordingDrill(), path, { method: "POST", body: JSON.stringify(body), headers });

  it("get the page, with a policy that allows only its own script and style", async () => {
    const { status, text, headers } = await ask(new RecordingDrill(), "/");
    expect(status).to.equal(200);
    expect(text).to.include("<title>Drill of small</title>");
    expect(headers.get("content-security-policy")).to.match(
      /^default-src 'none'; script-src 'sha256-[\w+/=]{44}'; style-src 'sha256-[\w+/=]{44}'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(headers.get("x-frame-options")).to.equal("DENY");
    expect(headers.get("access-control-allow-origin")).to.equal(null);
  });

  it("get the run so far as a page of its own", async () => {
    const { status, text, headers } = await ask(new RecordingDrill(), "/run.html");
    expect(status).to.equal(200);
    expect(text).to.include('<script type="application/json" id="run">');
    expect(headers.get("content-disposition")).to.equal('attachment; filename="drill.html"');
  });

  it("break and bring back what the drill has", async () => {
    const drill = new RecordingDrill();
    for (const [path, body] of [
      ["/fail", { name: "us-west-2a", death: "synDropped" }],
      ["/fail", { name: "check:a" }],
      ["/return", { name: "us-west-2a" }],
      ["/release", { reason: " data checked " }],
    ] as const) {
      const given = {
        method: "POST",
        body: JSON.stringify(body),
        headers: { origin: `http://${host}` },
      };
      expect((await ask(drill, path, given)).status).to.equal(204);
    }
    expect(drill.asked).to.deep.equal([
      "fail us-west-2a synDropped",
      "fail check:a",
      "return us-west-2a",
      "release data checked",
    ]);
  });

  it("are refused under another name, as after DNS rebinding", async () => {
    const { status, text } = await ask(new RecordingDrill(), "/", {
      headers: { host: "evil.example:5380" },
    });
    expect([status, text]).to.deep.equal([
      403,
      "Host: must be 127.0.0.1:5380 or localhost:5380, got evil.example:5380\n",
    ]);
  });

  it("are refused from another origin", async () => {
    const origin = { origin: "http://evil.example" };
    const { status, text } = await post("/fail", { name: "us-west-2a" }, origin);
    expect([status, text]).to.deep.equal([
      403,
      "Origin: must be http://127.0.0.1:5380, got http://evil.example\n",
    ]);
    expect((await ask(new RecordingDrill(), "/events", { headers: origin })).status).to.equal(403);
  });

  it("are refused from another local port, and from a page of another site without an Origin", async () => {
    const otherPort = await post(
      "/fail",
      { name: "us-west-2a" },
      { origin: "http://127.0.0.1:80" },
    );
    expect(otherPort.status).to.equal(403);
    const { status, text } = await ask(new RecordingDrill(), "/run.html", {
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect([status, text]).to.deep.equal([
      403,
      "Sec-Fetch-Site: must be same-origin, got cross-site\n",
    ]);
  });

  it("are refused with other methods and types", async () => {
    const drill = new RecordingDrill();
    const put = await ask(drill, "/fail", { method: "PUT", body: "{}" });
    expect([put.status, put.text, put.headers.get("allow")]).to.deep.equal([
      405,
      "method: must be GET or POST, got PUT\n",
      "GET, POST",
    ]);
    const form = await post("/fail", {}, { "content-type": "application/x-www-form-urlencoded" });
    expect([form.status, form.text]).to.deep.equal([
      415,
      "Content-Type: must be application/json, got application/x-www-form-urlencoded\n",
    ]);
  });

  it("are refused with a body that is too long, is no JSON or has other fields", async () => {
    const long = await post("/fail", { name: "x".repeat(5_000) });
    expect([long.status, long.text]).to.deep.equal([413, "body: must be at most 4096 bytes\n"]);
    const broken = await ask(new RecordingDrill(), "/fail", { method: "POST", body: "{" });
    expect([broken.status, broken.text.slice(0, 24)]).to.deep.equal([
      400,
      "body: must be JSON, got ",
    ]);
    const other = await post("/return", { name: "us-west-2a", also: 1 });
    expect([other.status, other.text]).to.deep.equal([400, 'body: Unrecognized key: "also"\n']);
    const death = await post("/fail", { name: "us-west-2a", death: "old age" });
    expect(death.status).to.equal(400);
    expect(death.text).to.match(/^death: Invalid option: expected one of "refused"/);
  });

  it("are refused with a line for an unknown fault, and for what the drill refuses", async () => {
    const unknown = await post("/fail", { name: "us-west-9" });
    expect([unknown.status, unknown.text]).to.deep.equal([
      400,
      "name: no such fault, got us-west-9; did you mean us-west-2a? There are us-west-2a, check:a\n",
    ]);
    const refused = await post("/hold", { reason: "x" });
    expect([refused.status, refused.text]).to.deep.equal([
      400,
      "hold: this stack has no gate; deploy one\n",
    ]);
    expect((await ask(new RecordingDrill(), "/other")).status).to.equal(404);
  });
});

describe("the events of a drill's page", () => {
  let drill: RecordingDrill;
  let server: PageServer;

  beforeEach(async () => {
    drill = new RecordingDrill();
    server = await servePage(drill, 0);
  });

  afterEach(() => server.close());

  it("are the whole run, and then each event with its id", async () => {
    const stream = await openEvents(server.url);
    await stream.has("id: ");
    drill.note("an event");
    drill.note("another event");
    await stream.has("#3");
    expect(idsOf(stream.text())).to.deep.equal(["#1", "#2", "#3"]);
    expect(stream.text()).to.include('event: run\ndata: {"drill":{');
    expect(stream.text()).to.include(
      'event: event\ndata: {"atSeconds":1,"kind":"note","text":"an event"}',
    );
    stream.end();
  });

  it("resume after the last one that a page had", async () => {
    for (const text of ["a", "b", "c"]) drill.note(text);
    const stream = await openEvents(server.url, `${smallDrill.startedAt}#2`);
    await stream.has('"c"');
    expect(idsOf(stream.text())).to.deep.equal(["#3", "#4"]);
    expect(stream.text()).not.to.include("event: run");
    stream.end();
  });

  it("begin anew for a page of another drill, or one that claims more than there is", async () => {
    for (const id of ["2020-01-01T00:00:00.000Z#1", `${smallDrill.startedAt}#99`, "nonsense"]) {
      const stream = await openEvents(server.url, id);
      await stream.has("event: run");
      stream.end();
    }
  });

  it("end with the server, and leave no listener when a page goes", async () => {
    const stream = await openEvents(server.url);
    await stream.has("event: run");
    expect(drill.listeners.size).to.equal(1);
    stream.end();
    await until(() => drill.listeners.size === 0);
    const other = await openEvents(server.url);
    await other.has("event: run");
    await server.close();
    await until(() => other.isClosed());
  });

  it("are for a limited number of pages", async () => {
    const streams = [];
    for (let page = 0; page < 16; page += 1) streams.push(await openEvents(server.url));
    const refused = await openEvents(server.url);
    await refused.has("close one");
    expect(refused.status).to.equal(503);
    for (const stream of streams) stream.end();
    await until(() => drill.listeners.size === 0);
    const again = await openEvents(server.url);
    expect(again.status).to.equal(200);
    again.end();
  });
});

describe("the server of a drill's page", () => {
  it("listens on 127.0.0.1 only", async () => {
    const server = await servePage(new RecordingDrill(), 0);
    const port = Number(new URL(server.url).port);
    const isOpen = (address: string): Promise<boolean> =>
      new Promise((resolve) => {
        const socket = connect({ host: address, port });
        socket.once("connect", () => {
          resolve(true);
          socket.destroy();
        });
        socket.once("error", () => {
          resolve(false);
        });
      });
    expect([await isOpen("127.0.0.1"), await isOpen("127.0.0.2")]).to.deep.equal([true, false]);
    await server.close();
  });

  it("says which port is taken", async () => {
    const server = await servePage(new RecordingDrill(), 0);
    const port = Number(new URL(server.url).port);
    const error = await servePage(new RecordingDrill(), port).then(
      () => undefined,
      (cause: unknown) => cause as Error,
    );
    expect(error?.message).to.equal(
      `--page-port: cannot serve the page at 127.0.0.1:${port}, got listen EADDRINUSE: address already in use 127.0.0.1:${port}; choose another port`,
    );
    await server.close();
  });
});

/** A stream of events over a socket. */
interface OpenEvents {
  readonly status: number;
  text(): string;
  /** Resolves when a text has arrived. */
  has(text: string): Promise<void>;
  isClosed(): boolean;
  end(): void;
}

async function openEvents(url: string, lastEventId?: string): Promise<OpenEvents> {
  const headers = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
  const sent = request(new URL("/events", url), { headers });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once("response", resolve);
    sent.once("error", reject);
    sent.end();
  });
  let received = "";
  let isClosed = false;
  response.setEncoding("utf8");
  response.on("data", (chunk: string) => (received += chunk));
  response.on("error", () => undefined);
  response.on("close", () => (isClosed = true));
  return {
    status: response.statusCode ?? 0,
    text: () => received,
    has: (text) => until(() => received.includes(text)),
    isClosed: () => isClosed,
    end: () => {
      sent.destroy();
    },
  };
}

function idsOf(text: string): readonly string[] {
  return [...text.matchAll(/^id: .*(#\d+)$/gm)].map(([, id = ""]) => id);
}

async function until(holds: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 5_000;
  while (!holds()) {
    if (performance.now() > deadlineMs) throw new Error("must hold within 5 s");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
