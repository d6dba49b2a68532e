import { checkHasAlarm } from "../../../policies/dns-failover/rules/checkHasAlarm";
import { types } from "../../../policies/types";
import { cafe, checkDefaults } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);

describeRule(checkHasAlarm, {
  complies: [{ title: "with an alarm for each", sample: cafe }],
  violates: [
    {
      title: "a check without an alarm",
      sample: cafe.drop("alarm-check-2a"),
      finds: [
        "check-2a.alarm: must have an alarm on its HealthCheckStatus, with an action, got none, so no one is notified when check-2a fails, and the next failure starts with one tier fewer; create one in us-east-1",
      ],
    },
    {
      title: "an alarm without an action",
      sample: cafe.set("alarm-check-2a", { alarmActions: [] }),
      finds: [
        "check-2a.alarm: must have an alarm on its HealthCheckStatus, with an action, got alarm-check-2a, which has no action, so no one is notified when check-2a fails, and the next failure starts with one tier fewer; create one in us-east-1",
      ],
    },
    {
      title: "a disabled alarm",
      sample: cafe.set("alarm-check-2a", { actionsEnabled: false }),
      finds: [
        "check-2a.alarm: must have an alarm on its HealthCheckStatus, with an action, got alarm-check-2a, which has no action, so no one is notified when check-2a fails, and the next failure starts with one tier fewer; create one in us-east-1",
      ],
    },
    {
      title: "an alarm of another metric",
      sample: cafe.set("alarm-check-2a", { namespace: "AWS/EC2" }),
      finds: [
        "check-2a.alarm: must have an alarm on its HealthCheckStatus, with an action, got none, so no one is notified when check-2a fails, and the next failure starts with one tier fewer; create one in us-east-1",
      ],
    },
  ],
  boundary: [
    {
      title: "a check that no tree uses",
      sample: cafe.add({ type: types.healthCheck, name: "spare", properties: checkDefaults }),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown dimension that comes from the check",
      sample: cafe.hide("alarm-check-2a", "dimensions").change("alarm-check-2a", (one) => ({
        ...one,
        propertyDependencies: { dimensions: [cafe.urn("check-2a")] },
      })),
      finds: [],
    },
  ],
  configuration: [],
});
