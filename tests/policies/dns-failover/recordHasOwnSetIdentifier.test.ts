import { recordHasOwnSetIdentifier } from "../../../policies/dns-failover/rules/recordHasOwnSetIdentifier";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);

describeRule(recordHasOwnSetIdentifier, {
  complies: [{ title: "with different identifiers", sample: cafe }],
  violates: [
    {
      title: "the same identifier twice",
      sample: cafe.set("record-oregon-secondary", { setIdentifier: "primary" }),
      finds: [
        'record-oregon-secondary.setIdentifier: must be unique in oregon.www.cafe.test A, got "primary" a second time, so one record overwrites the other at each update, and half of the tier is missing; give it a unique one',
      ],
    },
    {
      title: "a member without one",
      sample: cafe.set("record-oregon-secondary", { setIdentifier: undefined }),
      finds: [
        "record-oregon-secondary.setIdentifier: must be unique in oregon.www.cafe.test A, got none, so one record overwrites the other at each update, and half of the tier is missing; give it a unique one",
      ],
    },
  ],
  boundary: [
    {
      title: "identifiers that differ only in case",
      sample: cafe.set("record-oregon-secondary", { setIdentifier: "PRIMARY" }),
      finds: [],
    },
    {
      title: "an empty identifier",
      sample: cafe.set("record-oregon-secondary", { setIdentifier: "" }),
      finds: [
        "record-oregon-secondary.setIdentifier: must be unique in oregon.www.cafe.test A, got none, so one record overwrites the other at each update, and half of the tier is missing; give it a unique one",
      ],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown identifier",
      sample: cafe.hide("record-oregon-secondary", "setIdentifier"),
      finds: ["unknown: setIdentifier: record-oregon-secondary: it is not known before deployment"],
    },
  ],
  configuration: [],
});
