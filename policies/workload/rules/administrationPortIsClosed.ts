import ipaddr from "ipaddr.js";
import type { Fields, Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";

/** A port for the administration of machines or data. */
interface GuardedPort {
  readonly port: number;
  readonly service: string;
  readonly protocols: readonly ("tcp" | "udp")[];
}

const tcp = (port: number, service: string): GuardedPort => ({ port, service, protocols: ["tcp"] });

/** Ports for the administration of machines and data (IANA service names). */
const guardedPorts: readonly GuardedPort[] = [
  tcp(22, "SSH"),
  tcp(23, "Telnet"),
  tcp(445, "SMB"),
  tcp(1433, "SQL Server"),
  tcp(1521, "Oracle"),
  tcp(2375, "Docker"),
  tcp(2376, "Docker"),
  tcp(3306, "MySQL"),
  tcp(3389, "RDP"),
  tcp(5432, "PostgreSQL"),
  tcp(5439, "Redshift"),
  tcp(5900, "VNC"),
  tcp(5985, "WinRM"),
  tcp(5986, "WinRM"),
  tcp(6379, "Redis"),
  tcp(9200, "Elasticsearch"),
  tcp(9300, "Elasticsearch"),
  { port: 11211, service: "memcached", protocols: ["tcp", "udp"] },
  tcp(27017, "MongoDB"),
];

/** Protocols by their names and numbers, in lower case (IANA protocol numbers). */
const protocolNames: Readonly<Record<string, "tcp" | "udp" | "all">> = {
  "-1": "all",
  all: "all",
  tcp: "tcp",
  "6": "tcp",
  udp: "udp",
  "17": "udp",
};

/**
 * Prefix lengths below which a block is part of the internet and not one owner's network: the largest
 * blocks of one owner are IPv4 /8 and IPv6 /16 (IANA registries).
 */
const ownedPrefixMin = { ipv4: 8, ipv6: 16 };

/** Maximum number of ports that a message names; it counts the rest. */
const namedPortsMax = 3;

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
  const from = sources.flatMap((key) => rule.texts(key)).filter(isInternet);
  const open = openPorts(rule);
  if (from.length === 0 || open.length === 0) return [];
  return [
    violation(subject, rule.pathOf("fromPort"), {
      must: `must not open ${portWords(open)} to the internet`,
      got: from.join(" and "),
      so: "anyone on the internet can try passwords and known vulnerabilities there",
      remedy: "close it, and use Systems Manager",
    }),
  ];
}

function isInternet(block: string): boolean {
  if (!ipaddr.isValidCIDR(block)) return false;
  const [address, prefix] = ipaddr.parseCIDR(block);
  return prefix < ownedPrefixMin[address.kind()];
}

function openPorts(rule: Fields): readonly GuardedPort[] {
  const given = rule.text("ipProtocol") ?? rule.text("protocol", "-1");
  const protocol = protocolNames[given.toLowerCase()];
  if (protocol === undefined) return [];
  if (protocol === "all") return guardedPorts;
  const [first, last] = [rule.number("fromPort", 0), rule.number("toPort", 0)];
  return guardedPorts.filter(
    ({ port, protocols }) => protocols.includes(protocol) && first <= port && port <= last,
  );
}

function portWords(ports: readonly GuardedPort[]): string {
  const words = ports.map(({ port, service }) => `${port} (${service})`);
  const more = words.length - namedPortsMax;
  return more > 1
    ? `${words.slice(0, namedPortsMax).join(", ")} and ${more} more`
    : words.join(", ");
}
