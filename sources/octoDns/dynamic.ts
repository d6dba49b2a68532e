import { createHash } from "node:crypto";
import type { Value } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import type { Declaration } from "../declare";
import { memberOr } from "../fields";
import { checkOf } from "./checks";
import type { OctoRecord, Pool, PoolValue, PoolRule } from "./records";
import { poolsOf, route53Value, rulesOf } from "./records";

/** The zone of the aliases within a zone: the zone itself. */
type ZoneId = string;

/**
 * The collection for the subnets of rules in octodns-route53 (provider.py, `_get_cidr_collection`).
 */
const collectionId = "octodns";

/**
 * The records and checks that octodns-route53 creates for a dynamic record: rules by place or
 * subnet lead to pools, pools fall back to others and finally to the record's own values, and the
 * values of a pool share the queries by weight, each with a check.
 *
 * @see https://github.com/octodns/octodns-route53 octodns_route53/provider.py, `_new_dynamic`
 */
export function dynamicOf(record: OctoRecord, zoneId: ZoneId): readonly Declaration[] {
  const dynamic = memberOr(record.written, "dynamic", null);
  const rules = rulesOf(dynamic);
  const hasSubnets = rules.some(({ subnets }) => subnets.length > 0);
  return [
    declared(record, zoneId, `_octodns-default-pool.${record.fqdn}`, undefined, {
      ttl: record.ttl,
      records: record.values.map((value) => route53Value(record.type, value)),
    }),
    ...poolsOf(dynamic).flatMap((pool) => poolRecords(record, zoneId, pool)),
    ...rules.flatMap((rule, index) => ruleRecords(record, zoneId, { rule, index, hasSubnets })),
  ];
}

function poolRecords(record: OctoRecord, zoneId: ZoneId, pool: Pool): readonly Declaration[] {
  const name = `_octodns-${pool.name}-pool.${record.fqdn}`;
  const fallback = pool.fallback ?? "default";
  const values = `_octodns-${pool.name}-value.${record.fqdn}`;
  return [
    declared(record, zoneId, name, `${pool.name}-Primary`, {
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
      ...aliasTo(values, zoneId),
    }),
    declared(record, zoneId, name, `${pool.name}-Secondary-${fallback}`, {
      failoverRoutingPolicies: [{ type: "SECONDARY" }],
      ...aliasTo(`_octodns-${fallback}-pool.${record.fqdn}`, zoneId),
    }),
    ...pool.values.flatMap((value, index) => valueRecords(record, zoneId, { pool, value, index })),
  ];
}

function valueRecords(
  record: OctoRecord,
  zoneId: ZoneId,
  {
    pool,
    value,
    index,
  }: { readonly pool: Pool; readonly value: PoolValue; readonly index: number },
): readonly Declaration[] {
  const check = checkOf(record, value);
  const identifier = `${pool.name}-${String(index).padStart(3, "0")}`;
  return [
    declared(record, zoneId, `_octodns-${pool.name}-value.${record.fqdn}`, identifier, {
      ttl: record.ttl,
      records: [value.value],
      weightedRoutingPolicies: [{ weight: value.weight }],
      healthCheckId: check?.id,
    }),
    ...(check ? [check] : []),
  ];
}

function ruleRecords(
  record: OctoRecord,
  zoneId: ZoneId,
  {
    rule,
    index,
    hasSubnets,
  }: { readonly rule: PoolRule; readonly index: number; readonly hasSubnets: boolean },
): readonly Declaration[] {
  const leads = (identifier: string, policy: Declaration["properties"]): Declaration =>
    declared(record, zoneId, record.fqdn, `${index}-${rule.pool}-${identifier}`, {
      ...policy,
      ...aliasTo(`_octodns-${rule.pool}-pool.${record.fqdn}`, zoneId),
    });
  const bySubnet = (locationName: string): Declaration =>
    leads("subnet", { cidrRoutingPolicy: { collectionId, locationName } });
  if (rule.subnets.length > 0) {
    const locationName = locationNameOf(rule.subnets);
    return [
      bySubnet(locationName),
      {
        type: awsTypes.cidrLocation,
        name: locationName,
        properties: {
          cidrCollectionId: collectionId,
          name: locationName,
          cidrBlocks: [...rule.subnets].sort(),
        },
      },
    ];
  }
  if (rule.geos.length > 0) {
    return rule.geos
      .filter(isOfRoute53)
      .map((geo) => leads(geo, { geolocationRoutingPolicies: [locationOf(geo)] }));
  }
  return [
    hasSubnets ? bySubnet("*") : leads("None", { geolocationRoutingPolicies: [{ country: "*" }] }),
  ];
}

/** Route 53 has no Canadian provinces, so octodns-route53 omits them. */
export function isOfRoute53(geo: string): boolean {
  return !geo.startsWith("NA-CA-");
}

/** `NA-US-OR` is a country and its subdivision, `NA-US` a country, `NA` a continent. */
function locationOf(geo: string): Value {
  const [continent = "", country, subdivision] = geo.split("-");
  if (country === undefined) return { continent };
  return subdivision === undefined ? { country } : { country, subdivision };
}

/** octodns-route53's name for the subnets of a rule (provider.py, `_cidr_location_name`). */
function locationNameOf(subnets: readonly string[]): string {
  return createHash("sha256")
    .update([...subnets].sort().join(","))
    .digest("hex")
    .slice(0, 16);
}

function aliasTo(name: string, zoneId: ZoneId): Declaration["properties"] {
  return { aliases: [{ name, zoneId, evaluateTargetHealth: true }] };
}

/** A record in Route 53, with the same name as in a listing. */
export function declared(
  { type }: Pick<OctoRecord, "type">,
  zoneId: ZoneId,
  fqdn: string,
  setIdentifier: string | undefined,
  properties: Declaration["properties"],
): Declaration {
  const words = [
    fqdn.replace(/\.$/, ""),
    type,
    ...(setIdentifier === undefined ? [] : [setIdentifier]),
  ];
  return {
    type: awsTypes.record,
    name: words.join(" "),
    properties: { name: fqdn, type, zoneId, setIdentifier, ...properties },
  };
}
