/** What came of a synthetic order: an answer, or none. */
export type Outcome =
  | { readonly kind: "answered"; readonly status: number; readonly body: string }
  | {
      readonly kind: "unanswered";
      /** Why, such as `ETIMEDOUT` or `ENOTFOUND`. */
      readonly cause: string;
    };

export interface Verdict {
  readonly succeeded: boolean;
  /** In words, for the log. */
  readonly reason: string;
}

/**
 * Whether a customer could have ordered. Only a 2xx that has the token in its body says so: a
 * redirect, or a page of somebody else, is no order. This is stricter than Route 53's own checkers,
 * for whom a redirect counts as healthy and a certificate is not verified (H9, H10).
 */
export function verdictOf(outcome: Outcome, token: string): Verdict {
  if (outcome.kind === "unanswered") {
    return { succeeded: false, reason: `no answer: ${outcome.cause}` };
  }
  const { status, body } = outcome;
  if (status < 200 || status > 299) return { succeeded: false, reason: `answered ${status}` };
  return body.includes(token)
    ? { succeeded: true, reason: `answered ${status} with the token` }
    : { succeeded: false, reason: `answered ${status} without the token` };
}
