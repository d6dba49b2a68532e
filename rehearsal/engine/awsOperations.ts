/**
 * The computed outputs of topics, alarms, keys, logs and functions: rows of the table in
 * awsOutputs.ts.
 */
import type { AwsType, OutputOwner } from "./awsType";
import { link } from "./awsType";
import { accountId, hex, uuid } from "./identifiers";
import { wireText } from "./wire";

/**
 * Row of a type that is identified by a name in its region: the name is its id, and the end of its
 * ARN.
 */
function byName(property: string, service: string, kind: string): AwsType {
  return {
    // Types whose name is another property's have no Pulumi auto-name.
    ...(property === "name" ? { autoName: property } : {}),
    id: ({ inputs }) => wireText(inputs[property]) ?? "",
    outputs: ({ region }, id) => ({ arn: arnOf(service, region, `${kind}${id}`), region }),
  };
}

function arnOf(service: string, region: string, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

function input({ inputs }: OutputOwner, property: string): string {
  return wireText(inputs[property]) ?? "";
}

/** The digest of a DS record: SHA-256 of the key, in hexadecimal (RFC 4034, section 5). */
const digestCharacters = 64;

const notifications: Record<string, AwsType> = {
  "aws:sns/topic:Topic": {
    autoName: "name",
    id: ({ region, inputs }) => arnOf("sns", region, wireText(inputs["name"]) ?? ""),
    outputs: ({ region }, id) => ({ arn: id, owner: accountId, region }),
  },
  "aws:sns/topicPolicy:TopicPolicy": link(
    (subject) => input(subject, "arn"),
    () => ({ owner: accountId }),
  ),
  "aws:sns/topicSubscription:TopicSubscription": link(
    (subject) => `${input(subject, "topic")}:${uuid(subject.urn)}`,
    (subject, id) => ({
      arn: id,
      ownerId: accountId,
      // Others are confirmed by AWS (sns/topic_subscription.go).
      pendingConfirmation: input(subject, "protocol").startsWith("email"),
    }),
  ),
  "aws:cloudwatch/metricAlarm:MetricAlarm": byName("name", "cloudwatch", "alarm:"),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": byName("alarmName", "cloudwatch", "alarm:"),
  "aws:cloudwatch/dashboard:Dashboard": link(
    (subject) => input(subject, "dashboardName"),
    (_, id) => ({ dashboardArn: arnOf("cloudwatch", "", `dashboard/${id}`) }),
  ),
};

const logs: Record<string, AwsType> = {
  "aws:cloudwatch/logGroup:LogGroup": byName("name", "logs", "log-group:"),
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": link((subject) =>
    input(subject, "policyName"),
  ),
};

const keys: Record<string, AwsType> = {
  "aws:kms/key:Key": {
    id: ({ urn }) => uuid(urn),
    outputs: ({ region }, id) => ({ arn: arnOf("kms", region, `key/${id}`), keyId: id, region }),
  },
  "aws:route53/queryLog:QueryLog": {
    id: ({ urn }) => uuid(urn),
    outputs: (_, id) => ({ arn: `arn:aws:route53:::queryloggingconfig/${id}` }),
  },
  "aws:route53/keySigningKey:KeySigningKey": {
    id: (subject) => `${input(subject, "hostedZoneId")},${input(subject, "name")}`,
    outputs: ({ urn }) => {
      const keyTag = Number.parseInt(hex(urn, 4), 16);
      const digestValue = hex(urn, digestCharacters).toUpperCase();
      // Algorithm 13 is ECDSAP256SHA256 (RFC 6605), Route 53's only one; digest 2 is SHA-256.
      return { keyTag, digestValue, dsRecord: `${keyTag} 13 2 ${digestValue}` };
    },
  },
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": {
    id: (subject) => input(subject, "hostedZoneId"),
    outputs: () => ({}),
  },
};

const functions: Record<string, AwsType> = {
  "aws:lambda/function:Function": byName("name", "lambda", "function:"),
  // The function itself is not run: it is assumed to have returned nothing.
  "aws:lambda/invocation:Invocation": {
    id: (subject) =>
      `${input(subject, "functionName")},$LATEST,${hex(input(subject, "input"), 32)}`,
    outputs: ({ region }) => ({ result: "null", region }),
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": link((subject) =>
    input(subject, "functionName"),
  ),
  // Its id is the statement's (lambda/permission.go, resourcePermissionCreate), which Pulumi
  // auto-names. The provider reads every argument back as given.
  "aws:lambda/permission:Permission": {
    autoName: "statementId",
    id: (subject) => input(subject, "statementId"),
    outputs: ({ region }) => ({ region }),
  },
  // sqs/queue.go: the id is the URL. A computed argument that is not given reads back as AWS's
  // default, and the reuse period of a KMS key as 300 even without one (issue 19786).
  "aws:sqs/queue:Queue": {
    autoName: "name",
    id: (subject) =>
      `https://sqs.${subject.region}.amazonaws.com/${accountId}/${input(subject, "name")}`,
    outputs: (subject, id) => ({
      arn: arnOf("sqs", subject.region, input(subject, "name")),
      url: id,
      kmsDataKeyReusePeriodSeconds: 300,
      policy: "",
      redrivePolicy: "",
      redriveAllowPolicy: "",
      region: subject.region,
    }),
  },
  "aws:scheduler/schedule:Schedule": {
    autoName: "name",
    id: (subject) => `default/${input(subject, "name")}`,
    outputs: ({ region }, id) => ({
      arn: arnOf("scheduler", region, `schedule/${id}`),
      groupName: "default",
      region,
    }),
  },
};

const experiments: Record<string, AwsType> = {
  "aws:fis/experimentTemplate:ExperimentTemplate": {
    // In the format of AWS's examples: EXT and letters or digits.
    id: ({ urn }) => `EXT${hex(urn, 16)}`,
    outputs: ({ region }) => ({ region }),
  },
};

/** The rows of monitoring and supporting resources. */
export const operationsTypes: Readonly<Record<string, AwsType>> = {
  ...notifications,
  ...logs,
  ...keys,
  ...functions,
  ...experiments,
};
