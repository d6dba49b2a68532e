import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import type { AlarmSpec } from "../alerts/alarm";
import { zoneAlarms } from "../alerts/zoneAlarms";
import { check, refuse } from "../common/argumentFaults";
import type { ArgumentFault } from "../common/argumentFaults";
import { encryptedLogGroup } from "../common/encryptedLogGroup";
import { keyDeletionWindowDays, keyPolicy } from "../common/encryptionKey";
import type { Tags } from "../common/tags";

export interface HostedZoneArgs {
  /** Name of the zone, such as `cafe.com`. */
  readonly zoneName: string;
  /** Id of an existing zone with another owner; absent: a zone is created. */
  readonly existingZoneId?: string;
  readonly comment: string;
  /** Whether queries are logged, to a group in us-east-1 with 30 days of retention. */
  readonly queryLogging: boolean;
  /**
   * Whether answers are signed. Resolvers validate only once the parent zone publishes `dsRecord`.
   */
  readonly dnssec: boolean;
  /**
   * The certificate authorities for names of the zone, by their domains, such as `amazon.com` (RFC
   * 8659), published as a CAA record. Empty: no record.
   */
  readonly certificateAuthorities: readonly string[];
  /**
   * Whether changes are possible within an hour while us-east-1 is down; for a created zone only.
   */
  readonly acceleratedRecovery: boolean;
  /** Whether the zone and its signing are protected from deletion; for a created zone only. */
  readonly protect: boolean;
  readonly tags: Tags;
}

/** A zone for records. */
export interface HostedZone {
  readonly zoneId: pulumi.Output<string>;
  readonly nameServers: pulumi.Output<string[]>;
  /** The DS record for the parent zone or registrar; absent for an unsigned zone. */
  readonly dsRecord?: pulumi.Output<string>;
  /** Alarms on the zone's own metrics, for a topic in us-east-1. */
  readonly alarms: readonly AlarmSpec[];
}

const logRetentionDays = 30;
/** TTL of the CAA record in seconds: authorities query it each time they issue. */
const authoritiesTtlSeconds = 300;

/**
 * Letters, digits and underscores only (API:CreateKeySigningKey.Name), so Pulumi's auto-naming does
 * not work.
 */
const signingKeyName = "failover";

/**
 * The hosted zone: created here, or found by its id, with its options.
 * Makes `<name>`; with certificate authorities `<name>-authorities`; with query logging
 * `<name>-query-log`, `<name>-query-log-key`, `<name>-query-log-policy` and `<name>-query-logging`;
 * with DNSSEC `<name>-signing-key-kms`, `<name>-signing-key` and `<name>-signing`. None is the
 * child of a component, so that the zone keeps its URN whatever options are on.
 *
 * @param provider of us-east-1: Route 53 accepts log groups and signing keys of no other region
 * @throws pulumi.InputPropertyError or InputPropertiesError when arguments contradict each other.
 */
export function hostedZone(name: string, args: HostedZoneArgs, provider: aws.Provider): HostedZone {
  refuse(`hostedZone "${name}"`, argumentFaults(args));
  const zone = zoneOf(name, args, provider);
  const log = args.queryLogging ? queryLog(name, args, zone, provider) : undefined;
  const authorities = nameAuthorities(name, args, zone, { provider, log });
  if (log) logQueries(name, zone, log, { provider, dependsOn: [log.policy, ...authorities] });
  const key = args.dnssec ? sign(name, args, zone, provider) : undefined;
  return {
    zoneId: args.existingZoneId === undefined ? zone.zoneId : checkedId(zone, args.zoneName),
    nameServers: zone.nameServers,
    ...(key ? { dsRecord: key.dsRecord } : {}),
    alarms: key ? zoneAlarms(zone.zoneId) : [],
  };
}

function zoneOf(
  name: string,
  { zoneName, existingZoneId, comment, acceleratedRecovery, protect, tags }: HostedZoneArgs,
  provider: aws.Provider,
): aws.route53.Zone {
  if (existingZoneId !== undefined) {
    return aws.route53.Zone.get(name, existingZoneId, { name: zoneName }, { provider });
  }
  return new aws.route53.Zone(
    name,
    {
      name: zoneName,
      comment,
      ...(acceleratedRecovery ? { enableAcceleratedRecovery: true } : {}),
      tags: { ...tags, Name: name },
    },
    { provider, ...(protect ? { protect } : {}) },
  );
}

/** The id of an existing zone, after a check that it is the intended one. */
function checkedId(zone: aws.route53.Zone, zoneName: string): pulumi.Output<string> {
  return pulumi.all([zone.zoneId, zone.name]).apply(([zoneId, found]) => {
    if (found.replace(/\.$/, "") === zoneName) return zoneId;
    throw new pulumi.InputPropertyError({
      propertyPath: "existingZoneId",
      reason: rules.reasonOf(
        { must: `a zone named ${zoneName}`, remedy: `${zoneId} belongs to another zone` },
        found,
      ),
    });
  });
}

/** The query log, and the policy that lets Route 53 write to it. */
interface QueryLog {
  readonly arn: pulumi.Output<string>;
  readonly policy: aws.cloudwatch.LogResourcePolicy;
}

function queryLog(
  name: string,
  { zoneName, tags }: HostedZoneArgs,
  zone: aws.route53.Zone,
  provider: aws.Provider,
): QueryLog {
  const logGroup = encryptedLogGroup(
    `${name}-query-log`,
    { logGroupName: `/aws/route53/${zoneName}`, retentionDays: logRetentionDays, tags },
    { provider },
  );
  const { accountId } = aws.getCallerIdentityOutput({}, { provider });
  const policy = new aws.cloudwatch.LogResourcePolicy(
    `${name}-query-log-policy`,
    {
      // An explicit name: an account has at most ten of these policies.
      policyName: `route53-query-log-${zoneName}`,
      policyDocument: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "ZoneWritesItsQueryLog",
            Effect: "Allow",
            Principal: { Service: "route53.amazonaws.com" },
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${logGroup.arn}:*`,
            Condition: {
              StringEquals: { "aws:SourceAccount": accountId },
              ArnEquals: { "aws:SourceArn": zone.arn },
            },
          },
        ],
      }),
    },
    { provider },
  );
  return { arn: logGroup.arn, policy };
}

/**
 * The CAA record, created after the policy of the query log: the provider waits at least 10 s until
 * all name servers have a record (terraform-provider-aws, internal/service/route53,
 * waitChangeInsync), and for a moment after the policy was created Route 53 rejects query logging
 * (InsufficientCloudWatchLogsResourcePolicy), which the provider does not retry.
 */
function nameAuthorities(
  name: string,
  { zoneName, certificateAuthorities }: HostedZoneArgs,
  zone: aws.route53.Zone,
  { provider, log }: { readonly provider: aws.Provider; readonly log: QueryLog | undefined },
): readonly aws.route53.Record[] {
  if (certificateAuthorities.length === 0) return [];
  const record = new aws.route53.Record(
    `${name}-authorities`,
    {
      zoneId: zone.zoneId,
      name: zoneName,
      type: "CAA",
      // Covers wildcards too, because there is no issuewild record (RFC 8659, section 4.3).
      records: certificateAuthorities.map((authority) => `0 issue "${authority}"`),
      ttl: authoritiesTtlSeconds,
    },
    { provider, dependsOn: log ? [log.policy] : [] },
  );
  return [record];
}

function logQueries(
  name: string,
  zone: aws.route53.Zone,
  log: QueryLog,
  opts: pulumi.CustomResourceOptions,
): void {
  new aws.route53.QueryLog(
    `${name}-query-logging`,
    { zoneId: zone.zoneId, cloudwatchLogGroupArn: log.arn },
    opts,
  );
}

function sign(
  name: string,
  { protect, tags }: HostedZoneArgs,
  zone: aws.route53.Zone,
  provider: aws.Provider,
): aws.route53.KeySigningKey {
  // A zone whose DS record is published and whose key is lost fails for all validating resolvers.
  const kept = protect ? { protect } : {};
  const kmsKey = new aws.kms.Key(
    `${name}-signing-key-kms`,
    {
      description: "Key-signing key of the hosted zone: the signed zone fails without it",
      customerMasterKeySpec: "ECC_NIST_P256",
      keyUsage: "SIGN_VERIFY",
      deletionWindowInDays: keyDeletionWindowDays,
      policy: keyPolicy(signingStatements(zone, provider), { provider }),
      tags: { ...tags, Name: `${name}-signing-key-kms` },
    },
    { provider, ...kept },
  );
  const signingKey = new aws.route53.KeySigningKey(
    `${name}-signing-key`,
    {
      name: signingKeyName,
      hostedZoneId: zone.zoneId,
      keyManagementServiceArn: kmsKey.arn,
      status: "ACTIVE",
    },
    { provider, ...kept },
  );
  new aws.route53.HostedZoneDnsSec(
    `${name}-signing`,
    { hostedZoneId: zone.zoneId, signingStatus: "SIGNING" },
    { provider, ...kept, dependsOn: [signingKey] },
  );
  return signingKey;
}

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/access-control-managing-permissions.html#KMS-key-policy-for-DNSSEC */
function signingStatements(
  zone: aws.route53.Zone,
  provider: aws.Provider,
): Parameters<typeof keyPolicy>[0] {
  const { accountId } = aws.getCallerIdentityOutput({}, { provider });
  const route53 = { Principal: { Service: "dnssec-route53.amazonaws.com" }, Resource: "*" };
  return [
    {
      Sid: "ZoneSigns",
      Effect: "Allow",
      ...route53,
      Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnEquals: { "aws:SourceArn": zone.arn },
      },
    },
    {
      Sid: "ZoneGrantsItself",
      Effect: "Allow",
      ...route53,
      Action: "kms:CreateGrant",
      // Documented without the conditions above, so the request may lack them.
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

function argumentFaults(args: HostedZoneArgs): readonly ArgumentFault[] {
  const { zoneName, existingZoneId, certificateAuthorities } = args;
  const ofItsOwner = {
    must: "omitted with existingZoneId",
    remedy: "the zone's owner decides that",
  };
  return [
    ...check("zoneName", zoneName, rules.zoneName),
    ...certificateAuthorities.flatMap((authority, index) =>
      check(`certificateAuthorities[${index}]`, authority, rules.certificateAuthority),
    ),
    ...(existingZoneId === undefined
      ? []
      : [
          ...check("existingZoneId", existingZoneId, rules.existingZoneId),
          ...(["acceleratedRecovery", "protect"] as const).flatMap((option) =>
            check(option, args[option], { ...ofItsOwner, holds: (value) => value === false }),
          ),
        ]),
  ];
}
