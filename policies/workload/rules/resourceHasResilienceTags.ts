import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { parseDocument } from "../../iamDocument";
import { fieldOf, isObject, valueOf } from "../../../routing/graph/values";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";

/** Types that resilience tools select by tags. */
const taggable: readonly string[] = [
  types.instance,
  types.elasticIp,
  types.subnet,
  types.securityGroup,
  types.launchTemplate,
  types.volume,
  types.autoScalingGroup,
  types.loadBalancer,
  types.targetGroup,
  types.databaseInstance,
  types.databaseCluster,
  types.cacheGroup,
  types.table,
  types.bucket,
  types.distribution,
  types.healthCheck,
  types.zone,
  types.topic,
  types.metricAlarm,
];

export const resourceHasResilienceTags = stackRule({
  name: "resource-has-resilience-tags",
  description: "Resources carry the tags that resilience tools and engineers select by.",
  severity: "low",
  level: "disabled",
  why: "Fault injection, Resilience Hub and on-call engineers select by tags: a resource without them is missing from experiments, and found last in an outage.",
  source: "AWS FIS User Guide, targets; AWS Resilience Hub User Guide",
  remediationSteps: "Add the tags that the message names.",
  url: "https://docs.aws.amazon.com/fis/latest/userguide/targets.html",
  types: taggable,
  config: {
    required: {
      type: "array",
      items: { type: "string" },
      minItems: 1,
      default: ["Project", "Environment"],
      description: "Keys of the tags that each resource carries",
    },
  },
  find: (stack, { required }) =>
    stack.subjects(...taggable).flatMap((subject) => tagFindings(stack, subject, required)),
});

function tagFindings(
  stack: Stack,
  subject: Subject,
  required: readonly string[],
): readonly Finding[] {
  const whole = subject.unknownWhole("tags");
  if (whole) return [unknown(subject, "tags", reasonWord(whole))];
  const keys = [...keysOf(subject), ...defaultKeys(stack, subject)];
  const missing = required.filter((key) => !keys.includes(key));
  if (missing.length === 0) return [];
  return [
    violation(subject, "tags", {
      must: `must have ${required.join(", ")}`,
      got: `no ${missing.join(", ")}`,
      so: "experiments miss the resource, and in an outage its owner is unknown",
      remedy: "add the missing tags",
    }),
  ];
}

/** The tags that a provider adds to all of its resources except Auto Scaling groups. */
function defaultKeys(stack: Stack, subject: Subject): readonly string[] {
  const { type, resource } = subject;
  const provider = resource.provider === undefined ? undefined : stack.graph.get(resource.provider);
  if (!provider || type === types.autoScalingGroup) return [];
  // A provider gets its settings as JSON.
  const defaults = parseDocument(valueOf(provider, "defaultTags"));
  const tags = fieldOf(defaults, "tags");
  return isObject(tags) ? Object.keys(tags) : [];
}

/** Tags are a mapping, plus `tagsAll` from the provider; an Auto Scaling group has a list of keys and values. */
function keysOf(subject: Subject): readonly string[] {
  if (subject.type !== types.autoScalingGroup) {
    const all = subject.unknownWhole("tagsAll") ? [] : subject.keys("tagsAll");
    return [...subject.keys("tags"), ...all];
  }
  return subject.items("tags").flatMap((tag) => tag.text("key") ?? []);
}
