import { geolocationHasDefault } from "../../../policies/dns-failover/rules/geolocationHasDefault";
import { types } from "../../../policies/types";
import type { Properties } from "../../../routing/graph/resource";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const located = (...places: readonly Properties[]): Sample =>
  nothing.add(
    ...places.map((place, index) => ({
      type: types.record,
      name: `it-${index}`,
      properties: {
        zoneId: "Z1",
        name: "www.cafe.test",
        type: "A",
        ttl: 60,
        setIdentifier: `${index}`,
        geolocationRoutingPolicies: [place],
        records: ["192.0.2.1"],
      },
    })),
  );

describeRule(geolocationHasDefault, {
  complies: [
    { title: "with a default", sample: located({ continent: "EU" }, { country: "*" }) },
    { title: "with other routing policies", sample: cafe },
  ],
  violates: [
    {
      title: "no default record",
      sample: located({ continent: "EU" }, { country: "US" }),
      finds: [
        'it-0.geolocationRoutingPolicies: must include a default, country "*", among the records of www.cafe.test A, got 2 without it, so customers whose address Route 53 cannot place get no answer; add a default record',
      ],
    },
  ],
  boundary: [{ title: "only a default", sample: located({ country: "*" }), finds: [] }],
  notApplicable: [{ title: "in an empty stack", sample: nothing }],
  unknown: [
    {
      title: "an unknown place",
      sample: located({ continent: "EU" }, { country: "US" }).hide(
        "it-1",
        "geolocationRoutingPolicies",
      ),
      finds: [],
    },
  ],
  configuration: [],
});
