import { createHmac } from "node:crypto";
import { putMetricData } from "../aws/putMetricData";
import type { Exchange } from "../http/exchange";
import type { SyntheticOrderSettings } from "./settings";
import { orderVerdictOf } from "./verdict";
import type { OrderOutcome, OrderVerdict } from "./verdict";

/** The function's access to the outside, besides its settings. */
export interface SyntheticOrderDependencies {
  readonly exchange: Exchange;
  readonly now: () => Date;
  /** A new UUID. */
  readonly newId: () => string;
  /** Reads the secret that signs the orders. */
  readonly readSecret: () => Promise<string>;
  /** Writes a line to the log. */
  readonly write: (line: string) => void;
}

/** Header with the signature of an order's number (app/src/SyntheticOrders.php). */
const signatureHeader = "X-Cafe-Synthetic";

/** A customer's patience. With the time to publish the result, it is well below a minute. */
const orderTimeoutMs = 10_000;

/**
 * Places an order at the region's entry as a customer would, marked as synthetic so that the café's
 * metrics exclude it (app/README.md), and writes 1 or 0 to the metric. A failed order is a
 * successful run of this function. A run fails only if the secret cannot be read or the metric
 * cannot be written, because then the state is unknown.
 *
 * @throws Error when the secret cannot be read or the metric cannot be written
 */
export async function syntheticOrder(
  settings: SyntheticOrderSettings,
  { exchange, now, newId, readSecret, write }: SyntheticOrderDependencies,
): Promise<OrderVerdict> {
  const { metric, region, credentials, endpoint } = settings;
  const secret = await readSecret();
  const at = now();
  const id = newId();
  const signature = createHmac("sha256", secret).update(id).digest("hex");
  const verdict = orderVerdictOf(await outcomeOf(exchange, settings, id, signature), id);
  const milliseconds = now().getTime() - at.getTime();
  const level = verdict.succeeded ? "INFO" : "WARN";
  const line = {
    timestamp: now().toISOString(),
    level,
    url: settings.url,
    ...verdict,
    milliseconds,
  };
  write(JSON.stringify(line));
  const value = verdict.succeeded ? 1 : 0;
  await putMetricData(
    { ...metric, value, at },
    { region, credentials, exchange, now, ...(endpoint === undefined ? {} : { endpoint }) },
  );
  return verdict;
}

async function outcomeOf(
  exchange: Exchange,
  { url, serverName }: SyntheticOrderSettings,
  id: string,
  signature: string,
): Promise<OrderOutcome> {
  const order = { id, name: "Synthetic order", items: { espresso: 1 }, synthetic: true };
  try {
    const { status, body } = await exchange({
      method: "POST",
      url,
      ...(serverName === undefined ? {} : { serverName }),
      headers: { "Content-Type": "application/json", [signatureHeader]: signature },
      body: JSON.stringify(order),
      timeoutMs: orderTimeoutMs,
    });
    return { kind: "answered", status, body };
  } catch (error) {
    return { kind: "unanswered", cause: causeOf(error) };
  }
}

/** The code of a system error, such as `ECONNREFUSED`; otherwise the name of the error. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // `AbortSignal.timeout` has its own error, as the cause of one that only says "aborted".
  if (error.name === "TimeoutError" || error.name === "AbortError") return "timeout";
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : error.name;
}
