import { experimentTypes } from "../../../routing/graph/experiments/experimentTypes";
import { stopVerdicts } from "../../../routing/graph/experiments/stopConditions";
import type { StopVerdict } from "../../../routing/graph/experiments/stopConditions";
import type { Subject } from "../../fields";
import type { Finding, ViolationText } from "../../finding";
import { unknown, unknownsOf, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";

const property = "stopConditions";

export const experimentStopsOnHarmElsewhere = stackRule({
  name: "experiment-stops-on-harm-elsewhere",
  description: "An experiment is stopped by alarms of its own region on what has to outlive it.",
  severity: "high",
  level: "mandatory",
  why: "Nothing but an alarm ends an experiment that goes wrong. One on what the experiment breaks ends each experiment at once, so that people take it out; one of another region is found out when the experiment is to start.",
  source: "AWS FIS User Guide, stop conditions",
  remediationSteps:
    "Name alarms of the experiment's region in `stopConditions`: on the zone that goes on, or on synthetic orders placed from that region.",
  url: "https://docs.aws.amazon.com/fis/latest/userguide/stop-conditions.html",
  types: [experimentTypes.experimentTemplate],
  config: {},
  find: (stack) =>
    stack
      .subjects(experimentTypes.experimentTemplate)
      .flatMap((template) => templateFindings(stack, template)),
});

function templateFindings(stack: Stack, template: Subject): readonly Finding[] {
  const isKnown = template.unknownAt(property) === undefined;
  const verdicts = isKnown ? stopVerdicts(stack.model, template.resource) : [];
  if (isKnown && verdicts.length === 0) {
    return [
      violation(template, property, {
        must: "must name an alarm",
        got: "none",
        so: "it goes on to its end, whatever it does to customers",
        remedy: "name one on what has to outlive the experiment",
      }),
    ];
  }
  // Without them it cannot be told what the experiment breaks.
  const unknowns = unknownsOf(template, property, "actions", "targets");
  return unknowns.length > 0
    ? unknowns
    : verdicts.flatMap((verdict) => verdictFindings(template, verdict));
}

function verdictFindings(template: Subject, { alarm, kind, why }: StopVerdict): readonly Finding[] {
  if (kind === "survives") return [];
  const judged = unfit[kind];
  return judged === undefined
    ? [unknown(template, property, `${alarm} is not judged: ${why}`)]
    : [violation(template, property, { ...judged, got: `${alarm}: ${why}` })];
}

/** What is wrong with an alarm; undefined where it cannot be told. */
const unfit: Readonly<
  Record<Exclude<StopVerdict["kind"], "survives">, Omit<ViolationText, "got"> | undefined>
> = {
  causedByDrill: {
    must: "must be alarms that the experiment itself leaves silent",
    so: "the experiment stops itself, and shows nothing",
    remedy: "name an alarm on what has to outlive it",
  },
  silent: {
    must: "must be alarms on what is measured in their own region",
    so: "it rings, or keeps silent, whatever the experiment does",
    remedy: "write the metric from this region as well",
  },
  elsewhere: {
    must: "must be alarms of the experiment's region",
    so: "AWS takes the template, and refuses to start it",
    remedy: "watch the same thing from there",
  },
  absent: undefined,
  undecided: undefined,
};
