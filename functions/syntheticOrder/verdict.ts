/** The outcome of a synthetic order: an answer, or none. */
export type OrderOutcome =
  | { readonly kind: "answered"; readonly status: number; readonly body: string }
  | {
      readonly kind: "unanswered";
      /** The reason, such as `ETIMEDOUT` or `ENOTFOUND`. */
      readonly cause: string;
    };

export interface OrderVerdict {
  readonly succeeded: boolean;
  /** The outcome in words, for the log. */
  readonly reason: string;
}

/** 201: the order is in both regions; 202: it is accepted, and its copy follows. */
const takenStatuses: readonly number[] = [201, 202];

/**
 * Whether a customer could have ordered: the order was accepted, and the answer names it. A
 * redirect, or another server's page, is not an order. This is stricter than Route 53's own
 * checkers, for which a redirect counts as healthy and certificates are not verified (H9, H10).
 *
 * @param orderId Number of the order that was placed.
 */
export function orderVerdictOf(outcome: OrderOutcome, orderId: string): OrderVerdict {
  if (outcome.kind === "unanswered") {
    return { succeeded: false, reason: `no answer: ${outcome.cause}` };
  }
  const { status, body } = outcome;
  if (!takenStatuses.includes(status)) return { succeeded: false, reason: `answered ${status}` };
  return body.includes(orderId)
    ? { succeeded: true, reason: `answered ${status} for the order` }
    : { succeeded: false, reason: `answered ${status} without the order's number` };
}
