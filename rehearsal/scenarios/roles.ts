import { decidersOf } from "../../routing/graph/everyFault";
import type { Fault } from "../../routing/graph/faults";
import { leaderOf } from "../../routing/graph/leader";
import type { Resource } from "../../routing/graph/resource";
import type { PlacedAnswer, StackModel } from "../../routing/graph/stackModel";
import { awsTypes } from "../../routing/graph/types";
import { modelGateOf } from "../simulation/modelGate";
import { isStaticPage } from "../staticPage";

/** Roles that exist in any stack, so that one scenario fits all stacks. */
export const roles = [
  "@zone",
  "@otherZone",
  "@region",
  "@standby",
  "@database",
  "@page",
  "@alarms",
  "@latch",
  "@latch=healthy",
  "@orders",
] as const;
export type Role = (typeof roles)[number];

/** What a role is, for a message about a name that has nothing in it. */
export const roleWords: Readonly<Record<Role, string>> = {
  "@zone": "a known availability zone that serves it",
  "@otherZone": "a known second availability zone in its region",
  "@region": "a known region that serves it",
  "@standby": "a known region that takes over",
  "@database": "a database",
  "@page": "a static page",
  "@alarms": "alarms that its checks follow",
  "@latch": "a failback gate",
  "@latch=healthy": "a failback gate",
  "@orders": "a failback gate that waits for orders",
};

export function isRole(name: string): name is Role {
  return (roles as readonly string[]).includes(name);
}

/** The faults of the resources in each role; empty if the stack has no such resource. */
export type RoleFaults = Readonly<Record<Role, readonly Fault[]>>;

/** The resources in each role for a name: those that serve it while all is well, and those that take over. */
export function roleFaultsOf(model: StackModel, name: string, type: string): RoleFaults {
  const [asker] = model.askersOf(name, type);
  const leader = (faults: readonly Fault[]): Partial<PlacedAnswer> =>
    leaderOf(model.under(faults).resolve(name, type, asker).answers) ?? {};
  const placed = (kind: "availabilityZone" | "region", place: string | undefined): Fault[] =>
    place === undefined ? [] : [{ kind, name: place }];
  const first = leader([]);
  const zone = placed("availabilityZone", first.availabilityZone);
  const next = leader(zone);
  const region = placed("region", first.region);
  const standby = leader(region);
  const records = model.route53.reachable(name, type);
  const resources = (urns: readonly string[]): Fault[] =>
    [...new Set(urns)].map((urn) => ({
      kind: "resource",
      name: (model.graph.get(urn) as Resource).name,
      urns: [urn],
    }));
  const databases = first.target === undefined ? [] : model.reliance.databasesOf(first.target);
  const pages = records.filter(isStaticPage).flatMap((record) => model.endpointsOf(record));
  const alarms = decidersOf(model, name, type).checks.flatMap(({ id }) => {
    const check = model.graph.get(id) as Resource;
    return model.graph.follow(check, "cloudwatchAlarmName", [awsTypes.metricAlarm]);
  });
  return {
    "@zone": zone,
    "@otherZone":
      next.region === first.region && next.availabilityZone !== first.availabilityZone
        ? placed("availabilityZone", next.availabilityZone)
        : [],
    "@region": region,
    "@standby": standby.region === first.region ? [] : placed("region", standby.region),
    "@database": resources(databases.slice(0, 1)),
    "@page": resources(pages.map(({ urn }) => urn)),
    "@alarms": resources(alarms.map(({ urn }) => urn)),
    ...gateRoles(model),
  };
}

/** The check of a gate's latch, and the checks of waiting orders, which its release waits for. */
function gateRoles(model: StackModel): Pick<RoleFaults, "@latch" | "@latch=healthy" | "@orders"> {
  const gate = modelGateOf(model);
  const checks = (ids: readonly string[]): Fault[] =>
    ids.map((id) => ({
      kind: "check",
      name: `check:${model.route53.checks.get(id)?.label ?? id}`,
      urns: [id],
    }));
  const orders = Object.entries(gate?.signalNames ?? {}).flatMap(([signal, name]) =>
    signal.startsWith("orders-")
      ? model.route53.rootOf(name, "TXT").flatMap(({ checkId }) => checkId ?? [])
      : [],
  );
  const latch = checks(gate ? [gate.latchId] : []);
  const healthyLatch = latch.map((fault): Fault => ({
    ...fault,
    ...{ name: `${fault.name}=healthy`, says: "healthy" },
  }));
  return { "@latch": latch, "@latch=healthy": healthyLatch, "@orders": checks(orders) };
}
