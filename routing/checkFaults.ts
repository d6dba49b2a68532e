import { limitFaults } from "./checkLimits";
import type { GroupFault } from "./groupFault";
import type { HealthCheck, RecordSet, ZoneLookup } from "./model";
import { isPublicAddress } from "./publicAddress";

/**
 * Faults of a record's check, and of the children of a calculated one. They leave the health
 * unknown.
 */
export function checkFaults(
  { id, checkId, label }: RecordSet,
  zone: ZoneLookup,
): readonly GroupFault[] {
  if (checkId === undefined) return [];
  const check = zone.checks.get(checkId);
  if (!check) {
    return [
      {
        subject: id,
        message: `${label}: its health check is not part of this stack, got ${checkId}; add the check, or remove the reference`,
        leavesOpen: true,
      },
    ];
  }
  return [...ownFaults(check), ...(check.kind === "calculated" ? childFaults(check, zone) : [])];
}

function childFaults(
  { id: subject, children, label }: Extract<HealthCheck, { kind: "calculated" }>,
  zone: ZoneLookup,
): readonly GroupFault[] {
  return children.flatMap((id): readonly GroupFault[] => {
    const child = zone.checks.get(id);
    if (!child) {
      return [
        {
          subject,
          message: `${label}: its child is not part of this stack, got ${id}; add the check, or remove it from the children`,
          leavesOpen: true,
        },
      ];
    }
    return child.kind === "calculated"
      ? [
          {
            rule: "K2",
            subject,
            message: `${label}: a calculated check cannot have a calculated child (K2), got ${child.label}; use its children instead`,
          },
        ]
      : ownFaults(child);
  });
}

function ownFaults(check: HealthCheck): readonly GroupFault[] {
  return [...problemFaults(check), ...limitFaults(check), ...addressFaults(check)];
}

/** Checkers probe from the internet, and Route 53 refuses an address that is not on it (H14). */
function addressFaults(check: HealthCheck): readonly GroupFault[] {
  if (check.kind !== "endpoint" || check.isPrivate === true) return [];
  const { id, label, byAddress, ipAddress } = check;
  if (!byAddress || ipAddress === undefined || isPublicAddress(ipAddress)) return [];
  return [
    {
      rule: "H14",
      subject: id,
      message: `${label}: Route 53 rejects a check of an address that is not public (H14), got ${ipAddress}; use the endpoint's public address, or an alarm check`,
    },
  ];
}

/** A check that the model cannot judge still has a status, which is unknown. */
function problemFaults({ id, problems = [] }: HealthCheck): readonly GroupFault[] {
  return problems.map((message) => ({ subject: id, message, leavesOpen: true }));
}
