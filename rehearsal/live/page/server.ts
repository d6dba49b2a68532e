import { setMaxListeners } from "node:events";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import { InputError, jsonFault } from "../../../routing/inputError";
import { drillDeaths } from "../deaths";
import { knownFault } from "../knownFault";
import type { DrillControl } from "./control";
import { gateReasonCharactersMax } from "./control";
import { drillPage, livePage } from "./drillPage";

/** The page is for this machine only. */
const address = "127.0.0.1";
const bodyBytesMax = 4_096;
/** More open pages than a person has; each holds a connection. */
const streamsMax = 16;
/** Comments keep a silent connection open, and show when a page has gone. */
const keepAliveMs = 15_000;

/** Time for open pages to receive the last events, in milliseconds. */
const farewellMs = 1_000;

/** The page's server. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the page of a drill on 127.0.0.1.
 *
 * @param port 0 for any free one
 * @throws InputError where the port cannot be used
 */
export async function servePage(drill: DrillControl, port: number): Promise<PageServer> {
  const ending = new AbortController();
  // Each open page listens to it.
  setMaxListeners(streamsMax + 1, ending.signal);
  let hosts: readonly string[] = [];
  const app = pageApp(drill, () => hosts, ending.signal);
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: address, port }, (bound: AddressInfo) => {
      hosts = [`${address}:${bound.port}`, `localhost:${bound.port}`];
      resolve({
        url: `http://${address}:${bound.port}/`,
        close: () =>
          new Promise((closed) => {
            ending.abort();
            const late = setTimeout(() => {
              if ("closeAllConnections" in server) server.closeAllConnections();
            }, farewellMs);
            server.close(() => {
              clearTimeout(late);
              closed();
            });
          }),
      });
    });
    server.on("error", (cause: Error) => {
      reject(
        new InputError(
          `--page-port: cannot serve the page at ${address}:${port}, got ${cause.message}; choose another port`,
          { cause, code: "bad-usage" },
        ),
      );
    });
  });
}

const name = z.string().max(1_000);
const reason = z.string().trim().min(1).max(gateReasonCharactersMax);
const bodies = {
  fail: z.strictObject({ name, death: z.enum(drillDeaths).optional() }),
  return: z.strictObject({ name }),
  gate: z.strictObject({ reason }),
};

/**
 * The page's requests and their answers, without a socket.
 *
 * @param hosts the permitted Host headers: any other name that leads here is refused, so that no website can
 *   reach the drill by a name of its own (DNS rebinding)
 */
export function pageApp(
  drill: DrillControl,
  hosts: () => readonly string[],
  ending: AbortSignal,
): Hono {
  const app = new Hono();
  app.use(guard(hosts));
  app.get("/", (context) => {
    const { html, policy } = livePage(drill.run().drill);
    context.header("Content-Security-Policy", policy);
    return context.html(html);
  });
  app.get("/run.html", (context) => {
    context.header("Content-Disposition", 'attachment; filename="drill.html"');
    return context.html(drillPage(drill.run()));
  });
  app.get("/events", eventsOf(drill, ending));
  app.use(
    bodyLimit({
      maxSize: bodyBytesMax,
      onError: (context) => context.text(`body: must be at most ${bodyBytesMax} bytes\n`, 413),
    }),
  );
  app.post("/fail", async (context) => {
    const { name: fault, death } = await bodyOf(context, bodies.fail);
    knownFault(drill.run().drill.faults, fault, "name");
    await drill.fail(fault, death);
    return context.body(null, 204);
  });
  app.post("/return", async (context) => {
    const { name: fault } = await bodyOf(context, bodies.return);
    knownFault(drill.run().drill.faults, fault, "name");
    await drill.giveBack(fault);
    return context.body(null, 204);
  });
  app.post("/hold", async (context) => {
    await drill.hold((await bodyOf(context, bodies.gate)).reason);
    return context.body(null, 204);
  });
  app.post("/release", async (context) => {
    await drill.release((await bodyOf(context, bodies.gate)).reason);
    return context.body(null, 204);
  });
  app.notFound((context) => context.text(`${context.req.path}: no such page; open /\n`, 404));
  app.onError((error, context) => {
    if (error instanceof InputError) return context.text(`${error.message}\n`, 400);
    return context.text(`the drill failed: ${error.message}\n`, 500);
  });
  return app;
}

/** Refuses every request that this page did not send, and what no page may do with an answer. */
function guard(hosts: () => readonly string[]): MiddlewareHandler {
  return async (context, next) => {
    const { req } = context;
    context.header("X-Frame-Options", "DENY");
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Cache-Control", "no-store");
    const host = req.header("host");
    if (host === undefined || !hosts().includes(host)) {
      return context.text(`Host: must be ${hosts().join(" or ")}, got ${host ?? "none"}\n`, 403);
    }
    const origin = req.header("origin");
    if (origin !== undefined && origin !== `http://${host}`) {
      return context.text(`Origin: must be http://${host}, got ${origin}\n`, 403);
    }
    // A page of another site may send a GET without an Origin.
    const site = req.header("sec-fetch-site");
    if (site !== undefined && site !== "same-origin" && site !== "none") {
      return context.text(`Sec-Fetch-Site: must be same-origin, got ${site}\n`, 403);
    }
    if (req.method === "GET") return next();
    if (req.method !== "POST") {
      context.header("Allow", "GET, POST");
      return context.text(`method: must be GET or POST, got ${req.method}\n`, 405);
    }
    // A form of another site cannot send this type.
    const type = req.header("content-type")?.split(";")[0]?.trim();
    if (type !== "application/json") {
      return context.text(`Content-Type: must be application/json, got ${type ?? "none"}\n`, 415);
    }
    return next();
  };
}

/** The body of a request. @throws InputError with a line for each fault */
async function bodyOf<T>({ req }: Context, schema: z.ZodType<T>): Promise<T> {
  let given: unknown;
  try {
    given = await req.json();
  } catch (cause) {
    throw new InputError(`body: must be JSON, got ${jsonFault(cause)}`, { cause });
  }
  const { data, error } = schema.safeParse(given);
  if (error) {
    throw new InputError(
      error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`),
    );
  }
  return data;
}

/**
 * The events as server-sent events: first the whole run, then each event. An id is the start of the drill and
 * the number of events so far, so that a page that reconnects gets what it has missed, once.
 */
function eventsOf(drill: DrillControl, ending: AbortSignal): (context: Context) => Response {
  let streams = 0;
  return (context) => {
    if (streams >= streamsMax) {
      return context.text(`/events: at most ${streamsMax} pages at a time; close one\n`, 503);
    }
    streams += 1;
    const { startedAt } = drill.run().drill;
    const [, start, count = ""] =
      /^(.*)#(\d+)$/.exec(context.req.header("last-event-id") ?? "") ?? [];
    const known = Number(count);
    const isResumed = start === startedAt && known <= drill.run().events.length;
    return streamSSE(context, async (stream) => {
      const wakeUp = new Signal();
      const stop = (): void => {
        stream.abort();
        wakeUp.set();
      };
      stream.onAbort(() => {
        wakeUp.set();
      });
      ending.addEventListener("abort", stop);
      const unsubscribe = drill.subscribe(() => {
        wakeUp.set();
      });
      const id = (sent: number): string => `${startedAt}#${sent}`;
      try {
        let sent = known;
        if (!isResumed) {
          const run = drill.run();
          sent = run.events.length;
          await stream.writeSSE({ event: "run", id: id(sent), data: JSON.stringify(run) });
        }
        while (!stream.aborted && !ending.aborted) {
          const event = drill.run().events[sent];
          if (event) {
            sent += 1;
            await stream.writeSSE({ event: "event", id: id(sent), data: JSON.stringify(event) });
          } else if (!(await wakeUp.wait(keepAliveMs))) {
            await stream.write(": still here\n\n");
          }
        }
      } finally {
        unsubscribe();
        ending.removeEventListener("abort", stop);
        streams -= 1;
      }
    });
  };
}

/** A signal that is kept until someone waits for it. */
class Signal {
  private isSet = false;
  private resume: (() => void) | undefined;

  set(): void {
    this.isSet = true;
    this.resume?.();
  }

  /** Whether it was set within the time; it is unset afterwards. */
  async wait(patienceMs: number): Promise<boolean> {
    if (!this.isSet) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patienceMs);
        this.resume = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.resume = undefined;
    }
    const wasSet = this.isSet;
    this.isSet = false;
    return wasSet;
  }
}
