import type { Fields, Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, unknownsOf, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";

/**
 * Traffic that a network balancer passes through: plain on the HTTP port, TLS on the HTTPS port.
 */
const ports = { http: 80, https: 443 };

export const trafficIsEncryptedInTransit = stackRule({
  name: "traffic-is-encrypted-in-transit",
  description: "Balancers, distributions and caches use TLS, or redirect to it.",
  severity: "high",
  level: "mandatory",
  why: "Anyone on the path can read and change customers' data and session cookies.",
  source: "AWS Well-Architected, SEC09-BP02",
  remediationSteps:
    "Use HTTPS or TLS listeners and redirect HTTP, `viewerProtocolPolicy: redirect-to-https`, and `transitEncryptionEnabled`.",
  url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_protect_data_transit_encrypt.html",
  types: [types.listener, types.distribution, types.cacheGroup],
  config: {},
  find: (stack): readonly Finding[] => [
    ...stack.subjects(types.listener).flatMap((listener) => listenerFindings(stack, listener)),
    ...stack.subjects(types.distribution).flatMap(distributionFindings),
    ...stack.subjects(types.cacheGroup).flatMap(cacheFindings),
  ],
});

const readable = "customers' data can be read and changed in transit";

function listenerFindings(stack: Stack, listener: Subject): readonly Finding[] {
  const unknowns = unknownsOf(listener, "port", "protocol");
  if (unknowns.length > 0) return unknowns;
  const protocol = listener.text("protocol", "HTTP");
  const port = listener.number("port", ports.http);
  const isPlain =
    protocol === "HTTP" || (protocol === "TCP" && port === ports.http && !hasTls(stack, listener));
  if (!isPlain) return [];
  const whole = listener.unknownWhole("defaultActions");
  if (whole) return [unknown(listener, "defaultActions", reasonWord(whole))];
  const redirects = listener
    .items("defaultActions")
    .every((action) => action.text("type") === "redirect");
  if (redirects && listener.has("defaultActions")) return [];
  return [
    violation(listener, "protocol", {
      must: "must be HTTPS or TLS, or redirect to it",
      got: `${protocol} at port ${port}`,
      so: readable,
      remedy: "give the listener a certificate, or redirect",
    }),
  ];
}

/** Whether the balancer of a listener offers TLS as well: the servers then redirect to it. */
function hasTls(stack: Stack, listener: Subject): boolean {
  return stack
    .follow(listener, "loadBalancerArn", types.loadBalancer)
    .flatMap((balancer) => stack.referringTo(balancer, types.listener, "loadBalancerArn"))
    .some(
      (other) =>
        unknownsOf(other, "port", "protocol").length === 0 &&
        (other.text("protocol") === "TLS" || other.number("port") === ports.https),
    );
}

function distributionFindings(distribution: Subject): readonly Finding[] {
  return ["defaultCacheBehavior", "orderedCacheBehaviors"].flatMap((property) => {
    const whole = distribution.unknownWhole(property);
    if (whole) return [unknown(distribution, property, reasonWord(whole))];
    return distribution
      .items(property)
      .flatMap((behavior) => behaviorFindings(distribution, behavior));
  });
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

function cacheFindings(cache: Subject): readonly Finding[] {
  const reason = cache.unknownAt("transitEncryptionEnabled");
  if (reason) return [unknown(cache, "transitEncryptionEnabled", reasonWord(reason))];
  if (cache.flag("transitEncryptionEnabled") === true) return [];
  return [
    violation(cache, "transitEncryptionEnabled", {
      must: "must be true",
      got: cache.has("transitEncryptionEnabled") ? "false" : "none",
      so: "sessions can be read by anything on the same network",
      remedy: "set it before the cache is created",
    }),
  ];
}
