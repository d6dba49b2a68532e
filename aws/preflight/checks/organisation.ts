import { globalRegion } from "../../clients";
import { AwsError } from "../../awsError";
import { actionsFor } from "../../permissions/deployer";
import type { Check, Found, Place } from "../finding";
import { cannotTell, ok, willFail } from "../finding";

/** A service control policy of the account. */
export interface ControlPolicy {
  readonly name: string;
  readonly document: string;
}

/** Whether service control policies would block the update, where they can be read. */
export const organisation: Check = {
  name: "organisation",
  subject: "policies of the organisation",
  async run(place) {
    const actions = actionsFor(place.needs.graph.resources.map(({ type }) => type));
    const policies = await fetch(place);
    return policies === undefined
      ? [ok("policies of the organisation", "the account is in no organisation")]
      : judge(policies, actions);
  },
};

/** Those attached to the account itself; undefined where it is in no organisation. */
async function fetch({ account, caller }: Place): Promise<readonly ControlPolicy[] | undefined> {
  const organizations = await account.client("organizations", globalRegion);
  try {
    await organizations.describeOrganization({});
  } catch (error) {
    if (error instanceof AwsError && error.is("absent")) return undefined;
    throw error;
  }
  const { Policies = [] } = await organizations.listPoliciesForTarget({
    TargetId: caller.account,
    Filter: "SERVICE_CONTROL_POLICY",
  });
  return Promise.all(
    Policies.map(async ({ Id = "", Name = Id }) => {
      const { Policy } = await organizations.describePolicy({ PolicyId: Id });
      return { name: Name, document: Policy?.Content ?? "{}" };
    }),
  );
}

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Condition?: object;
  readonly Resource?: string | readonly string[];
}

/** @internal */
export function judge(
  policies: readonly ControlPolicy[],
  actions: readonly string[],
): readonly Found[] {
  const findings = policies.flatMap(({ name, document }) => {
    const { Statement = [] } = JSON.parse(document) as {
      readonly Statement?: Statement | readonly Statement[];
    };
    const statements = [Statement].flat() as readonly Statement[];
    return statements
      .filter(({ Effect }) => Effect === "Deny")
      .flatMap((statement) => findingOf(name, statement, actions));
  });
  return findings.length > 0
    ? findings
    : [
        ok(
          "policies of the organisation",
          `none of ${policies.length} of the account itself denies what the update does`,
        ),
      ];
}

function findingOf(
  name: string,
  statement: Statement,
  actions: readonly string[],
): readonly Found[] {
  const denied = actions.filter((action) => concerns(statement, action));
  if (denied.length === 0) return [];
  const subject = `policy ${name} of the organisation`;
  const isLimited =
    statement.Condition !== undefined || ![statement.Resource ?? "*"].flat().includes("*");
  const remedy = "have the organisation's administrator allow them to this account";
  return isLimited
    ? [
        cannotTell(
          subject,
          `denies under conditions, or of some resources, ${denied.join(", ")}`,
          "read the policy, or ask its administrator",
        ),
      ]
    : [willFail(subject, `denies ${denied.join(", ")}`, remedy)];
}

function concerns({ Action, NotAction }: Statement, action: string): boolean {
  const fits = (pattern: string): boolean =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replace(/\*/g, ".*")
        .replace(/\?/g, ".")}$`,
      "i",
    ).test(action);
  if (NotAction !== undefined) return ![NotAction].flat().some(fits);
  return [Action ?? []].flat().some(fits);
}
