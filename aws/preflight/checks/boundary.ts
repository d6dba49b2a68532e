import { globalRegion } from "../../../routing/globalRegion";
import { AwsError } from "../../awsError";
import { boundaryNamesOf } from "../../permissions/roleStatements";
import type { Check, CheckFinding, Place } from "../finding";
import { ok, willFail } from "../finding";
import { each } from "../orCannotTell";

/** Checks that the policy that bounds the stack's roles exists: the deployer cannot create it. */
export const boundary: Check = {
  name: "boundary",
  subject: "the boundary of the roles",
  run: (place) =>
    each(boundaryNamesOf(place.needs.graph.resources), subjectOf, async (name) =>
      judge(name, await fetch(name, place)),
    ),
};

const subjectOf = (name: string): string => `permissions boundary ${name}`;

async function fetch(name: string, { account, caller }: Place): Promise<boolean> {
  const iam = await account.client("iam", globalRegion);
  try {
    await iam.getPolicy({ PolicyArn: `arn:aws:iam::${caller.account}:policy/${name}` });
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.is("absent")) return false;
    throw error;
  }
}

/** @internal */
export function judge(name: string, isThere: boolean): CheckFinding {
  return isThere
    ? ok(subjectOf(name), "exists")
    : willFail(
        subjectOf(name),
        "the account has no such policy, so no role can be created",
        "ask an administrator to create it",
      );
}
