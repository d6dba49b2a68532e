import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, unknownsOf, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";

export const balancerIsProtected = stackRule({
  name: "balancer-is-protected",
  description:
    "A balancer cannot be deleted by accident, drops malformed headers and logs its requests.",
  severity: "medium",
  level: "advisory",
  why: "A deleted balancer takes its DNS name with it, and records point to nothing until they are changed. Malformed headers are used for request smuggling. Without a log, there is no record of what failed.",
  source: "AWS Security Hub, ELB.4, ELB.5 and ELB.6",
  remediationSteps:
    "Set `enableDeletionProtection`, `dropInvalidHeaderFields` (application balancers) and `accessLogs`.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html",
  types: [types.loadBalancer, types.classicBalancer],
  config: {},
  find: (stack): readonly Finding[] =>
    stack
      .subjects(types.loadBalancer, types.classicBalancer)
      .flatMap((balancer) => balancerFindings(stack, balancer)),
});

/** A setting of a balancer: its state, and the consequence if it is off. */
interface Setting {
  readonly path: string;
  readonly state: "on" | "off" | "hidden";
  readonly so: string;
}

function balancerFindings(stack: Stack, balancer: Subject): readonly Finding[] {
  const unknowns = unknownsOf(balancer, "loadBalancerType");
  if (unknowns.length > 0) return unknowns;
  const settings = settingsOf(stack, balancer);
  const hidden = settings.filter(({ state }) => state === "hidden");
  const off = settings.filter(({ state }) => state === "off");
  const [first] = off;
  return [
    ...hidden.map(({ path }) => {
      const [property = path] = path.split(".");
      return unknown(balancer, path, reasonWord(balancer.unknownAt(property) ?? "computed"));
    }),
    ...(first
      ? [
          violation(balancer, first.path, {
            must: "must be true",
            got:
              off.length === 1
                ? "false"
                : `false, like ${off
                    .slice(1)
                    .map(({ path }) => path)
                    .join(" and ")}`,
            so: off.map(({ so }) => so).join(", and "),
            remedy: off.length === 1 ? "set it" : "set them",
          }),
        ]
      : []),
  ];
}

function settingsOf(stack: Stack, balancer: Subject): readonly Setting[] {
  if (balancer.type === types.classicBalancer) return [logsOf(balancer)];
  const kind = balancer.text("loadBalancerType", "application");
  const isApplication = kind === "application";
  return [
    flagOf(
      balancer,
      "enableDeletionProtection",
      "one update that renames or removes it deletes its DNS name",
    ),
    ...(isApplication
      ? [flagOf(balancer, "dropInvalidHeaderFields", "malformed headers reach the servers")]
      : []),
    // A network balancer logs only TLS.
    ...(isApplication || (kind === "network" && hasTls(stack, balancer)) ? [logsOf(balancer)] : []),
  ];
}

function flagOf(balancer: Subject, path: string, so: string): Setting {
  if (balancer.unknownAt(path)) return { path, state: "hidden", so };
  return { path, state: balancer.flag(path) === true ? "on" : "off", so };
}

function logsOf(balancer: Subject): Setting {
  const path = "accessLogs.enabled";
  const so = "there is no record of failed requests";
  const isHidden = balancer.unknownWhole("accessLogs") !== undefined;
  const logs = isHidden ? undefined : balancer.object("accessLogs");
  if (isHidden || logs?.unknownAt("enabled")) return { path, state: "hidden", so };
  // A classic balancer with a bucket logs by default.
  const isOn =
    logs?.flag("enabled") ?? (balancer.type === types.classicBalancer && logs?.has("bucket"));
  return { path, state: isOn === true ? "on" : "off", so };
}

function hasTls(stack: Stack, balancer: Subject): boolean {
  return stack
    .referringTo(balancer, types.listener, "loadBalancerArn")
    .some((listener) => !listener.unknownAt("protocol") && listener.text("protocol") === "TLS");
}
