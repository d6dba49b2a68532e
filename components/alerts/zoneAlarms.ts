import type * as pulumi from "@pulumi/pulumi";
import type { AlarmMessage, AlarmSpec } from "./alarm";

/** How often Route 53 writes the metrics of a signed zone: once in four hours. */
const periodSeconds = 4 * 60 * 60;

const customers = "names may stop resolving where resolvers check signatures, everywhere at once.";

/**
 * The alarms on a signed zone. They belong to us-east-1, where Route 53 writes its metrics.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-hosted-zones-with-cloudwatch.html
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
    // A value may fall into the period before or after: its absence says nothing.
    missingData: "missing",
    message,
  });
  return [
    alarm("dnssec-failure", "DNSSECInternalFailure", {
      meaning: "Route 53 cannot sign the hosted zone.",
      customers,
      system: "nothing; signatures that exist hold for some days.",
      action: "look at the key's state and policy; if in doubt take the DS record out first.",
      anchor: "dnssec-failure",
    }),
    alarm("dnssec-key", "DNSSECKeySigningKeysNeedingAction", {
      meaning: "Route 53 cannot use the key that signs the hosted zone: KMS refuses.",
      customers,
      system: "nothing; signatures that exist hold for some days.",
      action: "enable the key again, or restore its policy; do not delete anything.",
      anchor: "dnssec-key-needs-action",
    }),
  ];
}
