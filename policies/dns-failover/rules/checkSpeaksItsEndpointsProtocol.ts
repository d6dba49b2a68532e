import type { EndpointHealthCheck } from "../../../routing/model";
import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { isTls, portOf } from "../checks";
import { listenersOf, serversOf } from "../reach";
import { developerGuide } from "../route53";
import { treeChecks } from "../trees";

export const checkSpeaksItsEndpointsProtocol = stackRule({
  name: "check-speaks-its-endpoints-protocol",
  description: "A check probes a port that has a listener, in the listener's protocol.",
  severity: "high",
  level: "mandatory",
  why: "HTTP to a TLS port always fails. A redirect to HTTPS counts as healthy while the site behind it is dead, or as dead if the check searches its body for a string.",
  source: "H9, H10",
  remediationSteps:
    "Use an HTTPS type and port 443 if the endpoint serves HTTPS, and the port of a listener.",
  url: developerGuide("health-checks-creating-values"),
  types: [types.healthCheck],
  config: {},
  find: (stack) => [
    ...treeListenerUnknowns(stack),
    ...[...treeChecks(stack).keys()].flatMap((check): readonly Finding[] => {
      const port = check.kind === "endpoint" ? portOf(check) : undefined;
      if (check.kind !== "endpoint" || port === undefined) return [];
      const swapped = isTls(check.type) ? 80 : check.type === "TCP" ? undefined : 443;
      if (port === swapped) {
        const other = isTls(check.type) ? "HTTP" : "HTTPS";
        return [fault(check, `must not be the port of ${other} for type ${check.type}`, `${port}`)];
      }
      return serversOf(stack, check, types.loadBalancer).flatMap((balancer) =>
        balancerFindings(stack, check, balancer, port),
      );
    }),
  ],
});

/** The unknown listeners that the checks need, each once. */
function treeListenerUnknowns(stack: Stack): readonly Finding[] {
  const balancers = [...treeChecks(stack).keys()].flatMap((check) =>
    check.kind === "endpoint" ? serversOf(stack, check, types.loadBalancer) : [],
  );
  return [...new Set(balancers)]
    .flatMap((balancer) => listenersOf(stack, balancer))
    .flatMap((listener) => unknownsOf(listener, "port", "protocol"));
}

function fault(check: EndpointHealthCheck, must: string, got: string, so?: string): Finding {
  return violation(offenderOf(check), "port", {
    must,
    got,
    so: so ?? "the endpoint counts as dead from the start, and its tier is never used",
    remedy: "probe the port that customers use",
  });
}

function balancerFindings(
  stack: Stack,
  check: EndpointHealthCheck,
  balancer: Subject,
  port: number,
): readonly Finding[] {
  const listeners = listenersOf(stack, balancer);
  const known = listeners.filter((each) => unknownsOf(each, "port", "protocol").length === 0);
  if (known.length === 0) return [];
  const listener = known.find((each) => each.number("port") === port);
  if (!listener) {
    if (known.length < listeners.length) return [];
    const ports = known.map((each) => each.number("port", 0)).join(", ");
    return [fault(check, `must be a port that ${balancer.name} listens on: ${ports}`, `${port}`)];
  }
  const protocol = listener.text("protocol", "");
  const speaksTls = protocol === "HTTPS" || protocol === "TLS";
  if (check.type !== "TCP" && speaksTls && !isTls(check.type)) {
    return [
      fault(
        check,
        `must be probed over HTTPS, because ${listener.name} uses ${protocol}`,
        check.type,
      ),
    ];
  }
  if (isTls(check.type) && protocol === "HTTP") {
    return [
      fault(check, `must be probed over HTTP, because ${listener.name} uses HTTP`, check.type),
    ];
  }
  const actions = listener.unknownWhole("defaultActions") ? [] : listener.items("defaultActions");
  if (check.type === "TCP" || !actions.some((action) => redirects(action))) return [];
  return [
    fault(
      check,
      `must serve content, but ${listener.name} redirects`,
      `${check.type} to port ${port}`,
      redirectWords(check),
    ),
  ];
}

/** A redirect counts as healthy, unless the check searches its body, which lacks the marker (H9). */
function redirectWords({ type }: EndpointHealthCheck): string {
  return type === "HTTP_STR_MATCH" || type === "HTTPS_STR_MATCH"
    ? "the check searches the body of the redirect, which lacks its string, so the endpoint always counts as dead"
    : "the redirect counts as healthy while everything behind it is dead";
}

function redirects(action: { text(key: string): string | undefined }): boolean {
  return action.text("type") === "redirect";
}
