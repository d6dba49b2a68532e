import type { Fields, Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { stackRule } from "../../rule";
import { types } from "../../types";
import { classicFindings, listenerFindings, readable } from "../listeners";

/** The policies of CloudFront that accept TLS 1.0 or 1.1 (CloudFront Developer Guide, supported protocols). */
const oldProtocols: readonly string[] = ["SSLv3", "TLSv1", "TLSv1_2016", "TLSv1.1_2016"];
/** CloudFront's default for a distribution with its own certificate (API:ViewerCertificate). */
const protocolDefault = "TLSv1";

export const trafficIsEncryptedInTransit = stackRule({
  name: "traffic-is-encrypted-in-transit",
  description:
    "Balancers, distributions, caches and search domains use TLS 1.2 or later, or redirect to it.",
  severity: "high",
  level: "mandatory",
  why: "Anyone on the path can read and change customers' data and session cookies. TLS 1.0 and 1.1 have known attacks (RFC 8996).",
  source: "AWS Well-Architected, SEC09-BP02; RFC 8996; AWS Security Hub, ELB.17",
  remediationSteps:
    "Use HTTPS or TLS listeners with a policy of TLS 1.2 or later and redirect HTTP, `viewerProtocolPolicy: redirect-to-https`, and `transitEncryptionEnabled`.",
  url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_protect_data_transit_encrypt.html",
  types: [
    types.listener,
    types.classicBalancer,
    types.distribution,
    types.cacheGroup,
    types.cacheCluster,
    types.searchDomain,
    types.elasticsearchDomain,
  ],
  config: {},
  find: (stack): readonly Finding[] => [
    ...stack.subjects(types.listener).flatMap((listener) => listenerFindings(stack, listener)),
    ...stack.subjects(types.classicBalancer).flatMap(classicFindings),
    ...stack.subjects(types.distribution).flatMap(distributionFindings),
    ...stack.subjects(types.cacheGroup).flatMap(cacheFindings),
    ...stack
      .subjects(types.cacheCluster)
      .filter((cluster) => !cluster.has("replicationGroupId"))
      .flatMap(cacheFindings),
    ...stack.subjects(types.searchDomain, types.elasticsearchDomain).flatMap(domainFindings),
  ],
});

function distributionFindings(distribution: Subject): readonly Finding[] {
  return [
    ...["defaultCacheBehavior", "orderedCacheBehaviors"].flatMap((property) => {
      const whole = distribution.unknownWhole(property);
      if (whole) return [unknown(distribution, property, reasonWord(whole))];
      return distribution
        .items(property)
        .flatMap((behavior) => behaviorFindings(distribution, behavior));
    }),
    ...certificateFindings(distribution),
  ];
}

function behaviorFindings(distribution: Subject, behavior: Fields): readonly Finding[] {
  const path = behavior.pathOf("viewerProtocolPolicy");
  const reason = behavior.unknownAt("viewerProtocolPolicy");
  if (reason) return [unknown(distribution, path, reasonWord(reason))];
  const policy = behavior.text("viewerProtocolPolicy", "none");
  if (policy === "redirect-to-https" || policy === "https-only") return [];
  return [
    violation(distribution, path, {
      must: "must be redirect-to-https or https-only",
      got: policy,
      so: readable,
      remedy: "set it",
    }),
  ];
}

/** A finding if a distribution with its own certificate accepts an old protocol. */
function certificateFindings(distribution: Subject): readonly Finding[] {
  const whole = distribution.unknownWhole("viewerCertificate");
  const certificate = whole ? undefined : distribution.object("viewerCertificate");
  // A distribution without an alternate name has CloudFront's certificate, whose policy is fixed.
  const isOwn =
    certificate !== undefined &&
    (certificate.has("acmCertificateArn") || certificate.has("iamCertificateId"));
  if (!isOwn || certificate.unknownAt("minimumProtocolVersion")) return [];
  const given = certificate.text("minimumProtocolVersion");
  if (!oldProtocols.includes(given ?? protocolDefault)) return [];
  return [
    violation(distribution, certificate.pathOf("minimumProtocolVersion"), {
      must: "must be TLSv1.2_2021 or later",
      got: given ?? `none, which means ${protocolDefault}`,
      so: "an attacker can downgrade a client to a protocol with known attacks",
      remedy: "set it",
    }),
  ];
}

function cacheFindings(cache: Subject): readonly Finding[] {
  const reason = cache.unknownAt("transitEncryptionEnabled");
  if (reason) return [unknown(cache, "transitEncryptionEnabled", reasonWord(reason))];
  if (cache.flag("transitEncryptionEnabled") === true) return [];
  return [
    violation(cache, "transitEncryptionEnabled", {
      must: "must be true",
      got: cache.has("transitEncryptionEnabled") ? "false" : "none",
      so: "sessions can be read by anything on the same network",
      remedy:
        cache.type === types.cacheGroup
          ? "set it before the cache is created"
          : "set it for memcached, and use a replication group for anything else",
    }),
  ];
}

function domainFindings(domain: Subject): readonly Finding[] {
  const whole = domain.unknownWhole("domainEndpointOptions");
  const options = whole ? undefined : domain.object("domainEndpointOptions");
  const reason = whole ?? options?.unknownAt("enforceHttps");
  if (reason) return [unknown(domain, "domainEndpointOptions.enforceHttps", reasonWord(reason))];
  if (options?.flag("enforceHttps") === true) return [];
  return [
    violation(domain, "domainEndpointOptions.enforceHttps", {
      must: "must be true",
      got: options?.has("enforceHttps") ? "false" : "none",
      so: readable,
      remedy: "set it",
    }),
  ];
}
