import { httpsTreeEndsInHttps } from "../../../policies/dns-failover/rules/httpsTreeEndsInHttps";
import { types } from "../../../policies/types";
import { alias, cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);

describeRule(httpsTreeEndsInHttps, {
  complies: [
    { title: "over HTTP", sample: cafe },
    {
      title: "over HTTPS with a distribution",
      sample: cafe
        .set("check-2a", { type: "HTTPS_STR_MATCH", port: 443 })
        .set("record-www-secondary", alias("d1.cloudfront.net", false, "Z2FDTNDATAQYW2")),
    },
  ],
  violates: [
    {
      title: "an HTTPS check above a website",
      sample: cafe.set("check-2a", { type: "HTTPS_STR_MATCH", port: 443 }),
      finds: [
        "record-www-secondary.aliases[0].name: must support HTTPS, because check-2a serves www.cafe.test over HTTPS, got an S3 website, so during the outage that the page exists for, customers of https://www.cafe.test see a connection error; point it to CloudFront",
      ],
    },
  ],
  boundary: [{ title: "an HTTPS check of the latch alone", sample: cafe, finds: [] }],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown type, which another rule reports",
      sample: cafe.hide("check-2a", "type"),
      finds: [],
    },
  ],
  configuration: [],
});
