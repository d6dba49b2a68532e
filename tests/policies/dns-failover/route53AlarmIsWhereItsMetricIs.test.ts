import { route53AlarmIsWhereItsMetricIs } from "../../../policies/dns-failover/rules/route53AlarmIsWhereItsMetricIs";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";

describeRule(route53AlarmIsWhereItsMetricIs, {
  complies: [{ title: "with alarms and topic in us-east-1", sample: cafe }],
  violates: [
    {
      title: "an alarm in Oregon",
      sample: cafe.move("alarm-check-2a", "us-west-2"),
      finds: [
        "alarm-check-2a.region: must be us-east-1, where the metrics of Route 53 are, got us-west-2, so it stays at INSUFFICIENT_DATA forever, and no one is notified of a failover; create it with a provider of us-east-1",
      ],
    },
    {
      title: "a topic in Oregon",
      sample: cafe.move("topic", "us-west-2").only("alarm-check-2a", "topic", "subscription"),
      finds: [
        "topic.region: must be us-east-1, the region of its alarm, got us-west-2, so the alarm cannot reach it, and no one is notified of a failover; create the topic with a provider of us-east-1",
      ],
    },
    {
      title: "a topic of another stack in Oregon",
      sample: cafe
        .only("alarm-check-2a")
        .set("alarm-check-2a", { alarmActions: ["arn:aws:sns:us-west-2:1:CafeFailoverAlerts"] }),
      finds: [
        "alarm-check-2a.alarmActions: must be us-east-1, the region of its alarm, got arn:aws:sns:us-west-2:1:CafeFailoverAlerts, so the alarm cannot reach it, and no one is notified of a failover; create the topic with a provider of us-east-1",
      ],
    },
  ],
  boundary: [
    {
      title: "an alarm of another metric in Oregon",
      sample: cafe.add({
        type: types.metricAlarm,
        name: "cpu",
        properties: { namespace: "AWS/EC2" },
      }),
      finds: [],
    },
    {
      title: "a topic of another stack in us-east-1",
      sample: cafe
        .only("alarm-check-2a")
        .set("alarm-check-2a", { alarmActions: ["arn:aws:sns:us-east-1:1:other"] }),
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
      title: "an unknown namespace",
      sample: cafe.hide("alarm-check-2a", "namespace"),
      finds: ["unknown: namespace: alarm-check-2a: it is not known before deployment"],
    },
    {
      title: "an unknown action",
      sample: cafe.hide("alarm-check-2a", "alarmActions"),
      finds: ["unknown: alarmActions: alarm-check-2a: it is not known before deployment"],
    },
    {
      title: "an unknown region",
      sample: cafe.only("alarm-check-2a").nowhere("alarm-check-2a"),
      finds: ["unknown: region: alarm-check-2a: its region is not known, so it is not checked"],
    },
  ],
  configuration: [],
});
