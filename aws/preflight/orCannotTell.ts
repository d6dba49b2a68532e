import { AwsError, whyUnknown } from "../awsError";
import { DnsError } from "../publicDns";
import type { CheckFinding } from "./finding";
import { cannotTell, willFail } from "./finding";

/**
 * The finding of one question, or the reason why there is none. Missing or expired credentials end
 * the whole preflight. An error that comes neither from AWS nor from the DNS is a fault of this
 * tool, and is thrown on.
 */
export async function orCannotTell(
  subject: string,
  ask: () => Promise<CheckFinding>,
): Promise<CheckFinding> {
  try {
    return await ask();
  } catch (error) {
    return unknownBy(subject, error);
  }
}

/**
 * The finding for a question without an answer. If one region accepts the credentials and another
 * does not recognize them, the account may not use the other region.
 *
 * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 * @throws the error itself if no finding can be made of it
 */
export function unknownBy(subject: string, error: unknown): CheckFinding {
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

/** A finding for each need; if one question fails, the others are still asked. */
export function each<Need>(
  needs: readonly Need[],
  subjectOf: (need: Need) => string,
  ask: (need: Need) => Promise<CheckFinding>,
): Promise<readonly CheckFinding[]> {
  return Promise.all(needs.map((need) => orCannotTell(subjectOf(need), () => ask(need))));
}
