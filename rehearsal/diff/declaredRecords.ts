import { isIP } from "node:net";
import { canonical, isWithin } from "../../routing/domainName";
import { isPublicAddress } from "../../routing/publicAddress";
import { unreadType } from "../../routing/model";
import type { RecordSet } from "../../routing/model";
import type { StackModel } from "../../routing/graph/stackModel";
import { policyWord } from "../story/tree";
import type { DeclaredChange } from "./declaredChange";
import { bothKeys, changeText, keyed } from "./declaredChange";

/** A record before and after; undefined where it is not there. */
interface RecordPair {
  readonly subject: string;
  readonly was: RecordSet | undefined;
  readonly is: RecordSet | undefined;
}

/** The records of both states by name, type and set identifier; of those left, those that are equal but for the latter. */
export function recordPairs(before: StackModel, after: StackModel): readonly RecordPair[] {
  const pairs = pairsByIdentity(before, after);
  const gone = new Set(pairs.filter(({ is }) => !is));
  const renamed = new Map<RecordPair, RecordPair>();
  for (const added of pairs.filter(({ was }) => !was)) {
    const like = [...gone].find((removed) => isRenamed(before, after, removed.was, added.is));
    if (!like) continue;
    gone.delete(like);
    renamed.set(added, like);
  }
  const paired = new Set(renamed.values());
  return pairs
    .filter((pair) => !paired.has(pair))
    .map((pair) => ({ ...pair, was: pair.was ?? renamed.get(pair)?.was }));
}

function isRenamed(
  before: StackModel,
  after: StackModel,
  was: RecordSet | undefined,
  is: RecordSet | undefined,
): boolean {
  return (
    was?.setIdentifier !== undefined &&
    is?.setIdentifier !== undefined &&
    was.name === is.name &&
    was.type === is.type &&
    recordDifferences("", [before, was], [after, is]).every(({ kind }) => kind === "identifier")
  );
}

function pairsByIdentity(before: StackModel, after: StackModel): readonly RecordPair[] {
  const identity = ({ name, type, setIdentifier }: RecordSet): string =>
    `${name} ${type}${setIdentifier === undefined ? "" : ` [${setIdentifier}]`}`;
  const [old, now] = [before, after].map(({ route53 }) => keyed(route53.dns.records, identity)) as [
    ReadonlyMap<string, RecordSet>,
    ReadonlyMap<string, RecordSet>,
  ];
  return bothKeys(old, now)
    .map((subject) => ({ subject, was: old.get(subject), is: now.get(subject) }))
    .filter(({ was, is }) => !isUnread(before, after, was ?? is, !was || !is));
}

/** A zone always has its own NS and SOA records, which not every source has. */
function isUnread(
  before: StackModel,
  after: StackModel,
  record: RecordSet | undefined,
  isOnOneSide: boolean,
): boolean {
  if (!record || !isOnOneSide || !["NS", "SOA"].includes(record.type)) return false;
  return [before, after].some(({ route53 }) =>
    route53.dns.zones?.some(({ name }) => name === record.name),
  );
}

/** The addresses that the internet cannot reach, of names whose addresses it could. */
export function newlyPrivate(
  before: StackModel,
  after: StackModel,
): readonly { readonly subject: string; readonly address: string }[] {
  const privateIn = ({ route53 }: StackModel, record: RecordSet | undefined): readonly string[] =>
    record?.target.kind === "values" &&
    ["A", "AAAA"].includes(record.type) &&
    route53.dns.zones?.find(({ id }) => id === record.zoneId)?.isPrivate === false
      ? record.target.values.filter((value) => isIP(value) !== 0 && !isPublicAddress(value))
      : [];
  return recordPairs(before, after).flatMap(({ subject, was, is }) => {
    const [address] = privateIn(after, is);
    return was && address !== undefined && privateIn(before, was).length === 0
      ? [{ subject, address }]
      : [];
  });
}

/** The records of both states that only one of them has, or that differ. */
export function changedRecords(before: StackModel, after: StackModel): ReadonlySet<RecordSet> {
  return new Set(
    recordPairs(before, after)
      .filter((pair) => pairChanges(before, after, pair).length > 0)
      .flatMap(({ was, is }) => [was, is])
      .filter((record) => record !== undefined),
  );
}

export function recordChanges(before: StackModel, after: StackModel): readonly DeclaredChange[] {
  return recordPairs(before, after).flatMap((pair) => {
    const kind = unprovableKind(before, after, pair);
    const changes = pairChanges(before, after, pair);
    return kind === undefined ? changes : changes.map((change) => ({ ...change, kind }));
  });
}

function pairChanges(
  before: StackModel,
  after: StackModel,
  { subject, was, is }: RecordPair,
): readonly DeclaredChange[] {
  if (was && is) return recordDifferences(subject, [before, was], [after, is]);
  const [record = is, word] = was ? [was, "removed"] : [is, "added"];
  const noun = record?.policy.kind === "failover" ? "tier" : "record";
  return [{ kind: "tier", what: `${noun} ${word}`, subject, resource: record?.label ?? subject }];
}

/** The kind of a change that no proof judges: of who answers, and of records that lead to no address. */
function unprovableKind(
  before: StackModel,
  after: StackModel,
  { was, is }: RecordPair,
): "authority" | "unjudged" | undefined {
  const record = is ?? was;
  if (!record || leadsToAddress(record)) return undefined;
  return changesAuthority(before, after, { was, is }) ? "authority" : "unjudged";
}

/** Whether other servers may answer for names after it, or resolvers may no longer trust the answers. */
function changesAuthority(
  before: StackModel,
  after: StackModel,
  { was, is }: Pick<RecordPair, "was" | "is">,
): boolean {
  const record = is ?? was;
  if (record?.type === "DS") return true;
  if (record?.type !== "NS") return false;
  if (was && is) return targetText([before, was]) !== targetText([after, is]);
  // A new delegation takes the names that the zone has there.
  return (
    was !== undefined || before.route53.dns.records.some(({ name }) => isWithin(name, record.name))
  );
}

/** Whether clients that connect to its name, or to one that leads there, can get it. */
function leadsToAddress({ name, type }: RecordSet): boolean {
  return ["A", "AAAA", unreadType].includes(type) || (type === "CNAME" && isHostName(name));
}

/** Whether clients may connect to a name: those with an underscore are for other uses (RFC 8552). */
export function isHostName(name: string): boolean {
  return !name.split(".").some((label) => label.startsWith("_"));
}

type ModelRecord = readonly [StackModel, RecordSet];

function recordDifferences(
  subject: string,
  before: ModelRecord,
  after: ModelRecord,
): readonly DeclaredChange[] {
  const texts = (read: (one: ModelRecord) => string): readonly [string, string] => [
    read(before),
    read(after),
  ];
  const rows: readonly (readonly [
    DeclaredChange["kind"],
    name: string,
    texts: readonly [string, string],
    unit?: string,
  ])[] = [
    [
      before[1].policy.kind === "weighted" && after[1].policy.kind === "weighted"
        ? "weight"
        : "role",
      "policy",
      texts(([, record]) => policyText(record)),
    ],
    ["check", "health check", texts(checkText)],
    ["evaluation", "evaluate target health", texts(([, record]) => evaluationText(record))],
    ["target", "target", texts(targetText)],
    ["ttl", "TTL", texts(([, record]) => ttlText(record)), "s"],
    ["identifier", "set identifier", texts(([, { setIdentifier = "" }]) => setIdentifier)],
  ];
  return rows.flatMap(([kind, name, [was, is], unit = ""]) =>
    was === is
      ? []
      : [{ kind, what: changeText(name, was, is, unit), subject, resource: after[1].label }],
  );
}

/** The words of a policy; those of a weight start with `weight`, and need no other name. */
function policyText(record: RecordSet): string {
  const { policy } = record;
  const word = policyWord(record);
  return policy.kind === "geoproximity" ? `${word}, bias ${policy.bias}` : word;
}

function checkText([{ route53 }, { checkId }]: ModelRecord): string {
  return checkId === undefined ? "none" : (route53.checks.get(checkId)?.label ?? checkId);
}

function evaluationText({ target }: RecordSet): string {
  return target.kind === "alias" ? (target.evaluateTargetHealth ? "on" : "off") : "";
}

function ttlText({ target }: RecordSet): string {
  return target.kind === "values" ? String(target.ttlSeconds) : "";
}

function targetText([model, record]: ModelRecord): string {
  const { target } = record;
  if (target.kind === "values") {
    // Their order means nothing.
    return target.values
      .map((value) => valueName(model, record, value))
      .sort()
      .join(", ");
  }
  const { target: to } = target;
  if (to.kind === "record") return to.name;
  return urnResourceName(model, to.id) ?? to.dnsName;
}

/** A value in the form in which it means the same: names without case and final dot, IPv6 without case. */
function comparable({ type }: RecordSet, value: string): string {
  switch (type) {
    case "AAAA":
      return value.toLowerCase();
    case "CNAME":
    case "NS":
    case "PTR":
      return canonical(value);
    case "MX":
    case "SRV":
      return value.replace(/\S+$/, canonical);
    default:
      return value;
  }
}

/** The resource at a value, which has another address in each evaluation; otherwise the value. */
export function valueName(model: StackModel, record: RecordSet, value: string): string {
  const urn = model.endpointOfValue(record, value)?.urn;
  return (urn === record.id ? undefined : urnResourceName(model, urn)) ?? comparable(record, value);
}

export function urnResourceName(
  { graph }: StackModel,
  urn: string | undefined,
): string | undefined {
  return urn === undefined ? undefined : graph.get(urn)?.name;
}
