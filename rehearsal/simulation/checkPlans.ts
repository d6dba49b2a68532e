import { aggregate } from "../../routing/checker";
import { checkerRegions } from "../../routing/graph/checkerRegions";
import type { AwsTarget, EndpointHealthCheck, Group, RecordSet } from "../../routing/model";
import { targetKey } from "../../routing/signals";
import type { Questions, PossibleAnswer } from "./asking";
import { awsTargetKeyOf, nameQuestions, valuesBelow } from "./asking";
import type { ModelGate } from "./modelGate";
import type { CheckPlan, Death } from "./plan";
import type { PlanParts } from "./planParts";

/** A check by name, with the records of the name and all that take part in its answer. */
interface NameCheck {
  readonly check: EndpointHealthCheck;
  readonly group: Group;
  readonly records: readonly RecordSet[];
}

/** The checks of endpoints and of names whose probes have different results in different phases. */
export class CheckPlans {
  constructor(
    private readonly parts: PlanParts,
    private readonly questions: Questions,
    /** A gate whose controller is simulated. */
    private readonly gate?: Pick<ModelGate, "latchId" | "region">,
  ) {}

  plans(): readonly CheckPlan[] {
    const endpointChecks = this.parts.deciders.checks.filter(
      (check): check is EndpointHealthCheck => check.kind === "endpoint",
    );
    const steady = this.parts.steady;
    const direct = endpointChecks.filter(({ id }) => steady.watches(id) === undefined);
    const plans = direct.flatMap((check) => this.endpointCheck(check) ?? []);
    // A check by name may depend on other checks by name, which may depend on others.
    let waiting = endpointChecks.flatMap((check): NameCheck[] => {
      const watched = steady.watches(check.id);
      return watched ? [{ check, ...watched }] : [];
    });
    for (let changed = true; changed;) {
      const moving = waiting.filter((one) => this.mayMove(one));
      waiting = waiting.filter((one) => !moving.includes(one));
      changed = moving.length > 0;
      for (const one of moving) plans.push(this.nameCheck(one));
    }
    return plans;
  }

  /** Whether the result of a check by name can change: the answers of its name, or their health. */
  private mayMove({ check, group, records }: NameCheck): boolean {
    if (this.renewals(check.id).length > 0) return true;
    const moving = new Set(this.parts.keys.map(({ id }) => id));
    const deciding = records.flatMap((record) => {
      const { target } = record;
      const behind = target.kind === "alias" && target.target.kind !== "record";
      return [
        ...this.parts.model.route53.checksOf(record).map(({ id }) => id),
        ...(behind ? this.signalsOf(target.target) : []),
      ];
    });
    if (deciding.some((id) => moving.has(id))) return true;
    const values = valuesBelow(this.parts.model, group, "A");
    const meets = this.meetsOf(check, values);
    return meets.some(
      (behaviour, index) => behaviour !== meets[index % (meets.length / this.parts.phases.length)],
    );
  }

  /** The signals of a balancer: its loss, and the health of each target. */
  private signalsOf(target: AwsTarget): readonly string[] {
    const groups = this.parts.steady.targetGroups(target.id ?? "") ?? [];
    return [
      awsTargetKeyOf(target),
      ...groups.flatMap((group) => group.targets.map((one) => targetKey(group.id, one.id))),
    ];
  }

  /** The check of a gate's latch, whose object comes and goes while its bucket's region lives. */
  private latchCheck(check: EndpointHealthCheck, bucketRegion: string | undefined): CheckPlan {
    const { parts } = this;
    const lost = (phase: number, region: string): Death | undefined =>
      parts.phaseStates
        .happening(phase, region)
        .find(({ fault }) => fault.kind === "region" && fault.name === bucketRegion)?.death;
    return {
      ...this.checkPlan(check, {
        meets: parts
          .phaseNumbers()
          .flatMap((phase) =>
            (check.regions ?? checkerRegions).map((region) =>
              parts.behaviourOf(lost(phase, region)),
            ),
          ),
        newAt: this.renewals(check.id),
        initial: false,
        valuesCount: 1,
      }),
      // S3 answers 403 for an object that is absent (H6).
      whileAbsent: parts.behaviourOf("errors"),
    };
  }

  private endpointCheck(check: EndpointHealthCheck): CheckPlan | undefined {
    const { gate } = this;
    if (gate?.latchId === check.id) return this.latchCheck(check, gate.region);
    const regions = check.regions ?? checkerRegions;
    const meets = this.parts
      .phaseNumbers()
      .flatMap((phase) =>
        regions.map((region) =>
          this.parts.behaviourOf(
            this.parts.phaseStates.deathOf(phase, region, (seen) => seen.passes(check.id)),
          ),
        ),
      );
    const newAt = this.renewals(check.id);
    const first = meets.slice(0, regions.length);
    if (newAt.length === 0 && meets.every((one, index) => one === first[index % regions.length])) {
      return undefined;
    }
    const initial = this.parts.steady.passes(check.id);
    return this.checkPlan(check, { meets, newAt, initial, valuesCount: 1 });
  }

  private nameCheck({ check, group }: NameCheck): CheckPlan {
    this.questions.addValues(group, "A");
    const asked = nameQuestions(this.parts.model, group, check.regions ?? checkerRegions);
    const first = this.questions.add(asked);
    return this.checkPlan(check, {
      meets: this.meetsOf(check, this.questions.values),
      newAt: this.renewals(check.id),
      initial: this.parts.steady.passes(check.id),
      valuesCount: this.questions.values.length,
      questions: (check.regions ?? checkerRegions).map((_, region) =>
        asked.length === 1 ? first : first + region,
      ),
    });
  }

  private meetsOf(
    check: EndpointHealthCheck,
    values: readonly PossibleAnswer[],
  ): readonly number[] {
    return this.parts
      .phaseNumbers()
      .flatMap((phase) =>
        (check.regions ?? checkerRegions).flatMap((region) =>
          values.map(({ record, value }) =>
            this.parts.behaviourOf(
              this.parts.phaseStates.deathOf(phase, region, (seen) =>
                seen.passesAt(check, record, value),
              ),
            ),
          ),
        ),
      );
  }

  private checkPlan(
    check: EndpointHealthCheck,
    more: Pick<CheckPlan, "meets" | "newAt" | "valuesCount" | "questions"> & {
      readonly initial: boolean;
    },
  ): CheckPlan {
    const { initial, ...plan } = more;
    const { checkersPerRegion, healthyCheckerShare } = this.parts.model.route53.assumptions;
    const regionsCount = (check.regions ?? checkerRegions).length;
    const checkersCount = regionsCount * checkersPerRegion;
    let healthyMin = 0;
    while (!aggregate(healthyMin, checkersCount, healthyCheckerShare)) healthyMin += 1;
    return {
      ...plan,
      signal: this.parts.addSignal({ kind: "passes", id: check.id }, check.label, initial),
      type: check.type,
      intervalMs: check.intervalSeconds * 1_000,
      threshold: check.failureThreshold,
      regionsCount,
      checkersCount,
      healthyMin,
    };
  }

  private renewals(id: string): readonly number[] {
    return this.parts
      .phaseNumbers()
      .filter((phase) => this.parts.phases[phase]?.renewed?.includes(id));
  }
}
