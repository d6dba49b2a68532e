import type { Resource } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { textOf } from "../../routing/graph/values";
import type { AwsCall } from "./awsCall";
import { deletedCheck } from "./checkUpdate";
import type { Effect, PossibleChange, RunbookModel } from "./effect";
import { unchanged, unknownEffect } from "./effect";
import { hole } from "./shellText";

/** Operations that stop or delete what they name, and the option with the names. */
const stops: Readonly<Record<string, string>> = {
  "ec2 stop-instances": "instance-ids",
  "ec2 terminate-instances": "instance-ids",
  "ec2 release-address": "allocation-id",
  "autoscaling terminate-instance-in-auto-scaling-group": "instance-id",
  "autoscaling delete-auto-scaling-group": "auto-scaling-group-name",
  "elbv2 delete-load-balancer": "load-balancer-arn",
  "elbv2 delete-listener": "listener-arn",
  "elbv2 delete-target-group": "target-group-arn",
  "elbv2 deregister-targets": "targets",
  "elb delete-load-balancer": "load-balancer-name",
  "elb deregister-instances-from-load-balancer": "instances",
  "rds delete-db-instance": "db-instance-identifier",
  "rds stop-db-instance": "db-instance-identifier",
  "rds delete-db-cluster": "db-cluster-identifier",
  "rds stop-db-cluster": "db-cluster-identifier",
  "cloudfront delete-distribution": "id",
};
/** Operations during which a database does not answer. */
const interrupts = /^rds (?:failover|switchover|reboot|promote|remove-from)-/;
/** Services whose resources the model has. */
const services =
  /^(?:ec2|elb|elbv2|rds|cloudfront|autoscaling|application-autoscaling|s3api|lambda|ecs|cloudwatch|apigateway|apigatewayv2|globalaccelerator|elasticache|wafv2)$/;
/** Operations that make something else, or change nothing that serves. */
const beside =
  /^(?:create|copy|restore|start|run|register|attach|enable|import|add-tags|delete-tags|remove-tags|tag|untag|disable-alarm-actions|set-alarm-state|put-metric-data|invoke)(?:-|$)/;
/** What a call does to a resource that serves; undefined for one of nothing that the model has. */
export function resourceEffect(call: AwsCall, subject: RunbookModel): Effect | undefined {
  const key = `${call.service} ${call.operation}`;
  const option = stops[key];
  if (option !== undefined) return stopEffect(namesIn(call, option), subject);
  if (!services.test(call.service) || beside.test(call.operation)) return undefined;
  const words = [...call.options.keys()].flatMap((one) => namesIn(call, one));
  const found = foundIn(words, subject);
  const names = found.map(({ name }) => name).join(", ");
  if (interrupts.test(key)) {
    return found.length === 0
      ? unknownEffect("the database is not in the model")
      : unknownEffect(
          "its connections end meanwhile: a check that needs it may fail, and customers move",
          names,
        );
  }
  return found.length === 0
    ? undefined
    : unknownEffect(`what ${call.operation} does to the answers is not known`, names);
}

/** The names in an option: words, or the members `Id` of structures. */
function namesIn({ options }: AwsCall, option: string): readonly string[] {
  return (options.get(option) ?? []).flatMap((word) => {
    const ids = [...word.matchAll(/\bId"?\s*[=:]\s*"?([^",}\]\s]+)/g)].map(([, id = ""]) => id);
    return ids.length > 0 ? ids : word.split(",");
  });
}

/** The resources of the model with these names, ids, ARNs or addresses. */
export function foundIn(given: readonly string[], { model }: RunbookModel): readonly Resource[] {
  const wanted = new Set(given.filter((one) => one !== ""));
  const properties = [
    "arn",
    "identifier",
    "clusterIdentifier",
    "privateIp",
    "publicIp",
    "allocationId",
    "bucket",
  ];
  return model.graph.resources.filter(
    (one) =>
      one.type.startsWith("aws:") &&
      [one.id, one.name, one.urn, ...properties.map((property) => textOf(one, property))].some(
        (text) => text !== undefined && wanted.has(text),
      ),
  );
}

function stopEffect(given: readonly string[], subject: RunbookModel): Effect {
  const found = foundIn(given, subject);
  if (found.length > 0) return { kind: "change", alternatives: [withoutResources(found, subject)] };
  return unknownEffect(
    given.length === 0 || given.some((one) => one.includes(hole))
      ? "what it stops is not written in the runbook"
      : `${given.join(", ")} is not in the model`,
  );
}

/** Types of which the model shows everything that depends on them. */
const shown: readonly string[] = [
  awsTypes.instance,
  awsTypes.loadBalancer,
  awsTypes.classicBalancer,
];

/** A model without some resources: records and checks are deleted, and everything else is lost. */
export function withoutResources(gone: readonly Resource[], subject: RunbookModel): PossibleChange {
  const records = gone.filter(({ type }) => type === awsTypes.record);
  const checks = gone.filter(({ type }) => type === awsTypes.healthCheck);
  const zones = gone.filter(({ type }) => type === awsTypes.zone);
  const others = gone.filter((one) => ![...records, ...checks, ...zones].includes(one));
  const unshown = others.filter(({ type }) => !shown.includes(type)).map(({ name }) => name);
  const harms = [
    ...(zones.length > 0 ? ["without its zone no name has an answer"] : []),
    ...checks.flatMap((check) => deletedCheck(check, subject).harm ?? []),
  ];
  return {
    ...unchanged(gone.map(({ name }) => name).join(", "), subject),
    resources:
      records.length === 0
        ? subject.resources
        : subject.resources.filter((one) => !records.includes(one)),
    faults: others.map(({ name, urn }) => ({ kind: "resource", name, urns: [urn] })),
    doubts: unshown.length === 0 ? [] : [`what else needs ${unshown.join(", ")} is not known`],
    names: records.flatMap((one) => textOf(one, "fqdn") ?? textOf(one, "name") ?? []),
    ...(harms[0] === undefined ? {} : { harm: harms[0] }),
  };
}
