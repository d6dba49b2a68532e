import { latchIsProtected } from "../../../policies/dns-failover/rules/latchIsProtected";
import { types } from "../../../policies/types";
import type { Resource } from "../../../routing/graph/resource";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);
const unprotected = (resource: Resource): Resource => ({ ...resource, protect: false });
const finding =
  "latch.protect: must be set on the check of a latch, got none, so one update that renames or removes it returns customers to a region that is held back; set the option protect";

describeRule(latchIsProtected, {
  complies: [{ title: "with a protected latch check", sample: cafe }],
  violates: [
    { title: "an unprotected one", sample: cafe.change("latch", unprotected), finds: [finding] },
    {
      title: "an unprotected one that is not attached",
      sample: cafe
        .change("latch", unprotected)
        .set("region-oregon", { childHealthchecks: ["deep-oregon"], childHealthThreshold: 1 }),
      finds: [finding],
    },
  ],
  boundary: [
    {
      title: "an unprotected check of an object that is not inverted",
      sample: cafe.change("latch", unprotected).set("latch", { invertHealthcheck: undefined }),
      finds: [],
    },
    {
      title: "an inverted check of something else",
      sample: cafe.change("latch", unprotected).drop("latch-bucket", "latch-policy"),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an inversion that is not known",
      sample: cafe.change("latch", unprotected).hide("latch", "invertHealthcheck"),
      finds: ["unknown: invertHealthcheck: latch: it is not known before deployment"],
    },
  ],
  configuration: [],
});
