import type * as pulumi from "@pulumi/pulumi";
import type { AlarmMessage, AlarmSpec } from "./alarm";

/** Route 53 writes the metrics of a signed zone once every four hours. */
const periodSeconds = 4 * 60 * 60;

const customers = "names may stop resolving for all validating resolvers at once.";

/**
 * The alarms on a signed zone, for us-east-1, where Route 53 writes its metrics.
 *
 * @see
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-hosted-zones-with-cloudwatch.html
 */
export function zoneAlarms(zoneId: pulumi.Input<string>): readonly AlarmSpec[] {
  const alarm = (key: string, metricName: string, message: AlarmMessage): AlarmSpec => ({
    key,
    metric: {
      namespace: "AWS/Route53",
      name: metricName,
      dimensions: { HostedZoneId: zoneId },
      statistic: "Sum",
      periodSeconds,
    },
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    periods: 1,
    // A value may fall into the period before or after, so a missing one says nothing.
    missingData: "missing",
    message,
  });
  return [
    alarm("dnssec-failure", "DNSSECInternalFailure", {
      meaning: "Route 53 cannot sign the hosted zone.",
      customers,
      system: "none; existing signatures are valid for some days.",
      action: "check the key's state and policy; if in doubt remove the DS record first.",
      anchor: "dnssec-failure",
    }),
    alarm("dnssec-key", "DNSSECKeySigningKeysNeedingAction", {
      meaning: "Route 53 cannot use the key that signs the hosted zone: KMS denies access.",
      customers,
      system: "none; existing signatures are valid for some days.",
      action: "enable the key again, or restore its policy; delete nothing.",
      anchor: "dnssec-key-needs-action",
    }),
  ];
}
