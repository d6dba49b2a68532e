import type { EvaluationResult } from "@aws-sdk/client-iam";
import { globalRegion } from "../../../routing/globalRegion";
import { AwsError } from "../../awsError";
import { allOf } from "../../clients";
import { sorted } from "../../permissions/actions";
import { deployerPolicies } from "../../permissions/deployerPolicies";
import type { Deployed } from "../../permissions/deployed";
import type { AllowStatement } from "../../permissions/policyDocument";
import type { Check, CheckFinding, Place } from "../finding";
import { cannotTell, ok, willFail } from "../finding";

/** The result of IAM's simulator for an action. */
export interface Decision {
  readonly action: string;
  readonly decision: "allowed" | "explicitDeny" | "implicitDeny";
  /** A policy of the organisation denies it. */
  readonly isDeniedByOrganisation: boolean;
  /** A policy has a condition on a value of the request that the simulator did not receive. */
  readonly isConditional: boolean;
}

/** The maximum number of actions in one call of the simulator. */
const actionsPerCall = 100;

/** Checks with IAM's simulator that the caller may do everything that the update needs. */
export const permissions: Check = {
  name: "permissions",
  subject: "permissions of the deployer",
  async run(place) {
    const principal = principalOf(place.caller.arn);
    const subject = `permissions of ${place.caller.arn}`;
    if (principal === "root") return [ok(subject, "the root user has all permissions")];
    if (principal === undefined) {
      return [cannotTell(subject, "IAM simulates users and roles only", "use a role or a user")];
    }
    return judge(subject, await fetch(await withPath(principal, place), place));
  },
};

/**
 * The permissions that an update of the stack and of its zone needs, by the statements in docs/iam.
 */
function statementsOf({ needs }: Place): readonly AllowStatement[] {
  const projects: readonly Deployed[] = [
    { resources: needs.graph.resources, calls: needs.calls },
    { resources: needs.zoneGraph.resources, calls: [] },
  ];
  return projects
    .map(deployerPolicies)
    .flatMap(({ preview, update }) => [...preview, ...update])
    .flatMap((document) => document.Statement);
}

/**
 * The ARN of a role with its path, such as that of a role of IAM Identity Center, which the ARN of
 * a session does not contain. If the role may not be read, it has to be one without a path.
 */
async function withPath(principal: string, { account }: Place): Promise<string> {
  const [, role] = /^arn:[^:]+:iam::\d+:role\/(.+)$/.exec(principal) ?? [];
  if (role === undefined) return principal;
  const iam = await account.client("iam", globalRegion);
  try {
    const { Role } = await iam.getRole({ RoleName: role });
    return Role?.Arn ?? principal;
  } catch (error) {
    if (error instanceof AwsError && error.is("denied")) return principal;
    throw error;
  }
}

async function fetch(principal: string, place: Place): Promise<readonly Decision[]> {
  const results = await Promise.all(
    statementsOf(place).map((statement) => simulated(principal, statement, place)),
  );
  return results.flat();
}

/** Whether the actions of a statement are allowed on at least one of its resources. */
async function simulated(
  principal: string,
  { Action, Resource, Condition = {} }: AllowStatement,
  { account, caller, needs }: Place,
): Promise<readonly Decision[]> {
  const iam = await account.client("iam", globalRegion);
  const region = needs.graph.resources.find((one) => one.region !== undefined)?.region;
  const resources = Resource.filter((one) => one !== "*").map((pattern) =>
    exampleOf(pattern, caller.account, region ?? globalRegion),
  );
  const context = Object.values(Condition).flatMap((tests) =>
    Object.entries(tests).map(([key, values]) => {
      const [value = ""] = [values].flat();
      return {
        ContextKeyName: key,
        ContextKeyType: "string" as const,
        ContextKeyValues: [value.startsWith("arn:") ? exampleOf(value, caller.account, "") : value],
      };
    }),
  );
  const groups = Array.from({ length: Math.ceil(Action.length / actionsPerCall) }, (_, index) =>
    Action.slice(index * actionsPerCall, (index + 1) * actionsPerCall),
  );
  const results = await Promise.all(
    groups.map((ActionNames) =>
      allOf(
        (Marker) =>
          iam.simulatePrincipalPolicy({
            PolicySourceArn: principal,
            ActionNames: [...ActionNames],
            ...(resources.length === 0 ? {} : { ResourceArns: resources }),
            ...(context.length === 0 ? {} : { ContextEntries: context }),
            Marker,
          }),
        ({ EvaluationResults }) => EvaluationResults,
        ({ Marker, IsTruncated }) => (IsTruncated ? Marker : undefined),
      ),
    ),
  );
  return bestOf(results.flat().flatMap(decisionsOf));
}

/** An example resource for a pattern: the simulator does not accept wildcards. */
function exampleOf(pattern: string, account: string, region: string): string {
  const [prefix = "", partition = "", service = "", ofRegion, ofAccount, ...name] =
    pattern.split(":");
  const place = [ofRegion === "*" ? region : ofRegion, ofAccount === "*" ? account : ofAccount];
  return [prefix, partition, service, ...place, name.join(":").replace(/[*?]/g, "x")].join(":");
}

/**
 * The best decision for each action: it has one per resource, and no action accepts all kinds of a
 * service. A refusal that depends on the request is better than one that does not.
 */
function bestOf(decisions: readonly Decision[]): readonly Decision[] {
  const best = new Map<string, Decision>();
  const rankOf = ({ decision, isConditional }: Decision): number =>
    decision === "allowed" ? 2 : isConditional ? 1 : 0;
  for (const one of decisions) {
    const known = best.get(one.action);
    if (known === undefined || rankOf(one) > rankOf(known)) best.set(one.action, one);
  }
  return [...best.values()];
}

/**
 * The decisions of a result: those for each resource, with the context that each lacks, if
 * resources were given. That of the result itself is a refusal if one of them is refused.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
function decisionsOf(result: EvaluationResult): readonly Decision[] {
  const { EvalActionName: action = "", EvalDecision = "implicitDeny" } = result;
  const { MissingContextValues: missing = [], ResourceSpecificResults: each = [] } = result;
  const isDeniedByOrganisation =
    result.OrganizationsDecisionDetail?.AllowedByOrganizations === false;
  const decision = (decided: Decision["decision"], lacks: readonly string[]): Decision => ({
    action,
    decision: decided,
    isDeniedByOrganisation,
    isConditional: lacks.length > 0,
  });
  if (each.length === 0) return [decision(EvalDecision, missing)];
  return each.map(
    ({ EvalResourceDecision: decided = "implicitDeny", MissingContextValues: lacks = [] }) =>
      decision(decided, [...missing, ...lacks]),
  );
}

/**
 * The principal that IAM simulates for an identity: the user, or the role of a session. A session's
 * ARN does not contain the role's path.
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
export function judge(subject: string, decisions: readonly Decision[]): readonly CheckFinding[] {
  const refused = decisions.filter(({ decision }) => decision !== "allowed");
  const byOrganisation = refused.filter((one) => one.isDeniedByOrganisation);
  const others = refused.filter((one) => !one.isDeniedByOrganisation);
  const open = others.filter(({ isConditional }) => isConditional);
  const missing = others.filter(({ isConditional }) => !isConditional);
  if (refused.length === 0) {
    const actions = new Set(decisions.map(({ action }) => action));
    return [ok(subject, `all ${actions.size} actions are allowed`)];
  }
  return [
    ...found(byOrganisation, (names) =>
      willFail(
        subject,
        `a policy of the organisation denies ${names}`,
        "have the organisation's administrator allow them to this role",
      ),
    ),
    ...found(missing, (names) =>
      willFail(subject, `not allowed: ${names}`, "attach the policies that `failover iam` writes"),
    ),
    ...found(open, (names) =>
      cannotTell(
        subject,
        `whether these are allowed depends on conditions: ${names}`,
        "read its policies, or ask their author",
      ),
    ),
  ];
}

function found(
  decisions: readonly Decision[],
  finding: (names: string) => CheckFinding,
): readonly CheckFinding[] {
  const names = sorted(decisions.map(({ action }) => action));
  return names.length === 0 ? [] : [finding(names.join(", "))];
}
