import type { Fields, Subject } from "../fields";
import type { Stack } from "../stack";
import { types } from "../types";

/** The state of a port of a security group: open to the checkers, closed, or unknown. */
export type PortAccess = "open" | "closed" | "unknown";

/** Everyone, over either family, including the checkers (H19). */
const everybody: readonly string[] = ["0.0.0.0/0", "::/0"];

/** Private networks (RFC 1918, RFC 4193): no checker is in one. */
const privateBlock = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|fc|fd)/i;

/** The source of a permission. */
interface Permission {
  readonly cidrs: readonly string[];
  readonly prefixLists: readonly string[];
}

/** Whether the checkers can reach a TCP port through a security group. */
export function portAccessOf(stack: Stack, group: Subject, port: number): PortAccess {
  const verdicts = [
    ...stack
      .referringTo(group, types.securityGroupIngressRule, "securityGroupId")
      .map((rule) => ruleVerdict(rule, port, ["cidrIpv4", "cidrIpv6"], ["prefixListId"])),
    ...stack
      .referringTo(group, types.securityGroupRule, "securityGroupId")
      .filter((rule) => rule.unknownAt("type") !== undefined || rule.text("type") === "ingress")
      .map((rule) => legacyVerdict(rule, port)),
    ...inlineVerdicts(group, port),
  ];
  if (verdicts.includes("open")) return "open";
  return verdicts.includes("unknown") ? "unknown" : "closed";
}

const listProperties = [["cidrBlocks", "ipv6CidrBlocks"], ["prefixListIds"]] as const;

function inlineVerdicts(group: Subject, port: number): readonly PortAccess[] {
  if (group.unknownWhole("ingress")) return ["unknown"];
  return group.items("ingress").map((rule) => legacyVerdict(rule, port));
}

function legacyVerdict(rule: Fields, port: number): PortAccess {
  return ruleVerdict(rule, port, ...listProperties);
}

function ruleVerdict(
  rule: Fields,
  port: number,
  cidrProperties: readonly string[],
  prefixProperties: readonly string[],
): PortAccess {
  const ports = ["ipProtocol", "protocol", "fromPort", "toPort"];
  if ([...ports, ...cidrProperties].some((key) => rule.unknownAt(key))) return "unknown";
  if (!coversPort(rule, port)) return "closed";
  const permission: Permission = {
    cidrs: cidrProperties.flatMap((key) => rule.texts(key)),
    // A prefix list's id does not reveal its owner; the checkers' lists are recognized by name.
    prefixLists: prefixProperties.flatMap((key) => (rule.unknownAt(key) ? ["?"] : rule.texts(key))),
  };
  return sourceVerdict(permission);
}

function coversPort(rule: Fields, port: number): boolean {
  const protocol = (rule.text("ipProtocol") ?? rule.text("protocol", "-1")).toLowerCase();
  if (protocol === "-1" || protocol === "all") return true;
  if (protocol !== "tcp" && protocol !== "6") return false;
  return rule.number("fromPort", 0) <= port && port <= rule.number("toPort", 0);
}

function sourceVerdict({ cidrs, prefixLists }: Permission): PortAccess {
  if (cidrs.some((cidr) => everybody.includes(cidr)) || prefixLists.length > 0) return "open";
  // Single public blocks may or may not be the checkers' published ranges.
  return cidrs.some((cidr) => !privateBlock.test(cidr)) ? "unknown" : "closed";
}
