import type { EvaluationResult } from "@aws-sdk/client-iam";
import { allOf, globalRegion } from "../../clients";
import { actionsFor } from "../../permissions/deployer";
import type { Check, Found, Place } from "../finding";
import { cannotTell, ok, willFail } from "../finding";

/** What IAM's simulator said of an action. */
export interface Decision {
  readonly action: string;
  readonly decision: "allowed" | "explicitDeny" | "implicitDeny";
  /** A policy of the organisation stands against it. */
  readonly isDeniedByOrganisation: boolean;
  /** A policy asks about the request, which the simulator was not told. */
  readonly isConditional: boolean;
}

/** As many actions as one question to the simulator may have. */
const actionsPerCall = 100;

/** Whether who runs the update may do what it takes, by IAM's own simulator. */
export const permissions: Check = {
  name: "permissions",
  subject: "permissions of the deployer",
  async run(place) {
    const principal = principalOf(place.caller.arn);
    const subject = `permissions of ${place.caller.arn}`;
    const actions = actionsFor(place.needs.graph.resources.map(({ type }) => type));
    if (principal === "root") return [ok(subject, "the root user may do anything")];
    if (principal === undefined) {
      return [
        cannotTell(subject, "IAM simulates users and roles only", "ask with a role, or a user"),
      ];
    }
    return judge(subject, await fetch(principal, actions, place));
  },
};

async function fetch(
  principal: string,
  actions: readonly string[],
  { account }: Place,
): Promise<readonly Decision[]> {
  const iam = await account.client("iam", globalRegion);
  const groups = Array.from({ length: Math.ceil(actions.length / actionsPerCall) }, (_, index) =>
    actions.slice(index * actionsPerCall, (index + 1) * actionsPerCall),
  );
  const results = await Promise.all(
    groups.map((ActionNames) =>
      allOf(
        (Marker) =>
          iam.simulatePrincipalPolicy({
            PolicySourceArn: principal,
            ActionNames: [...ActionNames],
            Marker,
          }),
        ({ EvaluationResults }) => EvaluationResults,
        ({ Marker, IsTruncated }) => (IsTruncated ? Marker : undefined),
      ),
    ),
  );
  return results.flat().map(decisionOf);
}

function decisionOf(result: EvaluationResult): Decision {
  const { EvalActionName = "", EvalDecision = "implicitDeny" } = result;
  return {
    action: EvalActionName,
    decision: EvalDecision,
    isDeniedByOrganisation: result.OrganizationsDecisionDetail?.AllowedByOrganizations === false,
    isConditional: (result.MissingContextValues ?? []).length > 0,
  };
}

/**
 * Who IAM simulates for an identity: the user, or the role that a session is of. The path of a role
 * is not in a session's ARN.
 */
export function principalOf(arn: string): string | undefined {
  const [, partition = "", service, account = "", resource = ""] =
    /^arn:([^:]+):(iam|sts)::(\d+):(.+)$/.exec(arn) ?? [];
  if (resource === "root") return "root";
  if (service === "iam" && resource.startsWith("user/")) return arn;
  const [, role] = /^assumed-role\/([^/]+)\//.exec(resource) ?? [];
  return role === undefined ? undefined : `arn:${partition}:iam::${account}:role/${role}`;
}

/** @internal */
export function judge(subject: string, decisions: readonly Decision[]): readonly Found[] {
  const refused = decisions.filter(({ decision }) => decision !== "allowed");
  const byOrganisation = refused.filter((one) => one.isDeniedByOrganisation);
  const others = refused.filter((one) => !one.isDeniedByOrganisation);
  const open = others.filter(({ isConditional }) => isConditional);
  const missing = others.filter(({ isConditional }) => !isConditional);
  if (refused.length === 0) return [ok(subject, `all ${decisions.length} actions are allowed`)];
  return [
    ...found(byOrganisation, (names) =>
      willFail(
        subject,
        `a policy of the organisation denies ${names}`,
        "have the organisation's administrator allow them to this role",
      ),
    ),
    ...found(missing, (names) => willFail(subject, `not allowed: ${names}`, "allow them to it")),
    ...found(open, (names) =>
      cannotTell(
        subject,
        `conditions decide on ${names}`,
        "read its policies, or ask who wrote them",
      ),
    ),
  ];
}

function found(
  decisions: readonly Decision[],
  finding: (names: string) => Found,
): readonly Found[] {
  const names = decisions.map(({ action }) => action).sort();
  return names.length === 0 ? [] : [finding(names.join(", "))];
}
