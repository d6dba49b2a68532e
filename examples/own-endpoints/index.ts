/**
 * Failover between existing balancers. Route 53 answers with the balancers' own addresses, so the
 * TTL is the balancers' 60 s. It leaves a balancer without healthy targets, or one whose name fails
 * its check.
 */
import * as aws from "@pulumi/aws";
import {
  FailoverAlerts,
  FailoverRecords,
  RegionTier,
  StaticFallbackTier,
  checked,
  failover,
} from "@cafe/failover";
import type { Probe } from "@cafe/failover";
import { maintenancePage } from "@cafe/failover/application";

const hostname = "orders.example.com";
const tags = { Project: "own-endpoints", Environment: "dev", Contact: "ops@example.com" };
const ttlSeconds = 60;

const oregonAws = new aws.Provider("us-west-2", { region: "us-west-2" });
const dublinAws = new aws.Provider("eu-west-1", { region: "eu-west-1" });
// Route 53 writes its metrics to us-east-1 only, so the alarms are there.
const virginiaAws = new aws.Provider("us-east-1", { region: "us-east-1" });
const ohioAws = new aws.Provider("us-east-2", { region: "us-east-2" });

/** The hosted zone of example.com. */
const zoneId = "Z0123456789ABCDEFGHIJ";

/** The probe of a zone's balancer: its web servers only. */
const endpointProbe: Probe = {
  scheme: "http",
  path: "/healthcheck",
  token: "alive",
  intervalSeconds: 30,
  failureThreshold: 3,
};
/** The probe of a region: with its database, which may take minutes to fail over. */
const regionProbe: Probe = { ...endpointProbe, path: "/health", token: "ok", failureThreshold: 6 };

const shared = { zoneId, ttlSeconds, endpointProbe, regionProbe, tags };

const oregon = new RegionTier(
  "oregon",
  {
    ...shared,
    recordName: `oregon.${hostname}`,
    availabilityZones: ["us-west-2a", "us-west-2b"],
    compute: {
      kind: "alias",
      endpoints: {
        "us-west-2a": {
          dnsName: "orders-a-1234567890.us-west-2.elb.amazonaws.com",
          hostedZoneId: "Z1H1FL5HABSF5",
        },
        "us-west-2b": {
          dnsName: "orders-b-1234567890.us-west-2.elb.amazonaws.com",
          hostedZoneId: "Z1H1FL5HABSF5",
        },
      },
    },
  },
  { providers: [oregonAws] },
);

const dublin = new RegionTier(
  "dublin",
  {
    ...shared,
    recordName: `dublin.${hostname}`,
    availabilityZones: ["eu-west-1a", "eu-west-1b"],
    compute: {
      kind: "alias",
      endpoints: {
        "eu-west-1a": {
          dnsName: "orders-a-1234567890.eu-west-1.elb.amazonaws.com",
          hostedZoneId: "Z32O12XQLNTSW2",
        },
        "eu-west-1b": {
          dnsName: "orders-b-1234567890.eu-west-1.elb.amazonaws.com",
          hostedZoneId: "Z32O12XQLNTSW2",
        },
      },
    },
  },
  { providers: [dublinAws] },
);

const page = new StaticFallbackTier(
  "page",
  {
    hostnames: [hostname],
    form: { kind: "s3Website" },
    pageHtml: maintenancePage(),
    tags,
  },
  { providers: [ohioAws] },
);

const live = failover(
  `live.${hostname}`,
  checked(oregon.entry, oregon.checkId),
  checked(dublin.entry, dublin.checkId),
);
// Oregon, unchecked, comes before the page, in case the deep checks fail everywhere.
const any = failover(`any.${hostname}`, live, oregon.entry);

new FailoverRecords(
  "orders",
  { zoneId, ttlSeconds, routes: [failover(hostname, any, page.routeOf(hostname))] },
  { providers: [oregonAws], dependsOn: [oregon, dublin] },
);

const watched = (name: string, { availabilityZones, deepCheckId, checkId }: RegionTier) => ({
  name,
  availabilityZones,
  deepCheckId,
  checkId,
});
const alerts = new FailoverAlerts(
  "alerts",
  {
    topicName: "own-endpoints-alerts",
    email: "ops@example.com",
    regions: [watched("oregon", oregon), watched("dublin", dublin)],
    runbookUrl: "https://example.com/runbook",
    tags,
  },
  { providers: [virginiaAws] },
);

export const topicArn = alerts.topicArn;
export const regions = { primary: oregon.entry.name, standby: dublin.entry.name };
