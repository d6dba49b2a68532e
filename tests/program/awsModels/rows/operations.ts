/** Monitoring, schedules and permissions. */
import type { Call, JsonObject, Row } from "./kit";
import {
  as,
  camel,
  documentOf,
  objectsOf,
  pairs,
  pascal,
  plain,
  providersOwn,
  textOf,
  without,
} from "./kit";

/** Names of a service whose arguments have a lower-case initial. */
const small = (value: JsonObject): JsonObject => camel(value) as JsonObject;

const logGroup: Row = (inputs) => {
  const properties = pascal(inputs, { name: "LogGroupName", skipDestroy: providersOwn });
  const { LogGroupName, RetentionInDays, KmsKeyId } = properties;
  return {
    declaration: { type: "AWS::Logs::LogGroup", properties },
    calls: [
      {
        service: "logs",
        operation: "CreateLogGroup",
        parameters: {
          ...small(as("LogGroupName", LogGroupName)),
          ...small(as("KmsKeyId", KmsKeyId)),
          ...as("tags", inputs["tags"]),
        },
      },
      {
        service: "logs",
        operation: "PutRetentionPolicy",
        parameters: small({ LogGroupName, RetentionInDays }),
      },
    ],
  };
};

const logResourcePolicy: Row = (inputs) => {
  const properties = pascal(inputs);
  return {
    declaration: { type: "AWS::Logs::ResourcePolicy", properties },
    calls: [{ service: "logs", operation: "PutResourcePolicy", parameters: small(properties) }],
  };
};

const topic: Row = (inputs) => {
  const { TopicName, Tags, ...attributes } = pascal(inputs, { name: "TopicName" });
  return {
    declaration: { type: "AWS::SNS::Topic", properties: { TopicName, Tags, ...attributes } },
    calls: [
      {
        service: "sns",
        operation: "CreateTopic",
        parameters: { Name: TopicName, Attributes: attributes, Tags },
      },
    ],
  };
};

const topicPolicy: Row = ({ arn, policy, ...rest }) => ({
  declaration: {
    type: "AWS::SNS::TopicPolicy",
    properties: { PolicyDocument: documentOf(policy), Topics: [arn ?? null], ...pascal(rest) },
  },
  calls: [
    {
      service: "sns",
      operation: "SetTopicAttributes",
      parameters: { TopicArn: arn, AttributeName: "Policy", AttributeValue: policy },
    },
  ],
});

const role: Row = (inputs) => {
  const properties = pascal(inputs, {
    name: "RoleName",
    assumeRolePolicy: "AssumeRolePolicyDocument",
  });
  const document = documentOf(properties["AssumeRolePolicyDocument"]);
  return {
    declaration: {
      type: "AWS::IAM::Role",
      properties: { ...properties, AssumeRolePolicyDocument: document },
    },
    calls: [{ service: "iam", operation: "CreateRole", parameters: properties }],
  };
};

const rolePolicy: Row = (inputs) => {
  const parameters = pascal(inputs, {
    name: "PolicyName",
    policy: "PolicyDocument",
    role: "RoleName",
  });
  const document = documentOf(parameters["PolicyDocument"]);
  return {
    declaration: {
      type: "AWS::IAM::RolePolicy",
      properties: { ...parameters, PolicyDocument: document },
    },
    calls: [{ service: "iam", operation: "PutRolePolicy", parameters }],
  };
};

const instanceProfile: Row = ({ name, role: RoleName, tags, ...rest }) => ({
  declaration: {
    type: "AWS::IAM::InstanceProfile",
    properties: { InstanceProfileName: name, Roles: [RoleName ?? null], ...pascal(rest) },
  },
  calls: [
    {
      service: "iam",
      operation: "CreateInstanceProfile",
      parameters: { InstanceProfileName: name, ...as("Tags", pairs(tags, "Key")) },
    },
    {
      service: "iam",
      operation: "AddRoleToInstanceProfile",
      parameters: { InstanceProfileName: name, RoleName },
    },
  ],
});

const key: Row = (inputs) => {
  const properties = pascal(inputs, {
    customerMasterKeySpec: "KeySpec",
    deletionWindowInDays: "PendingWindowInDays",
    policy: "KeyPolicy",
  });
  const { KeyPolicy, PendingWindowInDays, ...rest } = properties;
  const KeyId = "key";
  const deletion: Call = {
    service: "kms",
    operation: "ScheduleKeyDeletion",
    parameters: { KeyId, ...as("PendingWindowInDays", PendingWindowInDays) },
  };
  return {
    declaration: {
      type: "AWS::KMS::Key",
      properties: { ...properties, KeyPolicy: documentOf(KeyPolicy) },
    },
    calls: [
      {
        service: "kms",
        operation: "CreateKey",
        parameters: {
          ...without(rest, "EnableKeyRotation", "Tags"),
          ...as("Policy", KeyPolicy),
          Tags: objectsOf(rest["Tags"]).map((tag) =>
            pascal(tag, { Key: "TagKey", Value: "TagValue" }),
          ),
        },
      },
      deletion,
    ],
  };
};

const serviceFunction: Row = (inputs) => {
  const rest = pascal(without(inputs, "code"), { name: "FunctionName" });
  const tags = as("Tags", inputs["tags"]);
  return {
    declaration: {
      type: "AWS::Lambda::Function",
      // The provider uploads the code; its location does not matter here.
      properties: { ...rest, Code: { S3Bucket: "code-bucket", S3Key: "code.zip" } },
    },
    calls: [
      {
        service: "lambda",
        operation: "CreateFunction",
        parameters: { ...without(rest, "Tags"), ...tags, Code: { ZipFile: "code" } },
      },
    ],
  };
};

const eventInvokeConfig: Row = (inputs) => {
  const properties = pascal(inputs, {
    maximumEventAgeInSeconds: "MaximumEventAgeInSeconds",
    maximumRetryAttempts: "MaximumRetryAttempts",
  });
  return {
    declaration: {
      type: "AWS::Lambda::EventInvokeConfig",
      properties: { Qualifier: "$LATEST", ...properties },
    },
    calls: [
      { service: "lambda", operation: "PutFunctionEventInvokeConfig", parameters: properties },
    ],
  };
};

/** A statement of a function's policy, which CloudFormation has without an id. */
const permission: Row = ({ statementId: StatementId, function: FunctionName, ...rest }) => {
  const named = { FunctionName, ...pascal(rest) };
  return {
    declaration: { type: "AWS::Lambda::Permission", properties: named },
    calls: [
      {
        service: "lambda",
        operation: "AddPermission",
        parameters: { ...named, ...as("StatementId", StatementId) },
      },
    ],
  };
};

const queue: Row = (inputs) => {
  const { QueueName, Tags, ...attributes } = pascal(inputs, {
    name: "QueueName",
    messageRetentionSeconds: "MessageRetentionPeriod",
  });
  const texts = Object.entries(attributes).map(([key, value]): [string, string] => [
    key,
    textOf(value),
  ]);
  return {
    declaration: { type: "AWS::SQS::Queue", properties: { QueueName, Tags, ...attributes } },
    calls: [
      {
        service: "sqs",
        operation: "CreateQueue",
        parameters: {
          ...as("QueueName", QueueName),
          Attributes: Object.fromEntries(texts),
          ...as("tags", inputs["tags"]),
        },
      },
    ],
  };
};

const invocation: Row = ({ functionName, input }) => ({
  calls: [
    {
      service: "lambda",
      operation: "Invoke",
      parameters: { FunctionName: functionName, Payload: input },
    },
  ],
});

export const operationRows: Readonly<Record<string, Row>> = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": plain(
    "AWS::CloudWatch::Alarm",
    "cloudwatch",
    "PutMetricAlarm",
    { name: "AlarmName", okActions: "OKActions" },
  ),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": plain(
    "AWS::CloudWatch::CompositeAlarm",
    "cloudwatch",
    "PutCompositeAlarm",
    { okActions: "OKActions" },
  ),
  "aws:cloudwatch/dashboard:Dashboard": plain(
    "AWS::CloudWatch::Dashboard",
    "cloudwatch",
    "PutDashboard",
  ),
  "aws:cloudwatch/logGroup:LogGroup": logGroup,
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": logResourcePolicy,
  "aws:iam/instanceProfile:InstanceProfile": instanceProfile,
  "aws:iam/role:Role": role,
  "aws:iam/rolePolicy:RolePolicy": rolePolicy,
  "aws:kms/key:Key": key,
  "aws:lambda/function:Function": serviceFunction,
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": eventInvokeConfig,
  "aws:lambda/invocation:Invocation": invocation,
  "aws:lambda/permission:Permission": permission,
  "aws:scheduler/schedule:Schedule": plain(
    "AWS::Scheduler::Schedule",
    "scheduler",
    "CreateSchedule",
  ),
  "aws:sns/topic:Topic": topic,
  "aws:sns/topicPolicy:TopicPolicy": topicPolicy,
  "aws:sqs/queue:Queue": queue,
  "aws:sns/topicSubscription:TopicSubscription": plain(
    "AWS::SNS::Subscription",
    "sns",
    "Subscribe",
    { topic: "TopicArn" },
  ),
};
