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
  takesNoResource,
  unknownTypes,
} from "./actions";
import type { Operation } from "./actions";
import type { Deployed } from "./deployed";
import { gameDayStatements } from "./gameDayStatements";
import { boundaryOf, roleStatements } from "./roleStatements";
import { allow, documentsOf } from "./policyDocument";
import type { Condition, PolicyDocument, Statement } from "./policyDocument";
import { allOf, namesIn } from "./resourceArns";
import { taggedServices, taggedStatements } from "./taggedStatements";

/** Policies by what they are for, each in as many documents as it needs. */
export interface DeployerPolicies {
  /** Reads: `pulumi preview`, `refresh`, and `failover preflight`. */
  readonly preview: readonly PolicyDocument[];
  /** Changes; whoever has these needs those of the preview as well. */
  readonly update: readonly PolicyDocument[];
  /** Holding a game day: starting, watching and stopping experiments; none where there are no templates. */
  readonly gameDay: readonly PolicyDocument[];
  /** What no role of the stack may go beyond; none where it makes no role. */
  readonly boundary: readonly PolicyDocument[];
}

const changing: readonly Operation[] = ["create", "update", "delete"];

/** @throws InputError that names each type nobody has looked at */
export function deployerPolicies(deployed: Deployed): DeployerPolicies {
  const { resources, calls } = deployed;
  const types = resources.filter(({ custom }) => custom).map(({ type }) => type);
  const known = [...types, ...calls.map(({ token }) => token)];
  refuseUnknown(known);
  const of = (kinds: readonly Operation[]): readonly string[] =>
    sorted(known.flatMap((type) => kinds.flatMap((kind) => actionsOf(type)?.[kind] ?? [])));
  const reads = sorted([...of(["read"]), ...preflightActions]);
  // What a change reads once more is in the preview's policies already. Who may change the policy of a
  // bucket may read the bucket as well.
  const changes = of(changing).filter((action) => !reads.includes(action));
  const inBuckets = reads.filter((action) => action === "s3:GetObject");
  return {
    preview: documentsOf(readStatements(reads, deployed)),
    update: documentsOf([
      ...changeStatements([...changes, ...inBuckets], deployed),
      ...roleStatements(changes, resources),
    ]),
    gameDay: documentsOf(gameDayStatements(deployed)),
    boundary: documentsOf(boundaryOf(resources)),
  };
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

/** Services with ids that AWS gives and no tags, and of which others' things are read as well. */
const readAnywhere: ReadonlySet<string> = new Set(["iam", "organizations", "route53"]);

/**
 * Reads of what has a name are limited to it. What is found by a filter, or by an id, is not: what has lost
 * its tags is to be seen, too.
 */
function readStatements(actions: readonly string[], deployed: Deployed): readonly Statement[] {
  const withResource = actions.filter((action) => !takesNoResource.has(action));
  const isNamed = (action: string): boolean =>
    !action.includes(":Describe") &&
    !taggedServices.has(serviceOf(action)) &&
    !readAnywhere.has(serviceOf(action));
  const wide = withResource.filter((action) => !isNamed(action));
  return [
    ...allow(
      "ReadsWhatHasNoName",
      actions.filter((action) => takesNoResource.has(action)),
      ["*"],
    ),
    ...allow("ReadsAnywhere", wide, sorted(wide.map(serviceOf)).map(allOf)),
    ...byService(withResource.filter(isNamed)).flatMap(([service, own]) =>
      allow(`Reads${titled(service)}`, own, readable(service, deployed)),
    ),
  ];
}

/** What is read of a service, by name. */
function readable(service: string, { resources, calls }: Deployed): readonly string[] {
  if (service !== "ssm") return namesIn(service, resources);
  const names = calls.flatMap(({ args: { name } }) => (typeof name === "string" ? [name] : []));
  return sorted(
    names.filter((name) => name.startsWith("/")).map((name) => `arn:aws:ssm:*:*:parameter${name}`),
  );
}

/** Kinds of Route 53's: ids that AWS gives, without tags that IAM sees. */
const inRoute53: readonly (readonly [action: RegExp, kinds: readonly string[]])[] = [
  [/HealthCheck$/, ["healthcheck"]],
  [/TagsForResource$/, ["healthcheck", "hostedzone"]],
  [/DeleteQueryLoggingConfig$/, ["queryloggingconfig"]],
  [/HostedZone|KeySigningKey|CreateQueryLoggingConfig/, ["hostedzone"]],
];

/** Secrets that RDS makes for a database that manages its own password. */
const secretsOfRds = "arn:aws:secretsmanager:*:*:secret:rds!db-*";

/** All changes but those of roles. */
function changeStatements(actions: readonly string[], deployed: Deployed): readonly Statement[] {
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

function namedStatements(actions: readonly string[], deployed: Deployed): readonly Statement[] {
  const ofRecords = "route53:ChangeResourceRecordSets";
  const limited = actions.filter((action) => !takesNoResource.has(action) && action !== ofRecords);
  return [
    ...allow(
      "MakesWhatHasNoName",
      actions.filter((action) => takesNoResource.has(action)),
      ["*"],
    ),
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
 * Names and types of the records that a stack has. Names below another one are meant with it.
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

/** A service within an id of a statement, which has letters and digits. */
function titled(service: string): string {
  return service.charAt(0).toUpperCase() + service.slice(1);
}
