import type { Fields, Subject } from "../fields";
import type { Finding } from "../finding";
import { reasonWord, unknown, unknownsOf, violation } from "../finding";
import type { Stack } from "../stack";
import { types } from "../types";

/**
 * Traffic that a network balancer passes through: plain on the HTTP port, TLS on the HTTPS port.
 */
const ports = { http: 80, https: 443 };

/** Security policies without TLS 1.0 and 1.1 (Elastic Load Balancing, security policies). */
const safePolicies = /-(TLS13-1-[23]|TLS-1-2|FS-1-2)-/;
/** The default policy of a listener (API:CreateListener). */
const policyDefault = "ELBSecurityPolicy-2016-08";

export const readable = "customers' data can be read and changed in transit";

/** The faults of a listener of an application or network balancer, and of its rules. */
export function listenerFindings(stack: Stack, listener: Subject): readonly Finding[] {
  const unknowns = unknownsOf(listener, "port", "protocol");
  if (unknowns.length > 0) return unknowns;
  if (isInternal(stack, listener)) return [];
  const protocol = listener.text("protocol", "HTTP");
  const port = listener.number("port", ports.http);
  if (protocol === "HTTPS" || protocol === "TLS") return policyFindings(listener);
  const isPlain =
    protocol === "HTTP" || (protocol === "TCP" && port === ports.http && !hasTls(stack, listener));
  if (!isPlain) return [];
  const whole = listener.unknownWhole("defaultActions");
  if (whole) return [unknown(listener, "defaultActions", reasonWord(whole))];
  const actions = listener.items("defaultActions");
  const isSafe = listener.has("defaultActions") && actions.every(isRedirectToTls);
  return isSafe
    ? ruleFindings(stack, listener)
    : [
        violation(listener, "protocol", {
          must: "must be HTTPS or TLS, or redirect to it",
          got: `${protocol} at port ${port}${actions.some(isRedirect) ? ", with a redirect to HTTP" : ""}`,
          so: readable,
          remedy: "give the listener a certificate, or redirect",
        }),
      ];
}

/** Whether only a private network reaches the balancer of a listener. */
function isInternal(stack: Stack, listener: Subject): boolean {
  const balancers = stack.follow(listener, "loadBalancerArn", types.loadBalancer);
  return (
    balancers.length > 0 &&
    balancers.every((one) => !one.unknownAt("internal") && one.flag("internal") === true)
  );
}

/** Rules that forward requests although their listener redirects. */
function ruleFindings(stack: Stack, listener: Subject): readonly Finding[] {
  return stack
    .referringTo(listener, types.listenerRule, "listenerArn")
    .filter((rule) => !rule.unknownWhole("actions"))
    .filter((rule) => rule.items("actions").some((action) => action.text("type") === "forward"))
    .map((rule) =>
      violation(rule, "actions", {
        must: "must not forward HTTP requests",
        got: `forward at ${listener.name}`,
        so: readable,
        remedy: "move the rule to the HTTPS listener",
      }),
    );
}

function isRedirect(action: Fields): boolean {
  return action.text("type") === "redirect";
}

/** By default, a redirect keeps the protocol of the request (API:RedirectActionConfig). */
function isRedirectToTls(action: Fields): boolean {
  if (!isRedirect(action)) return action.text("type") === "fixed-response";
  return action.object("redirect")?.text("protocol", "#{protocol}").toUpperCase() === "HTTPS";
}

function policyFindings(listener: Subject): readonly Finding[] {
  const unknowns = unknownsOf(listener, "sslPolicy");
  if (unknowns.length > 0) return unknowns;
  const policy = listener.text("sslPolicy");
  if (safePolicies.test(policy ?? policyDefault)) return [];
  return [
    violation(listener, "sslPolicy", {
      must: "must be a policy of TLS 1.2 or later",
      got: policy ?? `none, which means ${policyDefault}`,
      so: "an attacker can downgrade a client to a protocol with known attacks",
      remedy: "use ELBSecurityPolicy-TLS13-1-2-2021-06",
    }),
  ];
}

/** Whether the balancer of a listener also offers TLS; the servers then redirect to it. */
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

/** A finding if a classic balancer offers no TLS; if it does, the servers redirect to it. */
export function classicFindings(balancer: Subject): readonly Finding[] {
  const whole = balancer.unknownWhole("listeners");
  if (whole) return [unknown(balancer, "listeners", reasonWord(whole))];
  if (!balancer.unknownAt("internal") && balancer.flag("internal") === true) return [];
  const listeners = balancer.items("listeners").filter((one) => !one.unknownAt("lbProtocol"));
  const protocols = listeners.map((one) => one.text("lbProtocol", "").toUpperCase());
  const isPlain = protocols.includes("HTTP") && !protocols.some((one) => /^(HTTPS|SSL)$/.test(one));
  if (!isPlain) return [];
  return [
    violation(balancer, "listeners", {
      must: "must include one of HTTPS or SSL",
      got: protocols.join(", "),
      so: readable,
      remedy: "add one with a certificate, and let the servers redirect to it",
    }),
  ];
}
