import type { Resource } from "../../../routing/graph/resource";
import { awsTypes } from "../../../routing/graph/types";
import { flagOf, listOf, numberOf, textOf, valueOf } from "../../../routing/graph/values";
import type { StackModel } from "../../../routing/graph/stackModel";
import { millions } from "../queries";
import type { Charger } from "./charge";
import { charge, chargeBy, unknownCharge } from "./charge";

/** Free records of a zone. */
const freeRecords = 10_000;

/** A hosted zone, its records beyond the free ones, and the queries for its names. */
export const zoneCharges: Charger = (zone, { model, queries }) => {
  const beyond = model.graph.referringTo(zone, awsTypes.record, "zoneId").length - freeRecords;
  const own = [
    charge("hosted zone", 1),
    ...(beyond > 0 ? [charge("record beyond 10,000", beyond)] : []),
  ];
  if (listOf(zone, "vpcs").length > 0) return own;
  return [
    ...own,
    ...(askedZone(model) === zone ? [chargeBy("dns query", millions(queries.charged))] : []),
  ];
};

/**
 * The zone of the public names: the first by name that has records; absent if it is in no stack
 * here.
 */
export function askedZone({ graph }: StackModel): Resource | undefined {
  return [...graph.ofType(awsTypes.zone)]
    .sort((a, b) => (a.urn < b.urn ? -1 : 1))
    .find((zone) => graph.referringTo(zone, awsTypes.record, "zoneId").length > 0);
}

/** A health check with its options, at the price for AWS endpoints if it probes the stack's own. */
export const checkCharges: Charger = (check, { model }) => {
  const type = textOf(check, "type");
  if (type === undefined) return [unknownCharge("its type is not known")];
  if (type === "RECOVERY_CONTROL") return [unknownCharge("it follows a routing control")];
  if (type === "CALCULATED" || type === "CLOUDWATCH_METRIC") {
    return [charge("check of checks or an alarm", 1)];
  }
  const isOurs = watchesAws(model, check);
  const options = [
    type.startsWith("HTTPS"),
    type.endsWith("STR_MATCH"),
    numberOf(check, "requestInterval") === 10,
    flagOf(check, "measureLatency"),
  ].filter(Boolean).length;
  return [
    charge(isOurs ? "check of an AWS endpoint" : "check of another endpoint", 1),
    ...(options === 0
      ? []
      : [charge(`check option, ${isOurs ? "AWS" : "another"} endpoint`, options)]),
  ];
};

/** Types that can be behind an AWS address or name. */
const endpointTypes: readonly string[] = [
  awsTypes.elasticIp,
  awsTypes.instance,
  awsTypes.networkInterface,
  awsTypes.loadBalancer,
  awsTypes.distribution,
  awsTypes.bucket,
  awsTypes.bucketWebsite,
];

/** Whether the address or the name that a check probes belongs to resources of the stack. */
function watchesAws(model: StackModel, resource: Resource): boolean {
  const check = model.route53.checks.get(resource.urn);
  if (check?.kind !== "endpoint") return false;
  const property = check.byAddress ? "ipAddress" : "fqdn";
  if (model.graph.byValue(valueOf(resource, property), endpointTypes).length > 0) return true;
  if (model.graph.dependenciesOf(resource, property, endpointTypes).length > 0) return true;
  const name = check.fullyQualifiedDomainName;
  if (check.byAddress || name === undefined) return false;
  // A name of the stack's own zone: its target decides.
  const records = ["A", "AAAA"].flatMap((type) =>
    model.route53.group(name, type) ? model.route53.reachable(name, type) : [],
  );
  const leaves = records.flatMap((record) => model.answersOf(record));
  return leaves.length > 0 && leaves.every((answer) => isInStack(model, answer));
}

function isInStack(
  model: StackModel,
  answer: Parameters<StackModel["endpointOfAnswer"]>[0],
): boolean {
  const endpoint = model.endpointOfAnswer(answer);
  const type = endpoint && model.graph.get(endpoint.urn)?.type;
  return type !== undefined && endpointTypes.includes(type);
}
