import { types } from "../../../policies/types";
import { trafficIsEncryptedInTransit } from "../../../policies/workload/rules/trafficIsEncryptedInTransit";
import type { Properties } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const one = (type: string, properties: Properties): Sample =>
  nothing.add({ type, name: "it", properties });
/** A listener of a balancer. */
function listener(properties: Properties): Sample {
  return one(types.listener, { loadBalancerArn: "arn:lb", ...properties }).add({
    type: types.loadBalancer,
    name: "balancer",
    properties: { arn: "arn:lb" },
  });
}

const redirectTo = (protocol: string): Properties => ({
  type: "redirect",
  redirect: { port: "443", protocol, statusCode: "HTTP_301" },
});
const classic = (...protocols: readonly string[]): Sample =>
  one(types.classicBalancer, {
    listeners: protocols.map((lbProtocol, index) => ({ lbPort: 80 + index, lbProtocol })),
  });

describeRule(trafficIsEncryptedInTransit, {
  complies: [
    {
      title: "with TLS listeners",
      sample: listener({
        protocol: "TLS",
        port: 443,
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      }),
    },
    {
      title: "with a redirect",
      sample: listener({ protocol: "HTTP", port: 80, defaultActions: [redirectTo("HTTPS")] }),
    },
    {
      title: "with a fixed answer",
      sample: listener({
        protocol: "HTTP",
        port: 80,
        defaultActions: [{ type: "fixed-response" }],
      }),
    },
    {
      title: "with an internal balancer",
      sample: listener({ protocol: "HTTP", port: 80 }).set("balancer", { internal: true }),
    },
    {
      title: "with classic balancers that offer TLS, or are private",
      sample: classic("http", "https").add({
        type: types.classicBalancer,
        name: "private",
        properties: { internal: true, listeners: [{ lbPort: 80, lbProtocol: "http" }] },
      }),
    },
    {
      title: "with a distribution without an alternate name, or with TLS 1.2",
      sample: one(types.distribution, {
        viewerCertificate: { cloudfrontDefaultCertificate: true, minimumProtocolVersion: "TLSv1" },
      }).add({
        type: types.distribution,
        name: "other",
        properties: {
          viewerCertificate: { acmCertificateArn: "arn", minimumProtocolVersion: "TLSv1.2_2021" },
        },
      }),
    },
    {
      title: "with a node of a replication group, and a search domain that requires HTTPS",
      sample: one(types.cacheCluster, { replicationGroupId: "group" }).add({
        type: types.searchDomain,
        name: "search",
        properties: { domainEndpointOptions: { enforceHttps: true } },
      }),
    },
    {
      title: "with plain TCP in addition to TLS",
      sample: listener({ protocol: "TCP", port: 80 }).add({
        type: types.listener,
        name: "tls",
        properties: { loadBalancerArn: "arn:lb", protocol: "TCP", port: 443 },
      }),
    },
    {
      title: "with a distribution that redirects",
      sample: one(types.distribution, {
        defaultCacheBehavior: { viewerProtocolPolicy: "redirect-to-https" },
      }),
    },
    {
      title: "with an encrypted cache",
      sample: one(types.cacheGroup, { transitEncryptionEnabled: true }),
    },
  ],
  violates: [
    {
      title: "a redirect to HTTP",
      sample: listener({ protocol: "HTTP", port: 80, defaultActions: [redirectTo("#{protocol}")] }),
      finds: [
        "it.protocol: must be HTTPS or TLS, or redirect to it, got HTTP at port 80, with a redirect to HTTP, so customers' data can be read and changed in transit; give the listener a certificate, or redirect",
      ],
    },
    {
      title: "a rule that forwards although the listener redirects",
      sample: listener({
        arn: "arn:listener",
        protocol: "HTTP",
        port: 80,
        defaultActions: [redirectTo("HTTPS")],
      }).add({
        type: types.listenerRule,
        name: "rule",
        properties: { listenerArn: "arn:listener", actions: [{ type: "forward" }] },
      }),
      finds: [
        "rule.actions: must not forward HTTP requests, got forward at it, so customers' data can be read and changed in transit; move the rule to the HTTPS listener",
      ],
    },
    {
      title: "a listener without a policy, and one with an old policy",
      sample: listener({ protocol: "HTTPS", port: 443 }).add({
        type: types.listener,
        name: "old",
        properties: {
          loadBalancerArn: "arn:lb",
          protocol: "TLS",
          port: 8443,
          sslPolicy: "ELBSecurityPolicy-TLS-1-1-2017-01",
        },
      }),
      finds: [
        "it.sslPolicy: must be a policy of TLS 1.2 or later, got none, which means ELBSecurityPolicy-2016-08, so an attacker can downgrade a client to a protocol with known attacks; use ELBSecurityPolicy-TLS13-1-2-2021-06",
        "old.sslPolicy: must be a policy of TLS 1.2 or later, got ELBSecurityPolicy-TLS-1-1-2017-01, so an attacker can downgrade a client to a protocol with known attacks; use ELBSecurityPolicy-TLS13-1-2-2021-06",
      ],
    },
    {
      title: "a classic balancer without TLS",
      sample: classic("http"),
      finds: [
        "it.listeners: must include one of HTTPS or SSL, got HTTP, so customers' data can be read and changed in transit; add one with a certificate, and let the servers redirect to it",
      ],
    },
    {
      title: "a distribution that accepts TLS 1.0, the default",
      sample: one(types.distribution, { viewerCertificate: { iamCertificateId: "a" } }),
      finds: [
        "it.viewerCertificate.minimumProtocolVersion: must be TLSv1.2_2021 or later, got none, which means TLSv1, so an attacker can downgrade a client to a protocol with known attacks; set it",
      ],
    },
    {
      title: "a separate cluster, and search domains without HTTPS",
      sample: one(types.cacheCluster, { engine: "memcached" }).add(
        { type: types.searchDomain, name: "search" },
        {
          type: types.elasticsearchDomain,
          name: "old",
          properties: { domainEndpointOptions: { enforceHttps: false } },
        },
      ),
      finds: [
        "it.transitEncryptionEnabled: must be true, got none, so sessions can be read by anything on the same network; set it for memcached, and use a replication group for anything else",
        "search.domainEndpointOptions.enforceHttps: must be true, got none, so customers' data can be read and changed in transit; set it",
        "old.domainEndpointOptions.enforceHttps: must be true, got false, so customers' data can be read and changed in transit; set it",
      ],
    },
    {
      title: "plain HTTP",
      sample: listener({ protocol: "HTTP", port: 80, defaultActions: [{ type: "forward" }] }),
      finds: [
        "it.protocol: must be HTTPS or TLS, or redirect to it, got HTTP at port 80, so customers' data can be read and changed in transit; give the listener a certificate, or redirect",
      ],
    },
    {
      title: "only plain TCP at port 80",
      sample: listener({ protocol: "TCP", port: 80 }),
      finds: [
        "it.protocol: must be HTTPS or TLS, or redirect to it, got TCP at port 80, so customers' data can be read and changed in transit; give the listener a certificate, or redirect",
      ],
    },
    {
      title: "a distribution that allows both",
      sample: one(types.distribution, {
        defaultCacheBehavior: { viewerProtocolPolicy: "allow-all" },
        orderedCacheBehaviors: [{ viewerProtocolPolicy: "https-only" }, {}],
      }),
      finds: [
        "it.defaultCacheBehavior.viewerProtocolPolicy: must be redirect-to-https or https-only, got allow-all, so customers' data can be read and changed in transit; set it",
        "it.orderedCacheBehaviors[1].viewerProtocolPolicy: must be redirect-to-https or https-only, got none, so customers' data can be read and changed in transit; set it",
      ],
    },
    {
      title: "an unencrypted cache",
      sample: one(types.cacheGroup, {}),
      finds: [
        "it.transitEncryptionEnabled: must be true, got none, so sessions can be read by anything on the same network; set it before the cache is created",
      ],
    },
  ],
  boundary: [
    { title: "TCP at another port", sample: listener({ protocol: "TCP", port: 8443 }), finds: [] },
  ],
  notApplicable: [
    { title: "in an empty stack", sample: nothing },
    { title: "in a stack of something else", sample: one("aws:sqs/queue:Queue", {}) },
  ],
  unknown: [
    {
      title: "an unknown protocol",
      sample: listener({ port: 80 }).hide("it", "protocol"),
      finds: ["unknown: protocol: it: it is not known before deployment"],
    },
    {
      title: "unknown actions",
      sample: listener({ port: 80, protocol: "HTTP" }).hide("it", "defaultActions"),
      finds: ["unknown: defaultActions: it: it is not known before deployment"],
    },
    {
      title: "unknown behaviours",
      sample: one(types.distribution, {}).hide("it", "defaultCacheBehavior"),
      finds: ["unknown: defaultCacheBehavior: it: it is not known before deployment"],
    },
    {
      title: "an unknown viewer policy",
      sample: one(types.distribution, {
        defaultCacheBehavior: { viewerProtocolPolicy: new Unknown("computed") },
      }),
      finds: [
        "unknown: defaultCacheBehavior.viewerProtocolPolicy: it: it is not known before deployment",
      ],
    },
    {
      title: "an unknown setting of a cache",
      sample: one(types.cacheGroup, {}).hide("it", "transitEncryptionEnabled"),
      finds: ["unknown: transitEncryptionEnabled: it: it is not known before deployment"],
    },
  ],
  configuration: [],
});
