import { globalRegion } from "../../../routing/globalRegion";
import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, unknownsOf, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";
import { developerGuide, isRoute53Alarm } from "../route53";

export const route53AlarmIsWhereItsMetricIs = stackRule({
  name: "route53-alarm-is-where-its-metric-is",
  description: "Alarms on Route 53 metrics, and their topics, are in us-east-1.",
  severity: "high",
  level: "mandatory",
  why: "The metrics exist only there. An alarm elsewhere never gets data, and an alarm cannot publish to a topic in another region, so no notification arrives.",
  source: "DG monitoring-health-checks; hashicorp/terraform #7371, #15977",
  remediationSteps:
    "Create alarm and topic with a provider of us-east-1, wherever the endpoints are.",
  url: developerGuide("monitoring-health-checks"),
  types: [types.metricAlarm],
  config: {},
  find: (stack) => [
    ...stack.subjects(types.metricAlarm).flatMap((alarm) => unknownsOf(alarm, "namespace")),
    ...stack
      .subjects(types.metricAlarm)
      .filter(isRoute53Alarm)
      .flatMap((alarm) => [...alarmFindings(alarm), ...topicFindings(stack, alarm)]),
  ],
});

function alarmFindings(alarm: Subject): readonly Finding[] {
  const { region } = alarm.resource;
  if (region === undefined) {
    return [unknown(alarm, "region", "its region is not known, so it is not checked")];
  }
  if (region === globalRegion) return [];
  return [
    violation(alarm, "region", {
      must: `must be ${globalRegion}, where the metrics of Route 53 are`,
      got: region,
      so: "it stays at INSUFFICIENT_DATA forever, and no one is notified of a failover",
      remedy: `create it with a provider of ${globalRegion}`,
    }),
  ];
}

/** The region of each action of an alarm: the topic's region, or the region in the ARN. */
function topicFindings(stack: Stack, alarm: Subject): readonly Finding[] {
  const topics = stack.follow(alarm, "alarmActions", types.topic);
  const followed = topics.flatMap((topic): readonly Finding[] => {
    const { region } = topic.resource;
    return region === undefined || region === globalRegion ? [] : [foreignTopic(topic, region)];
  });
  const reason = alarm.unknownAt("alarmActions");
  if (reason) {
    return topics.length > 0 ? followed : [unknown(alarm, "alarmActions", reasonWord(reason))];
  }
  const known = new Set(
    topics.flatMap((topic) => (topic.unknownAt("arn") ? [] : (topic.text("arn") ?? []))),
  );
  const literal = alarm
    .texts("alarmActions")
    .filter((arn) => !known.has(arn))
    .flatMap((arn): readonly Finding[] => {
      const region = arn.split(":")[3] ?? "";
      const isForeign = arn.startsWith("arn:") && region !== "" && region !== globalRegion;
      return isForeign ? [foreignTopic(alarm, region, arn)] : [];
    });
  return [...followed, ...literal];
}

function foreignTopic(subject: Subject, region: string, arn?: string): Finding {
  return violation(subject, arn === undefined ? "region" : "alarmActions", {
    must: `must be ${globalRegion}, the region of its alarm`,
    got: arn ?? region,
    so: "the alarm cannot reach it, and no one is notified of a failover",
    remedy: `create the topic with a provider of ${globalRegion}`,
  });
}
