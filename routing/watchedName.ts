import type { Group, HealthCheck } from "./model";
import type { Route53 } from "./route53";

/** What a check that watches a name instead of an address finds there (H13, N4, N5). */
export type WatchedName = { readonly name: string } & (
  | { readonly kind: "answered"; readonly group: Group }
  /** No checker gets an IPv4 address: the check fails. A private one may have another zone. */
  | { readonly kind: "addressless"; readonly why: string }
  /** A zone that was read covers the name, but has no record of it. */
  | { readonly kind: "missing"; readonly zone: string }
);

/** Undefined where a check watches an address, or a name outside every zone that was read. */
export function watchedName(
  { route53 }: { readonly route53: Route53 },
  check: HealthCheck,
): WatchedName | undefined {
  if (check.kind !== "endpoint" || check.byAddress) return undefined;
  const { fullyQualifiedDomainName: name, isPrivate } = check;
  if (name === undefined) return undefined;
  const { group, records, missingIn, isHidden } = route53.foundByCheckers(
    name,
    isPrivate ? "private" : "public",
  );
  if (group) return { kind: "answered", name, group };
  if (records.length > 0) {
    const types = [...new Set(records.map(({ type }) => type))].join(" and ");
    return { kind: "addressless", name, why: `${name} has ${types}, and checkers query A` };
  }
  if (isHidden) {
    return {
      kind: "addressless",
      name,
      why: `${name} is in a private zone, which no checker can query`,
    };
  }
  if (missingIn?.isWhole && !isPrivate) {
    return {
      kind: "addressless",
      name,
      why: `${name} has no record in ${missingIn.label}, of which all were read`,
    };
  }
  return missingIn && { kind: "missing", name, zone: missingIn.label };
}

/** The records that answer a check by name; undefined where none do. */
export function watchedGroup(
  stack: { readonly route53: Route53 },
  check: HealthCheck,
): Group | undefined {
  const watched = watchedName(stack, check);
  return watched?.kind === "answered" ? watched.group : undefined;
}
