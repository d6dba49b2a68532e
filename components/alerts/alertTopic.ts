import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { encryptionKey } from "../common/encryptionKey";
import type { Tags } from "../common/tags";

export interface AlertTopicArgs {
  /** Name and display name; plain and explicit, because people know the topic by it. */
  readonly topicName: string;
  /** The recipient. AWS asks for confirmation and delivers nothing before it. */
  readonly email: pulumi.Input<string>;
  readonly tags: Tags;
}

/**
 * A topic that the alarms of its region may publish to. It is encrypted with its own key, because
 * CloudWatch cannot use the AWS managed key of SNS.
 * Makes `<name>-key`, `<name>-topic`, `<name>-policy`, `<name>-email`.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function alertTopic(
  name: string,
  { topicName, email, tags }: AlertTopicArgs,
  opts: pulumi.CustomResourceOptions,
): aws.sns.Topic {
  const alarms = { Principal: { Service: "cloudwatch.amazonaws.com" }, Condition: ofAlarms(opts) };
  const key = encryptionKey(
    `${name}-key`,
    {
      description: `Messages of the topic ${topicName}`,
      statements: [
        {
          Sid: "AlarmsEncrypt",
          Effect: "Allow",
          ...alarms,
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
        },
      ],
      tags,
    },
    opts,
  );
  const topic = new aws.sns.Topic(
    `${name}-topic`,
    {
      name: topicName,
      displayName: topicName,
      kmsMasterKeyId: key.arn,
      tags: { ...tags, Name: `${name}-topic` },
    },
    opts,
  );
  new aws.sns.TopicPolicy(
    `${name}-policy`,
    {
      arn: topic.arn,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AlarmsPublish",
            Effect: "Allow",
            ...alarms,
            Action: "sns:Publish",
            Resource: topic.arn,
          },
          {
            Sid: "NobodyPublishesInTheClear",
            Effect: "Deny",
            Principal: "*",
            Action: "sns:Publish",
            Resource: topic.arn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    },
    opts,
  );
  new aws.sns.TopicSubscription(
    `${name}-email`,
    { topic: topic.arn, protocol: "email", endpoint: email },
    opts,
  );
  return topic;
}

/**
 * Only the alarms of this account and region: the service principal is the same for all accounts.
 */
function ofAlarms(opts: pulumi.InvokeOptions): pulumi.Input<object> {
  const { accountId } = aws.getCallerIdentityOutput({}, opts);
  const { region } = aws.getRegionOutput({}, opts);
  return {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: {
      "aws:SourceArn": pulumi.interpolate`arn:aws:cloudwatch:${region}:${accountId}:alarm:*`,
    },
  };
}
