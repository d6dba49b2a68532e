import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Death, Loss, Slowness } from "../simulation/plan";
import type { DrillClock } from "./clock";
import { SilentListener } from "./silentListener";

/** A request as a server of the drill sees it. */
export interface ServerRequest {
  readonly method: string;
  readonly path: string;
  /** Address of the one who asks. */
  readonly from: string;
}

/** How something dies in a drill: not by chance, and in a known way. */
export type LiveDeath = Exclude<Death, Loss | "failed">;

/** How a server answers a request. */
export interface ServerReply {
  readonly status: number;
  readonly body: string;
  /** How this request dies; absent: it is answered. */
  readonly death?: LiveDeath;
}

/** What a listener does with a SYN: it accepts it, resets it, or says nothing. */
export type Listening = "accepts" | "refuses" | "drops";

/** The length of a body that never arrives. */
const promisedBytes = 65_536;

/** The server of an endpoint: one listener with the guide's paths, which can die in every way. */
export class EndpointServer {
  private server: Server | undefined;
  private silent: SilentListener | undefined;
  private prepared: SilentListener | undefined;
  private listening: Listening = "refuses";
  private readonly sockets = new Set<Socket>();
  /** Cancels the answers that are under way. */
  private readonly pending = new Set<() => void>();
  private boundPort = 0;

  constructor(
    readonly address: string,
    private readonly clock: DrillClock,
    private readonly replyTo: (request: ServerRequest) => ServerReply,
  ) {}

  get port(): number {
    return this.boundPort;
  }

  /** Opens the listener; rejects like Node's `listen`. */
  async open(port: number): Promise<void> {
    const server = createServer({ keepAlive: false }, (request, response) => {
      this.answer(request, response);
    });
    server.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.on("error", () => undefined);
      socket.once("close", () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host: this.address, port }, () => {
        server.off("error", reject);
        resolve();
      });
    });
    this.server = server;
    this.listening = "accepts";
    const bound = server.address();
    this.boundPort = typeof bound === "object" && bound !== null ? bound.port : port;
  }

  /** Makes ready for `become`, so that all servers of a fault change in the same moment. */
  async prepare(listening: Listening): Promise<void> {
    if (listening === "drops" && this.listening !== "drops" && !this.prepared) {
      this.prepared = await SilentListener.ready(this.address, this.boundPort);
    }
  }

  /**
   * Changes what the listener does.
   *
   * @param completes whether the answers under way are completed, as by a server that drains
   */
  async become(listening: Listening, completes: boolean): Promise<void> {
    if (!completes) this.cutAnswers();
    if (listening === this.listening) return;
    await this.silent?.end();
    this.silent = undefined;
    if (listening === "accepts") {
      await this.open(this.boundPort);
      return;
    }
    this.closeListener();
    if (listening === "refuses") for (const socket of this.sockets) socket.resetAndDestroy();
    this.listening = listening;
    if (listening !== "drops") return;
    await this.prepare(listening);
    this.silent = this.prepared;
    this.prepared = undefined;
    await this.silent?.begin();
  }

  /** Answers under way are never given: what died does not complete them. */
  cutAnswers(): void {
    for (const cancel of this.pending) cancel();
    this.pending.clear();
  }

  /** Frees the address; nothing of the server is left. */
  async stop(): Promise<void> {
    this.cutAnswers();
    this.closeListener();
    for (const socket of this.sockets) socket.destroy();
    await this.silent?.end();
    await this.prepared?.end();
    this.silent = undefined;
    this.prepared = undefined;
  }

  private closeListener(): void {
    this.server?.close();
    this.server = undefined;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const { death, status, body } = this.replyTo({
      method: request.method ?? "GET",
      path: (request.url ?? "/").replace(/\?.*$/, ""),
      from: request.socket.remoteAddress ?? "",
    });
    if (typeof death === "object") {
      this.answerSlowly(response, death, { status, body });
      return;
    }
    switch (death) {
      case undefined:
        send(response, status, body);
        return;
      case "refused":
        request.socket.resetAndDestroy();
        return;
      case "errors":
        send(response, 503, "error");
        return;
      case "hangsInBody":
        response.writeHead(200, { "content-length": promisedBytes });
        response.write("<");
        return;
      default:
        return;
    }
  }

  private answerSlowly(
    response: ServerResponse,
    { firstByteSeconds = 0, bodySeconds = 0 }: Slowness,
    { status, body }: Pick<ServerReply, "status" | "body">,
  ): void {
    this.later(firstByteSeconds, () => {
      response.writeHead(status, { "content-length": Buffer.byteLength(body) });
      response.flushHeaders();
      this.later(bodySeconds, () => response.end(body));
    });
  }

  private later(seconds: number, act: () => void): void {
    const cancel = this.clock.after(seconds, () => {
      this.pending.delete(cancel);
      act();
    });
    this.pending.add(cancel);
  }
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "text/plain", connection: "close" });
  response.end(body);
}
