import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EC2 } from "@aws-sdk/client-ec2";
import { IAM } from "@aws-sdk/client-iam";
import { Organizations } from "@aws-sdk/client-organizations";
import { Route53 } from "@aws-sdk/client-route-53";
import type { RRType } from "@aws-sdk/client-route-53";
import { S3 } from "@aws-sdk/client-s3";
import { STS } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { AwsError } from "../../aws/awsError";
import { accountOf } from "../../aws/clients";
import type { Needs } from "../../aws/preflight/needs";
import { needsOf } from "../../aws/preflight/needs";
import type { Preflight } from "../../aws/preflight/preflight";
import { preflight } from "../../aws/preflight/preflight";
import { needParts } from "../app/harness/parts";
import { evaluated, evaluatedZone } from "../program/evaluated";
import type { Answers } from "./answers";
import { clean, withAnswers } from "./answers";
import { Moto } from "./moto";
import { ParentServer } from "./nameServer";
import { account, seam } from "./seam";

const root = join(__dirname, "../..");
const keys = { accessKeyId: "test", secretAccessKey: "test" };

/**
 * moto answers what it can; `clean` answers the rest, with tests for its shapes only
 * (answers.test.ts).
 */
describe("failover preflight, against moto", function () {
  this.timeout(120_000);
  let moto: Moto;
  let parent: ParentServer;
  let needs: Readonly<Record<"prod" | "dev", Needs>>;
  let env: Readonly<Record<string, string>>;
  let expiresAt: Date;
  let nameServers: readonly string[];
  let started = false;

  before(async function () {
    needParts(this, ["moto_server"]);
    moto = await Moto.emptied();
    parent = await ParentServer.start();
    started = true;
    const needsIn = async (stack: string): Promise<Needs> => {
      const [program, zone] = [await evaluated(stack), await evaluatedZone(stack)];
      return needsOf(program.resources, { calls: program.calls, zone: zone.resources });
    };
    needs = { prod: await needsIn("prod"), dev: await needsIn("dev") };
  });
  after(() => {
    // Without moto, it was not started.
    if (!started) return;
    parent.end();
  });

  const options = (region: string) => ({
    region,
    endpoint: moto.endpoint,
    credentials: keys,
    forcePathStyle: true,
  });
  const route53 = (): Route53 => new Route53(options("us-east-1"));

  /** A clean account: signed in as a role, with a delegated zone. */
  beforeEach(async () => {
    await moto.reset();
    await new IAM(options("us-east-1")).createRole({
      RoleName: "deployer",
      AssumeRolePolicyDocument: "{}",
    });
    for (const stack of ["prod", "dev"]) {
      await new IAM(options("us-east-1")).createPolicy({
        PolicyName: `failover-${stack}-boundary`,
        PolicyDocument: readFileSync(join(root, "docs/iam", stack, "boundary.json"), "utf8"),
      });
    }
    const { Credentials } = await new STS(options("us-east-1")).assumeRole({
      RoleArn: `arn:aws:iam::${account}:role/deployer`,
      RoleSessionName: "update",
    });
    expiresAt = Credentials?.Expiration ?? new Date(0);
    env = {
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? "",
      AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? "",
      AWS_SESSION_TOKEN: Credentials?.SessionToken ?? "",
      AWS_CREDENTIAL_EXPIRATION: expiresAt.toISOString(),
    };
    nameServers = await makeZone("cafe.com");
    parent.said = { nameServers, keyTags: [] };
  });

  async function makeZone(name: string): Promise<readonly string[]> {
    const { DelegationSet } = await route53().createHostedZone({
      Name: name,
      CallerReference: `${name} ${Math.random()}`,
    });
    return DelegationSet?.NameServers ?? [];
  }

  async function zoneId(): Promise<string> {
    const { HostedZones } = await route53().listHostedZonesByName({ DNSName: "cafe.com" });
    return HostedZones?.[0]?.Id ?? "";
  }

  async function addRecord(Name: string, Type: RRType, Value: string): Promise<void> {
    await route53().changeResourceRecordSets({
      HostedZoneId: await zoneId(),
      ChangeBatch: {
        Changes: [
          {
            Action: "CREATE",
            ResourceRecordSet: { Name, Type, TTL: 60, ResourceRecords: [{ Value }] },
          },
        ],
      },
    });
  }

  function ask(
    asked: Needs = needs.prod,
    { answers = {}, now }: { readonly answers?: Answers; readonly now?: Date } = {},
  ): Promise<Preflight> {
    return preflight({
      stack: "prod",
      account: withAnswers(accountOf(env), { ...clean, ...answers }),
      dns: parent.dns,
      needs: asked,
      // A session of several hours, as for an update of prod: moto's last one hour at most.
      now: now ?? new Date(expiresAt.getTime() - 180 * 60_000),
    });
  }

  /** The findings that are not ok, one per line. */
  function lines({ findings }: Preflight): readonly string[] {
    return findings
      .filter(({ state }) => state !== "ok")
      .map(({ check, state, subject, text, remedy }) =>
        [`${state}: ${check}: ${subject}: ${text}`, ...(remedy ? [remedy] : [])].join("; "),
      );
  }

  it("reports ok for everything in a clean account", async () => {
    const result = await ask();
    expect(lines(result)).to.deep.equal([]);
    expect(result.caller).to.equal(`arn:aws:sts::${account}:assumed-role/deployer/update`);
    expect([...new Set(result.findings.map(({ check }) => check))]).to.deep.equal([
      "credentials",
      "permissions",
      "boundary",
      "organisation",
      "quotas",
      "machines",
      "databases",
      "caches",
      "images",
      "buckets",
      "zone",
      "delegation",
      "dnssec",
      "caa",
      "certificates",
      "records",
    ]);
  });

  it("sends no request that changes anything", async () => {
    const requests = await moto.requestsOf(() => ask());
    expect(requests).to.include.members(["GetCallerIdentity", "DescribeVpcs", "GetParameter"]);
    expect(requests.filter((one) => !reads.test(one))).to.deep.equal([]);
  });

  it("names one VPC too many, and too many gateways", async () => {
    const ec2 = new EC2(options("us-west-2"));
    for (let count = 0; count < 4; count++) await ec2.createVpc({ CidrBlock: "10.9.0.0/16" });
    for (let count = 0; count < 5; count++) await ec2.createInternetGateway({});
    const answers: Answers = {
      "quotas.getServiceQuota": ({ ServiceCode }) => ({
        Quota: { Value: ServiceCode === "vpc" ? 5 : 64 },
      }),
    };
    expect(lines(await ask(needs.prod, { answers }))).to.deep.equal([
      "will fail: quotas: VPCs in us-west-2: 5 in use and 1 more exceed this account's 5; request an increase in Service Quotas",
      "will fail: quotas: internet gateways in us-west-2: 5 in use and 1 more exceed this account's 5; request an increase in Service Quotas",
    ]);
  });

  it("names one NAT gateway too many in a zone", async () => {
    const ec2 = new EC2(options("us-west-2"));
    const { Vpc } = await ec2.createVpc({ CidrBlock: "10.9.0.0/16" });
    const { Subnet } = await ec2.createSubnet({
      VpcId: Vpc?.VpcId,
      CidrBlock: "10.9.0.0/24",
      AvailabilityZone: "us-west-2a",
    });
    await ec2.createNatGateway({ SubnetId: Subnet?.SubnetId, ConnectivityType: "private" });
    const answers: Answers = {
      "quotas.getServiceQuota": ({ QuotaCode }) => ({
        Quota: { Value: QuotaCode === "L-FE5A380F" ? 1 : 64 },
      }),
    };
    expect(lines(await ask(needs.prod, { answers }))).to.deep.equal([
      "will fail: quotas: NAT gateways in a zone in us-west-2a: 1 in use and 1 more exceed this account's 1, where the default is 5; request an increase in Service Quotas",
    ]);
  });

  it("names a missing boundary", async () => {
    await new IAM(options("us-east-1")).deletePolicy({
      PolicyArn: `arn:aws:iam::${account}:policy/failover-prod-boundary`,
    });
    expect(lines(await ask())).to.deep.equal([
      "will fail: boundary: permissions boundary failover-prod-boundary: the account has no such policy, so no role can be created; ask an administrator to create it",
    ]);
  });

  it("names an existing bucket", async () => {
    const s3 = new S3(options("us-west-2"));
    await s3.createBucket({
      Bucket: "orders.dev.cafe.com",
      CreateBucketConfiguration: { LocationConstraint: "us-west-2" },
    });
    parent.said = { nameServers: await makeZone("dev.cafe.com"), keyTags: [] };
    expect(lines(await ask(needs.dev))).to.deep.equal([
      "will fail: buckets: orders.dev.cafe.com: the account has a bucket with this name; import or delete it; if this stack created it, pass --deployed",
    ]);
  });

  it("names a missing zone, and no check that depends on it", async () => {
    await route53().deleteHostedZone({ Id: await zoneId() });
    expect(lines(await ask())).to.deep.equal([
      "will fail: zone: hosted zone cafe.com: the account has no such public zone; deploy the program that makes it first, then delegate it",
    ]);
  });

  it("names a duplicate zone", async () => {
    await makeZone("cafe.com");
    const [line, ...others] = lines(await ask());
    expect(line).to.match(
      /^will fail: zone: hosted zone cafe\.com: the account has 2 public zones of the name: \w+, \w+; delete the one that the parent does not delegate to$/,
    );
    expect(others).to.deep.equal([]);
  });

  it("names a delegation that is missing, and one to servers of another zone", async () => {
    const set = `set the NS records of cafe.com at com to ${[...nameServers].sort().join(", ")}`;
    parent.said = { nameServers: [], keyTags: [] };
    expect(lines(await ask())).to.deep.equal([
      `will fail: delegation: delegation of cafe.com: the servers of com do not delegate it, so certificates would wait forever; ${set}`,
    ]);
    parent.said = { nameServers: ["ns1.elsewhere.example"], keyTags: [] };
    expect(lines(await ask())).to.deep.equal([
      `will fail: delegation: delegation of cafe.com: com delegates it to ns1.elsewhere.example; ${set}`,
    ]);
  });

  it("names a DS record of a zone that is not signed", async () => {
    parent.said = { nameServers, keyTags: [4711] };
    expect(lines(await ask())).to.deep.equal([
      "will fail: dnssec: DS of cafe.com: com has a DS with key tag 4711, and the zone is not signed; remove the DS at com, and sign the zone first (see the runbook)",
    ]);
  });

  it("names CAA records that do not admit Amazon", async () => {
    await addRecord("cafe.com", "CAA", '0 issue "letsencrypt.org"');
    expect(lines(await ask())).to.deep.equal([
      'cannot tell: zone: record cafe.com CAA: is 0 issue "letsencrypt.org" in the zone, but 0 issue "amazon.com" in zone/; if zone/ created it, an update changes it; otherwise import or delete it',
      ...["orders.cafe.com", "*.orders.cafe.com"].map(
        (name) =>
          `will fail: caa: certificate of ${name}: the CAA records of cafe.com admit only letsencrypt.org; add 0 issue "amazon.com" to the CAA records of cafe.com`,
      ),
    ]);
  });

  it("names a record in the way, and a delegation that hides the stack's records", async () => {
    const remedy = "import or delete it; if this stack created it, pass --deployed";
    await addRecord("orders.cafe.com", "A", "192.0.2.1");
    await addRecord("oregon.orders.cafe.com", "CNAME", "elsewhere.example");
    await addRecord("dublin.orders.cafe.com", "NS", "ns.elsewhere.example");
    await addRecord("www.cafe.com", "A", "192.0.2.1");
    expect([...lines(await ask())].sort()).to.deep.equal([
      `will fail: records: record dublin.orders.cafe.com NS: delegates the names below it, which hides the stack's records; ${remedy}`,
      `will fail: records: record orders.cafe.com A: exists in the zone already, and the stack would create it; ${remedy}`,
      `will fail: records: record oregon.orders.cafe.com CNAME: exists in the zone already, and the stack would create it; ${remedy}`,
    ]);
  });

  it("accepts records in an export as the stack's own", async () => {
    await addRecord("orders.cafe.com", "A", "192.0.2.1");
    const { graph } = needs.prod;
    expect(lines(await ask({ ...needs.prod, deployed: graph }))).to.deep.equal([]);
  });

  it("names machines that are not offered, and a missing image", async () => {
    const where = { region: "us-west-2", availabilityZones: ["us-west-2a"] };
    const asked: Needs = {
      ...needs.prod,
      machines: [{ instanceType: "t9g.small", ...where }],
      images: [{ parameter: "/aws/service/ami-amazon-linux-latest/none", region: "us-west-2" }],
    };
    expect(lines(await ask(asked))).to.deep.equal([
      "will fail: machines: t9g.small in us-west-2: not offered in us-west-2a, nor elsewhere in the region; choose another instance type or other availability zones",
      "will fail: images: /aws/service/ami-amazon-linux-latest/none in us-west-2: the parameter does not exist; give an image by its id, or another region",
    ]);
  });

  it("names credentials that expire before the update ends", async () => {
    const now = new Date(expiresAt.getTime() - 5 * 60_000);
    const [line, ...others] = lines(await ask(needs.prod, { now }));
    expect(line).to.match(
      /^will fail: credentials: arn:aws:sts::\d+:assumed-role\/deployer\/update: the credentials expire in 5 minutes; an update may take \d\d minutes; sign in again first, for a longer session$/,
    );
    expect(others).to.deep.equal([]);
  });

  for (const [where, targetOf] of [
    ["the account", () => account],
    ["the root above it", (root: string | undefined) => root ?? ""],
  ] as const) {
    it(`names a policy of the organisation that denies the update, at ${where}`, async () => {
      await denyHealthChecks(targetOf);
      expect(lines(await ask())).to.deep.equal([
        "will fail: organisation: policy no-dns of the organisation: denies route53:CreateHealthCheck; have the organisation's administrator allow them to this account",
      ]);
    });
  }

  async function denyHealthChecks(targetOf: (root: string | undefined) => string): Promise<void> {
    const organizations = new Organizations(options("us-east-1"));
    await organizations.createOrganization({ FeatureSet: "ALL" });
    const { Policy } = await organizations.createPolicy({
      Name: "no-dns",
      Description: "",
      Type: "SERVICE_CONTROL_POLICY",
      Content: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Deny", Action: "route53:CreateHealth*", Resource: "*" }],
      }),
    });
    const { Roots } = await organizations.listRoots({});
    await organizations.enablePolicyType({
      RootId: Roots?.[0]?.Id,
      PolicyType: "SERVICE_CONTROL_POLICY",
    });
    await organizations.attachPolicy({
      PolicyId: Policy?.PolicySummary?.Id,
      TargetId: targetOf(Roots?.[0]?.Id),
    });
  }

  /** An account below a root of an organisation, with resource control policies and an S3 policy. */
  function organised(perimeter: readonly object[], publicAccess: string | undefined): Answers {
    return {
      "organizations.describeOrganization": () => ({ Organization: { Id: "o-cafe" } }),
      "organizations.listParents": () => ({ Parents: [{ Id: "r-cafe", Type: "ROOT" }] }),
      "organizations.listPoliciesForTarget": ({ Filter }) => ({
        Policies:
          Filter === "RESOURCE_CONTROL_POLICY" && perimeter.length > 0
            ? [{ Id: "p-1", Name: "perimeter" }]
            : [],
      }),
      "organizations.describePolicy": () => ({
        Policy: { Content: JSON.stringify({ Version: "2012-10-17", Statement: perimeter }) },
      }),
      "organizations.describeEffectivePolicy": () => {
        if (publicAccess === undefined) {
          const absent = { name: "EffectivePolicyNotFoundException" };
          throw new AwsError("organizations describeEffectivePolicy in us-east-1", absent);
        }
        const settings = { public_access_block_configuration: publicAccess };
        return { EffectivePolicy: { PolicyContent: JSON.stringify({ s3_attributes: settings }) } };
      },
    };
  }

  it("cannot tell whether a resource control policy hides the page", async () => {
    const deny = { Effect: "Deny", Action: "s3:*", Resource: "*", Principal: "*" };
    parent.said = { nameServers: await makeZone("dev.cafe.com"), keyTags: [] };
    expect(lines(await ask(needs.dev, { answers: organised([deny], undefined) }))).to.deep.equal([
      "cannot tell: organisation: public objects of a bucket: resource control policies deny s3:GetObject, perhaps for the public: perimeter; read them, or ask their administrator: the maintenance page or a latch would be unreadable",
    ]);
  });

  it("names an S3 policy of the organisation that blocks public access to the page", async () => {
    parent.said = { nameServers: await makeZone("dev.cafe.com"), keyTags: [] };
    const asked = async (publicAccess: string): Promise<readonly string[]> =>
      lines(await ask(needs.dev, { answers: organised([], publicAccess) }));
    expect(await asked("none")).to.deep.equal([]);
    expect(await asked("all")).to.deep.equal([
      "will fail: organisation: public access to buckets: the S3 policy of the organisation blocks it, so AWS refuses the policy of the static page's bucket; serve the page by CloudFront; or have the organisation's administrator exempt the account",
    ]);
    expect(await asked("some")).to.deep.equal([
      'cannot tell: organisation: public access to buckets: the S3 policy of the organisation has an unknown form: {"s3_attributes":{"public_access_block_configuration":"some"}}; read it, or ask its administrator',
    ]);
  });

  for (const { title, answers, found } of seam) {
    it(`names ${title}, from a prepared answer`, async () => {
      expect(lines(await ask(needs.prod, { answers }))).to.deep.equal(found);
    });
  }
});

/** Requests that change nothing: operations by their first word, and the reads of REST. */
const reads = /^(?:(?:Describe|Get|List|Simulate)[A-Z]\w+|(?:GET|HEAD) .*)$/;
