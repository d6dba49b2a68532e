import type { CredentialLife } from "../../clients";
import { estimatedMinutes } from "../duration";
import type { Check, CheckFinding } from "../finding";
import { cannotTell, ok, willFail } from "../finding";

/**
 * Checks that the credentials outlive the update: an update that stops halfway must be repaired by
 * hand.
 */
export const credentials: Check = {
  name: "credentials",
  subject: "credentials",
  async run({ account, caller, needs, now }) {
    const minutes = estimatedMinutes(needs.graph, needs.deployed);
    return [judge(caller.arn, await account.credentialLife(), minutes, now)];
  },
};

/** @internal */
export function judge(
  arn: string,
  { expiresAt, isTemporary }: CredentialLife,
  neededMinutes: number,
  now: Date,
): CheckFinding {
  const takes = `an update may take ${neededMinutes} minutes`;
  if (expiresAt === undefined) {
    return isTemporary
      ? cannotTell(
          arn,
          `the credentials are temporary and have no known expiry; ${takes}`,
          "set AWS_CREDENTIAL_EXPIRATION, or use a profile",
        )
      : ok(arn, "the credentials do not expire");
  }
  const leftMinutes = Math.floor((expiresAt.getTime() - now.getTime()) / 60_000);
  const left = `the credentials expire in ${leftMinutes} minutes; ${takes}`;
  return leftMinutes < neededMinutes
    ? willFail(arn, left, "sign in again first, for a longer session")
    : ok(arn, left);
}
