import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** An answer over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** STS, S3 and Lambda on loopback, as far as `hold` and `release` call them. */
export class GateServer {
  /** The requests: method and path, or the action of STS. */
  readonly requests: string[] = [];
  /** What the function was invoked with. */
  readonly invoked: unknown[] = [];
  caller: HttpAnswer = { status: 200, body: "" };
  state: HttpAnswer = { status: 404, body: "<Error><Code>NoSuchKey</Code></Error>" };
  answer: HttpAnswer = { status: 200, body: "{}" };

  private constructor(private readonly server: Server) {}

  static async start(): Promise<GateServer> {
    const server = createServer((request, response) => {
      void gate.answerTo(request).then(({ status, headers = {}, body }) => {
        response.writeHead(status, headers);
        response.end(body);
      });
    });
    const gate = new GateServer(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return gate;
  }

  get env(): Readonly<Record<string, string>> {
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    };
  }

  isCalledBy(account: string): void {
    const xml = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:sts::${account}:assumed-role/on-call/ana</Arn><UserId>A</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
    this.caller = { status: 200, headers: { "content-type": "text/xml" }, body: xml };
  }

  private async answerTo(request: IncomingMessage): Promise<HttpAnswer> {
    const body = await text(request);
    const path = (request.url ?? "").split("?")[0] ?? "";
    const region = /\/(\w+-\w+-\d)\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const action = new URLSearchParams(body).get("Action") ?? `${request.method ?? ""} ${path}`;
    this.requests.push(`${action} in ${region}`);
    if (path.startsWith("/2015-03-31/functions/")) {
      this.invoked.push(JSON.parse(body));
      return this.answer;
    }
    return action === "GetCallerIdentity" ? this.caller : this.state;
  }

  async end(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}
