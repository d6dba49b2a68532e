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

describeRule(trafficIsEncryptedInTransit, {
  complies: [
    { title: "with TLS listeners", sample: listener({ protocol: "TLS", port: 443 }) },
    {
      title: "with a redirect",
      sample: listener({ protocol: "HTTP", port: 80, defaultActions: [{ type: "redirect" }] }),
    },
    {
      title: "with plain TCP beside TLS",
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
      title: "plain HTTP",
      sample: listener({ protocol: "HTTP", port: 80, defaultActions: [{ type: "forward" }] }),
      finds: [
        "it.protocol: must be HTTPS or TLS, or redirect to it, got HTTP at port 80, so customers' data can be read and changed in transit; give the listener a certificate, or redirect",
      ],
    },
    {
      title: "plain TCP at port 80 alone",
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
      title: "a plain cache",
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
      title: "a protocol that is not known yet",
      sample: listener({ port: 80 }).hide("it", "protocol"),
      finds: ["unknown: protocol: it: it is not known before deployment"],
    },
    {
      title: "actions that are not known yet",
      sample: listener({ port: 80, protocol: "HTTP" }).hide("it", "defaultActions"),
      finds: ["unknown: defaultActions: it: it is not known before deployment"],
    },
    {
      title: "behaviours that are not known yet",
      sample: one(types.distribution, {}).hide("it", "defaultCacheBehavior"),
      finds: ["unknown: defaultCacheBehavior: it: it is not known before deployment"],
    },
    {
      title: "a viewer policy that is not known yet",
      sample: one(types.distribution, {
        defaultCacheBehavior: { viewerProtocolPolicy: new Unknown("computed") },
      }),
      finds: [
        "unknown: defaultCacheBehavior.viewerProtocolPolicy: it: it is not known before deployment",
      ],
    },
    {
      title: "a cache's switch that is not known yet",
      sample: one(types.cacheGroup, {}).hide("it", "transitEncryptionEnabled"),
      finds: ["unknown: transitEncryptionEnabled: it: it is not known before deployment"],
    },
  ],
  configuration: [],
});
