import type { AliasTarget, RecordSet } from "../../../routing/model";
import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { recordGroupsOf } from "../trees";

/** Zone ids that are the same in every region, with the names in those zones (API:AliasTarget). */
const globalZones: Readonly<Record<string, RegExp>> = {
  Z2FDTNDATAQYW2: /\.cloudfront\.net$/,
  Z2BJ6XQ5FK7U4H: /\.awsglobalaccelerator\.com$/,
};

/** The property with the hosted zone id of a resource; API Gateway has one for each endpoint type. */
const zoneProperties: Readonly<Record<string, string>> = {
  [types.loadBalancer]: "zoneId",
  [types.classicBalancer]: "zoneId",
  [types.distribution]: "hostedZoneId",
  [types.bucket]: "hostedZoneId",
  [types.accelerator]: "hostedZoneId",
  [types.apiDomain]: "regionalZoneId",
};

/** A target of an alias outside of Route 53. */
type NamedTarget = Exclude<AliasTarget, { kind: "record" }>;

export const aliasNamesItsTargetsZone = stackRule({
  name: "alias-names-its-targets-zone",
  description: "An alias has the hosted zone id of its target's service and region.",
  severity: "high",
  level: "mandatory",
  why: "Route 53 looks up the target in the zone that the alias names. If it is not there, Route 53 rejects the record and the update fails halfway.",
  source: "API:AliasTarget.HostedZoneId; AWS General Reference, service endpoints",
  remediationSteps:
    "Take `zoneId` from the resource that the alias points to: `zoneId` of a balancer, `hostedZoneId` of a distribution or bucket.",
  url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html",
  types: [types.record],
  config: {},
  find: (stack) =>
    recordGroupsOf(stack)
      .flat()
      .flatMap((record) => recordFindings(stack, record)),
});

function recordFindings(stack: Stack, record: RecordSet): readonly Finding[] {
  const { target } = record;
  if (target.kind !== "alias" || target.target.kind === "record") return [];
  const subject = stack.subjectOf(record);
  const alias = subject.unknownWhole("aliases") ? undefined : subject.items("aliases")[0];
  if (!alias || alias.unknownAt("zoneId")) return [];
  const zoneId = alias.text("zoneId", "");
  const wanted = wantedZone(stack, target.target, zoneId);
  if (wanted === undefined || wanted === zoneId) return [];
  return [
    violation(offenderOf(record), alias.pathOf("zoneId"), {
      must: `must be the zone of ${target.target.dnsName}${wanted === "" ? "" : `, ${wanted}`}`,
      got: zoneId === "" ? "none" : zoneId,
      so: "Route 53 rejects the record and the update fails halfway",
      remedy: "take it from the resource that the alias points to",
    }),
  ];
}

/** The zone id that a target needs; empty if only the given id is known to be wrong; else undefined. */
function wantedZone(stack: Stack, target: NamedTarget, given: string): string | undefined {
  const own = ownZone(stack, target);
  if (own !== undefined) return own;
  const [global] =
    Object.entries(globalZones).find(([, names]) => names.test(target.dnsName)) ?? [];
  if (global !== undefined) return global;
  const names = Object.hasOwn(globalZones, given) ? globalZones[given] : undefined;
  return names && !target.dnsName.startsWith("<") ? "" : undefined;
}

/** The zone id that a resource of the stack gives for its own name. */
function ownZone(stack: Stack, { id, dnsName }: NamedTarget): string | undefined {
  const resource = id === undefined ? undefined : stack.graph.get(id);
  if (!resource) return undefined;
  const subject = stack.subject(resource);
  const [owner] =
    resource.type === types.bucketWebsite
      ? stack.follow(subject, "bucket", types.bucket)
      : [subject];
  return owner && zoneOf(owner, dnsName);
}

function zoneOf(owner: Subject, dnsName: string): string | undefined {
  // CloudFront serves edge-optimized domains.
  const property = /\.cloudfront\.net$/.test(dnsName)
    ? owner.type === types.apiDomain
      ? "cloudfrontZoneId"
      : "hostedZoneId"
    : zoneProperties[owner.type];
  if (property === undefined || owner.unknownAt(property)) return undefined;
  return owner.text(property);
}
