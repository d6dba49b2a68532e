import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { isTls } from "../checks";
import { treesOf } from "../trees";

export const httpsTreeEndsInHttps = stackRule({
  name: "https-tree-ends-in-https",
  description: "The last tier of an HTTPS name is not an S3 website.",
  severity: "high",
  level: "mandatory",
  why: "A website endpoint does not support HTTPS: customers of an HTTPS name see a connection error during the outage that the page exists for.",
  source: "A10; Amazon S3 User Guide, website endpoints",
  remediationSteps:
    "Put CloudFront with a certificate in front of the bucket, and point the last alias to it.",
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
            must: `must support HTTPS, because ${secure.label} serves ${root.name} over HTTPS`,
            got: "an S3 website",
            so: `during the outage that the page exists for, customers of https://${root.name} see a connection error`,
            remedy: "point it to CloudFront",
          }),
        );
    }),
});
