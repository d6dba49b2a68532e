import type { HealthCheck } from "../model";
import type { World } from "./world";

/** The name of the stack that a check watches, where it watches one and not an address. */
export function watchedName(world: World, check: HealthCheck): string | undefined {
  if (check.kind !== "endpoint" || check.byAddress) return undefined;
  const name = check.fullyQualifiedDomainName;
  return name !== undefined && world.route53.group(name, "A") ? name : undefined;
}
