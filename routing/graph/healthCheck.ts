import { canonical } from "../domainName";
import type { EndpointCheckType, HealthCheck } from "../model";
import { checkerRegions } from "./checkerRegions";
import type { Resource, Value } from "./resource";
import { Unknown } from "./resource";
import { secretText } from "./secrets";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import {
  flagOf,
  hasUnknown,
  isGivenUnknown,
  isNotKnown,
  leaves,
  listOf,
  mustBeKnown,
  numberIn,
  numberOf,
  textOf,
  valueOf,
} from "./values";

/** Route 53's default values (API:HealthCheckConfig). */
const defaults = { intervalSeconds: 30, failureThreshold: 3 };

const endpointTypes: readonly string[] = [
  "HTTP",
  "HTTPS",
  "HTTP_STR_MATCH",
  "HTTPS_STR_MATCH",
  "TCP",
] satisfies readonly EndpointCheckType[];

const modelledTypes = [...endpointTypes, "CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];

const decisiveProperties = [
  "type",
  "ipAddress",
  "fqdn",
  "invertHealthcheck",
  "disabled",
  "requestInterval",
  "failureThreshold",
  "port",
  "childHealthchecks",
  "childHealthThreshold",
  "cloudwatchAlarmName",
  "insufficientDataHealthStatus",
  "routingControlArn",
];

/** A health check in the model; its identity is its URN. */
export function healthCheckOf(graph: StackGraph, resource: Resource): HealthCheck {
  const type = textOf(resource, "type") ?? "";
  const problems = [
    ...encryptedProblems(resource),
    ...flagProblems(resource),
    ...(type === "CALCULATED" || endpointTypes.includes(type)
      ? numberProblems(resource, type)
      : []),
    ...(modelledTypes.includes(type)
      ? []
      : [`${resource.name}: a check of type "${type}" is not modelled`]),
    ...(type === "CALCULATED"
      ? [...calculationProblems(resource), ...childProblems(graph, resource)]
      : []),
  ];
  const base = {
    id: resource.urn,
    label: resource.name,
    inverted: flagOf(resource, "invertHealthcheck"),
    disabled: flagOf(resource, "disabled"),
    ...(problems.length === 0 ? {} : { problems }),
  };
  if (type === "CALCULATED") {
    const children = childrenOf(graph, resource);
    return {
      ...base,
      kind: "calculated",
      children,
      healthThreshold: numberOf(resource, "childHealthThreshold") ?? children.length,
    };
  }
  if (type === "CLOUDWATCH_METRIC") {
    return { ...base, kind: "alarm", ...alarmOf(graph, resource) };
  }
  if (type === "RECOVERY_CONTROL") {
    const control = controlOf(graph, resource);
    return { ...base, kind: "recoveryControl", ...(control === undefined ? {} : { control }) };
  }
  return {
    ...base,
    kind: "endpoint",
    ...endpointOf(resource, type),
  };
}

/** These properties decide a check's status: while one is encrypted, the status is unknown. */
function encryptedProblems(resource: Resource): readonly string[] {
  const secret = decisiveProperties.filter((property) => isEncrypted(valueOf(resource, property)));
  if (secret.length === 0) return [];
  const are = secret.length === 1 ? "is" : "are";
  return [`${resource.name}: ${secret.join(" and ")} ${are} ${secretText(resource)}`];
}

const endpointNumbers = ["requestInterval", "failureThreshold", "port"];

/** Numbers that are none, or are not known: for either the default would be a guess. */
function numberProblems(resource: Resource, type: string): readonly string[] {
  const properties = type === "CALCULATED" ? ["childHealthThreshold"] : endpointNumbers;
  return properties.flatMap((property) => {
    const value = valueOf(resource, property) ?? null;
    if (value === null || value === "" || numberIn(value) !== undefined) return [];
    if (!hasUnknown(value)) {
      return [
        `${resource.name}.${property}: must be a number, got ${JSON.stringify(value)}; Route 53 refuses the check, so correct it`,
      ];
    }
    // A provider computes the default of an argument that is not given.
    return resource.inputs[property] === undefined || isEncrypted(value)
      ? []
      : [`${resource.name}.${property}: ${mustBeKnown}`];
  });
}

/** Flags that are given, and not known: either value would be a guess. */
function flagProblems(resource: Resource): readonly string[] {
  return ["invertHealthcheck", "disabled"]
    .filter((flag) => isGivenUnknown(resource, flag))
    .map((flag) => `${resource.name}.${flag}: ${mustBeKnown}`);
}

function isEncrypted(value: Value | undefined): boolean {
  return leaves(value).some((leaf) => leaf instanceof Unknown && leaf.reason === "encrypted");
}

/** Missing values without which the status of a calculated check cannot be computed (K1). */
function calculationProblems(resource: Resource): readonly string[] {
  const { name } = resource;
  const threshold = valueOf(resource, "childHealthThreshold") ?? null;
  return [
    ...(threshold === null
      ? [`${name}: it has no childHealthThreshold, and AWS documents no default; give it one`]
      : []),
    ...(listOf(resource, "childHealthchecks").includes(null)
      ? [`${name}: one of its childHealthchecks is null; name the check, or remove it`]
      : []),
  ];
}

function endpointOf(
  resource: Resource,
  type: string,
): Omit<
  Extract<HealthCheck, { kind: "endpoint" }>,
  "id" | "label" | "inverted" | "disabled" | "kind"
> {
  const ipAddress = textOf(resource, "ipAddress");
  const fullyQualifiedDomainName = canonicalText(textOf(resource, "fqdn"));
  const port = isUnsetPort(resource) ? undefined : numberOf(resource, "port");
  const path = textOf(resource, "resourcePath");
  const searchString = textOf(resource, "searchString");
  const regions = listOf(resource, "regions")
    .filter((region) => typeof region === "string")
    // Route 53 accepts no others.
    .filter((region) => checkerRegions.includes(region));
  return {
    type: type as EndpointCheckType,
    intervalSeconds: numberOf(resource, "requestInterval") ?? defaults.intervalSeconds,
    failureThreshold: numberOf(resource, "failureThreshold") ?? defaults.failureThreshold,
    byAddress:
      valueOf(resource, "ipAddress") !== undefined && valueOf(resource, "ipAddress") !== "",
    ...(textOf(resource, "endpointType") === "PRIVATE" ? { isPrivate: true } : {}),
    ...(ipAddress === undefined ? {} : { ipAddress }),
    ...(fullyQualifiedDomainName === undefined ? {} : { fullyQualifiedDomainName }),
    ...(port === undefined ? {} : { port }),
    ...(path === undefined ? {} : { path }),
    ...(searchString === undefined ? {} : { searchString }),
    ...(regions.length === 0 ? {} : { regions }),
  };
}

/**
 * Whether a check has a port of 0 that nobody declared: Pulumi's and Terraform's provider sends no 0, and reads
 * an absent port as 0 (terraform-provider-aws: internal/service/route53/health_check.go).
 */
export function isUnsetPort(resource: Resource): boolean {
  return numberOf(resource, "port") === 0 && numberIn(resource.inputs["port"]) !== 0;
}

function canonicalText(name: string | undefined): string | undefined {
  return name === undefined ? undefined : canonical(name);
}

/** The routing control of a check: its resource's name, else its ARN. */
function controlOf(graph: StackGraph, resource: Resource): string | undefined {
  const [control] = graph.follow(resource, "routingControlArn", [awsTypes.routingControl]);
  return control?.name ?? textOf(resource, "routingControlArn");
}

/** URNs of a calculated check's children; the bare id of a child outside the stack. */
function childrenOf(graph: StackGraph, resource: Resource): readonly string[] {
  const found = graph.follow(resource, "childHealthchecks", [awsTypes.healthCheck]);
  const children = listOf(resource, "childHealthchecks");
  const foreign = children.filter(
    (id): id is string =>
      typeof id === "string" && graph.byValue(id, [awsTypes.healthCheck]).length === 0,
  );
  // The engine does not pass the ids of resources to policies: there, the dependencies identify the
  // children.
  const missing = Math.max(0, children.length - found.length);
  return [...found.map(({ urn }) => urn), ...foreign.slice(0, missing)];
}

/** Children that are not known, and that no dependency shows. */
function childProblems(graph: StackGraph, resource: Resource): readonly string[] {
  const children = listOf(resource, "childHealthchecks");
  const isLeft = childrenOf(graph, resource).length < children.length && children.some(isNotKnown);
  return isLeft ? [`${resource.name}.childHealthchecks: ${mustBeKnown}`] : [];
}

function alarmOf(
  graph: StackGraph,
  resource: Resource,
): Pick<
  Extract<HealthCheck, { kind: "alarm" }>,
  "insufficientData" | "periodSeconds" | "evaluationPeriods"
> {
  const [alarm] = graph.follow(resource, "cloudwatchAlarmName", [awsTypes.metricAlarm]);
  const periodSeconds = alarm && numberOf(alarm, "period");
  const evaluationPeriods = alarm && numberOf(alarm, "evaluationPeriods");
  return {
    insufficientData: withoutData(resource, alarm),
    ...(periodSeconds === undefined ? {} : { periodSeconds }),
    ...(evaluationPeriods === undefined ? {} : { evaluationPeriods }),
  };
}

/**
 * The status without data. The alarm's own treatment of missing data comes first: with it, Route 53
 * sees data (K6).
 */
function withoutData(
  check: Resource,
  alarm: Resource | undefined,
): Extract<HealthCheck, { kind: "alarm" }>["insufficientData"] {
  const treated = alarm && textOf(alarm, "treatMissingData");
  if (treated === "breaching") return "Unhealthy";
  if (treated === "notBreaching") return "Healthy";
  const given = textOf(check, "insufficientDataHealthStatus");
  // LastKnownStatus is Route 53's default (API:InsufficientDataHealthStatus).
  return given === "Healthy" || given === "Unhealthy" ? given : "LastKnownStatus";
}
