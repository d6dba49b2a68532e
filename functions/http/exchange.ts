import * as http from "node:http";
import * as https from "node:https";

/** A request, complete with its limits. */
export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  /** Name that is presented by TLS and that the certificate must be for; default: the address's. */
  readonly serverName?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For all of it: resolving the name, connecting, and the whole answer. */
  readonly timeoutMs: number;
  /** More of the answer is not read. Default 65 536, which is more than any page that is asked. */
  readonly bodyBytesMax?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** The beginning of the body, as text in UTF-8. */
  readonly body: string;
}

/** Sends a request and gives the answer; rejects when there is none. */
export type Exchange = (request: HttpRequest) => Promise<HttpResponse>;

const defaultBodyBytesMax = 65_536;

/**
 * One request over a connection of its own, which is what `fetch` does not promise: the name is
 * resolved anew, so that the request goes where the name leads now, and no connection that died
 * while the function was frozen is used again. Redirects are answers and are not followed.
 * Certificates are verified.
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
        resolve({ status: response.statusCode ?? 0, body: text });
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
