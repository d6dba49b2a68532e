import type { HealthCheck, ZoneLookup } from "../model";

/** The name of the stack that a check watches, where it watches one and not an address. */
export function watchedName(
  { route53 }: { readonly route53: ZoneLookup },
  check: HealthCheck,
): string | undefined {
  if (check.kind !== "endpoint" || check.byAddress) return undefined;
  const name = check.fullyQualifiedDomainName;
  return name !== undefined && route53.group(name, "A") ? name : undefined;
}
