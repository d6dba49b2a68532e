import { failbackIsGated } from "../../../policies/dns-failover/rules/failbackIsGated";
import { types } from "../../../policies/types";
import { alias, cafe, record } from "../cafe";
import { describeRule } from "../describeRule";
import type { Made } from "../sample";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);

/** A weighted branch. */
const share = (to: string, weight: number): Made => ({
  type: types.record,
  name: `record-share-${to}`,
  properties: {
    zoneId: "Z1",
    name: "share.www.cafe.test",
    type: "A",
    setIdentifier: to,
    weightedRoutingPolicies: [{ weight }],
    ...alias(`${to}.www.cafe.test`),
  },
});

describeRule(failbackIsGated, {
  complies: [{ title: "with a latch", sample: cafe }],
  violates: [
    {
      title: "a region check without a latch",
      sample: cafe
        .set("region-oregon", { childHealthchecks: ["deep-oregon"], childHealthThreshold: 1 })
        .change("region-oregon", (one) => ({ ...one, propertyDependencies: {} })),
      finds: [
        "record-live-primary.healthCheckId: must be a calculated check that needs all of its children, including an inverted latch check, got region-oregon, which has no latch, so live.www.cafe.test fails back to a region automatically as soon as 3 of 16 checkers find it healthy, even with old data; add a latch to the check's children",
      ],
    },
    {
      title: "a check that is not calculated",
      sample: cafe
        .set("record-live-primary", { healthCheckId: "deep-oregon" })
        .change("record-live-primary", (one) => ({ ...one, propertyDependencies: {} })),
      finds: [
        "record-live-primary.healthCheckId: must be a calculated check that needs all of its children, including an inverted latch check, got deep-oregon, which is not calculated, so live.www.cafe.test fails back to a region automatically as soon as 3 of 16 checkers find it healthy, even with old data; add a latch to the check's children",
      ],
    },
    {
      title: "no check at all",
      sample: cafe.set("record-live-primary", { healthCheckId: undefined }),
      finds: [
        "record-live-primary.healthCheckId: must be a calculated check that needs all of its children, including an inverted latch check, got none, so live.www.cafe.test fails back to a region automatically as soon as 3 of 16 checkers find it healthy, even with old data; add a latch to the check's children",
      ],
    },
  ],
  boundary: [
    {
      title: "a threshold that does not need the latch",
      sample: cafe.set("region-oregon", { childHealthThreshold: 1 }),
      finds: [
        "record-live-primary.healthCheckId: must be a calculated check that needs all of its children, including an inverted latch check, got region-oregon, which needs 1 of 2, so live.www.cafe.test fails back to a region automatically as soon as 3 of 16 checkers find it healthy, even with old data; add a latch to the check's children",
      ],
    },
    {
      title: "a share of the traffic that goes first to the standby, then to the gated region",
      sample: cafe
        .add(
          record("turned", "primary", {
            ...alias("dublin.www.cafe.test"),
            healthCheckId: "region-dublin",
          }),
          record("turned", "secondary", {
            ...alias("oregon.www.cafe.test"),
            healthCheckId: "region-oregon",
          }),
          share("live", 90),
          share("turned", 10),
        )
        .set("record-www-primary", alias("share.www.cafe.test")),
      finds: [],
    },
    {
      title: "a second chance without a gate",
      sample: cafe
        .add(
          record("any", "primary", alias("live.www.cafe.test")),
          record("any", "secondary", alias("oregon.www.cafe.test")),
        )
        .set("record-www-primary", alias("any.www.cafe.test")),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "unknown children that come from checks",
      sample: cafe.hide("region-oregon", "childHealthchecks"),
      finds: [],
    },
  ],
  configuration: [],
});
