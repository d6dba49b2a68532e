import { zoneCheckIsShallow } from "../../../policies/dns-failover/rules/zoneCheckIsShallow";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);

describeRule(zoneCheckIsShallow, {
  complies: [{ title: "with a path for zones and another for regions", sample: cafe }],
  violates: [
    {
      title: "the deep path in a zone check",
      sample: cafe.set("check-2a", { resourcePath: "/health.php" }),
      finds: [
        "check-2a.resourcePath: must not be the deep path of deep-dublin, got /health.php, so all endpoints of the region fail together with their shared dependency, and the zone tier never helps; probe a path without dependencies",
      ],
    },
  ],
  boundary: [
    {
      title: "the deep path if no region check probes it",
      sample: cafe
        .set("check-2a", { resourcePath: "/health.php" })
        .set("deep-oregon", { resourcePath: "/deep" })
        .set("deep-dublin", { resourcePath: "/deep" }),
      finds: [],
    },
    {
      title: "the front page everywhere",
      sample: cafe
        .set("check-2a", { resourcePath: undefined })
        .set("deep-oregon", { resourcePath: "/" }),
      finds: [
        "check-2a.resourcePath: must not be the deep path of deep-oregon, got /, so all endpoints of the region fail together with their shared dependency, and the zone tier never helps; probe a path without dependencies",
      ],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown path",
      sample: cafe.hide("check-2a", "resourcePath"),
      finds: ["unknown: resourcePath: check-2a: it is not known before deployment"],
    },
  ],
  configuration: [],
});
