/** What an update has to be told, to leave alone a region whose API answers nobody. */
import type { Resource } from "./resource";
import { awsTypes } from "./types";
import { textOf } from "./values";

const regionTierType = "failover:index:RegionTier";
const ingressRuleType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

export interface WithoutRegion {
  /** The setting `unreachable`: what the program would ask the region, as the state has it. */
  readonly setting: {
    readonly region: string;
    readonly imageId?: string;
    readonly ipv6Addresses?: Readonly<Record<string, string>>;
    readonly checkersPrefixListIds?: Readonly<Record<string, string>>;
  };
  /** URNs of all that its provider manages, and a pattern for what it does not manage yet. */
  readonly excluded: readonly string[];
}

/**
 * @param resources those of the stack, as it was deployed last
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

/** The address that a zone's check asks over IPv6 is its balancer's. */
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
