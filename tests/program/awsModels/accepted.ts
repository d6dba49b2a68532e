import type { Finding } from "./python";

/** A finding that the models justify but that is no fault of the program. */
interface Accepted extends Pick<Finding, "check" | "rule"> {
  readonly message: RegExp;
  readonly why: string;
}

/** An entry without a finding fails the test. */
export const accepted: readonly Accepted[] = [
  {
    check: "template",
    rule: "E3691",
    message: /^'8\.4' is not one of/,
    why:
      "RDS takes a major version of MySQL and chooses the minor one, which it then keeps current; " +
      "cfn-lint lists whole versions. " +
      "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.MySQL.Minor.html",
  },
  {
    check: "template",
    rule: "W3010",
    message: /^Avoid hardcoding availability zones '/,
    why: "A stack names its availability zones on purpose: they are tiers.",
  },
  {
    check: "policy",
    rule: "unknown-condition-key",
    message: /^kms:Describe\* has no condition key kms:EncryptionContext:aws:logs:arn$/,
    why:
      "The statement is the one that CloudWatch Logs asks for, word for word; the condition only " +
      "means that this one action is not allowed by it. " +
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
  },
];

/** Whether an entry of the list accepts a finding. */
export function accepts({ check, rule, message }: Accepted, finding: Finding): boolean {
  return finding.check === check && finding.rule === rule && message.test(finding.message);
}
