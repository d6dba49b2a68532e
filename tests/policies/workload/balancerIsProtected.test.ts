import { types } from "../../../policies/types";
import { balancerIsProtected } from "../../../policies/workload/rules/balancerIsProtected";
import type { Properties } from "../../../routing/graph/resource";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const safe: Properties = {
  arn: "arn:lb",
  enableDeletionProtection: true,
  dropInvalidHeaderFields: true,
  accessLogs: { bucket: "logs", enabled: true },
};
const balancer = (properties: Properties = {}): Sample =>
  nothing.add({ type: types.loadBalancer, name: "it", properties: { ...safe, ...properties } });
const network = (protocol: string): Sample =>
  balancer({ loadBalancerType: "network", dropInvalidHeaderFields: false, accessLogs: [] }).add({
    type: types.listener,
    name: "listener",
    properties: { loadBalancerArn: "arn:lb", protocol },
  });
const classic = (accessLogs: Properties): Sample =>
  nothing.add({ type: types.classicBalancer, name: "it", properties: { accessLogs } });

const unlogged =
  "it.accessLogs.enabled: must be true, got false, so there is no record of failed requests; set it";

describeRule(balancerIsProtected, {
  complies: [
    { title: "with a protected balancer", sample: balancer() },
    { title: "with a network balancer without TLS, which has no logs", sample: network("TCP") },
    { title: "with a classic balancer that logs", sample: classic({ bucket: "logs" }) },
  ],
  violates: [
    {
      title: "a balancer without protection",
      sample: balancer({ enableDeletionProtection: false }),
      finds: [
        "it.enableDeletionProtection: must be true, got false, so one update that renames or removes it deletes its DNS name; set it",
      ],
    },
    {
      title: "malformed headers",
      sample: balancer().set("it", { dropInvalidHeaderFields: undefined }),
      finds: [
        "it.dropInvalidHeaderFields: must be true, got false, so malformed headers reach the servers; set it",
      ],
    },
    {
      title: "no logs",
      sample: balancer().set("it", { accessLogs: undefined }),
      finds: [unlogged],
    },
    {
      title: "a network balancer with TLS and no logs",
      sample: network("TLS"),
      finds: [unlogged],
    },
    {
      title: "no settings at all, as one finding",
      sample: nothing.add({ type: types.loadBalancer, name: "it" }),
      finds: [
        "it.enableDeletionProtection: must be true, got false, like dropInvalidHeaderFields and accessLogs.enabled, so one update that renames or removes it deletes its DNS name, and malformed headers reach the servers, and there is no record of failed requests; set them",
      ],
    },
    {
      title: "a classic balancer with a disabled log",
      sample: classic({ bucket: "logs", enabled: false }),
      finds: [unlogged],
    },
  ],
  boundary: [
    {
      title: "disabled logs",
      sample: balancer({ accessLogs: { enabled: false } }),
      finds: [unlogged],
    },
  ],
  notApplicable: [
    { title: "in an empty stack", sample: nothing },
    {
      title: "in a stack of something else",
      sample: nothing.add({ type: types.queue, name: "it" }),
    },
  ],
  unknown: [
    {
      title: "an unknown kind",
      sample: balancer().hide("it", "loadBalancerType"),
      finds: ["unknown: loadBalancerType: it: it is not known before deployment"],
    },
    {
      title: "logs and protection that are unknown",
      sample: balancer().hide("it", "accessLogs", "enableDeletionProtection"),
      finds: [
        "unknown: enableDeletionProtection: it: it is not known before deployment",
        "unknown: accessLogs.enabled: it: it is not known before deployment",
      ],
    },
  ],
  configuration: [],
});
