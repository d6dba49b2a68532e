import type { Resource } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { textOf } from "../../routing/graph/values";
import type { AwsCall } from "./awsCall";
import { optionOf } from "./awsCall";
import { deletedCheck } from "./checkUpdate";
import type { Effect, PossibleChange, RunbookModel } from "./effect";
import { unchanged, unknownEffect } from "./effect";
import { hole } from "./shellText";

/** Operations that stop or delete what they name, and the options with the names. */
const stops: Readonly<Record<string, readonly string[]>> = {
  "ec2 stop-instances": ["instance-ids"],
  "ec2 terminate-instances": ["instance-ids"],
  "ec2 release-address": ["allocation-id", "public-ip"],
  "ec2 disassociate-address": ["association-id", "public-ip"],
  "autoscaling terminate-instance-in-auto-scaling-group": ["instance-id"],
  "autoscaling detach-instances": ["instance-ids"],
  "autoscaling delete-auto-scaling-group": ["auto-scaling-group-name"],
  "ecs delete-service": ["service"],
  "elbv2 delete-load-balancer": ["load-balancer-arn"],
  "elbv2 delete-listener": ["listener-arn"],
  "elbv2 delete-rule": ["rule-arn"],
  "elbv2 delete-target-group": ["target-group-arn"],
  "elbv2 deregister-targets": ["targets"],
  "elb delete-load-balancer": ["load-balancer-name"],
  "elb deregister-instances-from-load-balancer": ["instances"],
  "rds delete-db-instance": ["db-instance-identifier"],
  "rds stop-db-instance": ["db-instance-identifier"],
  "rds delete-db-cluster": ["db-cluster-identifier"],
  "rds stop-db-cluster": ["db-cluster-identifier"],
  "cloudfront delete-distribution": ["id"],
};
/** Operations that set how many there are: at 0 they stop what they name. */
const counts: Readonly<Record<string, readonly [name: string, ...counts: readonly string[]]>> = {
  "ecs update-service": ["service", "desired-count"],
  "autoscaling set-desired-capacity": ["auto-scaling-group-name", "desired-capacity"],
  "autoscaling update-auto-scaling-group": [
    "auto-scaling-group-name",
    "desired-capacity",
    "max-size",
  ],
};
/** Operations during which a database does not answer. */
const interrupts = /^rds (?:failover|switchover|reboot|promote|remove-from)-/;
/** Operations that start what only the account has. */
const starts =
  /^(?:lambda invoke|stepfunctions start-execution|ssm start-automation-execution|codepipeline start-pipeline-execution|codebuild start-build|codedeploy create-deployment|fis start-experiment|arc-zonal-shift (?:start|update)-\S+)$/;
/** Services whose resources serve. */
const services =
  /^(?:acm|apigateway|apigatewayv2|application-autoscaling|apprunner|autoscaling|cloudformation|cloudfront|cloudwatch|docdb|ec2|ecs|eks|elasticache|elasticbeanstalk|elb|elbv2|globalaccelerator|lambda|lightsail|network-firewall|rds|s3api|wafv2)$/;
/** Operations that make something else, or change nothing that serves. */
const beside =
  /^(?:create|copy|restore|start|run|register|attach|enable|import|add-tags|delete-tags|remove-tags|tag|untag|disable-alarm-actions|set-alarm-state|put-metric-data|put-object|put-bucket-(?:versioning|lifecycle|encryption|tagging|logging)|validate|continue|package|deregister-image|(?:delete|modify)-(?:db-|db-cluster-)?snapshot|delete-volume|delete-key-pair)(?:-|$)/;

/** What a call does to a resource that serves; undefined for one of nothing that serves. */
export function resourceEffect(call: AwsCall, subject: RunbookModel): Effect | undefined {
  const { service, operation } = call;
  const key = `${service} ${operation}`;
  const stopped = stoppedBy(key, call);
  if (stopped !== undefined) {
    return stopEffect(
      stopped.flatMap((option) => namesIn(call, option)),
      service,
      subject,
    );
  }
  if (starts.test(key)) return unknownEffect("not judged: what it starts is not in the model");
  if (!services.test(service) || beside.test(operation)) return undefined;
  const words = [...call.options.keys()].flatMap((one) => namesIn(call, one));
  const found = foundIn(words, subject, service);
  const names = found.map(({ name }) => name).join(", ");
  if (interrupts.test(key)) {
    return found.length === 0
      ? unknownEffect("the database is not in the model")
      : unknownEffect(
          "its connections end meanwhile: a check that needs it may fail, and customers move",
          names,
        );
  }
  const isWritten = !words.some((one) => one.includes(hole));
  return found.length === 0
    ? unknownEffect(
        `not judged: what ${operation} changes is not ${isWritten ? "in the model" : "written in the runbook"}`,
      )
    : unknownEffect(`what ${operation} does to the answers is not known`, names);
}

/** The options with the names of what a call stops; undefined if it stops nothing. */
function stoppedBy(key: string, call: AwsCall): readonly string[] | undefined {
  const [name, ...numbers] = counts[key] ?? [];
  const isNone = numbers.some((option) => optionOf(call, option) === "0");
  return name !== undefined && isNone ? [name] : stops[key];
}

/** The names in an option: words, or the members `Id` of structures. */
function namesIn({ options }: AwsCall, option: string): readonly string[] {
  return (options.get(option) ?? []).flatMap((word) => {
    const ids = [...word.matchAll(/\bId"?\s*[=:]\s*"?([^",}\]\s]+)/g)].map(([, id = ""]) => id);
    return ids.length > 0 ? ids : word.split(",");
  });
}

/** The types of services whose calls name resources as their property `name` does. */
const namedTypes: Readonly<Record<string, string>> = {
  autoscaling: awsTypes.autoScalingGroup,
  ecs: awsTypes.containerService,
  elb: awsTypes.classicBalancer,
};

/** The resources of the model with these names, ids, ARNs or addresses. */
export function foundIn(
  given: readonly string[],
  { model }: RunbookModel,
  service = "",
): readonly Resource[] {
  const wanted = new Set(given.filter((one) => one !== ""));
  const properties = [
    "arn",
    "identifier",
    "clusterIdentifier",
    "privateIp",
    "publicIp",
    "allocationId",
    "associationId",
    "bucket",
  ];
  const isNamed = (one: Resource): boolean =>
    one.type === namedTypes[service] && wanted.has(textOf(one, "name") ?? "");
  return model.graph.resources.filter(
    (one) =>
      one.type.startsWith("aws:") &&
      (isNamed(one) ||
        [one.id, one.name, one.urn, ...properties.map((property) => textOf(one, property))].some(
          (text) => text !== undefined && wanted.has(text),
        )),
  );
}

function stopEffect(given: readonly string[], service: string, subject: RunbookModel): Effect {
  const found = foundIn(given, subject, service);
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
  const lost = [...others, ...withoutListener(others, subject)];
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
    faults: lost.map(({ name, urn }) => ({ kind: "resource", name, urns: [urn] })),
    doubts: unshown.length === 0 ? [] : [`what else needs ${unshown.join(", ")} is not known`],
    names: records.flatMap((one) => textOf(one, "fqdn") ?? textOf(one, "name") ?? []),
    ...(harms[0] === undefined ? {} : { harm: harms[0] }),
  };
}

/** The balancers that take no connections any more, since all their listeners are among these resources. */
function withoutListener(
  gone: readonly Resource[],
  { model: { graph } }: RunbookModel,
): readonly Resource[] {
  return graph.ofType(awsTypes.loadBalancer).filter((balancer) => {
    const listeners = graph.referringTo(balancer, awsTypes.listener, "loadBalancerArn");
    return listeners.length > 0 && listeners.every((one) => gone.includes(one));
  });
}
