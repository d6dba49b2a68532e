import { request } from "node:http";
import type { ClientRequest, IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";
import type { EndpointBehaviour, ProbeLimits, ProbeResult } from "../../routing/checker";
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
  return new Probing(order, clock).behaviour().then((one) => probe(type, one, searchString));
}

const unanswered: EndpointBehaviour = {
  connect: "never",
  firstByte: "never",
  status: 0,
  body: "never",
  bodyText: "",
};

/** A probe under way: step by step, each within its limit. */
class Probing {
  private seen = unanswered;
  private readonly limits: ProbeLimits;
  private sinceSeconds: number;
  private cancel = (): void => undefined;
  private socket: Socket | undefined;
  private resolve: (seen: EndpointBehaviour) => void = () => undefined;

  constructor(
    private readonly order: ProbeOrder,
    private readonly clock: DrillClock,
  ) {
    this.limits = probeLimitsOf(order.check.type);
    this.sinceSeconds = clock.nowSeconds();
  }

  behaviour(): Promise<EndpointBehaviour> {
    const { connectSeconds, check } = this.order;
    return new Promise((resolve) => {
      this.resolve = resolve;
      this.wait(this.limits.connectSeconds);
      if (connectSeconds > this.limits.connectSeconds) return;
      this.clock.after(connectSeconds, () => {
        if (check.type === "TCP") this.dial();
        else this.request();
      });
    });
  }

  private get target(): { host: string; port: number; localAddress: string; signal: AbortSignal } {
    const { address, port, from } = this.order;
    return { host: address, port, localAddress: from, signal: this.clock.signal };
  }

  private dial(): void {
    this.socket = connect(this.target);
    this.socket.on("error", this.failed);
    this.socket.once("connect", () => {
      this.connected();
      this.end();
    });
  }

  private request(): ClientRequest {
    const { check, address } = this.order;
    const sent = request({
      ...{ ...this.target, agent: false, path: check.path ?? "/" },
      headers: {
        host: check.fullyQualifiedDomainName ?? address,
        "user-agent": "Amazon-Route53-Health-Check-Service (drill)",
        connection: "close",
      },
    });
    sent.on("error", this.failed);
    sent.on("socket", (socket) => {
      this.socket = socket;
      socket.once("connect", () => {
        this.connected();
      });
    });
    sent.on("response", (response) => {
      this.answered(response);
    });
    return sent.end();
  }

  private connected(): void {
    const took = this.took(this.limits.connectSeconds);
    this.seen = { ...this.seen, connect: Math.max(this.order.connectSeconds, took) };
    this.wait(this.limits.statusSeconds);
  }

  private answered(response: IncomingMessage): void {
    const firstByte = this.took(this.limits.statusSeconds);
    this.seen = { ...this.seen, firstByte, status: response.statusCode ?? 0 };
    if (!isStringMatch(this.order.check.type)) {
      this.end();
      return;
    }
    this.wait(this.limits.bodySeconds);
    const chunks: Buffer[] = [];
    response.on("error", this.failed);
    response.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      this.read(chunks, false);
    });
    response.on("end", () => {
      this.read(chunks, true);
    });
  }

  /** A body is read until the string is found, or until it cannot be found any more. */
  private read(chunks: readonly Buffer[], isWhole: boolean): void {
    const begun = Buffer.concat(chunks).subarray(0, searchedBytes);
    const isFound = begun.includes(this.order.check.searchString ?? "");
    if (!isWhole && !isFound && begun.length < searchedBytes) return;
    const body = this.took(this.limits.bodySeconds);
    this.seen = { ...this.seen, body, bodyText: begun.toString("utf8") };
    this.end();
  }

  /** A reset connection fails at once; the model's word for it is refused. */
  private readonly failed = (): void => {
    this.seen = { ...this.seen, connect: "refused" };
    this.end();
  };

  /** Gives a step its time; what has arrived by then counts, since a busy process hears its timers first. */
  private wait(seconds: number): void {
    this.cancel();
    this.cancel = this.clock.after(seconds, () => {
      const held = this.seen;
      setImmediate(() =>
        setImmediate(() => {
          if (this.seen === held) this.end();
        }),
      );
    });
  }

  /** The seconds of a step that ends now; a step in time counts as such, however late it is seen. */
  private took(limitSeconds: number): number {
    const now = this.clock.nowSeconds();
    const seconds = Math.min(limitSeconds, now - this.sinceSeconds);
    this.sinceSeconds = now;
    return seconds;
  }

  private end(): void {
    this.cancel();
    this.socket?.destroy();
    this.resolve(this.seen);
  }
}
