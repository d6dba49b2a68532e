import type { Change } from "./change";
import type { FailureMode } from "./checker";
import type { Detection } from "./detection";
import { detection, slowest, slowestDetection } from "./detection";
import type { Diagram, DiagramNode } from "./diagram";
import type { HealthCheck, Observations, RecordSet, TargetGroup } from "./model";
import type { Route53 } from "./route53";

/** Something that Route 53 notices, at the latest after so many seconds; undefined: never. */
export interface Signal extends Detection {
  readonly key: string;
  readonly label: string;
}

/** What is noticed of a change. */
export class Signals {
  constructor(
    private readonly route53: Route53,
    private readonly change: Change,
    /** Whether anything hangs on when a check or a balancer notices. */
    private readonly isOpen: (key: string) => boolean,
  ) {}

  /** All that Route 53 can notice of the change, as far as the records depend on it. */
  of(records: readonly RecordSet[], death: FailureMode | "returns"): readonly Signal[] {
    const checks = new Map<string, HealthCheck>();
    for (const { checkId } of records) {
      const check = checkId === undefined ? undefined : this.route53.checks.get(checkId);
      if (!check) continue;
      checks.set(check.id, check);
      for (const id of check.kind === "calculated" ? check.children : []) {
        const child = this.route53.checks.get(id);
        if (child) checks.set(id, child);
      }
    }
    return [
      ...[...checks.values()]
        .filter(({ id }) => this.isOpen(id))
        .map((check) => ({
          key: check.id,
          label: check.label,
          ...this.detectionOf(check, death),
        })),
      ...records.flatMap((record) => this.balancerSignal(record)),
    ];
  }

  /** What comes back while others die takes as long as coming back does, and the other way round. */
  private detectionOf(check: HealthCheck, death: FailureMode | "returns"): Detection {
    const { diagram, before, after } = this.change;
    if (check.kind === "calculated") return detection(check, death, this.route53);
    const [was, is] = [before, after].map((at) =>
      diagram.known(diagram.and(at.passes(check.id), () => diagram.not(silentAt(at, check.id)))),
    );
    if (was === is) return detection(check, death, this.route53);
    const returns = (): Detection => detection(check, "returns", this.route53);
    const dies = (): Detection =>
      death === "returns"
        ? slowestDetection(check, this.route53)
        : detection(check, death, this.route53);
    if (was === false || is === true) return returns();
    return was === true || is === false ? dies() : slowest([dies(), returns()]);
  }

  /** A balancer notices by its own checks, and an alias that evaluates it follows (A7). */
  private balancerSignal({ target, label }: RecordSet): readonly Signal[] {
    if (target.kind !== "alias" || target.target.kind !== "balancer") return [];
    const { id } = target.target;
    if (id === undefined || !this.isOpen(id)) return [];
    const { before, after, diagram } = this.change;
    const [was, is] = [before.targetGroups(id) ?? [], after.targetGroups(id) ?? []];
    const times = is.flatMap((group, index) => timesOf(group, was[index], diagram));
    const known = times.flatMap((seconds) => seconds ?? []);
    const seconds = Math.max(0, ...known);
    return [
      {
        key: id,
        label: `the target groups of ${label}`,
        seconds: known.length === times.length ? seconds : undefined,
        formula: `${seconds} s of the target groups of ${label}`,
        source: "A7",
      },
    ];
  }
}

/** How long a target group takes for each of its targets whose health changes. */
function timesOf(
  group: TargetGroup<DiagramNode>,
  was: TargetGroup<DiagramNode> | undefined,
  diagram: Diagram,
): readonly (number | undefined)[] {
  return group.targets.flatMap(({ healthy }, place) => {
    const before = was?.targets[place]?.healthy ?? healthy;
    if (before === healthy) return [];
    const times = [group.detectionSeconds, group.recoverySeconds];
    if (diagram.known(before) === true || diagram.known(healthy) === false)
      return times.slice(0, 1);
    if (diagram.known(before) === false || diagram.known(healthy) === true) return times.slice(1);
    return times;
  });
}

/** Whether the metric of an alarm is silent. */
export function silentAt(observations: Observations<DiagramNode>, id: string): DiagramNode {
  return observations.silent?.(id) ?? 0;
}
