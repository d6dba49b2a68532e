import { recordNameOf } from "../../routing/graph/recordName";
import { StackGraph } from "../../routing/graph/stackGraph";
import { awsTypes } from "../../routing/graph/types";
import { textOf } from "../../routing/graph/values";
import { InputError } from "../../routing/inputError";
import {
  actionsOf,
  preflightActions,
  serviceOf,
  sorted,
  statusActions,
  isForAllResources,
  unknownTypes,
} from "./actions";
import type { Operation } from "./actions";
import type { Deployed } from "./deployed";
import { gameDayStatements } from "./gameDayStatements";
import { gateReadStatements, gateStatements } from "./gateStatements";
import { boundaryOf, roleStatements } from "./roleStatements";
import { allow, documentsOf } from "./policyDocument";
import type { Condition, PolicyDocument, AllowStatement } from "./policyDocument";
import { allResourcesOf, namesIn } from "./resourceArns";
import { taggedServices, taggedStatements } from "./taggedStatements";

/** Policies by purpose, each split into as many documents as it needs. */
export interface DeployerPolicies {
  /** Reads: `pulumi preview`, `refresh`, and `failover preflight`. */
  readonly preview: readonly PolicyDocument[];
  /** Changes; they require the policies of the preview as well. */
  readonly update: readonly PolicyDocument[];
  /**
   * Holding a game day: starting, watching and stopping experiments; empty if there are no
   * templates.
   */
  readonly gameDay: readonly PolicyDocument[];
  /** `failover status`; empty for a project without health checks. */
  readonly status: readonly PolicyDocument[];
  /** `failover hold` and `release`; empty for a stack without a failback gate. */
  readonly gate: readonly PolicyDocument[];
  /** The upper limit for every role of the stack; empty if the stack makes no role. */
  readonly boundary: readonly PolicyDocument[];
}

const changing: readonly Operation[] = ["create", "update", "delete"];

/** @throws InputError that names each type without an entry in the table */
export function deployerPolicies(deployed: Deployed): DeployerPolicies {
  const { resources } = deployed;
  const known = typesIn(deployed);
  refuseUnknown(known);
  const of = (kinds: readonly Operation[]): readonly string[] =>
    sorted(known.flatMap((type) => kinds.flatMap((kind) => actionsOf(type)?.[kind] ?? [])));
  const reads = sorted([...of(["read"]), ...preflightActions]);
  // The preview's policies already allow the reads of a change. Changing the policy of a bucket
  // also requires reading the bucket.
  const changes = of(changing).filter((action) => !reads.includes(action));
  const inBuckets = reads.filter((action) => action === "s3:GetObject");
  return {
    preview: documentsOf(readStatements(reads, deployed)),
    update: documentsOf([
      ...changeStatements([...changes, ...inBuckets], deployed),
      ...roleStatements(changes, resources),
    ]),
    gameDay: documentsOf(gameDayStatements(deployed)),
    status: documentsOf(statusStatements(deployed)),
    gate: documentsOf(gateStatements(deployed)),
    boundary: documentsOf(boundaryOf(resources)),
  };
}

/** The types of the resources, and the functions called. */
export function typesIn({ resources, calls }: Deployed): readonly string[] {
  const types = resources.filter(({ custom }) => custom).map(({ type }) => type);
  return [...types, ...calls.map(({ token }) => token)];
}

function refuseUnknown(types: readonly string[]): void {
  const unknown = unknownTypes(types);
  if (unknown.length === 0) return;
  throw new InputError(
    unknown.map(
      (type) =>
        `aws/permissions/providerCalls.ts: must have a line for every type, got none for ${type}; add what the provider calls for it`,
    ),
  );
}

function statusStatements(deployed: Deployed): readonly AllowStatement[] {
  if (!deployed.resources.some(({ type }) => type === awsTypes.healthCheck)) return [];
  return [...readStatements(statusActions, deployed), ...gateReadStatements(deployed)];
}

/**
 * Services whose ids AWS assigns and which have no tags. Resources of other stacks are read as
 * well.
 */
const readAnywhere: ReadonlySet<string> = new Set(["iam", "organizations", "route53"]);

/**
 * Reads of a resource with a name are limited to that name. Reads by a filter or by an id are not,
 * so that a resource that has lost its tags is still found.
 */
function readStatements(actions: readonly string[], deployed: Deployed): readonly AllowStatement[] {
  const withResource = actions.filter((action) => !isForAllResources(action));
  const isNamed = (action: string): boolean =>
    !action.includes(":Describe") &&
    !taggedServices.has(serviceOf(action)) &&
    !readAnywhere.has(serviceOf(action));
  const wide = withResource.filter((action) => !isNamed(action));
  return [
    ...allow("ReadsWhatHasNoName", actions.filter(isForAllResources), ["*"]),
    ...allow("ReadsAnywhere", wide, sorted(wide.map(serviceOf)).map(allResourcesOf)),
    ...byService(withResource.filter(isNamed)).flatMap(([service, own]) =>
      allow(`Reads${titled(service)}`, own, readable(service, deployed)),
    ),
  ];
}

/** The resources of a service that are read, by name. */
function readable(service: string, { resources, calls }: Deployed): readonly string[] {
  if (service !== "ssm") return namesIn(service, resources);
  const names = calls.flatMap(({ args: { name } }) => (typeof name === "string" ? [name] : []));
  return sorted(
    names.filter((name) => name.startsWith("/")).map((name) => `arn:aws:ssm:*:*:parameter${name}`),
  );
}

/** Resource kinds of Route 53: AWS assigns their ids, and IAM sees no tags of theirs. */
const inRoute53: readonly (readonly [action: RegExp, kinds: readonly string[]])[] = [
  [/HealthCheck$/, ["healthcheck"]],
  [/TagsForResource$/, ["healthcheck", "hostedzone"]],
  [/DeleteQueryLoggingConfig$/, ["queryloggingconfig"]],
  [/HostedZone|KeySigningKey|CreateQueryLoggingConfig/, ["hostedzone"]],
];

/** Secrets that RDS creates for a database that manages its own password. */
const secretsOfRds = "arn:aws:secretsmanager:*:*:secret:rds!db-*";

/** All changes except those of roles. */
function changeStatements(
  actions: readonly string[],
  deployed: Deployed,
): readonly AllowStatement[] {
  const looks = actions.filter((action) => action.includes(":Describe"));
  const others = actions.filter((one) => serviceOf(one) !== "iam" && !looks.includes(one));
  const tagged = others.filter((action) => taggedServices.has(serviceOf(action)));
  const named = others.filter((action) => !taggedServices.has(serviceOf(action)));
  return [
    ...allow("LooksAround", looks, ["*"]),
    ...taggedStatements(tagged, deployed),
    ...namedStatements(named, deployed),
  ];
}

function namedStatements(
  actions: readonly string[],
  deployed: Deployed,
): readonly AllowStatement[] {
  const ofRecords = "route53:ChangeResourceRecordSets";
  const limited = actions.filter((action) => !isForAllResources(action) && action !== ofRecords);
  return [
    ...allow("MakesWhatHasNoName", actions.filter(isForAllResources), ["*"]),
    ...byService(limited).flatMap(([service, own]) =>
      allow(`Changes${titled(service)}`, own, changeable(service, own, deployed)),
    ),
    ...allow(
      "ChangesItsRecords",
      actions.filter((action) => action === ofRecords),
      ["arn:aws:route53:::hostedzone/*"],
      recordsOf(deployed),
    ),
  ];
}

function changeable(
  service: string,
  actions: readonly string[],
  { resources }: Deployed,
): readonly string[] {
  if (service === "secretsmanager") return [...namesIn(service, resources), secretsOfRds];
  if (service !== "route53") return namesIn(service, resources);
  const kinds = inRoute53.filter(([kind]) => actions.some((action) => kind.test(action)));
  return sorted(kinds.flatMap(([, all]) => all.map((one) => `arn:aws:route53:::${one}/*`)));
}

/**
 * Names and types of a stack's records. A name includes the names below it.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-rrset-conditions.html
 */
function recordsOf({ resources }: Deployed): Condition {
  const graph = new StackGraph(resources);
  const records = graph.ofType(awsTypes.record);
  const names = sorted(records.flatMap((record) => recordNameOf(graph, record) ?? []));
  const tops = names.filter((name) => !names.some((other) => isBelow(name, other)));
  const patterns = tops.flatMap((top) =>
    names.some((name) => isBelow(name, top)) ? [top, `*.${top}`] : [top],
  );
  return {
    "ForAllValues:StringLike": {
      "route53:ChangeResourceRecordSetsNormalizedRecordNames": patterns,
    },
    "ForAllValues:StringEquals": {
      "route53:ChangeResourceRecordSetsRecordTypes": sorted(
        records.flatMap((record) => textOf(record, "type") ?? []),
      ),
    },
  };
}

function isBelow(name: string, other: string): boolean {
  return name.endsWith(`.${other}`);
}

function byService(actions: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  return sorted(actions.map(serviceOf)).map((service) => [
    service,
    actions.filter((action) => serviceOf(action) === service),
  ]);
}

/** The name of a service as part of a statement's id, which consists of letters and digits. */
function titled(service: string): string {
  return service.charAt(0).toUpperCase() + service.slice(1);
}
