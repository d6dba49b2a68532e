import { alarmTopicIsEncryptedAndHeard } from "../../../policies/dns-failover/rules/alarmTopicIsEncryptedAndHeard";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";

describeRule(alarmTopicIsEncryptedAndHeard, {
  complies: [{ title: "with a key and a subscriber", sample: cafe }],
  violates: [
    {
      title: "no subscriber",
      sample: cafe.drop("subscription"),
      finds: [
        "topic.subscriptions: must have a subscriber, got none, so no one is notified of a failover; subscribe the team's address",
      ],
    },
    {
      title: "no key",
      sample: cafe.set("topic", { kmsMasterKeyId: undefined }),
      finds: [
        "topic.kmsMasterKeyId: must be a key that CloudWatch can use, got none, so alarm messages are stored unencrypted; use a customer managed key",
      ],
    },
    {
      title: "the key that CloudWatch cannot use",
      sample: cafe.set("topic", { kmsMasterKeyId: "alias/aws/sns" }),
      finds: [
        "topic.kmsMasterKeyId: must be a key that CloudWatch can use, got alias/aws/sns, so CloudWatch cannot publish to it, and no one is notified of a failover; use a customer managed key",
      ],
    },
  ],
  boundary: [
    {
      title: "an unknown key, which is a key",
      sample: cafe.hide("topic", "kmsMasterKeyId"),
      finds: [],
    },
  ],
  notApplicable: [
    {
      title: "without alarms",
      sample: cafe.drop(
        ...cafe.resources.filter(({ type }) => type === types.metricAlarm).map(({ name }) => name),
      ),
    },
  ],
  unknown: [
    {
      title: "a topic of another stack",
      sample: cafe.only("alarm-check-2a"),
      finds: [
        "unknown: alarmActions: alarm-check-2a: its topic is outside this stack, so it is not checked",
      ],
    },
  ],
  configuration: [],
});
