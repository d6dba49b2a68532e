import type { Resource, Value } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { isList, isObject } from "../../routing/graph/values";
import type { Declaration, Origin } from "../declare";
import { resourceOf, urnOf } from "../declare";
import { itemsOf, memberOf, textIn, textOr, memberOr } from "../fields";
import type { Reading } from "../reading";
import { leftOutNote } from "../reading";
import { regionOfArn, regionOfZone } from "../regions";
import { Configuration } from "./configuration";
import type { TerraformType } from "./types";
import { terraformTypes } from "./types";
import { masked, propertyOf, pulumiProperties } from "./values";

/** A resource in a state or a plan, of a type that is read. */
interface Entry {
  readonly address: string;
  readonly type: TerraformType;
  /** Its values, with `Unknown` for values that are computed later or sensitive. */
  readonly values: Value;
}

/**
 * Reads the output of `terraform show -json` for a state or a plan, also from OpenTofu.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function readTerraform(document: Value, path: string): Reading {
  const listed = listedIn(document);
  const changes = changesIn(document);
  const entries = listed.flatMap((one) => entryOf(one, changes));
  const context: Context = {
    origin: { format: "terraform", source: path },
    entries: byAddress(entries),
    configuration: new Configuration(document),
  };
  return {
    resources: entries.map((entry) => resourceOf(context.origin, declarationOf(entry, context))),
    notes: [
      ...listed.flatMap(sensitiveNotes),
      ...leftOutNote(
        path,
        listed
          .map((one) => textOr(one, "type", ""))
          .filter((type) => !Object.hasOwn(terraformTypes, type)),
      ),
    ],
    failing: [],
  };
}

/** What the conversion of a resource needs. */
interface Context {
  readonly origin: Origin;
  /** The entries by their addresses, with and without keys. */
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  readonly configuration: Configuration;
}

/**
 * The resources of a state, or those after a plan, together with the data sources that the plan has
 * read.
 */
function listedIn(document: Value): readonly Value[] {
  const prior = memberOf(memberOf(document, "prior_state"), "values");
  const planned = memberOf(document, "planned_values");
  const values = planned ?? memberOf(document, "values");
  const data = modulesIn(memberOf(prior, "root_module")).filter(
    (one) => textIn(one, "mode") === "data",
  );
  return [...modulesIn(memberOf(values, "root_module")), ...(planned === undefined ? [] : data)];
}

function modulesIn(module: Value | undefined): readonly Value[] {
  return [
    ...itemsOf(module, "resources"),
    ...itemsOf(module, "child_modules").flatMap((child) => modulesIn(child)),
  ];
}

/** The change of each resource in a plan, by its address; empty for a state. */
function changesIn(document: Value): ReadonlyMap<string, Value> {
  return new Map(
    itemsOf(document, "resource_changes").map((one) => [
      textOr(one, "address", ""),
      memberOr(one, "change", null),
    ]),
  );
}

function entryOf(listed: Value, changes: ReadonlyMap<string, Value>): readonly Entry[] {
  const [address = "", typeName = ""] = [textIn(listed, "address"), textIn(listed, "type")];
  const type = Object.hasOwn(terraformTypes, typeName) ? terraformTypes[typeName] : undefined;
  if (!type) return [];
  const later = memberOf(changes.get(address), "after_unknown");
  const known = masked(memberOf(listed, "values"), later);
  return [{ address, type, values: masked(known, memberOf(listed, "sensitive_values")) }];
}

function byAddress(entries: readonly Entry[]): Context["entries"] {
  const index = new Map<string, Entry[]>();
  for (const entry of entries) {
    for (const address of new Set([entry.address, withoutKeys(entry.address)])) {
      const known = index.get(address);
      if (known) known.push(entry);
      else index.set(address, [entry]);
    }
  }
  return index;
}

/** One sentence for each sensitive argument of a resource that is read. */
function sensitiveNotes(listed: Value): readonly string[] {
  if (!Object.hasOwn(terraformTypes, textOr(listed, "type", ""))) return [];
  const secret = memberOf(listed, "sensitive_values");
  return Object.entries(isObject(secret) ? secret : {})
    .filter(([, mask]) => isMasking(mask))
    .map(
      ([name]) =>
        `${textOr(listed, "address", "")}: ${name} is sensitive, so it counts as unknown.`,
    );
}

function isMasking(mask: Value): boolean {
  if (isList(mask)) return mask.some(isMasking);
  return isObject(mask) ? Object.values(mask).some(isMasking) : mask === true;
}

function declarationOf(entry: Entry, context: Context): Declaration {
  const { address, type, values } = entry;
  const { id, ...properties } = pulumiProperties(givenIn(entry, context), type);
  return {
    type: type.token,
    name: address,
    id: typeof id === "string" ? id : undefined,
    region: regionOf(values) ?? context.configuration.regionOf(withoutKeys(address)),
    properties:
      type.token === awsTypes.record
        ? { ...properties, aliases: aliasesOf(entry, properties["aliases"], context) }
        : properties,
    propertyDependencies: dependenciesOf(entry, context),
  };
}

/**
 * The values without those of a health check that only the provider has: the default threshold, which is unknown
 * in a plan, and 0 for a port that is not set (terraform-provider-aws: internal/service/route53/health_check.go).
 */
function givenIn({ address, type, values }: Entry, { configuration }: Context): Value {
  if (type.token !== awsTypes.healthCheck || !isObject(values)) return values;
  const isGiven = ([argument, value]: [string, Value]): boolean =>
    value instanceof Unknown
      ? configuration.isWritten(withoutKeys(address), argument) !== false
      : argument !== "port" || value !== 0;
  return Object.fromEntries(Object.entries(values).filter(isGiven));
}

/** A resource's own region, or that of its ARN or zone. */
function regionOf(values: Value): string | undefined {
  return (
    textIn(values, "region") ??
    regionOfArn(memberOf(values, "arn")) ??
    regionOfZone(memberOf(values, "availability_zone")) ??
    regionOfZone(memberOf(values, "network_border_group"))
  );
}

/** The references of each argument; empty for a state, whose values are all known. */
function dependenciesOf(entry: Entry, context: Context): Resource["propertyDependencies"] {
  const { type, values } = entry;
  return Object.fromEntries(
    Object.keys(isObject(values) ? values : {}).flatMap((argument): [string, string[]][] => {
      const urns = referred(entry, argument, context).map((one) =>
        urnOf(context.origin, { type: one.type.token, name: one.address }),
      );
      return urns.length === 0 ? [] : [[propertyOf(argument, type), urns]];
    }),
  );
}

/**
 * The resources that an argument refers to; among instances with keys, the one with the same key.
 */
function referred(
  { address }: Entry,
  argument: string,
  { entries, configuration }: Context,
): readonly Entry[] {
  return configuration.references(withoutKeys(address), argument).flatMap((reference) => {
    const made = entries.get(reference) ?? [];
    const sameKey = made.filter((one) => keysOf(one.address) === keysOf(address));
    return sameKey.length > 0 ? sameKey : made;
  });
}

/**
 * Fills in the names of aliases to planned records: the plan already contains the records' names.
 */
function aliasesOf(entry: Entry, aliases: Value | undefined, context: Context): Value | undefined {
  if (!isList(aliases)) return aliases;
  const [record, second] = referred(entry, "alias", context).filter(
    ({ type }) => type.token === awsTypes.record,
  );
  const name = record && textIn(record.values, "name");
  return aliases.map((alias) =>
    isObject(alias) && alias["name"] instanceof Unknown && name !== undefined && !second
      ? { ...alias, name }
      : alias,
  );
}

function withoutKeys(address: string): string {
  return address.replace(/\[[^\]]*\]/g, "");
}

/** The keys in an address, such as `["a"]`. */
function keysOf(address: string): string {
  return (address.match(/\[[^\]]*\]/g) ?? []).join("");
}
