import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { unknown, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";
import { isRoute53Alarm } from "../route53";

/** The AWS managed key of SNS, which CloudWatch cannot use. */
const managedKey = "alias/aws/sns";

export const alarmTopicIsEncryptedAndHeard = stackRule({
  name: "alarm-topic-is-encrypted-and-heard",
  description: "The topic of a health check's alarm is encrypted and has a subscriber.",
  severity: "medium",
  level: "advisory",
  why: "A topic without a subscriber notifies no one, and CloudWatch cannot publish to a topic with the AWS managed key. Neither fault shows before the first failover.",
  source: "Amazon CloudWatch User Guide, alarms and encrypted topics",
  remediationSteps:
    "Set `kmsMasterKeyId` to a key whose policy lets cloudwatch.amazonaws.com use it, and add a subscription.",
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html",
  types: [types.metricAlarm],
  config: {},
  find: (stack) => {
    const alarms = stack.subjects(types.metricAlarm).filter(isRoute53Alarm);
    const topics = alarms.flatMap((alarm) => stack.follow(alarm, "alarmActions", types.topic));
    const foreign = alarms.filter(
      (alarm) =>
        alarm.has("alarmActions") && stack.follow(alarm, "alarmActions", types.topic).length === 0,
    );
    return [
      ...[...new Set(topics)].flatMap((topic) => topicFindings(stack, topic)),
      ...foreign.map((alarm) =>
        unknown(alarm, "alarmActions", "its topic is outside this stack, so it is not checked"),
      ),
    ];
  },
});

function topicFindings(stack: Stack, topic: Subject): readonly Finding[] {
  return [
    ...keyFindings(topic),
    ...(stack.referringTo(topic, types.topicSubscription, "topic").length > 0
      ? []
      : [
          violation(topic, "subscriptions", {
            must: "must have a subscriber",
            got: "none",
            so: "no one is notified of a failover",
            remedy: "subscribe the team's address",
          }),
        ]),
  ];
}

function keyFindings(topic: Subject): readonly Finding[] {
  const key = topic.unknownAt("kmsMasterKeyId") ? undefined : topic.text("kmsMasterKeyId");
  if (topic.has("kmsMasterKeyId") && key !== managedKey) return [];
  return [
    violation(topic, "kmsMasterKeyId", {
      must: "must be a key that CloudWatch can use",
      got: key ?? "none",
      so:
        key === undefined
          ? "alarm messages are stored unencrypted"
          : "CloudWatch cannot publish to it, and no one is notified of a failover",
      remedy: "use a customer managed key",
    }),
  ];
}
