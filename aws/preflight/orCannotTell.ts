import { AwsError, whyUnknown } from "../awsError";
import { DnsError } from "../publicDns";
import type { Found } from "./finding";
import { cannotTell, willFail } from "./finding";

/**
 * The answer of one question, or why there is none. Credentials that AWS does not take end the whole
 * preflight; an error that neither AWS nor the DNS gave is a fault of this tool, and goes on.
 */
export async function orCannotTell(subject: string, ask: () => Promise<Found>): Promise<Found> {
  try {
    return await ask();
  } catch (error) {
    return unknownBy(subject, error);
  }
}

/**
 * What follows from a question without an answer. Credentials that one region takes and another does
 * not know are those of an account that may not use the other.
 *
 * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 * @throws the error itself where it is no answer to a question
 */
export function unknownBy(subject: string, error: unknown): Found {
  if (error instanceof DnsError) {
    return cannotTell(subject, error.message, "run it where public DNS is reachable");
  }
  if (!(error instanceof AwsError) || error.is("expired") || error.is("noCredentials")) throw error;
  if (error.is("notEnabled") || error.is("refused")) {
    return willFail(
      subject,
      `the region does not recognize the account, by ${error.call}: ${error.code}`,
      "enable the region for the account",
    );
  }
  const remedy = error.is("denied")
    ? "use credentials that may read it"
    : "run it again, or check by hand";
  return cannotTell(subject, whyUnknown(error), remedy);
}

/** A finding for each need; where one cannot be asked about, the others still are. */
export function each<Need>(
  needs: readonly Need[],
  subjectOf: (need: Need) => string,
  ask: (need: Need) => Promise<Found>,
): Promise<readonly Found[]> {
  return Promise.all(needs.map((need) => orCannotTell(subjectOf(need), () => ask(need))));
}
