import type { StackModel } from "../../routing/graph/stackModel";
import { awsTypes } from "../../routing/graph/types";
import { numberOf, textOf } from "../../routing/graph/values";
import type { Resource } from "../../routing/graph/resource";
import type { Draws } from "../simulation/random";
import type { DrillClock } from "./clock";
import type { Inventory } from "./inventory";

/** A message to the people who run the stack. */
export interface DrillAlert {
  readonly subject: string;
  readonly text: string;
}

/** CloudWatch's default period where an alarm has none (API:PutMetricAlarm requires one for a metric). */
const periodSecondsDefault = 60;

/**
 * The alarms on the status of checks, as CloudWatch would raise them: after as many periods as an alarm
 * evaluates, counted from the end of the present one.
 */
export class Alerts {
  private readonly alarms = new Map<string, readonly Resource[]>();
  private readonly pending = new Map<string, () => void>();
  private readonly raised = new Set<string>();

  constructor(
    model: StackModel,
    { checks }: Pick<Inventory, "checks">,
    private readonly clock: DrillClock,
    private readonly draws: Draws,
    private readonly send: (alert: DrillAlert) => void,
  ) {
    for (const { id } of checks) {
      const check = model.graph.get(id);
      const own = check ? model.graph.referringTo(check, awsTypes.metricAlarm, "dimensions") : [];
      this.alarms.set(id, own);
    }
  }

  /** Whether any check has an alarm. */
  get areAny(): boolean {
    return [...this.alarms.values()].some((own) => own.length > 0);
  }

  /** A check has another status. */
  changed(checkId: string, isHealthy: boolean): void {
    for (const alarm of this.alarms.get(checkId) ?? []) {
      this.pending.get(alarm.urn)?.();
      const periodSeconds = numberOf(alarm, "period") ?? periodSecondsDefault;
      const periods = isHealthy ? 1 : (numberOf(alarm, "evaluationPeriods") ?? 1);
      const seconds = (periods - 1 + this.draws.share()) * periodSeconds;
      const cancel = this.clock.after(seconds, () => {
        this.raise(alarm, isHealthy);
      });
      this.pending.set(alarm.urn, cancel);
    }
  }

  private raise(alarm: Resource, isHealthy: boolean): void {
    if (this.raised.has(alarm.urn) === !isHealthy) return;
    if (isHealthy) this.raised.delete(alarm.urn);
    else this.raised.add(alarm.urn);
    const name = textOf(alarm, "name") ?? alarm.name;
    this.send({
      subject: `${isHealthy ? "OK" : "ALARM"}: "${name}"`,
      text: textOf(alarm, "alarmDescription") ?? name,
    });
  }
}
