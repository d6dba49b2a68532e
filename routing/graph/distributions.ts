/** Whom a distribution of CloudFront answers, by its own arguments (A15). */
import { canonical } from "../domainName";
import type { Resource, Value } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import { fieldOf, hasUnknown, isList, listOf, valueOf } from "./values";

/**
 * Why a distribution answers nobody; undefined where it does, as far as is known. CloudFront creates none whose
 * behaviour names an origin that it lacks (API Reference, CreateDistribution: NoSuchOrigin).
 */
export function deadBecause(distribution: Resource): string | undefined {
  const { name } = distribution;
  if ([false, "false"].some((off) => valueOf(distribution, "enabled") === off)) {
    return `${name} is disabled`;
  }
  const missing = missingOrigin(distribution);
  return missing === undefined
    ? undefined
    : `${name} has no origin ${missing}, which its default behaviour needs, so CloudFront refuses it`;
}

/** The ids of the origins that the default behaviour names: its target, or the members of the origin group that this is. */
export function namedOrigins(distribution: Resource): readonly (Value | undefined)[] {
  const target = targetOf(distribution);
  const group = listOf(distribution, "originGroups").find(
    (one) => typeof target === "string" && fieldOf(one, "originId") === target,
  );
  const members = fieldOf(group, "members");
  return isList(members) ? members.map((member) => fieldOf(member, "originId")) : [target];
}

function targetOf(distribution: Resource): Value | undefined {
  return fieldOf(valueOf(distribution, "defaultCacheBehavior"), "targetOriginId");
}

/** The first origin that the default behaviour, or its origin group, names and the distribution lacks. */
function missingOrigin(distribution: Resource): string | undefined {
  const origins = valueOf(distribution, "origins");
  const groups = valueOf(distribution, "originGroups") ?? [];
  if (!isList(origins) || !isList(groups)) return undefined;
  const has = (list: readonly Value[], id: string): boolean =>
    list
      .map((one) => fieldOf(one, "originId"))
      .some((one) => typeof one !== "string" || one === id);
  const target = targetOf(distribution);
  return namedOrigins(distribution).find(
    (id): id is string =>
      typeof id === "string" && !has(origins, id) && (id !== target || !has(groups, id)),
  );
}

/** What answers requests for some names. */
export interface Site {
  readonly distribution: Resource;
  /** Whether it has one of them as an alternate name; undefined where that is not known. */
  readonly answers: boolean | undefined;
}

/**
 * The distribution that answers at a name. CloudFront goes by the name in the request, whichever distribution its
 * record leads to: the closest alternate name decides, and without any the answer is 403 (Developer Guide,
 * "Restrictions on using alternate domain names" and "HTTP 403 status code").
 *
 * @param distribution what the record leads to
 * @param names those from which customers come to the record
 */
export function siteAt(graph: StackGraph, distribution: Resource, names: readonly string[]): Site {
  const all = [distribution, ...graph.ofType(awsTypes.distribution)];
  const closest = all
    .map((one) => ({ one, closeness: closenessOf(one, names) }))
    .reduce((a, b) => (b.closeness > a.closeness ? b : a));
  if (closest.closeness > 0) return { distribution: closest.one, answers: true };
  return { distribution, answers: areNamesKnown(distribution) ? false : undefined };
}

function closenessOf(distribution: Resource, names: readonly string[]): number {
  const given = listOf(distribution, "aliases").filter((one) => typeof one === "string");
  const lengths = given.flatMap((alias) =>
    names.map((name) => matchLength(canonical(alias), name)),
  );
  return Math.max(0, ...lengths);
}

/** How much of a name an alternate name is; a wildcard stands for labels of any number at its start. */
function matchLength(alias: string, name: string): number {
  if (alias === name) return Infinity;
  // A record may be a wildcard as well, and is asked for each name below it.
  return isBelow(name, alias) || isBelow(alias, name) ? alias.length : 0;
}

function isBelow(name: string, wildcard: string): boolean {
  return wildcard.startsWith("*.") && name.endsWith(wildcard.slice(1));
}

/** Whether all alternate names were read: of a distribution that another stack has, none was. */
function areNamesKnown(distribution: Resource): boolean {
  const isRead = valueOf(distribution, "origins") !== undefined;
  const isHeld = Object.keys(distribution.unknown).every((path) => !/^\w+\.aliases\b/.test(path));
  return isRead && isHeld && !hasUnknown(valueOf(distribution, "aliases"));
}
