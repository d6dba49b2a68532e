import * as http from "node:http";
import * as https from "node:https";

export type HttpMethod = "DELETE" | "GET" | "POST" | "PUT";

/** A request with its limits. */
export interface HttpRequest {
  readonly method: HttpMethod;
  readonly url: string;
  /** Server name for TLS, which the certificate must match; default: the address's host. */
  readonly serverName?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Timeout for everything: resolving, connecting, and the whole answer. */
  readonly timeoutMs: number;
  /** Maximum number of bytes to read. Default 65 536, which is more than any requested page. */
  readonly bodyBytesMax?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** The beginning of the body, as UTF-8 text. */
  readonly body: string;
  /** The version of what was read or written; absent if the server does not tell. */
  readonly etag?: string;
}

/** Sends a request and returns the answer; rejects if there is none. */
export type Exchange = (request: HttpRequest) => Promise<HttpResponse>;

const defaultBodyBytesMax = 65_536;

/**
 * One request over a new connection, which `fetch` does not guarantee: the name is resolved again,
 * so that the request goes to the current answer, and no connection that died while the function
 * was frozen is reused. Redirects are not followed. Certificates are verified.
 */
export const exchange: Exchange = ({
  method,
  url,
  serverName,
  headers,
  body,
  timeoutMs,
  bodyBytesMax = defaultBodyBytesMax,
}) =>
  new Promise((resolve, reject) => {
    const { request } = url.startsWith("https:") ? https : http;
    const options = { method, agent: false, signal: AbortSignal.timeout(timeoutMs) };
    const sent = request(url, {
      ...options,
      ...(serverName === undefined ? {} : { servername: serverName }),
      ...(headers ? { headers: { ...headers } } : {}),
    });
    sent.on("error", reject);
    sent.on("response", (response) => {
      read(response, bodyBytesMax).then((text) => {
        const { etag } = response.headers;
        const version = etag === undefined ? {} : { etag };
        resolve({ status: response.statusCode ?? 0, body: text, ...version });
      }, reject);
    });
    sent.end(body);
  });

async function read(response: http.IncomingMessage, bodyBytesMax: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= bodyBytesMax) break;
  }
  return Buffer.concat(chunks).subarray(0, bodyBytesMax).toString("utf8");
}
