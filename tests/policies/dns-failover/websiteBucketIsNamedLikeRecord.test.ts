import { websiteBucketIsNamedLikeRecord } from "../../../policies/dns-failover/rules/websiteBucketIsNamedLikeRecord";
import { types } from "../../../policies/types";
import { alias, cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);

describeRule(websiteBucketIsNamedLikeRecord, {
  complies: [{ title: "with a bucket named like the record", sample: cafe }],
  violates: [
    {
      title: "a bucket with another name",
      sample: cafe
        .set("page-bucket", { bucket: "cafe-page" })
        .set("page-website", { bucket: "cafe-page" }),
      finds: [
        "record-www-secondary.aliases[0].name: must point to a website whose bucket is named www.cafe.test, got cafe-page, so customers of www.cafe.test see NoSuchBucket instead of the page, during the outage that it exists for; name the bucket www.cafe.test",
      ],
    },
    {
      title: "a bucket named like an inner name",
      sample: cafe
        .set("record-www-secondary", alias("page.www.cafe.test"))
        .add({
          type: types.record,
          name: "record-page",
          properties: {
            zoneId: "Z1",
            name: "page.www.cafe.test",
            type: "A",
            ...alias("s3-website.us-east-2.amazonaws.com", false, "Z2O1EMRO9K5GLX"),
          },
          from: { aliases: ["page-website"] },
        })
        .set("page-website", { bucket: "page.www.cafe.test" }),
      finds: [
        "record-page.aliases[0].name: must point to a website whose bucket is named www.cafe.test, got page.www.cafe.test, so customers of www.cafe.test see NoSuchBucket instead of the page, during the outage that it exists for; point www.cafe.test itself to a bucket of that name",
      ],
    },
  ],
  boundary: [
    {
      title: "a bucket whose name differs only in case",
      sample: cafe.set("page-website", { bucket: "WWW.cafe.test" }),
      finds: [],
    },
    {
      title: "a website of another stack",
      sample: cafe
        .drop("page-website", "page-bucket")
        .change("record-www-secondary", (one) => ({ ...one, propertyDependencies: {} })),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "a bucket whose name is unknown",
      sample: cafe.hide("page-website", "bucket"),
      finds: ["unknown: bucket: page-website: it is not known before deployment"],
    },
  ],
  configuration: [],
});
