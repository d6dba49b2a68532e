import type { Assumptions } from "./assumptions";
import type { FailureMode } from "./checker";
import {
  failureModes,
  drainSeconds,
  failingProbeSeconds,
  passingProbeSeconds,
  slowestFailureSeconds,
} from "./checker";
import type { EndpointCheck, HealthCheck } from "./model";
import type { Route53 } from "./route53";

/** The longest that something takes to be noticed, and how that comes about. */
export interface Detection {
  /** Undefined: it is never noticed. */
  readonly seconds: number | undefined;
  /** How the seconds come about, such as `2 × (10 s + 8 s)`. */
  readonly formula: string;
  /** Where the rule stands, by its number in `docs/route53.md`. */
  readonly source: string;
}

/** The longest that a check takes to notice. */
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

/** The longest over every way of dying. */
export function slowestDetection(check: HealthCheck, route53: Route53): Detection {
  return slowest(failureModes.map((death) => detection(check, death, route53)));
}

function endpointDetection(check: EndpointCheck, death: FailureMode): Detection {
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
 * An endpoint that is back has to answer as often as it failed (H4), each answer may take as long as
 * a check lets it, and a probe that was on its way when it came back may still fail first.
 */
function endpointRecovery({
  failureThreshold,
  intervalSeconds,
  type,
  label,
}: EndpointCheck): Detection {
  const [fails, passes] = [slowestFailureSeconds(type), passingProbeSeconds(type)];
  return {
    seconds: fails + failureThreshold * (intervalSeconds + passes),
    formula: `${fails} s + ${failureThreshold} × (${intervalSeconds} s + ${passes} s) of ${label}`,
    source: "H3, H4, H6–H8",
  };
}

/**
 * A period that something happens in may still be judged by what was before, so that the first that counts
 * is the next one. All evaluated periods have to be bad, since no alarm of a check asks for fewer (K7); a
 * single good one ends that.
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
