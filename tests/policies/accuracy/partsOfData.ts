import type { Properties } from "../../../routing/graph/resource";
import type { Made } from "../sample";
import { cloudFrontZone, made, websiteZones } from "./parts";

/** A bucket with a website, and the policy that lets everyone read it. */
export function website(name: string, bucket: string, region: string): readonly Made[] {
  const domain =
    region === "us-east-1" || region === "us-west-2" || region === "eu-west-1"
      ? `s3-website-${region}.amazonaws.com`
      : `s3-website.${region}.amazonaws.com`;
  return [
    made(
      "s3/bucket:Bucket",
      name,
      { bucket, arn: `arn:aws:s3:::${bucket}`, hostedZoneId: websiteZones[region] ?? "" },
      region,
    ),
    made(
      "s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
      `${name}-website`,
      { bucket, websiteDomain: domain, websiteEndpoint: `${bucket}.${domain}` },
      region,
    ),
    made(
      "s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      `${name}-access`,
      {
        bucket,
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: false,
        restrictPublicBuckets: false,
      },
      region,
    ),
    made(
      "s3/bucketPolicy:BucketPolicy",
      `${name}-policy`,
      {
        bucket,
        policy: JSON.stringify({
          Statement: [
            {
              Effect: "Allow",
              Principal: "*",
              Action: "s3:GetObject",
              Resource: `arn:aws:s3:::${bucket}/*`,
            },
          ],
        }),
      },
      region,
    ),
  ];
}

/** A private bucket behind a distribution. */
export function distribution(id: string, aliases: readonly string[]): readonly Made[] {
  return [
    made(
      "s3/bucket:Bucket",
      `${id}-bucket`,
      {
        bucket: `${id}-bucket`,
        arn: `arn:aws:s3:::${id}-bucket`,
        bucketRegionalDomainName: `${id}-bucket.s3.eu-central-1.amazonaws.com`,
      },
      "eu-central-1",
    ),
    made("s3/bucketPublicAccessBlock:BucketPublicAccessBlock", `${id}-access`, {
      bucket: `${id}-bucket`,
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    }),
    made("cloudfront/distribution:Distribution", id, {
      aliases,
      domainName: `d${id}.cloudfront.net`,
      hostedZoneId: cloudFrontZone,
      enabled: true,
      origins: [{ originId: "s3", domainName: `${id}-bucket.s3.eu-central-1.amazonaws.com` }],
      defaultCacheBehavior: { targetOriginId: "s3", viewerProtocolPolicy: "redirect-to-https" },
      viewerCertificate: {
        acmCertificateArn: "arn:aws:acm:us-east-1:1:certificate/1",
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: "TLSv1.2_2021",
      },
    }),
  ];
}

/** A MySQL database in two zones. */
export const mysql = (id: string, region: string, more: Properties = {}): readonly Made[] => [
  made(
    "rds/parameterGroup:ParameterGroup",
    `${id}-parameters`,
    { name: `${id}-parameters`, parameters: [{ name: "require_secure_transport", value: "1" }] },
    region,
  ),
  made(
    "rds/instance:Instance",
    id,
    {
      arn: `arn:aws:rds:${region}:1:db:${id}`,
      identifier: id,
      engine: "mysql",
      instanceClass: "db.m7g.large",
      multiAz: true,
      storageEncrypted: true,
      backupRetentionPeriod: 7,
      deletionProtection: true,
      publiclyAccessible: false,
      parameterGroupName: `${id}-parameters`,
      ...more,
    },
    region,
  ),
];

/** An Aurora cluster with instances. */
export const aurora = (id: string, region: string, instances = 2): readonly Made[] => [
  made(
    "rds/clusterParameterGroup:ClusterParameterGroup",
    `${id}-parameters`,
    { name: `${id}-parameters`, parameters: [{ name: "rds.force_ssl", value: "1" }] },
    region,
  ),
  made(
    "rds/cluster:Cluster",
    id,
    {
      arn: `arn:aws:rds:${region}:1:cluster:${id}`,
      clusterIdentifier: id,
      engine: "aurora-postgresql",
      storageEncrypted: true,
      backupRetentionPeriod: 7,
      deletionProtection: true,
      dbClusterParameterGroupName: `${id}-parameters`,
    },
    region,
  ),
  ...Array.from({ length: instances }, (_, index) =>
    made(
      "rds/clusterInstance:ClusterInstance",
      `${id}-${index}`,
      { clusterIdentifier: id, engine: "aurora-postgresql", publiclyAccessible: false },
      region,
    ),
  ),
];
