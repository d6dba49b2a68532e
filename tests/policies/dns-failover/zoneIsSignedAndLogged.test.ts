import { zoneIsSignedAndLogged } from "../../../policies/dns-failover/rules/zoneIsSignedAndLogged";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const unsigned =
  "zone.dnssec: must be signed, got no HostedZoneDnsSec, so resolvers accept forged answers; sign it, and publish the DS record in the parent zone";
const unlogged =
  "zone.queryLog: must log its queries, got no QueryLog, so after an outage there is no record of the answers; add a QueryLog";

describeRule(zoneIsSignedAndLogged, {
  complies: [{ title: "with both", sample: cafe }],
  violates: [
    { title: "no signatures", sample: cafe.drop("signing"), finds: [unsigned] },
    { title: "no log", sample: cafe.drop("queries"), finds: [unlogged] },
    { title: "neither", sample: cafe.drop("signing", "queries"), finds: [unsigned, unlogged] },
  ],
  boundary: [
    {
      title: "a private zone",
      sample: cafe.drop("signing", "queries").set("zone", { vpcs: [{ vpcId: "vpc-1" }] }),
      finds: [],
    },
  ],
  notApplicable: [{ title: "in an empty stack", sample: nothing }],
  unknown: [
    {
      title: "a zone with an unknown id",
      sample: cafe
        .hide("zone", "zoneId")
        .set("signing", { hostedZoneId: "zone" })
        .set("queries", { zoneId: "zone" }),
      finds: [],
    },
  ],
  configuration: [],
});
