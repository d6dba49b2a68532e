import type { CpuOptions, _InstanceType } from "@aws-sdk/client-ec2";
import { globalRegion } from "../../../routing/globalRegion";
import { AwsError } from "../../awsError";
import type { Account } from "../../clients";
import { allOf } from "../../clients";
import { cpusOf } from "../../../rehearsal/quotas/counting";
import type { Counts, Quota } from "../../../rehearsal/quotas/quota";
import { account as wholeAccount } from "../../../rehearsal/quotas/quota";
import { quotas as knownQuotas } from "../../../rehearsal/quotas/quotas";
import type { Check, CheckFinding, Place } from "../finding";
import { cannotTell, ok, willFail } from "../finding";
import type { Needs } from "../needs";
import { orCannotTell } from "../orCannotTell";

/** A quota in Service Quotas, and the function that counts its use. */
interface Asked {
  /** As in rehearsal/quotas. */
  readonly what: string;
  readonly service: string;
  readonly code: string;
  /** Counts the use in a place; absent if the quota applies to each resource separately. */
  readonly inUse?: (account: Account, region: string, place: string) => Promise<number>;
}

/** The facts about a quota in a place. */
export interface QuotaFacts {
  /** The quota of this account; undefined if AWS does not report it. */
  readonly applied: number | undefined;
  /** AWS's default quota. */
  readonly default: number;
  readonly inUse: number;
  readonly adds: number;
}

/**
 * Codes by `aws service-quotas list-aws-default-service-quotas`.
 * @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html
 */
const asked: readonly Asked[] = [
  { what: "VPCs", service: "vpc", code: "L-F678F1CE", inUse: vpcs },
  { what: "internet gateways", service: "vpc", code: "L-A4707A72", inUse: internetGateways },
  { what: "NAT gateways in a zone", service: "vpc", code: "L-FE5A380F", inUse: natGateways },
  {
    what: "network balancers",
    service: "elasticloadbalancing",
    code: "L-69A177A2",
    inUse: networkBalancers,
  },
  { what: "Elastic IP addresses", service: "ec2", code: "L-0263D0A3", inUse: elasticIps },
  {
    what: "vCPUs of standard on-demand instances",
    service: "ec2",
    code: "L-1216C47A",
    inUse: standardCpus,
  },
  { what: "RDS instances", service: "rds", code: "L-7B6409FD", inUse: databaseInstances },
  { what: "S3 buckets", service: "s3", code: "L-DC2B2D3D", inUse: buckets },
  { what: "names of a certificate", service: "acm", code: "L-FB94F0B0" },
];

/** Checks that the quotas leave room for what the stacks add. */
export const quotas: Check = {
  name: "quotas",
  subject: "quotas",
  async run(place) {
    const questions = asked.flatMap((one) => {
      const quota = knownQuotas.find(({ what }) => what === one.what);
      return quota === undefined
        ? []
        : [...addsOf(quota, one, place.needs)].map(([region, adds]) => {
            const subject =
              region === wholeAccount ? `${one.what} of the account` : `${one.what} in ${region}`;
            return orCannotTell(subject, async () =>
              judge(subject, quota, await fetch(one, quota, region, adds, place)),
            );
          });
    });
    return Promise.all(questions);
  },
};

/** What all stacks add, by region; for certificates the longest list of names. */
function addsOf(quota: Quota, { inUse }: Asked, needs: Needs): Counts {
  if (inUse === undefined) return namesByRegion(needs);
  const totals = new Map<string, number>();
  const planned = [needs.graph, ...needs.beside].map((graph) => quota.count(graph));
  for (const [of, count] of planned.flatMap((counts) => [...counts])) {
    totals.set(of, (totals.get(of) ?? 0) + count);
  }
  const deployed = quota.count(needs.deployed);
  return new Map(
    [...totals].map(([of, count]) => [of, Math.max(0, count - (deployed.get(of) ?? 0))]),
  );
}

function namesByRegion({ certificates }: Needs): Counts {
  const longest = new Map<string, number>();
  for (const { names, region } of certificates) {
    longest.set(region, Math.max(longest.get(region) ?? 0, names.length));
  }
  return longest;
}

async function fetch(
  one: Asked,
  quota: Quota,
  of: string,
  adds: number,
  { account }: Place,
): Promise<QuotaFacts> {
  const region = regionOf(of);
  const [applied, inUse] = await Promise.all([
    appliedOf(one, account, region),
    one.inUse?.(account, region, of) ?? 0,
  ]);
  return { applied, default: quota.default, inUse, adds };
}

/**
 * The region to ask about a quota's place: a region, one of its availability zones, or the whole
 * account.
 */
function regionOf(place: string): string {
  return place === wholeAccount ? globalRegion : place.replace(/(?<=\d)[a-z]$/, "");
}

/** The applied quota of the account; undefined if Service Quotas does not have it. */
async function appliedOf(
  { service, code }: Asked,
  account: Account,
  region: string,
): Promise<number | undefined> {
  const client = await account.client("quotas", region);
  try {
    const { Quota } = await client.getServiceQuota({ ServiceCode: service, QuotaCode: code });
    return Quota?.Value;
  } catch (error) {
    if (error instanceof AwsError && error.code === "NoSuchResourceException") return undefined;
    throw error;
  }
}

/** @internal */
export function judge(
  subject: string,
  quota: Pick<Quota, "most" | "remedy">,
  facts: QuotaFacts,
): CheckFinding {
  const { applied, inUse, adds } = facts;
  const sum = `${inUse} in use and ${adds} more`;
  const more = [
    ...(quota.most !== undefined && inUse + adds > quota.most
      ? []
      : ["request an increase in Service Quotas"]),
    ...(quota.remedy === undefined ? [] : [quota.remedy]),
  ].join("; or ");
  if (applied === undefined) {
    return cannotTell(
      subject,
      `${sum}; AWS does not report the account's quota; the default is ${facts.default}`,
      "check the service's console",
    );
  }
  const standard = applied === facts.default ? "" : `, where the default is ${facts.default}`;
  return inUse + adds > applied
    ? willFail(subject, `${sum} exceed this account's ${applied}${standard}`, more)
    : ok(subject, `${sum}, of ${applied}${standard}`);
}

async function vpcs(account: Account, region: string): Promise<number> {
  const ec2 = await account.client("ec2", region);
  const all = await allOf(
    (NextToken) => ec2.describeVpcs({ NextToken }),
    ({ Vpcs }) => Vpcs,
    ({ NextToken }) => NextToken,
  );
  return all.length;
}

async function internetGateways(account: Account, region: string): Promise<number> {
  const ec2 = await account.client("ec2", region);
  const all = await allOf(
    (NextToken) => ec2.describeInternetGateways({ NextToken }),
    ({ InternetGateways }) => InternetGateways,
    ({ NextToken }) => NextToken,
  );
  return all.length;
}

async function elasticIps(account: Account, region: string): Promise<number> {
  const ec2 = await account.client("ec2", region);
  return ((await ec2.describeAddresses({})).Addresses ?? []).length;
}

/** Counts the gateways in an availability zone, found by their subnets. */
async function natGateways(account: Account, region: string, zone: string): Promise<number> {
  const ec2 = await account.client("ec2", region);
  const [gateways, subnets] = await Promise.all([
    allOf(
      (NextToken) =>
        ec2.describeNatGateways({
          NextToken,
          Filter: [{ Name: "state", Values: ["pending", "available"] }],
        }),
      ({ NatGateways }) => NatGateways,
      ({ NextToken }) => NextToken,
    ),
    allOf(
      (NextToken) =>
        ec2.describeSubnets({
          NextToken,
          Filters: [{ Name: "availability-zone", Values: [zone] }],
        }),
      ({ Subnets }) => Subnets,
      ({ NextToken }) => NextToken,
    ),
  ]);
  const here = new Set(subnets.map(({ SubnetId }) => SubnetId));
  return gateways.filter(({ SubnetId }) => here.has(SubnetId)).length;
}

/**
 * Counts balancers by their interfaces: one in every zone, with the balancer's name in its
 * description: `ELB net/<name>/<id>`.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-troubleshooting.html
 */
async function networkBalancers(account: Account, region: string): Promise<number> {
  const ec2 = await account.client("ec2", region);
  const interfaces = await allOf(
    (NextToken) =>
      ec2.describeNetworkInterfaces({
        NextToken,
        Filters: [{ Name: "interface-type", Values: ["network_load_balancer"] }],
      }),
    ({ NetworkInterfaces }) => NetworkInterfaces,
    ({ NextToken }) => NextToken,
  );
  return new Set(interfaces.map(({ Description }) => Description)).size;
}

/**
 * vCPUs of running and pending instances, without spot instances and the families with other
 * quotas.
 */
async function standardCpus(account: Account, region: string): Promise<number> {
  const ec2 = await account.client("ec2", region);
  const reservations = await allOf(
    (NextToken) =>
      ec2.describeInstances({
        NextToken,
        Filters: [{ Name: "instance-state-name", Values: ["pending", "running"] }],
      }),
    ({ Reservations }) => Reservations,
    ({ NextToken }) => NextToken,
  );
  return reservations
    .flatMap(({ Instances = [] }) => Instances)
    .filter(({ InstanceLifecycle }) => InstanceLifecycle === undefined)
    .reduce((sum, { InstanceType, CpuOptions }) => sum + cpusUsed(InstanceType, CpuOptions), 0);
}

function cpusUsed(type: _InstanceType | undefined, options: CpuOptions | undefined): number {
  const ofType = cpusOf(type);
  if (ofType === undefined) return 0;
  const { CoreCount, ThreadsPerCore } = options ?? {};
  return CoreCount && ThreadsPerCore ? CoreCount * ThreadsPerCore : ofType;
}

async function databaseInstances(account: Account, region: string): Promise<number> {
  const rds = await account.client("rds", region);
  const all = await allOf(
    (Marker) => rds.describeDBInstances({ Marker }),
    ({ DBInstances }) => DBInstances,
    ({ Marker }) => Marker,
  );
  return all.length;
}

async function buckets(account: Account, region: string): Promise<number> {
  const s3 = await account.client("s3", region);
  const all = await allOf(
    (ContinuationToken) => s3.listBuckets({ ContinuationToken }),
    ({ Buckets }) => Buckets,
    ({ ContinuationToken }) => ContinuationToken,
  );
  return all.length;
}
