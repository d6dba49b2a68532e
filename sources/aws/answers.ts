import { basename } from "node:path";
import type { Value } from "../../routing/graph/resource";
import { isObject, isTrue } from "../../routing/graph/values";
import { InputError } from "../../routing/inputError";
import { itemsOf, memberOf, textOr, memberOr } from "../fields";

/** An answer of AWS, as the AWS command line prints it. */
export interface AwsAnswer {
  /** Its origin, for messages. */
  readonly path: string;
  /**
   * The subject of the request, because some answers omit it: the id of a zone or a check, or the
   * ARN of a target group. For a file, the file's name, which may contain it.
   */
  readonly about: string;
  readonly value: Value;
}

/** The list members that identify answers, with the command that prints each. */
const commands: Readonly<Record<string, string>> = {
  ResourceRecordSets: "aws route53 list-resource-record-sets",
  HealthChecks: "aws route53 list-health-checks",
  HealthCheckObservations: "aws route53 get-health-check-status",
  HostedZone: "aws route53 get-hosted-zone",
  HostedZones: "aws route53 list-hosted-zones",
  ResourceTagSets: "aws route53 list-tags-for-resources",
  CidrBlocks: "aws route53 list-cidr-blocks",
  LoadBalancers: "aws elbv2 describe-load-balancers",
  LoadBalancerDescriptions: "aws elb describe-load-balancers",
  InstanceStates: "aws elb describe-instance-health",
  Listeners: "aws elbv2 describe-listeners",
  TargetGroups: "aws elbv2 describe-target-groups",
  TargetHealthDescriptions: "aws elbv2 describe-target-health",
  Addresses: "aws ec2 describe-addresses",
  Reservations: "aws ec2 describe-instances",
  Subnets: "aws ec2 describe-subnets",
  MetricAlarms: "aws cloudwatch describe-alarms",
};

/** The mark of a `failover snapshot` file, and the version of its format. */
const snapshotMark = "failoverSnapshot";
const snapshotVersion = 1;

/** Whether a document is an answer of AWS, or a snapshot of several. */
export function isAwsAnswer(document: Value): boolean {
  return isObject(document) && Object.keys(document).some(isKnown);
}

function isKnown(member: string): boolean {
  return member === snapshotMark || Object.hasOwn(commands, member);
}

/**
 * The answers in a document.
 *
 * @throws InputError for a snapshot of an unknown version
 */
export function answersIn(document: Value, path: string): readonly AwsAnswer[] {
  const version = memberOf(document, snapshotMark);
  if (version === undefined) {
    return [{ path, about: basename(path).replace(/\.\w+$/, ""), value: document }];
  }
  if (version !== snapshotVersion) {
    throw new InputError(
      `${path}: ${snapshotMark}: must be ${snapshotVersion}, got ${JSON.stringify(version)}; write the file again with \`failover snapshot\``,
    );
  }
  return itemsOf(document, "answers").map((one) => ({
    path,
    about: textOr(one, "about", ""),
    value: memberOr(one, "answer", null),
  }));
}

/** An item of a list member, with the answer that contains it. */
export interface Item {
  readonly value: Value;
  readonly from: AwsAnswer;
}

/** The document of `failover snapshot`: the answers of AWS, in their original shapes. */
export function snapshotDocument(answers: readonly AwsAnswer[], takenAt: Date): Value {
  return {
    [snapshotMark]: snapshotVersion,
    takenAt: takenAt.toISOString(),
    answers: answers.map(({ about, value }) => ({ about, answer: value })),
  };
}

/** What a page that is not the last has beside its items: the AWS CLI's token, or the API's members. */
const pageMarks = ["NextToken", "NextRecordName", "NextRecordType", "NextRecordIdentifier"];

/** What to say of a page of several. */
export const pageOfSeveral = "it is one page of several";
export const wholeListing = "leave out --max-items and --no-paginate";

/** Whether an answer says that other pages follow it (API:ListResourceRecordSets, ListCidrBlocks). */
export function isOneOfSeveral({ value }: AwsAnswer): boolean {
  return (
    isTrue(memberOf(value, "IsTruncated")) ||
    pageMarks.some((mark) => (memberOf(value, mark) ?? null) !== null)
  );
}

/** The items of a list member in all answers. */
export function itemsIn(answers: readonly AwsAnswer[], name: string): readonly Item[] {
  return answers.flatMap((from) => itemsOf(from.value, name).map((value) => ({ value, from })));
}
