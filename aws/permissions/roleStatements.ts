import type { Resource } from "../../routing/graph/resource";
import { textOf } from "../../routing/graph/values";
import { serviceOf, sorted, isForAllResources } from "./actions";
import { allow } from "./policyDocument";
import type { AllowStatement } from "./policyDocument";
import { allResourcesOf, namesIn } from "./resourceArns";

const makesOwnRole = "iam:CreateServiceLinkedRole";

/** Changes of a role by which the caller could gain permissions. */
const widening: ReadonlySet<string> = new Set([
  "iam:CreateRole",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
]);

/**
 * Services that create their own role in an account, with the permissions of the first user.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
export const ownRoles: Readonly<Record<string, string>> = {
  "aws:autoscaling/group:Group": "autoscaling.amazonaws.com",
  "aws:dynamodb/table:Table": "replication.dynamodb.amazonaws.com",
  "aws:elasticache/replicationGroup:ReplicationGroup": "elasticache.amazonaws.com",
  "aws:lb/loadBalancer:LoadBalancer": "elasticloadbalancing.amazonaws.com",
  "aws:rds/instance:Instance": "rds.amazonaws.com",
};

/** Roles and instance profiles by name; if the stack sets a boundary, only roles within it. */
export function roleStatements(
  actions: readonly string[],
  resources: readonly Resource[],
): readonly AllowStatement[] {
  const [boundary] = boundaryNamesOf(resources);
  const own = actions.filter((action) => action.startsWith("iam:"));
  const names = namesIn("iam", resources);
  const roles = names.filter((name) => name.includes(":role/"));
  const apart = new Set(["iam:PassRole", makesOwnRole, ...widening]);
  const serviceNames = sorted(resources.flatMap(({ type }) => ownRoles[type] ?? []));
  return [
    ...allow(
      boundary === undefined ? "MakesRoles" : "MakesRolesWithinTheBoundary",
      own.filter((action) => widening.has(action)),
      roles,
      boundary === undefined
        ? undefined
        : { ArnLike: { "iam:PermissionsBoundary": `arn:aws:iam::*:policy/${boundary}` } },
    ),
    ...allow(
      "ChangesRoles",
      own.filter((action) => !apart.has(action)),
      names,
    ),
    ...allow(
      "PassesRoles",
      own.filter((action) => action === "iam:PassRole"),
      roles,
      {
        StringEquals: { "iam:PassedToService": takersOf(resources) },
      },
    ),
    ...allow(
      "MakesRolesOfServices",
      own.filter((action) => action === makesOwnRole),
      ["arn:aws:iam::*:role/aws-service-role/*"],
      { StringEquals: { "iam:AWSServiceName": serviceNames } },
    ),
  ];
}

/** Names of the policies that bound the roles: one if the stack sets it. */
export function boundaryNamesOf(resources: readonly Resource[]): readonly string[] {
  return sorted(
    resources.flatMap((resource) => {
      const arn = textOf(resource, "permissionsBoundary");
      return arn === undefined ? [] : [arn.replace(/^.*:policy\//, "")];
    }),
  );
}

/** Services that may assume one of the roles, according to the roles' trust policies. */
function takersOf(resources: readonly Resource[]): readonly string[] {
  return sorted(
    resources.flatMap((resource) =>
      resource.type === "aws:iam/role:Role"
        ? statementsIn(textOf(resource, "assumeRolePolicy")).flatMap(
            ({ Principal }) => Principal?.Service ?? [],
          )
        : [],
    ),
  );
}

/**
 * Every permission of the stack's own roles: the upper limit for a role that the deployer makes. A
 * role of a service is limited to those services, as in the roles' own policies.
 */
export function boundaryOf(resources: readonly Resource[]): readonly AllowStatement[] {
  const policies = resources.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
  const statements = policies.flatMap((policy) => statementsIn(textOf(policy, "policy")));
  const actions = statements
    .flatMap(({ Action }) => Action ?? [])
    .filter((action) => action !== makesOwnRole);
  const withResource = actions.filter((action) => !isForAllResources(action));
  const services = sorted(
    statements.flatMap(({ Condition }) => Condition?.StringEquals?.["iam:AWSServiceName"] ?? []),
  );
  return [
    ...allow(
      "AtMostWhatTheRolesDo",
      withResource,
      sorted(withResource.map(serviceOf)).map(allResourcesOf),
    ),
    ...allow("AtMostWhatHasNoName", actions.filter(isForAllResources), ["*"]),
    ...allow(
      "AtMostRolesOfServices",
      services.length === 0 ? [] : [makesOwnRole],
      ["arn:aws:iam::*:role/aws-service-role/*"],
      { StringEquals: { "iam:AWSServiceName": services } },
    ),
  ];
}

/** The properties read from a statement of the program's own policies. */
interface OwnStatement {
  readonly Action?: string | readonly string[];
  readonly Principal?: { readonly Service?: string | readonly string[] };
  readonly Condition?: { readonly StringEquals?: Readonly<Record<string, string>> };
}

function statementsIn(policy: string | undefined): readonly OwnStatement[] {
  if (policy === undefined) return [];
  const { Statement = [] } = JSON.parse(policy) as {
    readonly Statement?: OwnStatement | readonly OwnStatement[];
  };
  return [Statement].flat();
}
