import { tagsOf, underKey } from "./deployed";
import type { Deployed } from "./deployed";
import { allow } from "./policyDocument";
import type { AllowStatement } from "./policyDocument";
import { namesIn } from "./resourceArns";

const templateType = "aws:fis/experimentTemplate:ExperimentTemplate";

/**
 * The calls of `failover gameday` and those in docs/runbook.md, "Hold a game day". FIS injects the faults with its own roles.
 * @see https://docs.aws.amazon.com/fis/latest/userguide/security_iam_id-based-policy-examples.html
 */
export function gameDayStatements(deployed: Deployed): readonly AllowStatement[] {
  const { resources } = deployed;
  if (!resources.some(({ type }) => type === templateType)) return [];
  const logs = namesIn("logs", resources).filter((name) => name.endsWith("*"));
  return [
    ...allow("FindsExperiments", ["fis:ListExperimentTemplates", "fis:ListExperiments"], ["*"]),
    // An experiment has no tags until it exists; the templates of other stacks have their own tags.
    ...allow(
      "RunsItsExperiments",
      [
        "fis:GetExperiment",
        "fis:GetExperimentTemplate",
        "fis:ListExperimentResolvedTargets",
        "fis:StartExperiment",
        "fis:StopExperiment",
      ],
      ["arn:aws:fis:*:*:experiment-template/*", "arn:aws:fis:*:*:experiment/*"],
      { StringEqualsIfExists: underKey("aws:ResourceTag", tagsOf(deployed)) },
    ),
    ...allow(
      "MakesTheRoleOfFis",
      ["iam:CreateServiceLinkedRole"],
      ["arn:aws:iam::*:role/aws-service-role/fis.amazonaws.com/*"],
      { StringEquals: { "iam:AWSServiceName": "fis.amazonaws.com" } },
    ),
    // CloudWatch tells about composite alarms only where both are allowed for all resources.
    ...allow(
      "ReadsAlarms",
      ["cloudwatch:DescribeAlarmHistory", "cloudwatch:DescribeAlarms"],
      ["*"],
    ),
    ...allow("LooksAtMachines", ["ec2:DescribeInstances"], ["*"]),
    ...allow("ReadsLogs", ["logs:FilterLogEvents"], logs),
    ...allow("LooksAtTables", ["dynamodb:GetResourcePolicy"], namesIn("dynamodb", resources)),
    ...allow(
      "ReadsReports",
      ["s3:GetObject", "s3:ListBucket"],
      namesIn("s3", resources).filter((name) => name.includes("reports")),
    ),
  ];
}
