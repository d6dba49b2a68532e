/** Zones, records, health checks and certificates. */
import type { JsonObject, Row } from "./kit";
import { as, objectsOf, outputOf, pairs, pascal, plain, textOf, without } from "./kit";

/** Any text that tells one request from another. */
const CallerReference = "once";

const zone: Row = (inputs, resource) => {
  const { comment, name, enableAcceleratedRecovery, tags, ...rest } = without(
    inputs,
    "forceDestroy",
  );
  const config = comment === undefined ? {} : { HostedZoneConfig: { Comment: comment } };
  const created = { Name: name, ...config, ...pascal(rest) };
  const accelerated = as("EnableAcceleratedRecovery", enableAcceleratedRecovery);
  return {
    declaration: {
      type: "AWS::Route53::HostedZone",
      properties: {
        ...created,
        ...as("HostedZoneTags", pairs(tags, "Key")),
        ...(enableAcceleratedRecovery === undefined ? {} : { HostedZoneFeatures: accelerated }),
      },
    },
    calls: [
      {
        service: "route53",
        operation: "CreateHostedZone",
        parameters: { ...created, CallerReference },
      },
      {
        service: "route53",
        operation: "UpdateHostedZoneFeatures",
        parameters: { HostedZoneId: outputOf(resource, "zoneId"), ...accelerated },
      },
    ],
  };
};

const healthCheck: Row = (inputs) => {
  const { cloudwatchAlarmName, cloudwatchAlarmRegion, tags, ...rest } = without(inputs, "triggers");
  const config: JsonObject = {
    ...pascal(rest, {
      childHealthThreshold: "HealthThreshold",
      childHealthchecks: "ChildHealthChecks",
      enableSni: "EnableSNI",
      fqdn: "FullyQualifiedDomainName",
      invertHealthcheck: "Inverted",
      ipAddress: "IPAddress",
      measureLatency: "MeasureLatency",
    }),
    ...(cloudwatchAlarmName === undefined
      ? {}
      : { AlarmIdentifier: { Name: cloudwatchAlarmName, Region: cloudwatchAlarmRegion } }),
  };
  return {
    declaration: {
      type: "AWS::Route53::HealthCheck",
      properties: { HealthCheckConfig: config, ...as("HealthCheckTags", pairs(tags, "Key")) },
    },
    calls: [
      {
        service: "route53",
        operation: "CreateHealthCheck",
        parameters: { CallerReference, HealthCheckConfig: config },
      },
    ],
  };
};

const record: Row = (inputs) => {
  const { aliases, failoverRoutingPolicies, records, ttl, weightedRoutingPolicies, ...rest } =
    inputs;
  const { HostedZoneId, ...named } = pascal(without(rest, "allowOverwrite"), {
    zoneId: "HostedZoneId",
  });
  const [alias] = objectsOf(aliases);
  const shared = {
    ...named,
    ...as("Failover", objectsOf(failoverRoutingPolicies)[0]?.["type"]),
    ...as("Weight", objectsOf(weightedRoutingPolicies)[0]?.["weight"]),
    ...(alias === undefined
      ? {}
      : { AliasTarget: pascal(alias, { name: "DNSName", zoneId: "HostedZoneId" }) }),
  };
  const values = Array.isArray(records)
    ? (records as readonly string[]).map((value) =>
        // The provider adds the quotes (route53/record.go, flattenTxtEntry).
        inputs["type"] === "TXT" ? JSON.stringify(value) : value,
      )
    : undefined;
  return {
    declaration: {
      type: "AWS::Route53::RecordSet",
      properties: {
        HostedZoneId,
        ...shared,
        ...as("ResourceRecords", values),
        ...(ttl === undefined ? {} : { TTL: textOf(ttl) }),
      },
    },
    calls: [
      {
        service: "route53",
        operation: "ChangeResourceRecordSets",
        parameters: {
          HostedZoneId,
          ChangeBatch: {
            Changes: [
              {
                Action: "CREATE",
                ResourceRecordSet: {
                  ...shared,
                  ...as(
                    "ResourceRecords",
                    values?.map((Value) => ({ Value })),
                  ),
                  ...as("TTL", ttl),
                },
              },
            ],
          },
        },
      },
    ],
  };
};

const signing: Row = ({ hostedZoneId: HostedZoneId, ...rest }) => ({
  declaration: {
    type: "AWS::Route53::DNSSEC",
    properties: { HostedZoneId, ...pascal(without(rest, "signingStatus")) },
  },
  calls: [
    { service: "route53", operation: "EnableHostedZoneDNSSEC", parameters: { HostedZoneId } },
  ],
});

const signingKey: Row = (inputs) => {
  const properties = pascal(inputs);
  return {
    declaration: { type: "AWS::Route53::KeySigningKey", properties },
    calls: [
      {
        service: "route53",
        operation: "CreateKeySigningKey",
        parameters: { ...properties, CallerReference },
      },
    ],
  };
};

const queryLog: Row = (inputs, resource) => {
  const { HostedZoneId, ...config } = pascal(inputs, {
    zoneId: "HostedZoneId",
    cloudwatchLogGroupArn: "CloudWatchLogsLogGroupArn",
  });
  return {
    declaration: {
      type: "AWS::Route53::HostedZone",
      properties: { Name: `${resource.name}.example`, QueryLoggingConfig: config },
    },
    calls: [
      {
        service: "route53",
        operation: "CreateQueryLoggingConfig",
        parameters: { HostedZoneId, ...config },
      },
    ],
  };
};

export const dnsRows: Readonly<Record<string, Row>> = {
  "aws:acm/certificate:Certificate": plain(
    "AWS::CertificateManager::Certificate",
    "acm",
    "RequestCertificate",
  ),
  "aws:route53/healthCheck:HealthCheck": healthCheck,
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": signing,
  "aws:route53/keySigningKey:KeySigningKey": signingKey,
  "aws:route53/queryLog:QueryLog": queryLog,
  "aws:route53/record:Record": record,
  "aws:route53/zone:Zone": zone,
};
