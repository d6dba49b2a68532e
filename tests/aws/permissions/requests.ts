import { actionsOf } from "../../../aws/permissions/actions";
import type { Operation } from "../../../aws/permissions/actions";
import { recordNameOf } from "../../../routing/graph/recordName";
import type { Resource, Value } from "../../../routing/graph/resource";
import type { StackGraph } from "../../../routing/graph/stackGraph";
import { isObject, textOf } from "../../../routing/graph/values";
import type { Request } from "./allows";
import type { Kind } from "./reference";

const account = "123456789012";

/** The service that assumes the role of a resource, by the resource's type. */
const takers: Readonly<Record<string, string>> = {
  "aws:autoscaling/group:Group": "ec2.amazonaws.com",
  "aws:ec2/instance:Instance": "ec2.amazonaws.com",
  "aws:fis/experimentTemplate:ExperimentTemplate": "fis.amazonaws.com",
  "aws:iam/instanceProfile:InstanceProfile": "ec2.amazonaws.com",
  "aws:lambda/function:Function": "lambda.amazonaws.com",
  "aws:scheduler/schedule:Schedule": "scheduler.amazonaws.com",
};

/** Services that create their own role for a resource of the type. */
const ownRoles: Readonly<Record<string, string>> = {
  "aws:autoscaling/group:Group": "autoscaling.amazonaws.com",
  "aws:dynamodb/table:Table": "replication.dynamodb.amazonaws.com",
  "aws:elasticache/replicationGroup:ReplicationGroup": "elasticache.amazonaws.com",
  "aws:lb/loadBalancer:LoadBalancer": "elasticloadbalancing.amazonaws.com",
  "aws:rds/instance:Instance": "rds.amazonaws.com",
};

/** Names of resources that are not in the stack, or that the resource does not refer to. */
const otherNames: Readonly<Record<string, (resource: Resource, graph: StackGraph) => string>> = {
  dashboard: (resource) => textOf(resource, "dashboardName") ?? "",
  "instance-profile": (_, graph) => nameOf(graph.ofType("aws:iam/instanceProfile:InstanceProfile")),
  parametergroup: () => "default.redis7",
  og: () => "default:mysql-8-4",
  Secret: () => "rds!db-2c0f1f1e-AbCdEf",
  snapshot: (resource) =>
    textOf(resource, "finalSnapshotIdentifier") ?? `${textOf(resource, "identifier") ?? ""}-last`,
};

function nameOf([first]: readonly Resource[]): string {
  return (first && textOf(first, "name")) ?? "none";
}

/**
 * Kinds that no request here concerns: a stream is tagged separately, and no access point is
 * created.
 */
const notAsked: ReadonlySet<string> = new Set(["accesspoint", "accesspointobject", "stream"]);

/**
 * The requests that IAM decides when the provider runs an operation on a resource: each must be
 * allowed.
 */
export function requestsOf(
  graph: StackGraph,
  resource: Resource,
  operation: Operation,
  kinds: Readonly<Record<string, readonly Kind[]>>,
): readonly Request[] {
  const actions = actionsOf(resource.type)?.[operation] ?? [];
  return actions.flatMap((action) =>
    askedAbout(graph, resource, action, kinds[action] ?? []).map(({ arn, of }) => ({
      action,
      resource: arn,
      context: {
        ...tagContext("aws:RequestTag", tagsOf(resource)),
        // A resource has no tags until it is created; every other one has its own.
        ...(of === undefined || (of === resource && operation === "create" && makes.test(action))
          ? {}
          : tagContext("aws:ResourceTag", tagsOf(of))),
        ...contextOf(graph, resource, action, actions),
      },
    })),
  );
}

/** Actions that create a resource with its first tags. */
const makes = /:(?:Add|Allocate|Authorize|Create(?!Grant)|Request|Run|Tag)/;

/** Composite alarms are only told to a permission for all resources (API_DescribeAlarms). */
export const ofAllAlarms: ReadonlySet<string> = new Set([
  "cloudwatch:DescribeAlarmHistory",
  "cloudwatch:DescribeAlarms",
]);

/** An ARN, and the resource of the stack that it belongs to, if any. */
interface Asked {
  readonly arn: string;
  readonly of?: Resource;
}

function askedAbout(
  graph: StackGraph,
  resource: Resource,
  action: string,
  kinds: readonly Kind[],
): readonly Asked[] {
  if (action === "iam:PassRole") {
    return rolesFor(graph, takers[resource.type] ?? "").map((role) => ({
      arn: arnIn(role),
      of: role,
    }));
  }
  if (action === "iam:CreateServiceLinkedRole") {
    const service = ownRoles[resource.type] ?? "";
    return [{ arn: `arn:aws:iam::${account}:role/aws-service-role/${service}/AWSServiceRole` }];
  }
  if (kinds.length === 0 || ofAllAlarms.has(action)) return [{ arn: "*" }];
  const asked = kinds.filter(({ name }) => !notAsked.has(name));
  const isAsked = (one: Resource): boolean => asked.some(({ arn }) => isOfKind(arnIn(one), arn));
  const near = [resource, ...referred(graph, resource)];
  const far = near.flatMap((one) => referred(graph, one));
  const found = near.some(isAsked) ? near.filter(isAsked) : far.filter(isAsked);
  const missing = asked.filter(
    ({ isRequired, arn }) => isRequired && !found.some((one) => isOfKind(arnIn(one), arn)),
  );
  const ownKinds = asked.filter(({ name }) => !untagged.has(name));
  const others = found.length === 0 && missing.length === 0 ? ownKinds.slice(0, 1) : missing;
  if (others.some(({ name }) => name === "object")) {
    const buckets = near.filter(({ type }) => type === "aws:s3/bucket:Bucket");
    return buckets.map((of) => ({ arn: `${arnIn(of)}/index.html`, of }));
  }
  return [
    ...found.map((of) => ({ arn: arnIn(of), of })),
    ...others.map(({ name, arn }) => ({
      arn: filledIn(arn, otherNames[name]?.(resource, graph) ?? "x1"),
      // A part of a machine has no tags; for a kind without an ARN in the stack, the resource
      // itself counts.
      ...(untagged.has(name) ? {} : { of: resource }),
    })),
  ];
}

/** Kinds that EC2 creates in addition to the requested one, and AWS's own. */
const untagged: ReadonlySet<string> = new Set([
  "action",
  "image",
  "network-interface",
  "snapshot",
  "volume",
]);

/** The resources that a resource refers to, or depends on. */
function referred(graph: StackGraph, resource: Resource): readonly Resource[] {
  const urns = [...Object.values(resource.propertyDependencies).flat(), ...resource.dependencies];
  return [...new Set(urns)].flatMap((urn) => graph.get(urn) ?? []);
}

function rolesFor(graph: StackGraph, service: string): readonly Resource[] {
  return graph
    .ofType("aws:iam/role:Role")
    .filter((role) => (textOf(role, "assumeRolePolicy") ?? "").includes(`"${service}"`));
}

function contextOf(
  graph: StackGraph,
  resource: Resource,
  action: string,
  actions: readonly string[],
): Request["context"] {
  const boundary = textOf(resource, "permissionsBoundary") ?? boundaryOfRole(graph, resource);
  const maker = actions.find((one) => /^ec2:(?:Allocate|Authorize|Create(?!Tags)|Run)/.test(one));
  return {
    "iam:PassedToService": takers[resource.type] ?? [],
    "iam:AWSServiceName": ownRoles[resource.type] ?? [],
    "iam:PermissionsBoundary": boundary ?? [],
    ...(action === "ec2:CreateTags" && maker !== undefined
      ? { "ec2:CreateAction": maker.slice("ec2:".length) }
      : {}),
    ...(action === "route53:ChangeResourceRecordSets"
      ? {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames":
            recordNameOf(graph, resource) ?? "",
          "route53:ChangeResourceRecordSetsRecordTypes": textOf(resource, "type") ?? "",
        }
      : {}),
  };
}

function boundaryOfRole(graph: StackGraph, resource: Resource): string | undefined {
  const [role] = referred(graph, resource).filter(({ type }) => type === "aws:iam/role:Role");
  return role && textOf(role, "permissionsBoundary");
}

function arnIn(resource: Resource): string {
  return textOf(resource, "arn") ?? "";
}

/** Tags as a map, as most resources have them, or as a list, as groups do. */
function tagsOf(resource: Resource): Readonly<Record<string, Value>> {
  const { tags } = resource.inputs;
  if (Array.isArray(tags)) {
    return Object.fromEntries(
      (tags as readonly Value[]).flatMap((tag) =>
        isObject(tag) && typeof tag["key"] === "string" ? [[tag["key"], tag["value"] ?? ""]] : [],
      ),
    );
  }
  return isObject(tags) ? tags : {};
}

function tagContext(key: string, tags: Readonly<Record<string, Value>>): Request["context"] {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([tag, value]) =>
      typeof value === "string" ? [[`${key}/${tag}`, value]] : [],
    ),
  );
}

/**
 * Whether an ARN is of a kind: the pattern is the reference's ARN with wildcards for its variables.
 */
function isOfKind(arn: string, kindArn: string): boolean {
  const pattern = filledIn(kindArn, "*").replace(/[.+^${}()|[\]\\]/g, "\\$&");
  // Only names of log groups contain slashes.
  const any = arn.startsWith("arn:aws:logs:") ? ".*" : "[^/]*";
  return new RegExp(`^${pattern.replace(/\*/g, any)}$`).test(arn);
}

/** An ARN of the reference with its variables filled in. */
function filledIn(arn: string, name: string): string {
  return arn
    .replace("${Partition}", "aws")
    .replace("${Region}", name === "*" ? "*" : "us-west-2")
    .replace("${Account}", name === "*" ? "*" : account)
    .replace(/\$\{\w+\}/g, name);
}
