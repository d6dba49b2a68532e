import type { RecordSet } from "../../../routing/model";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { recordGroupsOf } from "../trees";

/** A service whose names anyone can claim once they are free. */
interface ClaimableService {
  readonly name: string;
  readonly pattern: RegExp;
  readonly types: readonly string[];
}

/** Names that AWS serves for their current owner, with the resources that own them. */
const services: readonly ClaimableService[] = [
  {
    name: "an S3 website",
    pattern: /(^|\.)s3-website[.-][a-z0-9-]+\.amazonaws\.com(\.cn)?\.?$/i,
    types: [types.bucketWebsite, types.bucket],
  },
  { name: "a distribution", pattern: /\.cloudfront\.net\.?$/i, types: [types.distribution] },
  {
    name: "a Beanstalk environment",
    pattern: /\.elasticbeanstalk\.com(\.cn)?\.?$/i,
    types: [types.beanstalkEnvironment],
  },
];

export const recordTargetIsOwned = stackRule({
  name: "record-target-is-owned",
  description:
    "An S3 website, distribution or Beanstalk environment that a record points to is part of its stack.",
  severity: "high",
  level: "advisory",
  why: "The name of a deleted bucket or environment is free again. Whoever takes it can serve any content under your name, and receives its cookies.",
  source:
    "Amazon S3 User Guide, deleting a bucket: its name becomes available; AWS Elastic Beanstalk Developer Guide, terminating an environment; OWASP WSTG-CONF-10, subdomain takeover",
  remediationSteps:
    "Delete the record, or keep the bucket, distribution or environment in the stack of its record. If another stack owns it, state that as the `reason` of a weaker level.",
  url: "https://owasp.org/www-project-web-security-testing-guide/latest/4-Web_Application_Security_Testing/02-Configuration_and_Deployment_Management_Testing/10-Test_for_Subdomain_Takeover",
  types: [types.record],
  config: {},
  find: (stack) =>
    recordGroupsOf(stack)
      .flat()
      .flatMap((record) =>
        record.target.kind === "alias" ? aliasFindings(stack, record) : nameFindings(stack, record),
      ),
});

function aliasFindings(stack: Stack, record: RecordSet): readonly Finding[] {
  const { target } = record;
  if (target.kind !== "alias" || target.target.kind === "record") return [];
  if (target.target.kind === "unsupported" || target.target.kind === "unknown") return [];
  const { dnsName, id } = target.target;
  const service = services.find(({ pattern }) => pattern.test(dnsName));
  if (!service || id !== undefined) return [];
  // website-bucket-is-named-like-record covers websites with another name.
  if (stack.graph.byValue(dnsName, service.types).length > 0) return [];
  return [findingOf(record, service, dnsName, "aliases[0].name")];
}

function nameFindings(stack: Stack, record: RecordSet): readonly Finding[] {
  if (record.type !== "CNAME" || record.target.kind !== "values") return [];
  return record.target.values.flatMap((value) => {
    const service = services.find(({ pattern }) => pattern.test(value));
    if (!service || stack.graph.byValue(value, service.types).length > 0) return [];
    return [findingOf(record, service, value, "records")];
  });
}

function findingOf(
  record: RecordSet,
  { name }: ClaimableService,
  dnsName: string,
  property: string,
): Finding {
  return violation(offenderOf(record), property, {
    must: `must point to ${name} of this stack`,
    got: `${dnsName}, which no resource of it owns`,
    so: `unless another stack owns it, anyone can claim it and serve ${record.name}`,
    remedy: "delete the record, or restore its target",
  });
}
