import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { isTls } from "../checks";
import { treesOf } from "../trees";

export const httpsTreeEndsInHttps = stackRule({
  name: "https-tree-ends-in-https",
  description: "A name that is served over HTTPS does not end in an S3 website.",
  severity: "high",
  level: "mandatory",
  why: "A website endpoint does not speak HTTPS: customers of an HTTPS name see a connection error in exactly the outage that the page is for.",
  source: "A10; Amazon S3 User Guide, website endpoints",
  remediationSteps:
    "Put CloudFront with a certificate in front of the bucket, and let the last alias lead there.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html",
  types: [types.record],
  config: {},
  find: (stack) =>
    treesOf(stack).flatMap(({ root, inner, last }): readonly Finding[] => {
      const secure = inner
        .flatMap((record) => stack.trees.checksOf(record))
        .find((check) => check.kind === "endpoint" && isTls(check.type) && !check.inverted);
      if (!secure) return [];
      return last
        .filter(({ target }) => target.kind === "alias" && target.target.kind === "s3Website")
        .map((record) =>
          violation(offenderOf(record), "aliases[0].name", {
            must: `must speak HTTPS, as ${secure.label} says that ${root.name} is served`,
            got: "an S3 website",
            so: `in the outage that the page is for, customers of https://${root.name} see a connection error`,
            remedy: "lead it to CloudFront",
          }),
        );
    }),
});
