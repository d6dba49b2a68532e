import type { Fault } from "../faults";
import type { Resource } from "../resource";
import { Unknown } from "../resource";
import { fieldOf, listOf } from "../values";
import type { StackModel } from "../stackModel";
import { experimentFault } from "./experimentFault";
import { experimentTypes } from "./experimentTypes";
import { fieldTextOf } from "./targets";
import { judgeAlarm } from "./watched";
import type { AlarmJudgement } from "./watched";

/** What a stop condition of an experiment is worth. */
export interface StopVerdict extends AlarmJudgement {
  /** Name of the alarm as a resource; its ARN, as far as it is known, where the stack has none. */
  readonly alarm: string;
}

/**
 * What each stop condition of an experiment is worth: whether its alarm is there, in the experiment's
 * own region, and on something that outlives the experiment. None where the experiment has none.
 *
 * FIS takes an alarm of another region when a template is made, and refuses it when an experiment
 * starts; AWS does not write that down.
 */
export function stopVerdicts(model: StackModel, template: Resource): readonly StopVerdict[] {
  const fault = experimentFault(model.graph, template);
  return listOf(template, "stopConditions")
    .filter((condition) => fieldTextOf(condition, "source") === "aws:cloudwatch:alarm")
    .map((condition) => {
      if (fieldOf(condition, "value") instanceof Unknown) {
        return { alarm: "", kind: "undecided", why: "its alarm is not known before deployment" };
      }
      return verdictOf(model, template, fieldTextOf(condition, "value"), fault);
    });
}

function verdictOf(model: StackModel, template: Resource, arn: string, fault: Fault): StopVerdict {
  const types = [experimentTypes.metricAlarm, experimentTypes.compositeAlarm];
  const [found] = model.graph.byValue(arn, types);
  const alarm = found?.name ?? arn;
  const region = found?.region ?? arn.split(":")[3];
  if (template.region === undefined || region === undefined) {
    return { alarm, kind: "undecided", why: "its region is unknown" };
  }
  if (region !== template.region) {
    const why = `it is in ${region}, and the experiment in ${template.region}`;
    return { alarm, kind: "elsewhere", why };
  }
  return found
    ? { alarm, ...judgeAlarm(model, found, fault) }
    : { alarm, kind: "absent", why: "no alarm of this stack has that ARN" };
}

/** The experiment templates of a stack, in its order. */
export function templatesOf(model: StackModel): readonly Resource[] {
  return model.graph.ofType(experimentTypes.experimentTemplate);
}
