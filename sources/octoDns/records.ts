import type { Value } from "../../routing/graph/resource";
import { isList, isObject } from "../../routing/graph/values";
import { itemsOf, memberOf, textIn, textOr } from "../fields";

/**
 * octoDNS's TTL for a record without one, in seconds (octodns: provider/yaml.py, `default_ttl`).
 */
const ttlDefaultSeconds = 3600;

/** A record of an octoDNS zone. */
export interface OctoRecord {
  /** Fully qualified, with its trailing dot. */
  readonly fqdn: string;
  readonly type: string;
  readonly ttl: Value;
  readonly values: readonly Value[];
  /** The whole entry of the record. */
  readonly written: Value;
}

/** The records of a zone file, whose names are relative to the zone. */
export function recordsOf(document: Value, zoneName: string): readonly OctoRecord[] {
  if (!isObject(document)) return [];
  return Object.entries(document).flatMap(([name, entry]) =>
    (isList(entry) ? entry : [entry]).map((written) => ({
      fqdn: name === "" ? `${zoneName}.` : `${name}.${zoneName}.`,
      type: textOr(written, "type", ""),
      ttl: memberOf(written, "ttl") ?? ttlDefaultSeconds,
      values: valuesOf(written),
      written,
    })),
  );
}

function valuesOf(written: Value): readonly Value[] {
  const single = memberOf(written, "value");
  const all = memberOf(written, "values") ?? single ?? [];
  return isList(all) ? all : [all];
}

/** The parts of a value that octoDNS separates, in the order of Route 53's values. */
const parts: Readonly<Record<string, readonly (readonly string[])[]>> = {
  MX: [
    ["preference", "priority"],
    ["exchange", "value"],
  ],
  SRV: [["priority"], ["weight"], ["port"], ["target"]],
  CAA: [["flags"], ["tag"], ["value"]],
  DS: [["key_tag"], ["algorithm"], ["digest_type"], ["digest"]],
};

/** Types whose values are in quotation marks. */
const quoted = ["TXT", "SPF"];

/** A value in Route 53's form (octodns-route53: provider.py, `_values_for_*`). */
export function route53Value(type: string, value: Value): Value {
  if (quoted.includes(type)) return `"${textOf(value).replaceAll("\\;", ";")}"`;
  if (!isObject(value)) return value;
  return (parts[type] ?? [])
    .map((names) => names.map((name) => memberOf(value, name)).find((one) => one !== undefined))
    .map(textOf)
    .join(" ");
}

/** A value as text in DNS. */
function textOf(value: Value | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A pool of a dynamic record. */
export interface Pool {
  readonly name: string;
  readonly fallback?: string | undefined;
  readonly values: readonly PoolValue[];
}

export interface PoolValue {
  readonly value: string;
  readonly weight: number;
  /** `up` has no check, `down` is unhealthy, `obey` follows its check. */
  readonly status: string;
}

/** A rule of a dynamic record: which queries go to which pool. */
export interface PoolRule {
  readonly pool: string;
  readonly geos: readonly string[];
  readonly subnets: readonly string[];
}

/** Pools with octoDNS's defaults (octodns: record/dynamic.py). */
export function poolsOf(dynamic: Value): readonly Pool[] {
  const pools = memberOf(dynamic, "pools");
  return Object.entries(isObject(pools) ? pools : {}).map(([name, pool]) => {
    const values = itemsOf(pool, "values");
    const fallback = textIn(pool, "fallback");
    return {
      name,
      fallback: fallback === "default" ? undefined : fallback,
      values: values.map((one) => {
        const weight = Number(memberOf(one, "weight") ?? 1);
        return {
          value: textOf(memberOf(one, "value")),
          // A single value gets all queries, whatever its weight.
          weight: values.length === 1 ? 1 : weight,
          status: textIn(one, "status") ?? "obey",
        };
      }),
    };
  });
}

/** What octoDNS says of a value in a pool (octodns: record/dynamic.py). */
const statuses: readonly Value[] = ["up", "down", "obey"];

/** The statuses of a record's values that octoDNS refuses, one line each. */
export function poolStatusFaults({ fqdn, type, written }: OctoRecord): readonly string[] {
  const pools = memberOf(memberOf(written, "dynamic"), "pools");
  return Object.entries(isObject(pools) ? pools : {}).flatMap(([name, pool]) =>
    itemsOf(pool, "values").flatMap((one, index) => {
      const status = memberOf(one, "status");
      return status === undefined || statuses.includes(status)
        ? []
        : [
            `${fqdn.replace(/\.$/, "")} ${type}: dynamic.pools.${name}.values[${index}].status: must be up, down or obey, got ${JSON.stringify(status)}; give one of them, or leave it out to obey the check`,
          ];
    }),
  );
}

export function rulesOf(dynamic: Value): readonly PoolRule[] {
  const texts = (rule: Value, name: string): readonly string[] =>
    itemsOf(rule, name).filter((one) => typeof one === "string");
  return itemsOf(dynamic, "rules").map((rule) => ({
    pool: textOr(rule, "pool", ""),
    geos: texts(rule, "geos"),
    subnets: texts(rule, "subnets"),
  }));
}
