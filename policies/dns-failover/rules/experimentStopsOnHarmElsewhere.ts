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
  description: "An experiment has stop alarms in its own region on resources that must survive it.",
  severity: "high",
  level: "advisory",
  why: "Only an alarm stops an experiment that goes wrong. An alarm on what the experiment breaks stops every run immediately, so people remove it. An alarm in another region is rejected only when the experiment starts.",
  source: "AWS FIS User Guide, stop conditions",
  remediationSteps:
    "Name alarms in the experiment's region in `stopConditions`: on the surviving zone, or on synthetic requests from that region.",
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
        so: "it runs to the end, whatever the harm to customers",
        remedy: "name one on a resource that must survive the experiment",
      }),
    ];
  }
  // Without these properties, the targets of the experiment are unknown.
  const unknowns = unknownsOf(template, property, "actions", "targets");
  return unknowns.length > 0
    ? unknowns
    : verdicts.flatMap((verdict) => verdictFindings(template, verdict));
}

function verdictFindings(template: Subject, { alarm, kind, why }: StopVerdict): readonly Finding[] {
  if (kind === "survives") return [];
  const judged = unfit[kind];
  return judged === undefined
    ? [unknown(template, property, `${alarm} is not checked: ${why}`)]
    : [violation(template, property, { ...judged, got: `${alarm}: ${why}` })];
}

/** The fault of an alarm; undefined if unknown. */
const unfit: Readonly<
  Record<Exclude<StopVerdict["kind"], "survives">, Omit<ViolationText, "got"> | undefined>
> = {
  causedByExperiment: {
    must: "must be alarms that the experiment itself does not set off",
    so: "the experiment stops itself, and proves nothing",
    remedy: "name an alarm on a resource that must survive it",
  },
  silent: {
    must: "must be alarms on metrics in their own region",
    so: "its state does not depend on the experiment",
    remedy: "publish the metric in this region as well",
  },
  elsewhere: {
    must: "must be alarms in the experiment's region",
    so: "AWS accepts the template, but refuses to start it",
    remedy: "create an alarm on the same metric there",
  },
  absent: undefined,
  undecided: undefined,
};
