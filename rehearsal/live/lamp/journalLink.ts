import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { askMoto, type Dynamo } from "./dynamo";
import type { Replication } from "./replication";

/**
 * How a link treats requests: passes them; refuses or resets connections; accepts and never answers;
 * answers late; performs the request and loses all of the answer, which a client cannot distinguish
 * from a hang, or half of it; or returns DynamoDB's error for throttling or for an internal failure.
 */
export type LinkMode =
  | "ok"
  | "refused"
  | "hung"
  | "slow"
  | "lostAnswer"
  | "halfAnswer"
  | "throttled"
  | "failing";

const ERRORS = {
  throttled: { status: 400, type: "ProvisionedThroughputExceededException" },
  failing: { status: 500, type: "InternalServerError" },
} as const;

/** A request as received, to verify its signature. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** In base64. */
  readonly body: string;
}

/** The network from one region's application to one region's DynamoDB endpoint. */
export class JournalLink {
  #mode: LinkMode = "ok";
  /** The extra delay of answers while the link is slow. */
  slowMs = 700;
  requests = 0;
  /** The number of connections so far. */
  connections = 0;
  /** Filled if a test sets a list. */
  recorded: RecordedRequest[] | undefined;
  /** The greatest number of requests that waited for an answer at the same time. */
  mostAtOnce = 0;
  #atOnce = 0;
  readonly #open = new Set<Socket>();
  readonly #server: Server;
  readonly #front: TcpServer;

  private constructor(
    private readonly target: Dynamo,
    private readonly replication: Replication,
  ) {
    // Node's default of 5 s is less than a worker waits for its turn when each of 24 orders takes
    // 0.3 s, as on a busy machine: each of 96 orders then had a new connection.
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      this.#pass(request, response).catch(() => response.destroy());
    });
    // A refused connection is reset; the port stays open, or another process might take it.
    this.#front = createTcpServer((socket) => {
      socket.on("error", () => socket.destroy());
      if (this.mode === "refused") socket.resetAndDestroy();
      else {
        this.connections++;
        this.#open.add(socket);
        socket.once("close", () => this.#open.delete(socket));
        this.#server.emit("connection", socket);
      }
    });
  }

  static async create(target: Dynamo, replication: Replication): Promise<JournalLink> {
    const link = new JournalLink(target, replication);
    await new Promise<void>((resolve) => link.#front.listen(0, "127.0.0.1", resolve));
    return link;
  }

  get mode(): LinkMode {
    return this.#mode;
  }

  set mode(mode: LinkMode) {
    this.#mode = mode;
    // Kept connections end with their network.
    if (mode === "refused") for (const socket of this.#open) socket.resetAndDestroy();
  }

  /** Closes connections as a server does after its keep-alive timeout. */
  closeConnections(): void {
    for (const socket of this.#open) socket.end();
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#front.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#front.close();
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests++;
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce);
    response.once("close", () => this.#atOnce--);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { mode } = this;
    if (mode === "hung") return;
    if (mode === "slow") await sleep(this.slowMs);
    if (mode === "throttled" || mode === "failing") {
      const { status, type } = ERRORS[mode];
      response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}` }));
      return;
    }
    const body = Buffer.concat(chunks);
    this.recorded?.push({
      method: String(request.method),
      url: this.endpoint + String(request.url),
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: body.toString("base64"),
    });
    const target = String(request.headers["x-amz-target"]);
    const answer = await askMoto(this.target.port, {
      target,
      authorization: String(request.headers.authorization),
      contentType: String(request.headers["content-type"]),
      body,
    });
    if (answer.status === 200 && /\.(Put|Update)Item$/.test(target)) {
      this.replication.written(this.target, body);
    }
    if (mode === "lostAnswer") return;
    response.writeHead(answer.status, {
      "content-type": "application/x-amz-json-1.0",
      "content-length": answer.body.length,
    });
    if (mode === "halfAnswer") {
      response.write(answer.body.subarray(0, answer.body.length / 2));
      response.socket?.destroySoon();
      return;
    }
    response.end(answer.body);
  }
}
