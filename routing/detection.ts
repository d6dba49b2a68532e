import type { Assumptions } from "./assumptions";
import type { FailureMode } from "./checker";
import {
  failureModes,
  drainSeconds,
  failingProbeSeconds,
  passingProbeSeconds,
  slowestFailureSeconds,
} from "./checker";
import type { EndpointHealthCheck, HealthCheck } from "./model";
import type { Route53 } from "./route53";

/** The longest time until something is noticed, and its calculation. */
export interface Detection {
  /** Undefined: it is never noticed. */
  readonly seconds: number | undefined;
  /** How the seconds are calculated, such as `2 × (10 s + 8 s)`. */
  readonly formula: string;
  /** The number of the rule in `docs/route53.md`. */
  readonly source: string;
}

/** The longest time until a check notices. */
export function detection(
  check: HealthCheck,
  death: FailureMode | "returns",
  route53: Route53,
): Detection {
  switch (check.kind) {
    case "endpoint":
      return death === "returns" ? endpointRecovery(check) : endpointDetection(check, death);
    case "alarm":
      return alarmDetection(check, death, route53.assumptions);
    case "recoveryControl":
      return { seconds: 0, formula: "a routing control is set, not probed", source: "K10" };
    case "calculated":
      return slowestChild(check.children, death, route53);
  }
}

/** The longest time over all failure modes. */
export function slowestDetection(check: HealthCheck, route53: Route53): Detection {
  return slowest(failureModes.map((death) => detection(check, death, route53)));
}

function endpointDetection(check: EndpointHealthCheck, death: FailureMode): Detection {
  const { failureThreshold, intervalSeconds, type, label } = check;
  const probe = failingProbeSeconds(type, death);
  const drain = drainSeconds(type, death);
  const before = drain > 0 ? `${drain} s + ` : "";
  return {
    seconds: probe === undefined ? undefined : drain + failureThreshold * (intervalSeconds + probe),
    formula: `${before}${failureThreshold} × (${intervalSeconds} s + ${probe ?? "∞"} s) of ${label}`,
    source: "H3, H4, H6–H8",
  };
}

/**
 * A returning endpoint must pass as many probes as it failed (H4), each may take as long as the
 * check allows, and a probe that was under way when it returned may still fail first.
 */
function endpointRecovery({
  failureThreshold,
  intervalSeconds,
  type,
  label,
}: EndpointHealthCheck): Detection {
  const [fails, passes] = [slowestFailureSeconds(type), passingProbeSeconds(type)];
  return {
    seconds: fails + failureThreshold * (intervalSeconds + passes),
    formula: `${fails} s + ${failureThreshold} × (${intervalSeconds} s + ${passes} s) of ${label}`,
    source: "H3, H4, H6–H8",
  };
}

/**
 * CloudWatch may still judge the period of the change by data from before, so the next period is
 * the first that counts. All evaluated periods must be bad, because no alarm of a check needs fewer
 * (K7); one good period clears the alarm.
 */
function alarmDetection(
  { periodSeconds, evaluationPeriods, label }: Extract<HealthCheck, { kind: "alarm" }>,
  death: FailureMode | "returns",
  { alarmDelaySeconds }: Assumptions,
): Detection {
  const counting = death === "returns" ? 1 : evaluationPeriods;
  const known = periodSeconds !== undefined && counting !== undefined;
  return {
    seconds: known ? (1 + counting) * periodSeconds + alarmDelaySeconds : undefined,
    formula: known
      ? `(1 + ${counting}) × ${periodSeconds} s + ${alarmDelaySeconds} s of ${label}`
      : `${label}: its alarm's period is not known`,
    source: "K5, K7",
  };
}

function slowestChild(
  children: readonly string[],
  death: FailureMode | "returns",
  route53: Route53,
): Detection {
  const found = children.flatMap((id) => {
    const child = route53.checks.get(id);
    return child ? [detection(child, death, route53)] : [];
  });
  return found.length > 0
    ? slowest(found)
    : { seconds: 0, formula: "it has no child", source: "K1" };
}

/** The first that is never noticed, else the first of the longest. */
export function slowest(found: readonly Detection[]): Detection {
  const length = ({ seconds }: Detection): number => seconds ?? Infinity;
  return found.reduce((a, b) => (length(b) > length(a) ? b : a));
}
