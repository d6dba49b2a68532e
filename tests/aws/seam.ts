import { AwsError } from "../../aws/awsError";
import type { Answers } from "./answers";
import { simulated } from "./answers";

/** moto's account. */
export const account = "123456789012";

/**
 * Obstacles that moto cannot simulate: the real check, with answers in the shapes of AWS's models.
 */
export const seam: readonly { title: string; answers: Answers; found: readonly string[] }[] = [
  {
    title: "health checks over the quota",
    answers: {
      "route53.getAccountLimit": ({ Type }) => ({ Limit: { Type, Value: 200 }, Count: 195 }),
    },
    found: [
      "will fail: quotas: health checks of the account: 195 in use and 22 more exceed this account's 200; request an increase in Service Quotas",
    ],
  },
  {
    title: "Elastic IPs over the quota of a new account",
    answers: {
      "quotas.getServiceQuota": ({ QuotaCode }) => ({
        Quota: { QuotaCode, Value: QuotaCode === "L-0263D0A3" ? 3 : 64 },
      }),
    },
    found: ["eu-west-1", "us-west-2"].map(
      (region) =>
        `will fail: quotas: Elastic IP addresses in ${region}: 0 in use and 4 more exceed this account's 3, where the default is 5; request an increase in Service Quotas`,
    ),
  },
  {
    title: "network balancers over the quota",
    answers: {
      "ec2.describeNetworkInterfaces": () => ({
        NetworkInterfaces: Array.from({ length: 126 }, (_, index) => ({
          Description: `ELB net/other-${index >> 1}/0123456789abcdef`,
        })),
      }),
    },
    found: ["eu-west-1", "us-west-2"].map(
      (region) =>
        `will fail: quotas: network balancers in ${region}: 63 in use and 2 more exceed this account's 64, where the default is 50; request an increase in Service Quotas`,
    ),
  },
  {
    title: "a distribution that may have the name",
    answers: {
      // By default ACM lists certificates with RSA keys of 1,024 and 2,048 bits only (API_Filters).
      "acm.listCertificates": ({ Includes = {} }) => {
        const { keyTypes = [] } = Includes as { readonly keyTypes?: readonly string[] };
        const certificate = {
          CertificateArn: `arn:aws:acm:us-east-1:${account}:certificate/1`,
          DomainName: "orders.cafe.com",
        };
        return { CertificateSummaryList: keyTypes.includes("EC_prime256v1") ? [certificate] : [] };
      },
      "acm.describeCertificate": () => ({
        Certificate: {
          Status: "ISSUED",
          InUseBy: [`arn:aws:cloudfront::${account}:distribution/E1`],
        },
      }),
    },
    found: ["us-west-2", "eu-west-1", "us-east-1"].map(
      (region) =>
        `cannot tell: certificates: certificate of orders.cafe.com in ${region}: a distribution uses one, and may hold the name, which CloudFront assigns only once: arn:aws:cloudfront::${account}:distribution/E1; remove the name from it first; if this stack created it, pass --deployed`,
    ),
  },
  {
    title: "a certificate that was refused before",
    answers: {
      "acm.listCertificates": () => ({
        CertificateSummaryList: [
          {
            CertificateArn: `arn:aws:acm:us-west-2:${account}:certificate/1`,
            DomainName: "orders.cafe.com",
          },
        ],
      }),
      "acm.describeCertificate": () => ({
        Certificate: { Status: "FAILED", FailureReason: "CAA_ERROR", InUseBy: [] },
      }),
    },
    found: ["us-west-2", "eu-west-1", "us-east-1"].map(
      (region) =>
        `cannot tell: certificates: certificate of orders.cafe.com in ${region}: an earlier request for the name ended as FAILED (CAA_ERROR): arn:aws:acm:us-west-2:${account}:certificate/1; check the delegation and the CAA records, then delete it`,
    ),
  },
  {
    title: "a version of MySQL that RDS no longer offers",
    answers: {
      "rds.describeOrderableDBInstanceOptions": () => ({
        OrderableDBInstanceOptions: [{ EngineVersion: "9.1.0", MultiAZCapable: true }],
      }),
    },
    found: [
      ["dublin", "eu-west-1"],
      ["oregon", "us-west-2"],
    ].map(
      ([name, region]) =>
        `will fail: databases: ${name}-orders-database: db.m7g.large, mysql 8.4: the version cannot be ordered in ${region}, but 9.1.0 can; use a version that RDS still offers`,
    ),
  },
  {
    title: "a node type that ElastiCache offers nowhere",
    answers: {
      "elasticache.describeReservedCacheNodesOfferings": () => ({
        ReservedCacheNodesOfferings: [],
      }),
    },
    found: [
      ["dublin", "eu-west-1"],
      ["oregon", "us-west-2"],
    ].map(
      ([name, region]) =>
        `will fail: caches: ${name}-orders-cache: cache.t4g.small, redis 7.1: ElastiCache does not offer this node type in ${region}; choose another node type`,
    ),
  },
  {
    title: "an action that the role may not perform",
    answers: {
      "iam.simulatePrincipalPolicy": (input) =>
        simulated(input, (action) => ({
          decision: action === "route53:CreateHealthCheck" ? "implicitDeny" : "allowed",
        })),
    },
    found: [
      `will fail: permissions: permissions of arn:aws:sts::${account}:assumed-role/deployer/update: not allowed: route53:CreateHealthCheck; attach the policies that \`failover iam\` writes`,
    ],
  },
  {
    title: "no action that is refused on resources of another kind only",
    answers: {
      "iam.simulatePrincipalPolicy": (input) => {
        const [first, ...others] = (input["ResourceArns"] ?? []) as readonly string[];
        return simulated(input, (_, resource) => ({
          decision: others.length > 0 && resource === first ? "implicitDeny" : "allowed",
        }));
      },
    },
    found: [],
  },
  {
    title: "an action whose permission depends on the request",
    answers: {
      "iam.simulatePrincipalPolicy": (input) =>
        simulated(input, (action) =>
          action === "lambda:CreateFunction"
            ? { decision: "implicitDeny", missing: ["aws:SourceIp"] }
            : { decision: "allowed" },
        ),
    },
    found: [
      `cannot tell: permissions: permissions of arn:aws:sts::${account}:assumed-role/deployer/update: whether these are allowed depends on conditions: lambda:CreateFunction; read its policies, or ask their author`,
    ],
  },
  {
    title: "a throttled quota as unknown, and checks the others",
    answers: {
      "route53.getAccountLimit": () => {
        const throttled = Object.assign(new Error("Rate exceeded"), { name: "Throttling" });
        throw new AwsError("route53 getAccountLimit in us-east-1", throttled);
      },
    },
    found: [
      "cannot tell: quotas: health checks of the account: AWS throttles route53 getAccountLimit in us-east-1; run it again, or check by hand",
    ],
  },
];
