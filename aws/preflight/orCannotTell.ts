import { AwsError, credentialFault, whyUnknown } from "../awsError";
import { DnsError } from "../publicDns";
import type { Found } from "./finding";
import { cannotTell } from "./finding";

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

/** @throws the error itself where it is no answer to a question */
export function unknownBy(subject: string, error: unknown): Found {
  if (error instanceof DnsError) {
    return cannotTell(subject, error.message, "run it where the public DNS can be asked");
  }
  if (!(error instanceof AwsError) || credentialFault(error) !== undefined) throw error;
  const remedy = error.is("denied")
    ? "ask with credentials that may read it"
    : error.is("notEnabled")
      ? "switch the region on for the account"
      : "run it again, or look by hand";
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
