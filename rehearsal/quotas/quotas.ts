import { awsTypes } from "../../routing/graph/types";
import { widgetsOf } from "../dashboards";
import {
  balancers,
  byOwner,
  byRegion,
  cacheNodes,
  certificatesByBalancer,
  inAccount,
  items,
  lengthOf,
  metricsOf,
  natGatewaysByZone,
  recordsByZone,
  virtualCpus,
  weightedRecords,
} from "./counting";
import type { Quota } from "./quota";

const docs = "https://docs.aws.amazon.com";
const route53 = `${docs}/Route53/latest/DeveloperGuide/DNSLimitations.html`;
const acm = `${docs}/acm/latest/userguide/acm-limits.html`;
const cloudFront = `${docs}/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html`;
const vpc = `${docs}/vpc/latest/userguide/amazon-vpc-limits.html`;
const networkBalancers = `${docs}/elasticloadbalancing/latest/network/load-balancer-limits.html`;
const dashboards = `${docs}/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html`;

/** Maximum records of a hosted zone; splitting a zone means another tree of names. */
export const recordsInZone: Quota = {
  what: "records in a hosted zone",
  default: 10_000,
  remedy: "spread the hostnames over several hosted zones, one stack each",
  source: route53,
  count: recordsByZone,
};

/** Buckets that an account may have (100 until November 2024). */
export const bucketsInAccount: Quota = {
  what: "S3 buckets",
  default: 10_000,
  remedy: "serve the page by staticTier.kind cloudFront, with one bucket for all hostnames",
  source: `${docs}/AmazonS3/latest/userguide/BucketRestrictions.html`,
  count: inAccount(awsTypes.bucket),
};

/**
 * AWS's default quotas for the resource types used here, read in November 2026. An account may have
 * higher quotas, and contains other stacks.
 */
export const quotas: readonly Quota[] = [
  recordsInZone,
  {
    what: "hosted zones",
    default: 500,
    source: route53,
    count: inAccount(awsTypes.zone),
  },
  {
    what: "health checks",
    default: 200,
    remedy: "share endpoints, and so checks, among hostnames",
    source: route53,
    count: inAccount(awsTypes.healthCheck),
  },
  {
    what: "weighted records of one name and type",
    default: 100,
    most: 100,
    remedy: "move some shares below separate names",
    source: route53,
    count: weightedRecords,
  },
  {
    what: "children of a calculated health check",
    default: 255,
    most: 255,
    remedy: "merge some of them into one check, such as a page that tests several things",
    source: route53,
    count: items(awsTypes.healthCheck, (check) => lengthOf(check, "childHealthchecks")),
  },
  {
    what: "certificates of ACM",
    default: 2_500,
    source: acm,
    count: byRegion("aws:acm/certificate:Certificate"),
  },
  {
    what: "names of a certificate",
    default: 10,
    most: 100,
    remedy: "use several certificates",
    source: acm,
    count: items(
      "aws:acm/certificate:Certificate",
      (certificate) => 1 + lengthOf(certificate, "subjectAlternativeNames"),
    ),
  },
  {
    what: "CloudFront distributions",
    default: 500,
    source: cloudFront,
    count: inAccount(awsTypes.distribution),
  },
  {
    what: "alternate names of a distribution",
    default: 100,
    source: cloudFront,
    count: items(awsTypes.distribution, (distribution) => lengthOf(distribution, "aliases")),
  },
  {
    what: "origin access controls",
    default: 100,
    source: cloudFront,
    count: inAccount("aws:cloudfront/originAccessControl:OriginAccessControl"),
  },
  bucketsInAccount,
  {
    what: "Elastic IP addresses",
    default: 5,
    source: `${docs}/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html`,
    count: byRegion(awsTypes.elasticIp),
  },
  {
    what: "vCPUs of standard on-demand instances",
    default: 5,
    remedy: "AWS raises it automatically for active accounts",
    source: `${docs}/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html`,
    count: virtualCpus,
  },
  { what: "VPCs", default: 5, source: vpc, count: byRegion("aws:ec2/vpc:Vpc") },
  {
    what: "internet gateways",
    default: 5,
    source: vpc,
    count: byRegion("aws:ec2/internetGateway:InternetGateway"),
  },
  { what: "NAT gateways in a zone", default: 5, source: vpc, count: natGatewaysByZone },
  {
    what: "subnets of a VPC",
    default: 200,
    source: vpc,
    count: byOwner(awsTypes.subnet, "vpcId", "aws:ec2/vpc:Vpc"),
  },
  {
    what: "security groups",
    default: 2_500,
    source: vpc,
    count: byRegion("aws:ec2/securityGroup:SecurityGroup"),
  },
  {
    what: "network balancers",
    default: 50,
    source: networkBalancers,
    count: balancers("network"),
  },
  {
    what: "listeners of a balancer",
    default: 50,
    most: 50,
    remedy: "use several balancers",
    source: networkBalancers,
    count: byOwner(awsTypes.listener, "loadBalancerArn", awsTypes.loadBalancer),
  },
  {
    what: "additional certificates of a balancer",
    default: 25,
    remedy: "use several names, or a wildcard, in one certificate",
    source: networkBalancers,
    count: certificatesByBalancer,
  },
  {
    what: "target groups",
    default: 3_000,
    source: networkBalancers,
    count: byRegion(awsTypes.targetGroup),
  },
  {
    what: "auto scaling groups",
    default: 500,
    source: `${docs}/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html`,
    count: byRegion(awsTypes.autoScalingGroup),
  },
  {
    what: "RDS instances",
    default: 40,
    source: `${docs}/AmazonRDS/latest/UserGuide/CHAP_Limits.html`,
    count: byRegion(awsTypes.database, awsTypes.databaseClusterInstance),
  },
  {
    what: "ElastiCache nodes",
    default: 300,
    source: `${docs}/AmazonElastiCache/latest/dg/quota-limits.html`,
    count: cacheNodes,
  },
  {
    what: "DynamoDB tables",
    default: 2_500,
    source: `${docs}/amazondynamodb/latest/developerguide/ServiceQuotas.html`,
    count: byRegion("aws:dynamodb/table:Table"),
  },
  {
    what: "IAM roles",
    default: 1_000,
    source: `${docs}/IAM/latest/UserGuide/reference_iam-quotas.html`,
    count: inAccount("aws:iam/role:Role"),
  },
  {
    what: "widgets of a dashboard",
    default: 500,
    most: 500,
    remedy: "move the rest to another dashboard",
    source: dashboards,
    count: items("aws:cloudwatch/dashboard:Dashboard", (board) => widgetsOf(board).length),
  },
  {
    what: "metrics of a dashboard",
    default: 2_500,
    most: 2_500,
    remedy: "move the rest to another dashboard",
    source: dashboards,
    count: items("aws:cloudwatch/dashboard:Dashboard", metricsOf),
  },
  {
    what: "resource policies of CloudWatch Logs",
    default: 10,
    most: 10,
    remedy: "use one policy for several log groups",
    source: `${docs}/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html`,
    count: byRegion("aws:cloudwatch/logResourcePolicy:LogResourcePolicy"),
  },
];
