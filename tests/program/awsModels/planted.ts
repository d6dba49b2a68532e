import type { Evaluation } from "../../../rehearsal/engine/evaluate";
import type { Resource, Value } from "../../../routing/graph/resource";
import type { Finding } from "./python";

/** A fault that is planted into the first resource of a type, and all its findings. */
interface Planted {
  readonly title: string;
  readonly type: string;
  /** Default: any. */
  readonly region?: string;
  /** An argument that the resource has. Default: any. */
  readonly having?: string;
  /** Argument and value; undefined removes the argument. */
  readonly change: readonly [
    argument: string,
    value: Value | ((old: Value | undefined) => Value) | undefined,
  ];
  readonly found: readonly Pick<Finding, "check" | "rule" | "path">[];
}

const policyOf = (action: string, key = "aws:SourceAccount"): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Planted",
        Effect: "Allow",
        Action: action,
        Resource: "arn:aws:sns:us-west-2:123456789012:topic",
        Condition: { StringEquals: { [key]: "123456789012" } },
      },
    ],
  });

const check = "aws:route53/healthCheck:HealthCheck";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";

export const planted: readonly Planted[] = [
  {
    title: "a comparison that CloudWatch does not support",
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    change: ["comparisonOperator", "GreaterThan"],
    found: [
      { check: "template", rule: "E3030", path: "ComparisonOperator" },
      { check: "call", rule: "enum", path: "cloudwatch.PutMetricAlarm ComparisonOperator" },
    ],
  },
  {
    title: "a name of 33 characters for a balancer",
    type: "aws:lb/loadBalancer:LoadBalancer",
    change: ["name", "b".repeat(33)],
    found: [{ check: "call", rule: "documented-max", path: "elbv2.CreateLoadBalancer Name" }],
  },
  {
    title: "a name of 65 characters for a role",
    type: "aws:iam/role:Role",
    change: ["name", "r".repeat(65)],
    found: [
      { check: "template", rule: "E3033", path: "RoleName" },
      { check: "call", rule: "max", path: "iam.CreateRole RoleName" },
    ],
  },
  {
    title: "a check without its type",
    type: check,
    having: "ipAddress",
    change: ["type", undefined],
    found: [
      { check: "template", rule: "E3003", path: "HealthCheckConfig" },
      { check: "template", rule: "E3661", path: "HealthCheckConfig" },
      {
        check: "call",
        rule: "missing required field",
        path: "route53.CreateHealthCheck HealthCheckConfig",
      },
    ],
  },
  {
    title: "an argument that AWS does not support",
    type: check,
    change: ["patience", 3],
    found: [
      { check: "template", rule: "E3002", path: "HealthCheckConfig.Patience" },
      { check: "call", rule: "unknown field", path: "route53.CreateHealthCheck HealthCheckConfig" },
    ],
  },
  {
    title: "an object where AWS expects a text",
    type: "aws:kms/key:Key",
    change: ["description", { en: "Orders" }],
    found: [
      { check: "template", rule: "E3012", path: "Description" },
      { check: "call", rule: "invalid type", path: "kms.CreateKey Description" },
    ],
  },
  {
    title: "a text that breaks a pattern",
    type: "aws:cloudwatch/logGroup:LogGroup",
    change: ["name", "orders of the café"],
    found: [
      { check: "template", rule: "E1155", path: "LogGroupName" },
      { check: "template", rule: "E3031", path: "LogGroupName" },
      { check: "call", rule: "pattern", path: "logs.CreateLogGroup logGroupName" },
      { check: "call", rule: "pattern", path: "logs.PutRetentionPolicy logGroupName" },
    ],
  },
  {
    title: "an unknown database class",
    type: "aws:rds/instance:Instance",
    change: ["instanceClass", "db.m1.small"],
    found: [{ check: "template", rule: "E3062", path: "DBInstanceClass" }],
  },
  {
    title: "an instance type that Dublin does not offer",
    type: template,
    region: "eu-west-1",
    change: ["instanceType", "c8id.large"],
    found: [{ check: "template", rule: "E3628", path: "LaunchTemplateData.InstanceType" }],
  },
  {
    title: "no fault in Oregon, which offers it",
    type: template,
    region: "us-west-2",
    change: ["instanceType", "c8id.large"],
    found: [],
  },
  {
    title: "an unknown action",
    type: rolePolicy,
    change: ["policy", policyOf("sns:Shout")],
    found: [
      { check: "template", rule: "W3037", path: "PolicyDocument.Statement.0.Action" },
      { check: "policy", rule: "unknown-action", path: "policy.Planted" },
    ],
  },
  {
    title: "an unknown service",
    type: rolePolicy,
    change: ["policy", policyOf("megaphone:Publish")],
    found: [
      { check: "template", rule: "W3037", path: "PolicyDocument.Statement.0.Action" },
      { check: "policy", rule: "unknown-action", path: "policy.Planted" },
    ],
  },
  {
    title: "a condition key that an action does not support",
    type: rolePolicy,
    change: ["policy", policyOf("sns:Publish", "sns:Volume")],
    found: [{ check: "policy", rule: "unknown-condition-key", path: "policy.Planted" }],
  },
  {
    title: "a resource that an action does not support",
    type: rolePolicy,
    change: ["policy", policyOf("s3:GetObject")],
    found: [
      { check: "policy", rule: "resource-mismatch", path: "policy.Planted" },
      { check: "policy", rule: "unused-resource", path: "policy.Planted" },
    ],
  },
  {
    title: "an unknown action in a key's policy",
    type: "aws:kms/key:Key",
    change: [
      "policy",
      (old) => JSON.parse(JSON.stringify(old).replace("kms:*", "kms:Unlock")) as string,
    ],
    found: [
      { check: "template", rule: "W3037", path: "KeyPolicy.Statement.0.Action" },
      { check: "policy", rule: "unknown-action", path: "policy.AccountAdministers" },
    ],
  },
];

/** An evaluation of that one resource, with the fault. */
export function evaluationWith(
  { type, region, having, change: [argument, value] }: Planted,
  { resources, ...of }: Evaluation,
): Evaluation {
  const resource = resources.find(
    (one) =>
      one.type === type &&
      (region === undefined || one.region === region) &&
      (having === undefined || having in one.inputs),
  );
  if (!resource) throw new Error(`no resource has the type ${type}`);
  return { ...of, resources: [{ ...resource, inputs: changed(resource.inputs, argument, value) }] };
}

function changed(
  inputs: Resource["inputs"],
  argument: string,
  value: Planted["change"][1],
): Resource["inputs"] {
  const { [argument]: old, ...others } = inputs;
  if (value === undefined) return others;
  return { ...others, [argument]: typeof value === "function" ? value(old) : value };
}
