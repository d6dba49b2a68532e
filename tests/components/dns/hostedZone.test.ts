import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { hostedZone } from "../../../components/dns/hostedZone";
import type { HostedZone, HostedZoneArgs } from "../../../components/dns/hostedZone";
import { accountAdministers, policyOf } from "../alerts/alertSamples";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { tags } from "../samples";

const args: HostedZoneArgs = {
  zoneName: "cafe.com",
  comment: "Failover of orders.cafe.com",
  certificateAuthorities: [],
  queryLogging: false,
  dnssec: false,
  acceleratedRecovery: false,
  protect: false,
  tags,
};

/** The zone, and the created resources without its provider. */
async function built(
  more: Partial<HostedZoneArgs> = {},
): Promise<{ zone: HostedZone; made: readonly Made[] }> {
  const zones: HostedZone[] = [];
  const made = await resourcesOf(() => {
    const provider = new aws.Provider("us-east-1", { region: "us-east-1" });
    zones.push(hostedZone("zone", { ...args, ...more }, provider));
  });
  const [zone] = zones;
  if (!zone) throw new Error("no zone was made");
  return { zone, made: made.filter(({ type }) => !type.startsWith("pulumi:providers:")) };
}

/** No provider, for arguments that are refused before it is used. */
const nowhere = undefined as unknown as aws.Provider;

const listOf = (made: readonly Made[]): readonly string[] =>
  made.map(({ name, type, parent, provider }) => `${parent} > ${name} ${type} by ${provider}`);

describe("hostedZone", () => {
  it("is one resource without options, and no component's child", async () => {
    const { zone, made } = await built();
    expect(listOf(made)).to.deep.equal([" > zone aws:route53/zone:Zone by us-east-1"]);
    expect(named(made, "zone").inputs).to.deep.equal({
      name: "cafe.com",
      comment: "Failover of orders.cafe.com",
      tags: { Project: "failover", Name: "zone" },
    });
    expect(named(made, "zone").protect).to.equal(false);
    expect(await promiseOf(zone.zoneId)).to.equal("id of zone");
    expect(await promiseOf(zone.nameServers)).to.deep.equal(["name server of zone"]);
    expect(zone.dsRecord).to.equal(undefined);
    expect(zone.alarms).to.deep.equal([]);
  });

  it("can be changed within the hour while us-east-1 is down, and cannot be deleted by mistake", async () => {
    const { made } = await built({ acceleratedRecovery: true, protect: true });
    expect(named(made, "zone").inputs).to.include({ enableAcceleratedRecovery: true });
    expect(named(made, "zone").protect).to.equal(true);
  });

  it("names the authorities that may issue certificates, wildcards included", async () => {
    const { made } = await built({ certificateAuthorities: ["amazon.com", "letsencrypt.org"] });
    expect(named(made, "zone-authorities").inputs).to.deep.equal({
      zoneId: "id of zone",
      name: "cafe.com",
      type: "CAA",
      records: ['0 issue "amazon.com"', '0 issue "letsencrypt.org"'],
      ttl: 300,
    });
  });

  it("logs queries after the record of authorities, which gives the policy time to apply", async () => {
    const { made } = await built({ certificateAuthorities: ["amazon.com"], queryLogging: true });
    expect(named(made, "zone-authorities").dependencies).to.include("zone-query-log-policy");
    expect(named(made, "zone-query-logging").dependencies).to.include("zone-authorities");
  });

  describe("with its queries logged", () => {
    it("has a log in us-east-1, and logs queries after the permission", async () => {
      const { made } = await built({ queryLogging: true });
      expect(listOf(made)).to.deep.equal([
        " > zone aws:route53/zone:Zone by us-east-1",
        " > zone-query-log aws:cloudwatch/logGroup:LogGroup by us-east-1",
        " > zone-query-log-key aws:kms/key:Key by us-east-1",
        " > zone-query-log-policy aws:cloudwatch/logResourcePolicy:LogResourcePolicy by us-east-1",
        " > zone-query-logging aws:route53/queryLog:QueryLog by us-east-1",
      ]);
      expect(named(made, "zone-query-log").inputs).to.deep.equal({
        name: "/aws/route53/cafe.com",
        retentionInDays: 30,
        kmsKeyId: "arn of zone-query-log-key",
        tags: { Project: "failover", Name: "zone-query-log" },
      });
      const logging = named(made, "zone-query-logging");
      expect(logging.inputs).to.deep.equal({
        zoneId: "id of zone",
        cloudwatchLogGroupArn: "arn of zone-query-log",
      });
      expect(logging.dependencies).to.include("zone-query-log-policy");
    });

    it("lets only this zone write to this log", async () => {
      const { made } = await built({ queryLogging: true });
      expect(named(made, "zone-query-log-policy").inputs["policyName"]).to.equal(
        "route53-query-log-cafe.com",
      );
      expect(policyOf(made, "zone-query-log-policy", "policyDocument")).to.deep.equal({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "ZoneWritesItsQueryLog",
            Effect: "Allow",
            Principal: { Service: "route53.amazonaws.com" },
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: "arn of zone-query-log:*",
            Condition: {
              StringEquals: { "aws:SourceAccount": "123456789012" },
              ArnEquals: { "aws:SourceArn": "arn of zone" },
            },
          },
        ],
      });
    });
  });

  describe("that is signed", () => {
    it("has a key in us-east-1 of the kind that DNSSEC needs, before it signs", async () => {
      const { zone, made } = await built({ dnssec: true });
      expect(listOf(made)).to.deep.equal([
        " > zone aws:route53/zone:Zone by us-east-1",
        " > zone-signing aws:route53/hostedZoneDnsSec:HostedZoneDnsSec by us-east-1",
        " > zone-signing-key aws:route53/keySigningKey:KeySigningKey by us-east-1",
        " > zone-signing-key-kms aws:kms/key:Key by us-east-1",
      ]);
      expect({ ...named(made, "zone-signing-key-kms").inputs, policy: undefined }).to.deep.equal({
        description: "Key-signing key of the hosted zone: the signed zone fails without it",
        customerMasterKeySpec: "ECC_NIST_P256",
        keyUsage: "SIGN_VERIFY",
        deletionWindowInDays: 30,
        policy: undefined,
        tags: { Project: "failover", Name: "zone-signing-key-kms" },
      });
      expect(named(made, "zone-signing-key").inputs).to.deep.equal({
        name: "failover",
        hostedZoneId: "id of zone",
        keyManagementServiceArn: "arn of zone-signing-key-kms",
        status: "ACTIVE",
      });
      expect(named(made, "zone-signing").inputs).to.deep.equal({
        hostedZoneId: "id of zone",
        signingStatus: "SIGNING",
      });
      expect(named(made, "zone-signing").dependencies).to.include("zone-signing-key");
      expect(await promiseOf(zone.dsRecord)).to.equal("DS record of zone-signing-key");
    });

    it("lets only this zone sign with the key", async () => {
      const { made } = await built({ dnssec: true });
      const ofZone = {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnEquals: { "aws:SourceArn": "arn of zone" },
      };
      const route53 = { Principal: { Service: "dnssec-route53.amazonaws.com" }, Resource: "*" };
      expect(policyOf(made, "zone-signing-key-kms")).to.deep.equal({
        Version: "2012-10-17",
        Statement: [
          accountAdministers,
          {
            Sid: "ZoneSigns",
            Effect: "Allow",
            ...route53,
            Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
            Condition: ofZone,
          },
          {
            Sid: "ZoneGrantsItself",
            Effect: "Allow",
            ...route53,
            Action: "kms:CreateGrant",
            Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
          },
        ],
      });
    });

    it("protects all signing resources if the zone is protected", async () => {
      const kept = async (protect: boolean): Promise<readonly string[]> => {
        const { made } = await built({ dnssec: true, queryLogging: true, protect });
        return made.filter((one) => one.protect).map(({ name }) => name);
      };
      expect(await kept(true)).to.deep.equal([
        "zone",
        "zone-signing",
        "zone-signing-key",
        "zone-signing-key-kms",
      ]);
      expect(await kept(false)).to.deep.equal([]);
    });

    it("has alarms on its signatures, over the four hours between two values", async () => {
      const { zone } = await built({ dnssec: true });
      const fires = zone.alarms.map(({ key, metric, comparison, threshold, periods, ...rest }) => {
        const { dimensions, ...named } = metric;
        expect(Object.keys(dimensions)).to.deep.equal(["HostedZoneId"]);
        return [key, named, comparison, threshold, periods, rest.missingData];
      });
      const metric = { namespace: "AWS/Route53", statistic: "Sum", periodSeconds: 14_400 };
      const rest = ["GreaterThanOrEqualToThreshold", 1, 1, "missing"];
      expect(fires).to.deep.equal([
        ["dnssec-failure", { ...metric, name: "DNSSECInternalFailure" }, ...rest],
        ["dnssec-key", { ...metric, name: "DNSSECKeySigningKeysNeedingAction" }, ...rest],
      ]);
      const id = zone.alarms[0]?.metric.dimensions["HostedZoneId"];
      expect(await promiseOf(id)).to.equal("id of zone");
    });
  });

  describe("that exists already", () => {
    const existingZoneId = "Z0123456789ABCDEFGHIJ";

    it("is read and not created, and can still be logged and signed", async () => {
      const { zone, made } = await built({ existingZoneId, queryLogging: true, dnssec: true });
      expect(named(made, "zone").inputs).to.deep.equal({ name: "cafe.com" });
      expect(made).to.have.length(8);
      expect(await promiseOf(zone.zoneId)).to.equal("id of zone");
    });

    it("must have the given name", async () => {
      let outcome: Promise<string> | undefined;
      await resourcesOf(
        () => {
          const provider = new aws.Provider("us-east-1", { region: "us-east-1" });
          const { zoneId } = hostedZone("zone", { ...args, existingZoneId }, provider);
          outcome = promiseOf(zoneId).catch((error: unknown) => (error as Error).message);
        },
        { "aws:route53/zone:Zone": { name: "coffee.com." } },
      );
      expect(await outcome).to.equal(
        'must be a zone named cafe.com, got "coffee.com."; id of zone belongs to another zone',
      );
    });

    it("has another owner: options of created zones are refused, all at once", () => {
      const { errors } = refusalOf(() =>
        hostedZone(
          "zone",
          { ...args, existingZoneId: "/hostedzone/Z1", acceleratedRecovery: true, protect: true },
          nowhere,
        ),
      );
      expect(errors).to.deep.equal([
        {
          propertyPath: "existingZoneId",
          reason:
            'must be the id of a hosted zone, got "/hostedzone/Z1"; write it as the console shows it, such as Z0123456789ABCDEFGHIJ',
        },
        ...["acceleratedRecovery", "protect"].map((propertyPath) => ({
          propertyPath,
          reason: "must be omitted with existingZoneId, got true; the zone's owner decides that",
        })),
      ]);
    });
  });

  it("refuses an invalid authority", () => {
    const certificateAuthorities = ["amazon.com", "Let's Encrypt"];
    const { errors } = refusalOf(() =>
      hostedZone("zone", { ...args, zoneName: "Cafe", certificateAuthorities }, nowhere),
    );
    expect((errors as readonly unknown[])[1]).to.deep.equal({
      propertyPath: "certificateAuthorities[1]",
      reason:
        'must be the domain of a certificate authority, got "Let\'s Encrypt"; for example amazon.com',
    });
  });

  it("refuses an invalid name", () => {
    expect(
      refusalOf(() => hostedZone("zone", { ...args, zoneName: "cafe.com." }, nowhere)).message,
    ).to.equal(
      'must be a lower-case DNS name of at most 253 characters, labels of at most 63, got "cafe.com."; write it without a trailing dot, such as cafe.com',
    );
  });
});
