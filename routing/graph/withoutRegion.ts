/** What an update needs so that it leaves a region alone whose API does not respond. */
import type { Resource } from "./resource";
import { awsTypes } from "./types";
import { textOf } from "./values";

const regionTierType = "failover:index:RegionTier";
const ingressRuleType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

export interface WithoutRegion {
  /**
   * The setting `unreachable`: the values that the program would request from the region, from the
   * state.
   */
  readonly setting: {
    readonly region: string;
    readonly imageId?: string;
    readonly ipv6Addresses?: Readonly<Record<string, string>>;
    readonly checkersPrefixListIds?: Readonly<Record<string, string>>;
  };
  /** URNs of everything that its provider manages, and patterns for what it does not manage yet. */
  readonly excluded: readonly string[];
}

/**
 * @param resources the stack's resources, as last deployed
 * @param region an AWS region code
 */
export function withoutRegion(resources: readonly Resource[], region: string): WithoutRegion {
  const providers = new Set(
    resources
      .filter(({ type, inputs }) => type === "pulumi:providers:aws" && inputs["region"] === region)
      .map(({ urn }) => urn),
  );
  const managed = resources.filter(({ provider = "" }) => providers.has(provider));
  const parents = new Set(managed.map(({ parent }) => parent));
  const tiers = resources.filter(({ type, urn }) => type === regionTierType && parents.has(urn));
  const ipv6Addresses = balancerAddresses(managed, region);
  const checkersPrefixListIds = checkersLists(managed);
  const imageId = firstText(managed, [
    [awsTypes.launchTemplate, "imageId"],
    [awsTypes.instance, "ami"],
  ]);
  return {
    setting: {
      region,
      ...(imageId === undefined ? {} : { imageId }),
      ...(isEmpty(ipv6Addresses) ? {} : { ipv6Addresses }),
      ...(isEmpty(checkersPrefixListIds) ? {} : { checkersPrefixListIds }),
    },
    excluded: [
      ...managed.map(({ urn }) => urn),
      ...tiers.flatMap(({ name }) => [`**::${name}`, `**::${name}-*`]),
    ],
  };
}

function firstText(
  resources: readonly Resource[],
  places: readonly (readonly [type: string, property: string])[],
): string | undefined {
  const [first] = places.flatMap(([type, property]) =>
    resources.filter((one) => one.type === type).flatMap((one) => textOf(one, property) ?? []),
  );
  return first;
}

/** A zone's IPv6 check probes its balancer's address. */
function balancerAddresses(
  managed: readonly Resource[],
  region: string,
): Readonly<Record<string, string>> {
  const checked = new RegExp(`-((?:green-)?${region}[a-z])-check-ipv6$`);
  return Object.fromEntries(
    managed.flatMap((one) => {
      const key = checked.exec(one.name)?.[1];
      const address = textOf(one, "ipAddress");
      return key === undefined || address === undefined ? [] : [[key, address]];
    }),
  );
}

function checkersLists(managed: readonly Resource[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    managed.flatMap((one) => {
      const list = textOf(one, "prefixListId");
      if (one.type !== ingressRuleType || list === undefined) return [];
      return [[one.name.endsWith("-ipv6") ? "ipv6" : "ipv4", list]];
    }),
  );
}

function isEmpty(mapping: object): boolean {
  return Object.keys(mapping).length === 0;
}
