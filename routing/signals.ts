import type { Change } from "./change";
import type { FailureMode } from "./checker";
import { drainSeconds, passingProbeSeconds } from "./checker";
import type { Detection } from "./detection";
import { detection, slowest, slowestDetection } from "./detection";
import type { Diagram, DiagramNode } from "./diagram";
import type {
  AwsTarget,
  EndpointHealthCheck,
  HealthCheck,
  Observations,
  RecordSet,
  TargetGroup,
} from "./model";
import type { Route53 } from "./route53";

/** Something that Route 53 notices, and after how many seconds at the latest; undefined: never. */
export interface Signal extends Detection {
  readonly key: string;
  readonly label: string;
  /** Whether it is noticed, but nobody knows how soon: then it has no seconds. */
  readonly isTimeUnknown?: boolean;
}

/** What signals need to know about the order of noticing. */
interface Noticing {
  /** Whether an answer depends on when a check or a target group notices. */
  readonly isOpen: (key: string) => boolean;
  /** The moment from which every probe of a check finds its final result; undefined: never. */
  readonly settlesAt: (checkId: string, death: FailureMode | "returns") => number | undefined;
}

/** What is not known of a signal of which nobody knows how soon it is noticed, by name. */
export function unknownTime({ label }: Signal): string {
  return `how soon Route 53 notices ${label}`;
}

/** The signals of a change. */
export class Signals {
  constructor(
    private readonly route53: Route53,
    private readonly change: Change,
    private readonly noticing: Noticing,
  ) {}

  /** Everything that Route 53 can notice of the change, as far as the records depend on it. */
  of(records: readonly RecordSet[], death: FailureMode | "returns"): readonly Signal[] {
    const checks = new Set(records.flatMap((record) => this.route53.checksOf(record)));
    return [
      ...[...checks]
        .filter(({ id }) => this.noticing.isOpen(id))
        .map((check) => ({
          key: check.id,
          label: check.label,
          ...this.detectionOf(check, death),
        })),
      ...records.flatMap((record) => this.balancerSignals(record)),
    ];
  }

  /** A check by name starts to count when every name server gives the name's final answers. */
  private detectionOf(check: HealthCheck, death: FailureMode | "returns"): Detection {
    const settledSeconds = check.kind === "endpoint" ? this.noticing.settlesAt(check.id, death) : 0;
    if (check.kind !== "endpoint" || settledSeconds === 0) return this.ownDetection(check, death);
    const is = this.change.diagram.known(this.change.after.passes(check.id));
    const { propagationSeconds } = this.route53.assumptions;
    if (this.cannotBeMisled(check, settledSeconds)) {
      return { seconds: 0, formula: `${check.label} asks too rarely to be misled`, source: "H4" };
    }
    const settled = { seconds: settledSeconds, propagationSeconds };
    const returns = (): Detection => onceSettled(check, settled, 0, this.returnOf(check));
    // A probe that received one of the former answers may still pass.
    const passing =
      passingProbeSeconds(check.type) - (death === "returns" ? 0 : drainSeconds(check.type, death));
    const dies = (): Detection => onceSettled(check, settled, passing, this.deathOf(check, death));
    if (is === undefined) return slowest([dies(), returns()]);
    return is ? returns() : dies();
  }

  /**
   * Whether a check by name with the same status before and after cannot change in between: its name
   * has other answers for less time than a checker needs for as many probes as the threshold.
   */
  private cannotBeMisled(
    { id, intervalSeconds, failureThreshold }: EndpointHealthCheck,
    settledSeconds: number | undefined,
  ): boolean {
    const { before, after } = this.change;
    return (
      settledSeconds !== undefined &&
      before.passes(id) === after.passes(id) &&
      settledSeconds + this.route53.assumptions.propagationSeconds <
        (failureThreshold - 1) * intervalSeconds
    );
  }

  /** A check that returns while others fail takes as long as a return, and the reverse. */
  private ownDetection(check: HealthCheck, death: FailureMode | "returns"): Detection {
    const { diagram, before, after } = this.change;
    if (check.kind === "calculated") return detection(check, death, this.route53);
    const [was, is] = [before, after].map((at) =>
      diagram.known(diagram.and(at.passes(check.id), () => diagram.not(silentAt(at, check.id)))),
    );
    if (was === is) return detection(check, death, this.route53);
    if (was === false || is === true) return this.returnOf(check);
    const dies = this.deathOf(check, death);
    return was === true || is === false ? dies : slowest([dies, this.returnOf(check)]);
  }

  private returnOf(check: HealthCheck): Detection {
    return detection(check, "returns", this.route53);
  }

  private deathOf(check: HealthCheck, death: FailureMode | "returns"): Detection {
    return death === "returns"
      ? slowestDetection(check, this.route53)
      : detection(check, death, this.route53);
  }

  /** A balancer notices by its own checks, and an alias that evaluates it follows (A7). */
  private balancerSignals({ target, label }: RecordSet): readonly Signal[] {
    if (target.kind !== "alias" || target.target.kind !== "balancer") return [];
    const { id } = target.target;
    if (id === undefined) return [];
    const { before, after, diagram } = this.change;
    const was = before.targetGroups(id) ?? [];
    const signals = (after.targetGroups(id) ?? []).flatMap((group, index) =>
      group.targets.flatMap(({ id: targetId, healthy }, place) => {
        const key = targetKey(group.id, targetId);
        if (!this.noticing.isOpen(key)) return [];
        const seconds = timeOf(
          group,
          was[index]?.targets[place]?.healthy ?? healthy,
          healthy,
          diagram,
        );
        return {
          key,
          label: `the target groups of ${label}`,
          isTimeUnknown: seconds === undefined,
          seconds,
          formula: `${seconds ?? "∞"} s of the target groups of ${label}`,
          source: "A7",
        };
      }),
    );
    if (!this.noticing.isOpen(id)) return signals;
    // AWS does not document how soon Route 53 knows of a balancer that is lost without its targets.
    const times = signals.map(({ seconds }) => seconds ?? Infinity);
    const seconds = times.length === 0 ? Infinity : Math.max(...times);
    return [
      ...signals,
      {
        key: id,
        label: `the target groups of ${label}`,
        isTimeUnknown: !Number.isFinite(seconds),
        seconds: Number.isFinite(seconds) ? seconds : undefined,
        formula: `${seconds} s of the target groups of ${label}`,
        source: "A7",
      },
    ];
  }
}

/**
 * A check's detection time, counted from when its name has settled and earlier probes have ended.
 */
function onceSettled(
  { fullyQualifiedDomainName: name = "" }: EndpointHealthCheck,
  settled: { readonly seconds: number | undefined; readonly propagationSeconds: number },
  passingSeconds: number,
  { seconds, formula, source }: Detection,
): Detection {
  const before = settled.propagationSeconds + passingSeconds;
  return {
    seconds:
      settled.seconds === undefined || seconds === undefined
        ? undefined
        : settled.seconds + before + seconds,
    formula: `${settled.seconds ?? "∞"} s of ${name} + ${before} s + ${formula}`,
    source: `H13, T5, ${source}`,
  };
}

/** The key of a target of a target group among the signals. */
export function targetKey(groupId: string, targetId: string): string {
  return `${groupId} ${targetId}`;
}

/** How long a target group needs to notice a target's change of health; undefined where unknown. */
function timeOf(
  { detectionSeconds, recoverySeconds }: TargetGroup<DiagramNode>,
  was: DiagramNode,
  is: DiagramNode,
  diagram: Diagram,
): number | undefined {
  if (diagram.known(was) === true || diagram.known(is) === false) return detectionSeconds;
  if (diagram.known(was) === false || diagram.known(is) === true) return recoverySeconds;
  return detectionSeconds === undefined || recoverySeconds === undefined
    ? undefined
    : Math.max(detectionSeconds, recoverySeconds);
}

/** Whether the metric of an alarm is silent. */
export function silentAt(observations: Observations<DiagramNode>, id: string): DiagramNode {
  return observations.silent?.(id) ?? 0;
}

/** Whether an AWS resource is lost. */
export function lostAt(observations: Observations<DiagramNode>, target: AwsTarget): DiagramNode {
  return observations.lost?.(target) ?? 0;
}

/** Whether a check reports a status that it does not see. */
export function liesAt(
  observations: Observations<DiagramNode>,
  id: string,
): { up: DiagramNode; down: DiagramNode } {
  const { up = 0, down = 0 } = observations.lies?.(id) ?? {};
  return { up, down };
}
