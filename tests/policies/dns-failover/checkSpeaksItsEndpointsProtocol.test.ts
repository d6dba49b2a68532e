import { checkSpeaksItsEndpointsProtocol } from "../../../policies/dns-failover/rules/checkSpeaksItsEndpointsProtocol";
import { types } from "../../../policies/types";
import type { Properties } from "../../../routing/graph/resource";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);
/** Zone 2a served by a balancer with one listener. */
function behind(listener: Properties): Sample {
  return cafe.set("address-2a", { instance: undefined, allocationId: "eip-2a" }).add(
    {
      type: types.loadBalancer,
      name: "balancer",
      properties: { arn: "arn:lb", subnetMappings: [{ allocationId: "eip-2a", subnetId: "s" }] },
    },
    {
      type: types.listener,
      name: "listener",
      properties: { loadBalancerArn: "arn:lb", ...listener },
    },
  );
}
const secure = (sample: Sample): Sample =>
  sample
    .set("check-2a", { type: "HTTPS_STR_MATCH", port: 443 })
    .set("deep-oregon", { type: "HTTPS_STR_MATCH", port: 443 });

describeRule(checkSpeaksItsEndpointsProtocol, {
  complies: [
    { title: "at instances", sample: cafe },
    { title: "at a balancer that listens there", sample: behind({ port: 80, protocol: "TCP" }) },
    {
      title: "over HTTPS at a TLS listener",
      sample: secure(behind({ port: 443, protocol: "TLS" })),
    },
  ],
  violates: [
    {
      title: "HTTP to the port of HTTPS",
      sample: cafe.set("check-2a", { port: 443 }),
      finds: [
        "check-2a.port: must not be the port of HTTPS for type HTTP_STR_MATCH, got 443, so the endpoint counts as dead from the start, and its tier is never used; probe the port that customers use",
      ],
    },
    {
      title: "HTTPS to the port of HTTP",
      sample: cafe.set("check-2a", { type: "HTTPS_STR_MATCH" }),
      finds: [
        "check-2a.port: must not be the port of HTTP for type HTTPS_STR_MATCH, got 80, so the endpoint counts as dead from the start, and its tier is never used; probe the port that customers use",
      ],
    },
    {
      title: "a port without a listener",
      sample: behind({ port: 8080, protocol: "TCP" }),
      finds: [
        "deep-oregon.port: must be a port that balancer listens on: 8080, got 80, so the endpoint counts as dead from the start, and its tier is never used; probe the port that customers use",
        "check-2a.port: must be a port that balancer listens on: 8080, got 80, so the endpoint counts as dead from the start, and its tier is never used; probe the port that customers use",
      ],
    },
    {
      title: "HTTP to a TLS listener",
      sample: behind({ port: 80, protocol: "TLS" }),
      finds: [
        "deep-oregon.port: must be probed over HTTPS, because listener uses TLS, got HTTP_STR_MATCH, so the endpoint counts as dead from the start, and its tier is never used; probe the port that customers use",
        "check-2a.port: must be probed over HTTPS, because listener uses TLS, got HTTP_STR_MATCH, so the endpoint counts as dead from the start, and its tier is never used; probe the port that customers use",
      ],
    },
    {
      title: "HTTPS to an HTTP listener",
      sample: secure(behind({ port: 443, protocol: "HTTP" })),
      finds: [
        "deep-oregon.port: must be probed over HTTP, because listener uses HTTP, got HTTPS_STR_MATCH, so the endpoint counts as dead from the start, and its tier is never used; probe the port that customers use",
        "check-2a.port: must be probed over HTTP, because listener uses HTTP, got HTTPS_STR_MATCH, so the endpoint counts as dead from the start, and its tier is never used; probe the port that customers use",
      ],
    },
    {
      title: "a listener that redirects",
      sample: behind({ port: 80, protocol: "HTTP", defaultActions: [{ type: "redirect" }] }),
      finds: [
        "deep-oregon.port: must serve content, but listener redirects, got HTTP_STR_MATCH to port 80, so the check searches the body of the redirect, which lacks its string, so the endpoint always counts as dead; probe the port that customers use",
        "check-2a.port: must serve content, but listener redirects, got HTTP_STR_MATCH to port 80, so the check searches the body of the redirect, which lacks its string, so the endpoint always counts as dead; probe the port that customers use",
      ],
    },
  ],
  boundary: [
    { title: "another port", sample: cafe.set("check-2a", { port: 8080 }), finds: [] },
    {
      title: "the default port",
      sample: cafe.set("check-2a", { port: undefined }),
      finds: [],
    },
    {
      title: "TCP to a listener that redirects",
      sample: behind({ port: 80, protocol: "HTTP", defaultActions: [{ type: "redirect" }] })
        .set("check-2a", { type: "TCP" })
        .set("deep-oregon", { type: "TCP" }),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "a listener whose port is unknown",
      sample: behind({ protocol: "TCP" }).hide("listener", "port"),
      finds: ["unknown: port: listener: it is not known before deployment"],
    },
  ],
  configuration: [],
});
