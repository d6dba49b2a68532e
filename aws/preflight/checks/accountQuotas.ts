import { globalRegion } from "../../../routing/globalRegion";
import { awsTypes } from "../../../routing/graph/types";
import type { Check, Place } from "../finding";
import { orCannotTell } from "../orCannotTell";
import { judge } from "./quotas";

/** Checks quotas that a service itself reports, together with their use. */
export const accountQuotas: Check = {
  name: "quotas",
  subject: "quotas of Route 53 and IAM",
  run: (place) =>
    Promise.all([
      orCannotTell("health checks of the account", async () => healthChecks(place)),
      orCannotTell("IAM roles of the account", async () => roles(place)),
      ...(place.needs.records.length === 0
        ? []
        : [orCannotTell("records in the hosted zone", async () => records(place))]),
    ]),
};

async function healthChecks(place: Place): ReturnType<typeof judged> {
  const route53 = await place.account.client("route53", globalRegion);
  const { Limit, Count } = await route53.getAccountLimit({ Type: "MAX_HEALTH_CHECKS_BY_OWNER" });
  return judged("health checks of the account", {
    applied: Limit?.Value,
    default: 200,
    inUse: Count ?? 0,
    adds: addsOf(place, awsTypes.healthCheck),
  });
}

async function roles(place: Place): ReturnType<typeof judged> {
  const iam = await place.account.client("iam", globalRegion);
  const { SummaryMap = {} } = await iam.getAccountSummary({});
  return judged("IAM roles of the account", {
    applied: SummaryMap["RolesQuota"],
    default: 1_000,
    inUse: SummaryMap["Roles"] ?? 0,
    adds: addsOf(place, "aws:iam/role:Role"),
  });
}

async function records(place: Place): ReturnType<typeof judged> {
  const [zone] = await place.hostedZones();
  const subject = `records in ${zone?.name ?? "the hosted zone"}`;
  const route53 = await place.account.client("route53", globalRegion);
  const { Limit, Count } = await route53.getHostedZoneLimit({
    HostedZoneId: zone?.id ?? "",
    Type: "MAX_RRSETS_BY_ZONE",
  });
  return judged(subject, {
    applied: Limit?.Value,
    default: 10_000,
    inUse: Count ?? 0,
    adds: addsOf(place, awsTypes.record),
  });
}

async function judged(
  subject: string,
  facts: Parameters<typeof judge>[2],
): Promise<ReturnType<typeof judge>> {
  return Promise.resolve(judge(subject, {}, facts));
}

/** Resources of a type in all stacks, minus those already deployed. */
function addsOf({ needs }: Place, type: string): number {
  const planned = [needs.graph, ...needs.beside].reduce(
    (sum, graph) => sum + graph.ofType(type).length,
    0,
  );
  return Math.max(0, planned - needs.deployed.ofType(type).length);
}
