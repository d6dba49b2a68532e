import type { AwsTarget, RecordSet } from "../../../routing/model";
import { aliasedName } from "../../../routing/model";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { developerGuide } from "../route53";
import type { HostnameTree } from "../trees";
import { treesOf } from "../trees";

export const lastTierIsStatic = stackRule({
  name: "last-tier-is-static",
  description: "The last tier of a failover tree is static content without a check.",
  severity: "critical",
  level: "disabled",
  why: "When everything is unhealthy, Route 53 answers with the dead primary. With a last tier that needs no server and has no check, customers see that tier instead.",
  source: "C3, C4, A10",
  remediationSteps:
    "Make the public name's SECONDARY an alias to CloudFront or to an S3 website, without `healthCheckId`.",
  url: developerGuide("dns-failover-problems"),
  types: [types.record],
  config: {},
  find: (stack) => treesOf(stack).flatMap((tree) => treeFindings(stack, tree)),
});

function treeFindings(stack: Stack, { root, last }: HostnameTree): readonly Finding[] {
  const leaves = last.filter((record) => aliasedName(record) === undefined);
  const servers = leaves.flatMap((record) => serverFindings(stack, root.name, record));
  // If the last tier is a server, a check on it is useful.
  if (servers.length > 0) return servers;
  return last
    .filter(({ checkId }) => checkId !== undefined)
    .map((record) => {
      const check = stack.model.route53.checks.get(record.checkId ?? "");
      return violation(offenderOf(record), "healthCheckId", {
        must: `must not be set on the last tier of ${root.name}`,
        got: check?.label ?? record.checkId ?? "",
        so: `when it fails too, ${root.name} answers with its dead primary`,
        remedy: "remove the check",
      });
    });
}

function serverFindings(stack: Stack, name: string, record: RecordSet): readonly Finding[] {
  const { target } = record;
  if (target.kind === "alias" && target.target.kind === "unknown") {
    const reason = stack.subjectOf(record).items("aliases")[0]?.unknownAt("name");
    if (reason) return [unknown(offenderOf(record), "aliases[0].name", reasonWord(reason))];
  }
  const got = serverIn(stack, record);
  if (got === undefined) return [];
  return [
    violation(offenderOf(record), target.kind === "alias" ? "aliases[0].name" : "records", {
      must: `must point to static content, as the last tier of ${name}`,
      got,
      so: `when it fails as well, ${name} answers with a dead address, and customers see a browser error`,
      remedy: "point another SECONDARY to an S3 website or to CloudFront",
    }),
  ];
}

/** The server in a last tier, in words; undefined if the tier is static. */
function serverIn(stack: Stack, { target }: RecordSet): string | undefined {
  if (target.kind === "values") return target.values.join(", ");
  switch (target.target.kind) {
    case "s3Website":
      return undefined;
    case "cloudFront":
      return serverBehind(stack, target.target);
    case "record":
      return undefined;
    default:
      return target.target.dnsName;
  }
}

/** The origin of a distribution that is not a bucket of the stack. */
function serverBehind(stack: Stack, { id }: AwsTarget): string | undefined {
  const resource = id === undefined ? undefined : stack.graph.get(id);
  if (!resource) return undefined;
  const distribution = stack.subject(resource);
  if (stack.follow(distribution, "origins", types.bucket).length > 0) return undefined;
  const balancers = stack.follow(distribution, "origins", types.loadBalancer, types.instance);
  return balancers[0] && `${distribution.name}, whose origin is ${balancers[0].name}`;
}
