import type { Resource } from "../../routing/graph/resource";
import type { StackModel } from "../../routing/graph/stackModel";
import { recordPairs } from "./declaredRecords";
import type { DiffState } from "./side";
import { diffStateOf } from "./side";

/**
 * The state before with the URNs that its resources have after. A URN has the path that a resource was read from, and a
 * tool's own name of it, such as an address in Terraform: neither is a difference for customers, and reports tell
 * resources by it.
 */
export function aligned(before: DiffState, after: DiffState): DiffState {
  const urns = movedUrns(before, after);
  if (urns.size === 0) return before;
  return diffStateOf({ ...before, resources: before.resources.map((one) => withUrns(one, urns)) });
}

/** The URNs that differ, and those in place of them. */
function movedUrns(before: DiffState, after: DiffState): ReadonlyMap<string, string> {
  const names = new Map([
    ...recordNames(before.model, after.model),
    ...checkNames(before.model, after.model),
  ]);
  const known = new Set(after.resources.map(({ urn }) => urn));
  // Two resources of a stack may have one type and name below two components.
  const lone = single(after.resources.map(keyOf));
  const there = new Map(after.resources.map((one) => [keyOf(one), one.urn]));
  const wanted = before.resources.map(({ urn, type, name }): readonly [string, string] => {
    const now = names.get(urn) ?? name;
    if (now === name && known.has(urn)) return [urn, urn];
    const key = keyOf({ type, name: now });
    return [urn, (lone.has(key) ? there.get(key) : undefined) ?? withName(urn, now)];
  });
  const free = single(wanted.map(([, now]) => now));
  return new Map(wanted.filter(([urn, now]) => urn !== now && free.has(now)));
}

/** The texts that occur once. */
function single(texts: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const repeated = texts.filter((text) => found.size === found.add(text).size);
  for (const text of repeated) found.delete(text);
  return found;
}

function keyOf({ type, name }: Pick<Resource, "type" | "name">): string {
  return `${type} ${name}`;
}

/** A name is the last part of its URN. */
function withName(urn: string, name: string): string {
  return `${urn.slice(0, urn.lastIndexOf("::"))}::${name}`;
}

function withUrns(resource: Resource, urns: ReadonlyMap<string, string>): Resource {
  const { urn, parent, provider, dependencies, propertyDependencies } = resource;
  const moved = (one: string): string => urns.get(one) ?? one;
  const now = moved(urn);
  return {
    ...resource,
    urn: now,
    name: now.slice(now.lastIndexOf("::") + 2),
    ...(parent === undefined ? {} : { parent: moved(parent) }),
    ...(provider === undefined ? {} : { provider: moved(provider) }),
    dependencies: dependencies.map(moved),
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([property, list]) => [property, list.map(moved)]),
    ),
  };
}

type Names = readonly (readonly [urn: string, name: string])[];

function recordNames(before: StackModel, after: StackModel): Names {
  return recordPairs(before, after).flatMap(({ was, is }) =>
    was && is && was.label !== is.label ? [[was.id, is.label] as const] : [],
  );
}

/** The checks that AWS knows by the same id. */
function checkNames(before: StackModel, after: StackModel): Names {
  const labels = new Map(
    [...after.route53.checks.values()].flatMap(({ id, label }) => {
      const physical = after.graph.get(id)?.id;
      return physical === undefined ? [] : [[physical, label] as const];
    }),
  );
  return [...before.route53.checks.values()].flatMap(({ id, label }) => {
    const now = labels.get(before.graph.get(id)?.id ?? "");
    return now === undefined || now === label ? [] : [[id, now] as const];
  });
}
