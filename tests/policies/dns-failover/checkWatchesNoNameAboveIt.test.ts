import { checkWatchesNoNameAboveIt } from "../../../policies/dns-failover/rules/checkWatchesNoNameAboveIt";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);
const named = (check: string, fqdn: string): Sample =>
  cafe.set(check, { ipAddress: undefined, fqdn });

describeRule(checkWatchesNoNameAboveIt, {
  complies: [{ title: "with checks below their records", sample: cafe }],
  violates: [
    {
      title: "a check of its own record's name",
      sample: named("check-2a", "oregon.www.cafe.test"),
      finds: [
        "check-2a.fqdn: must be below oregon.www.cafe.test, whose record record-oregon-primary uses it, got oregon.www.cafe.test, so once oregon.www.cafe.test has failed over, the check finds the standby healthy and sends everyone back to a dead record-oregon-primary, over and over; probe the endpoint's own address instead",
      ],
    },
    {
      title: "a check of the public name above it",
      sample: named("check-2a", "www.cafe.test"),
      finds: [
        "check-2a.fqdn: must be below oregon.www.cafe.test, whose record record-oregon-primary uses it, got www.cafe.test, so once www.cafe.test has failed over, the check finds the standby healthy and sends everyone back to a dead record-oregon-primary, over and over; probe the endpoint's own address instead",
      ],
    },
    {
      title: "a child of a calculated check that probes a name above it",
      sample: named("deep-oregon", "live.www.cafe.test"),
      finds: [
        "deep-oregon.fqdn: must be below live.www.cafe.test, whose record record-live-primary uses it, got live.www.cafe.test, so once live.www.cafe.test has failed over, the check finds the standby healthy and sends everyone back to a dead record-live-primary, over and over; probe the endpoint's own address instead",
      ],
    },
    {
      title: "a check of its own record's name through a CNAME",
      sample: named("check-2a", "health.cafe.test").add({
        type: types.record,
        name: "record-health",
        properties: {
          zoneId: "Z1",
          name: "*.cafe.test",
          type: "CNAME",
          ttl: 60,
          records: ["oregon.www.cafe.test"],
        },
      }),
      finds: [
        "check-2a.fqdn: must be below oregon.www.cafe.test, whose record record-oregon-primary uses it, got health.cafe.test, so once health.cafe.test has failed over, the check finds the standby healthy and sends everyone back to a dead record-oregon-primary, over and over; probe the endpoint's own address instead",
      ],
    },
  ],
  boundary: [
    {
      title: "the name as Host header of an address",
      sample: cafe.set("check-2a", { fqdn: "www.cafe.test" }),
      finds: [],
    },
    { title: "a sibling name", sample: named("check-2a", "dublin.www.cafe.test"), finds: [] },
    {
      title: "its own name with a dot at the end",
      sample: named("check-2a", "Oregon.www.cafe.test."),
      finds: [
        "check-2a.fqdn: must be below oregon.www.cafe.test, whose record record-oregon-primary uses it, got oregon.www.cafe.test, so once oregon.www.cafe.test has failed over, the check finds the standby healthy and sends everyone back to a dead record-oregon-primary, over and over; probe the endpoint's own address instead",
      ],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown name",
      sample: cafe.hide("deep-oregon", "fqdn"),
      finds: ["unknown: fqdn: deep-oregon: it is not known before deployment"],
    },
  ],
  configuration: [],
});
