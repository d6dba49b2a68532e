import type { Properties, Value } from "../../../../routing/graph/resource";
import type { Sample } from "../../sample";
import { group, made, rule } from "../parts";
import type { Fault, Scenario } from "../scenario";
import { fault, scenario } from "../scenario";

const west = "us-west-2";
const open =
  (port: number, protocol = "tcp", cidrBlocks = ["0.0.0.0/0"]): Fault["apply"] =>
  (sample: Sample) =>
    sample.set("front", { ingress: [{ protocol, fromPort: port, toPort: port, cidrBlocks }] });
const opens = (title: string, apply: Fault["apply"]): Fault =>
  fault(title, apply, "administration-port-is-closed at front");

const statement = (properties: Properties): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...properties }] });
const grants = (title: string, properties: Properties): Fault =>
  fault(
    title,
    (sample) => sample.set("app-policy", { policy: statement(properties) }),
    "policy-grants-no-wildcard at app-policy",
  );

const set =
  (name: string, changes: Readonly<Record<string, Value | undefined>>): Fault["apply"] =>
  (sample) =>
    sample.set(name, changes);

/** The resources behind the names. */
export const workloadStacks: readonly Scenario[] = [
  scenario(
    "a security group of a web tier",
    [group("front", [rule(443), rule(80)], west)],
    opens("SSH is open", open(22)),
    opens("SSH is open, in capitals", open(22, "TCP")),
    opens("SSH is open to both halves", open(22, "tcp", ["0.0.0.0/1", "128.0.0.0/1"])),
    opens("RDP is open", open(3389)),
    opens("Telnet is open", open(23)),
    opens("SQL Server is open", open(1433)),
    opens("Oracle is open", open(1521)),
    opens("Redshift is open", open(5439)),
    opens("Elasticsearch is open", open(9200)),
    opens("MongoDB is open", open(27017)),
    opens("memcached is open by UDP", open(11211, "udp")),
    opens(
      "everything is open",
      set("front", {
        ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
      }),
    ),
  ),
  scenario(
    "rules of a database's security group",
    [
      group("db", [], west),
      made("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "from-app", {
        securityGroupId: "db",
        ipProtocol: "tcp",
        fromPort: 5432,
        toPort: 5432,
        referencedSecurityGroupId: "app",
      }),
    ],
    fault(
      "PostgreSQL is open over IPv6",
      set("from-app", { referencedSecurityGroupId: undefined, cidrIpv6: "::/0" }),
      "administration-port-is-closed at from-app",
    ),
  ),
  scenario(
    "the role of an application",
    [
      made("iam/role:Role", "app-role", {
        assumeRolePolicy: statement({
          Principal: { Service: "ec2.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
      }),
      made("iam/policy:Policy", "app-policy", {
        policy: statement({
          Action: ["s3:GetObject", "s3:ListBucket"],
          Resource: ["arn:aws:s3:::app-data", "arn:aws:s3:::app-data/*"],
        }),
      }),
      made("iam/policy:Policy", "metrics", {
        policy: statement({
          Action: ["cloudwatch:PutMetricData", "ec2:DescribeInstances"],
          Resource: "*",
        }),
      }),
      made("iam/rolePolicyAttachment:RolePolicyAttachment", "ssm", {
        role: "app-role",
        policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
      }),
    ],
    grants("it may do everything", { Action: "*", Resource: "*" }),
    grants("it may do everything, with a colon", { Action: "*:*", Resource: "*" }),
    grants("it may do everything but one service", { NotAction: "iam:*", Resource: "*" }),
    grants("it may do all of IAM, with a question mark", { Action: "iam:?*", Resource: "*" }),
    grants("it may do all of S3 on every bucket", { Action: "s3:*", Resource: "arn:aws:s3:::*" }),
    fault(
      "it is an administrator",
      set("ssm", { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
      "policy-grants-no-wildcard at ssm",
    ),
    fault(
      "anyone may assume it",
      set("app-role", {
        assumeRolePolicy: statement({ Principal: "*", Action: "sts:AssumeRole" }),
      }),
      "policy-grants-no-wildcard at app-role",
    ),
  ),
  scenario(
    "a bucket without an explicit block, because new buckets have one by default",
    [
      made("s3/bucket:Bucket", "data", {
        bucket: "data",
        arn: "arn:aws:s3:::data",
        acl: "private",
      }),
    ],
    fault(
      "its ACL is public",
      set("data", { acl: "public-read" }),
      "bucket-blocks-public-access at data",
    ),
    fault(
      "its policy is public",
      (sample) =>
        sample.add(
          made("s3/bucketPolicy:BucketPolicy", "data-policy", {
            bucket: "data",
            policy: statement({ Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::data/*" }),
          }),
        ),
      "bucket-blocks-public-access at data-policy",
    ),
    fault(
      "it may be deleted with its objects",
      set("data", { forceDestroy: true }),
      "data-is-protected-from-deletion at data",
    ),
  ),
  scenario(
    "a BucketV2 with a block",
    [
      made("s3/bucketV2:BucketV2", "logs", { bucket: "logs", arn: "arn:aws:s3:::logs" }),
      made("s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "logs-access", {
        bucket: "logs",
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: true,
        restrictPublicBuckets: true,
      }),
    ],
    fault(
      "the block is open",
      set("logs-access", { blockPublicAcls: false, blockPublicPolicy: false }),
      "bucket-blocks-public-access at logs-access",
    ),
    fault(
      "it may be deleted with its objects",
      set("logs", { forceDestroy: true }),
      "data-is-protected-from-deletion at logs",
    ),
  ),
  scenario(
    "a website through the bucket's own property",
    [
      made("s3/bucket:Bucket", "page", {
        bucket: "page.example.com",
        arn: "arn:aws:s3:::page.example.com",
        website: { indexDocument: "index.html" },
        websiteDomain: "s3-website-us-west-2.amazonaws.com",
      }),
      made("s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "page-access", {
        bucket: "page.example.com",
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: false,
        restrictPublicBuckets: false,
      }),
    ],
    fault(
      "public ACLs are allowed",
      set("page-access", { blockPublicAcls: false, ignorePublicAcls: false }),
      "bucket-blocks-public-access at page-access",
    ),
  ),
];
