import type { Observed } from "../../routing/graph/observed";
import { targetCheckOf } from "../../routing/graph/targetGroups";
import type { AlarmCheck, AwsTarget } from "../../routing/model";
import { targetKey } from "../../routing/signals";
import { awsTargetKeyOf } from "./asking";
import type { AlarmPlan, FollowerPlan, SwitchPlan, TargetPlan } from "./plan";
import type { PlanParts } from "./planParts";

/** Alarms that checks follow, if their data change. */
export function alarmPlans(parts: PlanParts): readonly AlarmPlan[] {
  const alarms = parts.deciders.checks.filter((one): one is AlarmCheck => one.kind === "alarm");
  return alarms.flatMap(({ id, label, periodSeconds, evaluationPeriods }): AlarmPlan[] => {
    if (periodSeconds === undefined || evaluationPeriods === undefined) return [];
    const [passes, silent] = [
      parts.changing((seen) => seen.passes(id)),
      parts.changing((seen) => seen.silent(id)),
    ];
    if (!passes && !silent) return [];
    const signal = (
      kind: "passes" | "silent",
      values: readonly boolean[] | undefined,
    ): number | undefined => values && parts.addSignal({ kind, id }, label, values[0] === true);
    const [passesSignal, silentSignal] = [signal("passes", passes), signal("silent", silent)];
    return [
      {
        ...(passesSignal === undefined ? {} : { passes: passesSignal }),
        ...(silentSignal === undefined ? {} : { silent: silentSignal }),
        periodMs: periodSeconds * 1_000,
        periodsCount: evaluationPeriods,
        delayMs: parts.model.route53.assumptions.alarmDelaySeconds * 1_000,
        data: parts.phaseNumbers().map((phase) => {
          const seen = parts.phaseStates.seenByClients(phase);
          if (seen.silent(id)) return "missing";
          return seen.passes(id) ? "good" : "bad";
        }),
      },
    ];
  });
}

/** Checks that say something else than they see. */
export function switchPlans(parts: PlanParts): readonly SwitchPlan[] {
  return parts.deciders.checks.flatMap(({ id, label }): SwitchPlan[] => {
    const switched = (
      what: "liesUp" | "liesDown",
      of: (seen: Observed<boolean>) => boolean,
    ): readonly SwitchPlan[] => {
      const values = parts.changing(of);
      if (!values) return [];
      return [{ signal: parts.addSignal({ kind: what, id }, label, values[0] === true), values }];
    };
    return [
      ...switched("liesUp", (seen) => seen.lies(id)?.up ?? false),
      ...switched("liesDown", (seen) => seen.lies(id)?.down ?? false),
    ];
  });
}

function balancersOf(parts: PlanParts): readonly AwsTarget[] {
  const found = new Map<string, AwsTarget>();
  for (const { target } of parts.deciders.records) {
    if (target.kind !== "alias" || target.target.kind === "record") continue;
    found.set(awsTargetKeyOf(target.target), target.target);
  }
  return [...found.values()];
}

/** Targets that change, each with its balancer. */
export function targetPlans(
  parts: PlanParts,
): readonly { readonly balancer: string; readonly plan: TargetPlan }[] {
  return balancersOf(parts).flatMap(({ id }) => {
    if (id === undefined) return [];
    const groups = parts.steady.targetGroups(id) ?? [];
    return groups.flatMap((group, groupNumber) =>
      group.targets.flatMap((target, place) => {
        const healthy = (seen: Observed<boolean>): boolean =>
          seen.targetGroups(id)?.[groupNumber]?.targets[place]?.healthy === true;
        const values = parts.changing(healthy);
        const resource = parts.model.graph.get(group.id);
        const timing = resource && targetCheckOf(resource);
        if (!values || timing === undefined) return [];
        const { intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold } = timing;
        if (intervalSeconds === undefined || timeoutSeconds === undefined) return [];
        if (healthyThreshold === undefined || unhealthyThreshold === undefined) return [];
        const key = targetKey(group.id, target.id);
        const plan: TargetPlan = {
          signal: parts.addSignal({ kind: "target", id: key }, key, values[0] === true),
          intervalMs: intervalSeconds * 1_000,
          timeoutMs: timeoutSeconds * 1_000,
          healthyThreshold,
          unhealthyThreshold,
          meets: parts
            .phaseNumbers()
            .map((phase) =>
              parts.behaviourOf(parts.phaseStates.deathOf(phase, undefined, healthy)),
            ),
        };
        return [{ balancer: id, plan }];
      }),
    );
  });
}

/** Balancers that are lost. */
export function followerPlans(
  parts: PlanParts,
  targets: readonly { readonly balancer: string; readonly plan: TargetPlan }[],
): readonly FollowerPlan[] {
  return balancersOf(parts).flatMap((balancer): FollowerPlan[] => {
    const values = parts.changing((seen) => seen.lost(balancer));
    const own = targets.flatMap((one, index) => (one.balancer === balancer.id ? [index] : []));
    // No source states how soon Route 53 notices a balancer that is lost without its targets.
    if (!values) return [];
    const key = awsTargetKeyOf(balancer);
    const signal = parts.addSignal(
      { kind: "lost", id: key, target: balancer },
      key,
      values[0] === true,
    );
    return own.length > 0 ? [{ signal, values, targets: own }] : [];
  });
}
