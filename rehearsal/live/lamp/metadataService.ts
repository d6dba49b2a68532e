import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The credentials of the instance role; moto accepts any. */
export const ROLE = {
  AccessKeyId: "AKIDCAFE",
  SecretAccessKey: "secret",
  Token: "session-token",
} as const;

/** A stand-in for the instance metadata service that requires version 2's session token. */
export class MetadataService {
  /** Requests answered, by method and path. */
  readonly requests: string[] = [];
  /** The lifetime of the credentials that it issues. */
  lifetimeSeconds = 6 * 3600;
  /** While true it accepts requests and never answers. */
  hangs = false;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response);
    });
  }

  static async create(): Promise<MetadataService> {
    const service = new MetadataService();
    await new Promise<void>((resolve) => service.#server.listen(0, "127.0.0.1", resolve));
    return service;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { method = "", url = "" } = request;
    this.requests.push(`${method} ${url}`);
    if (this.hangs) return;
    const path = "/latest/meta-data/iam/security-credentials/";
    if (method === "PUT" && url === "/latest/api/token") {
      response.end("imds-token");
    } else if (request.headers["x-aws-ec2-metadata-token"] !== "imds-token") {
      response.writeHead(401).end();
    } else if (url === path) {
      response.end("cafe-role");
    } else if (url === `${path}cafe-role`) {
      const expires = new Date(Date.now() + this.lifetimeSeconds * 1000).toISOString();
      response.end(JSON.stringify({ Code: "Success", ...ROLE, Expiration: expires }));
    } else {
      response.writeHead(404).end();
    }
  }
}
