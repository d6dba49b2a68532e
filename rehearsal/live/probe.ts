import { request } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";
import type { EndpointBehaviour, ProbeResult } from "../../routing/checker";
import { isStringMatch, probe, probeLimitsOf } from "../../routing/checker";
import type { EndpointHealthCheck } from "../../routing/model";
import type { DrillClock } from "./clock";

/** A probe of one address by one checker. */
export interface ProbeOrder {
  readonly check: Pick<
    EndpointHealthCheck,
    "type" | "path" | "searchString" | "fullyQualifiedDomainName"
  >;
  readonly address: string;
  readonly port: number;
  /** The checker's own address. */
  readonly from: string;
  /** Seconds before the connection, of an endpoint that is slow to accept it. */
  readonly connectSeconds: number;
}

/** Checkers search for the string in these first bytes (H8). */
const searchedBytes = 5_120;

/**
 * Probes an endpoint: the checker measures how it behaves, within the limits of its type, and the model's
 * rule judges that (H6 to H9).
 */
export function probeLive(order: ProbeOrder, clock: DrillClock): Promise<ProbeResult> {
  const { type, searchString } = order.check;
  return behaviourOf(order, clock).then((behaviour) => probe(type, behaviour, searchString));
}

const unanswered: EndpointBehaviour = {
  connect: "never",
  firstByte: "never",
  status: 0,
  body: "never",
  bodyText: "",
};

function behaviourOf(order: ProbeOrder, clock: DrillClock): Promise<EndpointBehaviour> {
  const { check, address, port, from, connectSeconds } = order;
  const limits = probeLimitsOf(check.type);
  let seen = unanswered;
  let sinceSeconds = clock.nowSeconds();
  return new Promise((resolve) => {
    let cancel = (): void => undefined;
    let socket: Socket | undefined;
    const end = (): void => {
      cancel();
      socket?.destroy();
      resolve(seen);
    };
    /** The seconds of a step that ends now; a step in time counts as such, however late it is seen. */
    const took = (limitSeconds: number): number => {
      const now = clock.nowSeconds();
      const seconds = Math.min(limitSeconds, now - sinceSeconds);
      sinceSeconds = now;
      return seconds;
    };
    const wait = (seconds: number): void => {
      cancel();
      // What has arrived by then comes first: a busy process hears its timers before its sockets.
      cancel = clock.after(seconds, () => {
        const held = seen;
        setImmediate(() => setImmediate(() => (seen === held ? end() : undefined)));
      });
    };
    const connected = (): void => {
      seen = { ...seen, connect: Math.max(connectSeconds, took(limits.connectSeconds)) };
      wait(limits.statusSeconds);
    };
    const failed = (): void => {
      // A reset connection fails at once; the model's word for it is refused.
      if (seen.body === "never") seen = { ...seen, connect: "refused" };
      end();
    };
    wait(limits.connectSeconds);
    if (connectSeconds > limits.connectSeconds) return;
    clock.after(connectSeconds, () => {
      if (check.type === "TCP") {
        socket = connect({ host: address, port, localAddress: from, signal: clock.signal });
        socket.once("connect", () => {
          connected();
          end();
        });
        socket.on("error", failed);
        return;
      }
      const sent = request({
        ...{ host: address, port, localAddress: from, agent: false, signal: clock.signal },
        path: check.path ?? "/",
        headers: {
          host: check.fullyQualifiedDomainName ?? address,
          "user-agent": "Amazon-Route53-Health-Check-Service (drill)",
          connection: "close",
        },
      });
      sent.on("error", failed);
      sent.on("socket", (one) => {
        socket = one;
        one.once("connect", connected);
      });
      sent.on("response", (response) => {
        seen = {
          ...seen,
          firstByte: took(limits.statusSeconds),
          status: response.statusCode ?? 0,
        };
        if (!isStringMatch(check.type)) return end();
        wait(limits.bodySeconds);
        const chunks: Buffer[] = [];
        const readUp = (isWhole: boolean): void => {
          const text = Buffer.concat(chunks).subarray(0, searchedBytes).toString("latin1");
          const isFound = text.includes(check.searchString ?? "");
          if (!isWhole && !isFound && text.length < searchedBytes) return;
          seen = { ...seen, body: took(limits.bodySeconds), bodyText: text };
          end();
        };
        response.on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          readUp(false);
        });
        response.on("end", () => {
          readUp(true);
        });
        response.on("error", failed);
      });
      sent.end();
    });
  });
}
