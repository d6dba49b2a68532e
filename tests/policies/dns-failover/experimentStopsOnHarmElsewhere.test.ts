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
  .set("web-2a", { tags: { Drill: "yes" } })
  .set("web-2b", { tags: { Drill: "yes" } })
  .add(
    {
      type: "aws:fis/experimentTemplate:ExperimentTemplate",
      name: "drill",
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
            resourceTags: [{ key: "Drill", value: "yes" }],
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
  targeted.set("drill", { stopConditions: stops(...alarms) });

const must = "drill.stopConditions: must be";

describeRule(experimentStopsOnHarmElsewhere, {
  complies: [
    { title: "with an alarm on the other zone", sample: targeted },
    { title: "with one on what customers get", sample: stopped(arn("dublins-orders")) },
  ],
  violates: [
    {
      title: "an experiment that nothing stops",
      sample: stopped(),
      finds: [
        "drill.stopConditions: must name an alarm, got none, so it goes on to its end, whatever it does to customers; name one on what has to outlive the experiment",
      ],
    },
    {
      title: "an experiment that says that nothing stops it",
      sample: targeted.set("drill", { stopConditions: [{ source: "none" }] }),
      finds: [
        "drill.stopConditions: must name an alarm, got none, so it goes on to its end, whatever it does to customers; name one on what has to outlive the experiment",
      ],
    },
    {
      title: "an alarm of another region",
      sample: targeted.move("other-zone", "us-east-1"),
      finds: [
        `${must} alarms of the experiment's region, got other-zone: it is in us-east-1, and the experiment in us-west-2, so AWS takes the template, and refuses to start it; watch the same thing from there`,
      ],
    },
    {
      title: "an alarm whose metric is written elsewhere",
      sample: stopped(arn("dublins-orders")).move("witness", "eu-west-1"),
      finds: [
        `${must} alarms on what is measured in their own region, got dublins-orders: its metric is written in another region than us-west-2, so it rings, or keeps silent, whatever the experiment does; write the metric from this region as well`,
      ],
    },
  ],
  boundary: [
    {
      title: "an alarm on what the experiment breaks, beside one that is right",
      sample: stopped(arn("other-zone"), arn("this-zone")),
      finds: [
        `${must} alarms that the experiment itself leaves silent, got this-zone: the experiment takes away web-2a, so the experiment stops itself, and shows nothing; name an alarm on what has to outlive it`,
      ],
    },
    {
      title: "the same alarm in an experiment of the other zone",
      sample: stopped(arn("this-zone")).set("drill", {
        targets: [
          {
            name: "machines",
            resourceType: "aws:ec2:instance",
            selectionMode: "ALL",
            resourceTags: [{ key: "Drill", value: "yes" }],
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
      title: "alarms that are not known yet",
      sample: targeted.hide("drill", "stopConditions"),
      finds: ["unknown: stopConditions: drill: it is not known before deployment"],
    },
    {
      title: "targets that are not known yet",
      sample: targeted.hide("drill", "targets"),
      finds: ["unknown: targets: drill: it is not known before deployment"],
    },
    {
      title: "an alarm of another stack",
      sample: stopped(arn("theirs")),
      finds: [
        `unknown: stopConditions: drill: ${arn("theirs")} is not judged: no alarm of this stack has that ARN`,
      ],
    },
    {
      title: "an alarm on something that the model does not know",
      sample: stopped(arn("anything")),
      finds: [
        "unknown: stopConditions: drill: anything is not judged: nothing of the stack is known to be what it watches",
      ],
    },
    {
      title: "an experiment whose region is not known",
      sample: targeted.nowhere("drill"),
      finds: [
        "unknown: stopConditions: drill: other-zone is not judged: it is not known which region it is in",
      ],
    },
  ],
  configuration: [],
});
