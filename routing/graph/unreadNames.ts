import { firstNames } from "../knownNames";
import type { EndpointHealthCheck, HealthCheck, UnknownStatus } from "../model";
import { outsideNameOf } from "./outside";

/**
 * The names of what checks watch where that was not read, which `--assume` takes. What one check
 * watches is named after it; what several watch has its own name, and one status for all of them.
 */
export class UnreadNames {
  private readonly watchers = new Map<string, EndpointHealthCheck[]>();

  constructor(checks: Iterable<HealthCheck>) {
    for (const check of checks) {
      const name = resolvedBy(check);
      if (name === undefined || check.kind !== "endpoint") continue;
      const known = this.watchers.get(name);
      if (known) known.push(check);
      else this.watchers.set(name, [check]);
    }
  }

  of(check: HealthCheck): string {
    if (check.kind === "recoveryControl") return check.control ?? check.label;
    const name = resolvedBy(check);
    return name !== undefined && this.watchersOf(check).length > 1 ? name : check.label;
  }

  /** The status of the name that a check watches, and of which the given zone has no record, if any. */
  statusOf(check: HealthCheck, watched: string, zone: string | undefined): UnknownStatus {
    const where =
      zone === undefined
        ? "is outside this stack"
        : `has no record in ${zone}, as far as that was read`;
    const watchers = this.watchersOf(check).map(({ label }) => label);
    const why =
      watchers.length > 1
        ? `it ${where}, and watched by ${firstNames(watchers)}`
        : `it watches ${watched}, which ${where}`;
    return { name: this.of(check), why };
  }

  /** The checks that resolve the same name as a check, itself included; empty if it resolves none. */
  private watchersOf(check: HealthCheck): readonly EndpointHealthCheck[] {
    return this.watchers.get(resolvedBy(check) ?? "") ?? [];
  }
}

/** The name that a check resolves; a private one may find another endpoint in its VPC (H20). */
function resolvedBy(check: HealthCheck): string | undefined {
  if (check.kind !== "endpoint" || check.byAddress || check.isPrivate) return undefined;
  const { fullyQualifiedDomainName: name } = check;
  return name === undefined ? undefined : outsideNameOf(name);
}
