import { experimentStopsOnHarmElsewhere } from "../../../policies/dns-failover/rules/experimentStopsOnHarmElsewhere";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Made, Sample } from "../sample";

const arn = (alarm: string, region = "us-west-2"): string =>
  `arn:aws:cloudwatch:${region}:123456789012:alarm:${alarm}`;
const stops = (...alarms: readonly string[]) =>
  alarms.map((value) => ({ source: "aws:cloudwatch:alarm", value }));

const alarm = (name: string, dimensions: Readonly<Record<string, string>>): Made => ({
  type: types.metricAlarm,
  name,
  properties: { arn: arn(name), namespace: "Any", metricName: "Any", dimensions },
});
const orders = { EntryName: "dublin.www.cafe.test" };
const witness: Made = {
  type: "aws:lambda/function:Function",
  name: "witness",
  properties: {
    environment: { variables: { ENTRY: orders.EntryName, URL: "http://dublin.www.cafe.test/" } },
  },
};

/** The cafe's stack, with an experiment that stops the instance of us-west-2a. */
const targeted = cafe
  .set("web-2a", { tags: { Experiment: "yes" } })
  .set("web-2b", { tags: { Experiment: "yes" } })
  .add(
    {
      type: "aws:fis/experimentTemplate:ExperimentTemplate",
      name: "experiment",
      properties: {
        actions: [
          {
            name: "stop",
            actionId: "aws:ec2:stop-instances",
            target: { key: "Instances", value: "machines" },
          },
        ],
        targets: [
          {
            name: "machines",
            resourceType: "aws:ec2:instance",
            selectionMode: "ALL",
            resourceTags: [{ key: "Experiment", value: "yes" }],
            filters: [{ path: "Placement.AvailabilityZone", values: ["us-west-2a"] }],
          },
        ],
        stopConditions: stops(arn("other-zone")),
      },
    },
    alarm("other-zone", { InstanceId: "web-2b" }),
    alarm("this-zone", { InstanceId: "web-2a" }),
    alarm("dublins-orders", orders),
    alarm("anything", { Thing: "some" }),
    witness,
  );
const stopped = (...alarms: readonly string[]): Sample =>
  targeted.set("experiment", { stopConditions: stops(...alarms) });

const must = "experiment.stopConditions: must be";

describeRule(experimentStopsOnHarmElsewhere, {
  complies: [
    { title: "with an alarm on the other zone", sample: targeted },
    { title: "with an alarm on customer requests", sample: stopped(arn("dublins-orders")) },
  ],
  violates: [
    {
      title: "an experiment without stop conditions",
      sample: stopped(),
      finds: [
        "experiment.stopConditions: must name an alarm, got none, so it runs to the end, whatever the harm to customers; name one on a resource that must survive the experiment",
      ],
    },
    {
      title: "an experiment with the stop condition none",
      sample: targeted.set("experiment", { stopConditions: [{ source: "none" }] }),
      finds: [
        "experiment.stopConditions: must name an alarm, got none, so it runs to the end, whatever the harm to customers; name one on a resource that must survive the experiment",
      ],
    },
    {
      title: "an alarm of another region",
      sample: targeted.move("other-zone", "us-east-1"),
      finds: [
        `${must} alarms in the experiment's region, got other-zone: it is in us-east-1, and the experiment in us-west-2, so AWS accepts the template, but refuses to start it; create an alarm on the same metric there`,
      ],
    },
    {
      title: "an alarm whose metric is written elsewhere",
      sample: stopped(arn("dublins-orders")).move("witness", "eu-west-1"),
      finds: [
        `${must} alarms on metrics in their own region, got dublins-orders: its metric is in another region than us-west-2, so its state does not depend on the experiment; publish the metric in this region as well`,
      ],
    },
  ],
  boundary: [
    {
      title: "an alarm on what the experiment breaks, and a valid alarm",
      sample: stopped(arn("other-zone"), arn("this-zone")),
      finds: [
        `${must} alarms that the experiment itself does not set off, got this-zone: the experiment removes web-2a, so the experiment stops itself, and proves nothing; name an alarm on a resource that must survive it`,
      ],
    },
    {
      title: "the same alarm in an experiment in the other zone",
      sample: stopped(arn("this-zone")).set("experiment", {
        targets: [
          {
            name: "machines",
            resourceType: "aws:ec2:instance",
            selectionMode: "ALL",
            resourceTags: [{ key: "Experiment", value: "yes" }],
            filters: [{ path: "Placement.AvailabilityZone", values: ["us-west-2b"] }],
          },
        ],
      }),
      finds: [],
    },
  ],
  notApplicable: [{ title: "without experiments", sample: cafe }],
  unknown: [
    {
      title: "unknown alarms",
      sample: targeted.hide("experiment", "stopConditions"),
      finds: ["unknown: stopConditions: experiment: it is not known before deployment"],
    },
    {
      title: "unknown targets",
      sample: targeted.hide("experiment", "targets"),
      finds: ["unknown: targets: experiment: it is not known before deployment"],
    },
    {
      title: "an alarm of another stack",
      sample: stopped(arn("theirs")),
      finds: [
        `unknown: stopConditions: experiment: ${arn("theirs")} is not checked: no alarm of this stack has that ARN`,
      ],
    },
    {
      title: "an alarm on a resource that is not in the model",
      sample: stopped(arn("anything")),
      finds: [
        "unknown: stopConditions: experiment: anything is not checked: no resource of the stack matches its metric",
      ],
    },
    {
      title: "an experiment whose region is unknown",
      sample: targeted.nowhere("experiment"),
      finds: [
        "unknown: stopConditions: experiment: other-zone is not checked: its region is unknown",
      ],
    },
  ],
  configuration: [],
});
