import { alarmStates } from "../aws/alarmStates";
import { listed, query, readRoute53 } from "../aws/readAws";
import type { Aws, QueryService } from "../aws/readAws";
import { elementsAt, textAt } from "../aws/xml";
import type { XmlElement } from "../aws/xml";
import type {
  RegionObservation,
  SeenAlarm,
  SeenCheck,
  SeenGroup,
  SeenInstance,
} from "./observation";
import type { BakeEvent, BakeSettings } from "./settings";

const autoScaling: QueryService = { name: "autoscaling", version: "2011-01-01" };
const ec2: QueryService = { name: "ec2", version: "2016-11-15" };

/** The latest refreshes of a group; the relevant one is the first or second. */
const refreshesPerCall = "10";

/** The name servers that a zone is delegated to, in public DNS. */
export type FindNameServers = (zoneName: string) => Promise<readonly string[]>;

/**
 * One poll of the region.
 *
 * @throws Error when any AWS call fails
 */
export async function observe(
  { groups, instances }: BakeEvent,
  { alarms, checks, zone }: BakeSettings,
  aws: Aws,
  findNameServers: FindNameServers,
): Promise<RegionObservation> {
  const seenChecks: SeenCheck[] = [];
  // Sequentially: Route 53 permits five calls per second per account.
  for (const check of checks) seenChecks.push(await lookAtCheck(check, aws));
  return {
    groups: await lookAtGroups(groups, aws),
    instances: await lookAtInstances(instances, aws),
    alarms: await lookAtAlarms(alarms, aws),
    checks: seenChecks,
    isDelegated:
      !checks.some(({ isByName }) => isByName) || (await isDelegated(zone, findNameServers)),
  };
}

async function lookAtGroups(groups: BakeEvent["groups"], aws: Aws): Promise<readonly SeenGroup[]> {
  if (groups.length === 0) return [];
  const answer = await query(
    autoScaling,
    "DescribeAutoScalingGroups",
    listed(
      "AutoScalingGroupNames",
      groups.map(({ name }) => name),
    ),
    aws,
  );
  const path = ["DescribeAutoScalingGroupsResult", "AutoScalingGroups", "member"] as const;
  const found = new Map(
    elementsAt(answer, ...path).map((group) => [textAt(group, "AutoScalingGroupName"), group]),
  );
  return Promise.all(
    groups.map(async ({ name, templateVersion }) => {
      const group = found.get(name);
      if (group === undefined) return { name, templateVersion, members: [] };
      const refresh = await latestRefresh(name, templateVersion, aws);
      return {
        name,
        templateVersion,
        instancesMin: Number(textAt(group, "MinSize")),
        members: elementsAt(group, "Instances", "member").map(memberOf).filter(isStaying),
        ...(refresh ? { refresh } : {}),
      };
    }),
  );
}

type Member = SeenGroup["members"][number];

function memberOf(instance: XmlElement): Member {
  return {
    id: textAt(instance, "InstanceId") ?? "",
    templateVersion: textAt(instance, "LaunchTemplate", "Version") ?? "",
    lifecycle: textAt(instance, "LifecycleState") ?? "",
    isHealthy: textAt(instance, "HealthStatus") === "Healthy",
  };
}

/** Replaced instances terminate slowly, with at least 30 s of deregistration. */
function isStaying({ lifecycle }: Member): boolean {
  return !lifecycle.startsWith("Terminat");
}

/** The answer starts with the latest. A refresh to another version says nothing about this one. */
async function latestRefresh(
  name: string,
  templateVersion: string,
  aws: Aws,
): Promise<SeenGroup["refresh"]> {
  const answer = await query(
    autoScaling,
    "DescribeInstanceRefreshes",
    { AutoScalingGroupName: name, MaxRecords: refreshesPerCall },
    aws,
  );
  const path = ["DescribeInstanceRefreshesResult", "InstanceRefreshes", "member"] as const;
  const refresh = elementsAt(answer, ...path).find(
    (one) => textAt(one, "DesiredConfiguration", "LaunchTemplate", "Version") === templateVersion,
  );
  return refresh
    ? { status: textAt(refresh, "Status") ?? "", reason: textAt(refresh, "StatusReason") ?? "" }
    : undefined;
}

async function lookAtInstances(ids: readonly string[], aws: Aws): Promise<readonly SeenInstance[]> {
  if (ids.length === 0) return [];
  const answer = await query(
    ec2,
    "DescribeInstanceStatus",
    { IncludeAllInstances: "true", ...listed("InstanceId", ids, "") },
    aws,
  );
  const found = elementsAt(answer, "instanceStatusSet", "item");
  return ids.map((id) => {
    const instance = found.find((one) => textAt(one, "instanceId") === id);
    return {
      id,
      state: (instance && textAt(instance, "instanceState", "name")) ?? "missing",
      statuses: instance
        ? ["systemStatus", "instanceStatus"].flatMap((kind) =>
            elementsAt(instance, kind, "status").map(({ text }) => text),
          )
        : [],
    };
  });
}

async function lookAtAlarms(names: readonly string[], aws: Aws): Promise<readonly SeenAlarm[]> {
  const states = await alarmStates(names, aws, ["Metric"]);
  return names.map((name) => ({
    name,
    state: (states.get(name) ?? "missing") as SeenAlarm["state"],
  }));
}

/** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHealthCheckStatus.html */
async function lookAtCheck(
  { name, id, isByName }: BakeSettings["checks"][number],
  aws: Aws,
): Promise<SeenCheck> {
  const path = `/2013-04-01/healthcheck/${id}/status`;
  const answer = await readRoute53("GetHealthCheckStatus", path, aws);
  const reports = elementsAt(
    answer,
    "HealthCheckObservations",
    "HealthCheckObservation",
    "StatusReport",
    "Status",
  );
  const content = reports.filter(({ text }) => text.startsWith("Success"));
  return { name, isByName, reports: reports.length, content: content.length };
}

/** DNS response codes for a zone that does not exist, or has no name servers. */
const nowhere: readonly unknown[] = ["ENOTFOUND", "ENODATA"];

/**
 * Whether the parent delegates to the zone, with at least one of its name servers. If the resolver
 * fails, the answer is yes, so that no check is skipped because of it.
 */
async function isDelegated(
  { name, nameServers }: BakeSettings["zone"],
  findNameServers: FindNameServers,
): Promise<boolean> {
  try {
    const found = await findNameServers(name);
    return found.some((server) => nameServers.includes(server.toLowerCase().replace(/\.$/, "")));
  } catch (error) {
    return !nowhere.includes((error as Partial<NodeJS.ErrnoException>).code);
  }
}
