import { types } from "../../policies/types";
import { Sample } from "./sample";

/**
 * The failover exactly as a widely read guide describes it: its health check probes the public name,
 * its secondary has no check "so that it is always available", its alias does not evaluate its target,
 * and its topic is in the region of the servers.
 */
export const guide = new Sample([]).add(
  { type: types.zone, name: "zone", properties: { zoneId: "Z1", name: "cafe.com" } },
  {
    type: types.securityGroup,
    name: "web",
    properties: {
      ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }],
    },
  },
  ...["a", "b"].flatMap((letter, index) => [
    {
      type: types.instance,
      name: `web-2${letter}`,
      properties: {
        availabilityZone: `us-west-2${letter}`,
        instanceType: "t3.micro",
        publicIp: `192.0.2.${index + 1}`,
        vpcSecurityGroupIds: ["web"],
      },
    },
  ]),
  {
    type: types.healthCheck,
    name: "CafeHealthCheck",
    properties: {
      type: "HTTP",
      resourcePath: "/health.php",
      fqdn: "orders.cafe.com",
      port: 80,
      requestInterval: 30,
      failureThreshold: 3,
    },
  },
  {
    type: types.record,
    name: "web-primary",
    properties: {
      zoneId: "Z1",
      name: "web.orders.cafe.com",
      type: "A",
      ttl: 60,
      setIdentifier: "primary",
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
      records: ["192.0.2.1"],
      healthCheckId: "CafeHealthCheck",
    },
  },
  {
    type: types.record,
    name: "web-secondary",
    properties: {
      zoneId: "Z1",
      name: "web.orders.cafe.com",
      type: "A",
      ttl: 60,
      setIdentifier: "secondary",
      failoverRoutingPolicies: [{ type: "SECONDARY" }],
      records: ["192.0.2.2"],
    },
  },
  {
    type: types.record,
    name: "orders-primary",
    properties: {
      zoneId: "Z1",
      name: "orders.cafe.com",
      type: "A",
      setIdentifier: "primary",
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
      aliases: [{ name: "web.orders.cafe.com", zoneId: "Z1", evaluateTargetHealth: false }],
    },
  },
  {
    type: types.bucketWebsite,
    name: "page",
    region: "us-east-2",
    properties: {
      bucket: "orders.cafe.com",
      websiteDomain: "s3-website.us-east-2.amazonaws.com",
    },
  },
  {
    type: types.record,
    name: "orders-secondary",
    properties: {
      zoneId: "Z1",
      name: "orders.cafe.com",
      type: "A",
      setIdentifier: "secondary",
      failoverRoutingPolicies: [{ type: "SECONDARY" }],
      aliases: [
        { name: "s3-website.us-east-2.amazonaws.com", zoneId: "Z2", evaluateTargetHealth: false },
      ],
    },
    from: { aliases: ["page"] },
  },
  {
    type: types.topic,
    name: "CafeFailoverAlerts",
    properties: { arn: "arn:aws:sns:us-west-2:123456789012:CafeFailoverAlerts" },
  },
  {
    type: types.topicSubscription,
    name: "ops-team",
    properties: {
      topic: "arn:aws:sns:us-west-2:123456789012:CafeFailoverAlerts",
      protocol: "email",
      endpoint: "ops-team@cafe.com",
    },
  },
  {
    type: types.metricAlarm,
    name: "cafe-down",
    region: "us-east-1",
    properties: {
      namespace: "AWS/Route53",
      metricName: "HealthCheckStatus",
      dimensions: { HealthCheckId: "CafeHealthCheck" },
      alarmActions: ["arn:aws:sns:us-west-2:123456789012:CafeFailoverAlerts"],
    },
  },
);

/** The objectives of the guide: detection within a minute, recovery within 90 seconds. */
export const guideObjectives = {
  "endpoint-check-detects-in-time": { maxSeconds: 60 },
  "failover-budget-is-kept": {
    zoneOrRegionDetectionSeconds: 60,
    zoneOrRegionDowntimeSeconds: 90,
    databaseDowntimeSeconds: 120,
  },
};
