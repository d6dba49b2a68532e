import type { Fields, Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";

/** Ports for the administration of machines and data (IANA service names). */
const ports: ReadonlyMap<number, string> = new Map([
  [22, "SSH"],
  [2375, "Docker"],
  [2376, "Docker"],
  [3306, "MySQL"],
  [3389, "RDP"],
  [5432, "PostgreSQL"],
  [5985, "WinRM"],
  [5986, "WinRM"],
  [6379, "Redis"],
  [11211, "memcached"],
]);

const everybody: readonly string[] = ["0.0.0.0/0", "::/0"];

/** The source property of each kind of rule. */
const sources: readonly string[] = ["cidrIpv4", "cidrIpv6", "cidrBlocks", "ipv6CidrBlocks"];

export const administrationPortIsClosed = resourceRule({
  name: "administration-port-is-closed",
  description: "No port for administration or data is open to the internet.",
  severity: "critical",
  level: "mandatory",
  why: "Attackers find such a port within minutes, and keep trying it.",
  source: "AWS Security Hub, EC2.13, EC2.14, EC2.19",
  remediationSteps:
    "Administer with Systems Manager, which needs no open port, and admit database clients by security group.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
  types: [types.securityGroup, types.securityGroupRule, types.securityGroupIngressRule],
  config: {},
  find: (subject): readonly Finding[] => {
    if (subject.type !== types.securityGroup) {
      const isEgress = !subject.unknownAt("type") && subject.text("type") === "egress";
      return isEgress ? [] : ruleFindings(subject, subject);
    }
    const whole = subject.unknownWhole("ingress");
    if (whole) return [unknown(subject, "ingress", reasonWord(whole))];
    return subject.items("ingress").flatMap((rule) => ruleFindings(subject, rule));
  },
});

function ruleFindings(subject: Subject, rule: Fields): readonly Finding[] {
  const needed = ["ipProtocol", "protocol", "fromPort", "toPort", ...sources];
  const hidden = needed.find((key) => rule.unknownAt(key) !== undefined);
  const reason = hidden === undefined ? undefined : rule.unknownAt(hidden);
  if (hidden !== undefined && reason !== undefined) {
    return [unknown(subject, rule.pathOf(hidden), reasonWord(reason))];
  }
  const from = sources.flatMap((key) => rule.texts(key)).filter((cidr) => everybody.includes(cidr));
  const open = openPorts(rule);
  if (from.length === 0 || open.length === 0) return [];
  return [
    violation(subject, rule.pathOf("fromPort"), {
      must: `must not open ${open.map((port) => `${port} (${ports.get(port) ?? ""})`).join(", ")} to the internet`,
      got: from.join(" and "),
      so: "anyone on the internet can try passwords and known vulnerabilities there",
      remedy: "close it, and use Systems Manager",
    }),
  ];
}

function openPorts(rule: Fields): readonly number[] {
  const protocol = rule.text("ipProtocol") ?? rule.text("protocol", "-1");
  if (protocol === "-1" || protocol === "all") return [...ports.keys()];
  if (protocol !== "tcp" && protocol !== "6") return [];
  const [first, last] = [rule.number("fromPort", 0), rule.number("toPort", 0)];
  return [...ports.keys()].filter((port) => first <= port && port <= last);
}
