import type { Observed } from "../../routing/graph/observed";
import type { StackModel } from "../../routing/graph/stackModel";
import type { AlarmCheck, AwsTarget, HealthCheck, RecordSet } from "../../routing/model";
import { targetKey } from "../../routing/signals";
import type { SignalKey } from "../simulation/asking";
import { awsTargetKeyOf } from "../simulation/asking";
import type { Draws } from "../simulation/random";
import type { DrillClock } from "./clock";

/** A signal that no checker of the drill probes: it follows the stack after a time within its limits. */
interface Follower {
  readonly kind: SignalKey["kind"];
  readonly id: string;
  readonly valueIn: (seen: Observed<boolean>) => boolean;
  /** The least and the most seconds until Route 53 notices a value; undefined: it never does. */
  readonly limits: (value: boolean) => readonly [low: number, high: number] | undefined;
}

/** The value that a signal is about to have, or has. */
interface Heading {
  readonly value: boolean;
  isThere: boolean;
  cancel: () => void;
}

/**
 * Follows what is not probed: the data of alarms, the targets of balancers, and checks that report a status that
 * they do not see.
 */
export class Followers {
  private readonly followers: readonly Follower[];
  /** The value that each is about to have, or has. */
  private readonly heading = new Map<Follower, Heading>();

  constructor(
    model: StackModel,
    { checks, records }: { checks: readonly HealthCheck[]; records: readonly RecordSet[] },
    private readonly steady: Observed<boolean>,
    private readonly clock: DrillClock,
    private readonly draws: Draws,
    private readonly notice: (kind: SignalKey["kind"], id: string, value: boolean) => void,
  ) {
    this.followers = [
      ...checks.flatMap(({ id }) => liesOf(id)),
      ...checks.flatMap((check) =>
        check.kind === "alarm"
          ? alarmOf(check, model.route53.assumptions.alarmDelaySeconds)
          : check.kind === "recoveryControl"
            ? atOnce("passes", check.id, (seen) => seen.passes(check.id))
            : [],
      ),
      ...targetsOf(records, steady),
    ];
  }

  /** Whether every signal has the value that the stack gives it, and is not about to have another. */
  areSettledAs(truth: Observed<boolean>): boolean {
    return [...this.heading].every(
      ([follower, { value, isThere }]) => isThere && value === follower.valueIn(truth),
    );
  }

  /** The stack has changed: each follower heads for its new value, if that is another one. */
  follow(truth: Observed<boolean>): void {
    for (const follower of this.followers) {
      const value = follower.valueIn(truth);
      const heads = this.heading.get(follower);
      if ((heads?.value ?? follower.valueIn(this.steady)) === value) continue;
      heads?.cancel();
      const limits = follower.limits(value);
      const [low, high] = limits ?? [0, 0];
      const seconds = low + this.draws.share() * (high - low);
      const next: Heading = { value, isThere: false, cancel: () => undefined };
      this.heading.set(follower, next);
      if (!limits) continue;
      next.cancel = this.clock.after(seconds, () => {
        next.isThere = true;
        this.notice(follower.kind, follower.id, value);
      });
    }
  }
}

function atOnce(kind: SignalKey["kind"], id: string, valueIn: Follower["valueIn"]): Follower {
  return { kind, id, valueIn, limits: () => [0, 0] };
}

function liesOf(id: string): readonly Follower[] {
  return [
    atOnce("liesUp", id, (seen) => seen.lies(id)?.up === true),
    atOnce("liesDown", id, (seen) => seen.lies(id)?.down === true),
  ];
}

/** As many periods as the alarm evaluates, or one that is good, and the data of the one before (K5, K7). */
function alarmOf(
  { id, periodSeconds, evaluationPeriods }: AlarmCheck,
  alarmDelaySeconds: number,
): readonly Follower[] {
  const limits = (value: boolean, isWell: boolean): readonly [number, number] | undefined => {
    if (periodSeconds === undefined || evaluationPeriods === undefined) return undefined;
    const periods = value === isWell ? 1 : evaluationPeriods;
    return [(periods - 1) * periodSeconds, (periods + 1) * periodSeconds + alarmDelaySeconds];
  };
  return [
    { kind: "passes", id, valueIn: (seen) => seen.passes(id), limits: (one) => limits(one, true) },
    { kind: "silent", id, valueIn: (seen) => seen.silent(id), limits: (one) => limits(one, false) },
  ];
}

/** The targets of balancers that aliases evaluate (A7), and the balancers themselves. */
function targetsOf(records: readonly RecordSet[], steady: Observed<boolean>): readonly Follower[] {
  const balancers = new Map<string, AwsTarget>();
  for (const { target } of records) {
    if (target.kind !== "alias" || target.target.kind === "record") continue;
    balancers.set(awsTargetKeyOf(target.target), target.target);
  }
  return [...balancers].flatMap(([key, balancer]): Follower[] => {
    const groups = steady.targetGroups(balancer.id ?? "") ?? [];
    const slowest = Math.max(0, ...groups.map(({ detectionSeconds }) => detectionSeconds ?? 0));
    return [
      ...groups.flatMap((group, groupNumber) =>
        group.targets.map((target, place): Follower => {
          const { detectionSeconds, recoverySeconds } = group;
          return {
            kind: "target",
            id: targetKey(group.id, target.id),
            valueIn: (seen) =>
              seen.targetGroups(balancer.id ?? "")?.[groupNumber]?.targets[place]?.healthy === true,
            limits: (healthy) => {
              const most = healthy ? recoverySeconds : detectionSeconds;
              return most === undefined ? undefined : [most / 2, most];
            },
          };
        }),
      ),
      {
        kind: "lost",
        id: key,
        valueIn: (seen) => seen.lost(balancer),
        // No source states how soon Route 53 notices a balancer that is lost without its targets.
        limits: () => (groups.length > 0 ? [slowest, slowest] : undefined),
      },
    ];
  });
}
