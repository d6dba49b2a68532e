import type { Value } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import type { Declaration, Declared, Names } from "../declare";
import type { Field } from "../fields";
import { fieldsOf, itemsOf, memberOf, propertiesOf, textIn, textOr } from "../fields";
import { regionOfArn } from "../regions";
import type { AwsAnswer } from "./answers";
import { unknownTags } from "./tags";

/** The fields of a target group (API:TargetGroup); its check's fields form a separate block. */
const targetGroupFields: readonly Field[] = [
  ["TargetGroupArn", "arn"],
  ["TargetGroupName", "name"],
  ["TargetType", "targetType"],
  ["Protocol", "protocol"],
  ["Port", "port"],
  ["VpcId", "vpcId"],
  ["LoadBalancerArns", "loadBalancerArns"],
];

export const targetCheckFields: readonly Field[] = [
  ["HealthCheckPath", "path"],
  ["HealthCheckPort", "port"],
  ["HealthCheckProtocol", "protocol"],
  ["HealthCheckIntervalSeconds", "interval"],
  ["HealthCheckTimeoutSeconds", "timeout"],
  ["HealthyThresholdCount", "healthyThreshold"],
  ["UnhealthyThresholdCount", "unhealthyThreshold"],
];

/** @param reported the ARNs of the groups whose targets AWS reported */
export function targetGroupOf(
  group: Value,
  reported: ReadonlySet<string | undefined>,
  names: Names,
): Declaration {
  const arn = textOr(group, "TargetGroupArn", "");
  const check = propertiesOf(targetCheckFields, fieldsOf(group)).properties;
  return {
    type: awsTypes.targetGroup,
    name: names.of(awsTypes.targetGroup, textIn(group, "TargetGroupName"), arn),
    id: arn,
    region: regionOfArn(arn),
    properties: {
      ...propertiesOf(targetGroupFields, fieldsOf(group)).properties,
      tags: unknownTags,
      areTargetsRead: reported.has(arn),
      healthCheck: Object.fromEntries(
        Object.entries(check).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value]],
        ),
      ),
    },
  };
}

/** The ARNs of the target groups for which `describe-target-health` was called. */
export function reportedGroups(
  answers: readonly AwsAnswer[],
  groups: readonly Value[],
): ReadonlySet<string | undefined> {
  return new Set(targetAnswers(answers).map((answer) => groupAskedAbout(answer, groups)));
}

function targetAnswers(answers: readonly AwsAnswer[]): readonly AwsAnswer[] {
  return answers.filter(({ value }) => memberOf(value, "TargetHealthDescriptions") !== undefined);
}

/** The targets of each group for which `describe-target-health` was called. */
export function attachmentsIn(
  answers: readonly AwsAnswer[],
  groups: readonly Value[],
  names: Names,
): Declared {
  const declarations: Declaration[] = [];
  const notes: string[] = [];
  for (const answer of targetAnswers(answers)) {
    const group = groupAskedAbout(answer, groups);
    if (group === undefined) {
      notes.push(
        `${answer.path}: left out, because it does not say whose targets it contains; name the file after the target group`,
      );
      continue;
    }
    for (const one of itemsOf(answer.value, "TargetHealthDescriptions")) {
      declarations.push(attachmentOf(one, group, names));
    }
  }
  return { declarations, notes };
}

function attachmentOf(described: Value, arn: string, names: Names): Declaration {
  const target = memberOf(described, "Target");
  const health = memberOf(described, "TargetHealth");
  const id = textOr(target, "Id", "");
  const zone = textIn(target, "AvailabilityZone");
  const groupName = arn.split("/").at(-2) ?? arn;
  return {
    type: awsTypes.targetGroupAttachment,
    name: names.of(awsTypes.targetGroupAttachment, `${id} in ${groupName}`, `${id} in ${arn}`),
    region: regionOfArn(arn),
    properties: {
      targetGroupArn: arn,
      targetId: id,
      port: memberOf(target, "Port"),
      // `all` stands for an address outside the VPC (API:TargetDescription.AvailabilityZone).
      availabilityZone: zone === "all" ? undefined : zone,
      state: textIn(health, "State"),
      stateReason: textIn(health, "Reason"),
    },
  };
}

/** The ARN of the target group that an answer is about; undefined where nothing identifies it. */
function groupAskedAbout({ about }: AwsAnswer, groups: readonly Value[]): string | undefined {
  const byArn = groups.find((group) => textIn(group, "TargetGroupArn") === about);
  const byName = groups
    .map((group) => ({ group, name: textOr(group, "TargetGroupName", "") }))
    .filter(({ name }) => name !== "" && about.endsWith(name))
    .sort((a, b) => b.name.length - a.name.length)
    .at(0)?.group;
  const only = groups.length === 1 ? groups[0] : undefined;
  return textIn(byArn ?? byName ?? only, "TargetGroupArn");
}
