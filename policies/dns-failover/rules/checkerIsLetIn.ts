import type { EndpointHealthCheck } from "../../../routing/model";
import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { unknown, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";
import { portOf } from "../checks";
import type { PortAccess } from "../ingress";
import { portAccessOf } from "../ingress";
import { serversOf } from "../reach";
import { developerGuide } from "../route53";
import { treeChecks } from "../trees";

/** The security group property of each kind of server. */
const groupProperties: Readonly<Record<string, string>> = {
  [types.instance]: "vpcSecurityGroupIds",
  [types.networkInterface]: "securityGroups",
  [types.loadBalancer]: "securityGroups",
};

export const checkerIsLetIn = stackRule({
  name: "checker-is-let-in",
  description: "The security group of an endpoint admits the checkers to the port that they probe.",
  severity: "high",
  level: "mandatory",
  why: "A blocked checker finds a healthy endpoint dead: the failover is immediate and permanent.",
  source: "H19; re:Post route-53-fix-unhealthy-health-checks",
  remediationSteps:
    "Allow the port from 0.0.0.0/0, or from the prefix list com.amazonaws.<region>.route53-healthchecks.",
  url: developerGuide("dns-failover-router-firewall-rules"),
  types: [types.healthCheck],
  config: {},
  find: (stack) =>
    [...doorsOf(stack).values()].flatMap((door): readonly Finding[] => doorFindings(stack, door)),
});

/** A port behind a set of security groups, with its servers and checks. */
interface Door {
  readonly groups: readonly Subject[];
  readonly port: number;
  readonly servers: Set<Subject>;
  readonly checks: Set<EndpointHealthCheck>;
}

/** The ports that the trees' checks probe, each once. */
function doorsOf(stack: Stack): ReadonlyMap<string, Door> {
  const doors = new Map<string, Door>();
  for (const check of treeChecks(stack).keys()) {
    const port = check.kind === "endpoint" ? portOf(check) : undefined;
    if (check.kind !== "endpoint" || port === undefined) continue;
    for (const server of serversOf(stack, check, ...Object.keys(groupProperties))) {
      const property = groupProperties[server.type] ?? "";
      const groups = stack.follow(server, property, types.securityGroup);
      // A network balancer may have no group; other servers have at least the network's default group.
      const isBare = groups.length === 0 && !server.has(property);
      if (isBare && server.type === types.loadBalancer) continue;
      const behind = groups.length > 0 ? groups.map(({ urn }) => urn).join(" ") : server.urn;
      const key = `${behind} ${port}`;
      const door = doors.get(key) ?? { groups, port, servers: new Set(), checks: new Set() };
      door.servers.add(server);
      door.checks.add(check);
      doors.set(key, door);
    }
  }
  return doors;
}

function doorFindings(stack: Stack, { groups, port, servers, checks }: Door): readonly Finding[] {
  const who = [...servers].map(({ name }) => name).join(" and ");
  const [group] = groups;
  const [server] = servers;
  if (!group) {
    const why = `its security groups are outside this stack, so whether they admit the checkers to port ${port} is not checked`;
    return server ? [unknown(server, groupProperties[server.type] ?? "", why)] : [];
  }
  const verdicts = groups.map((each): PortAccess => portAccessOf(stack, each, port));
  if (verdicts.includes("open")) return [];
  if (verdicts.includes("unknown")) {
    const why = `whether it admits the checkers to port ${port} of ${who} cannot be determined`;
    return [unknown(group, "ingress", why)];
  }
  const asking = [...checks].map(({ label }) => label).join(", ");
  return [
    violation(group, "ingress", {
      must: `must admit the checkers to port ${port}, which ${asking} probe`,
      got: "no such rule",
      so: `${who} count as dead from the start, and are never used`,
      remedy: `allow TCP ${port} from 0.0.0.0/0 or from the checkers' prefix list`,
    }),
  ];
}
