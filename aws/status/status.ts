import type { HealthCheck } from "@aws-sdk/client-route-53";
import { locationOfRegion } from "../../routing/asker";
import type { Asker } from "../../routing/asker";
import { canonical } from "../../routing/domainName";
import type { FaultState } from "../../routing/graph/stackModel";
import { StackModel } from "../../routing/graph/stackModel";
import { awsTypes } from "../../routing/graph/types";
import { gateKeys } from "../../routing/gateNames";
import { InputError } from "../../routing/inputError";
import type { AwsAnswer } from "../../sources/aws/answers";
import { itemsIn } from "../../sources/aws/answers";
import type { ReportedCheck } from "../../sources/aws/present";
import { reportedChecks } from "../../sources/aws/present";
import { readAnswers } from "../../sources/aws/readAnswers";
import { itemsOf, memberOf, textIn } from "../../sources/fields";
import { AwsError, credentialFault, whyUnknown } from "../awsError";
import type { Caller } from "../caller";
import { askCaller, orCredentialFault } from "../caller";
import type { Account } from "../clients";
import { globalRegion } from "../clients";
import type { FetchText, RegionBacklog } from "../gate/backlog";
import { backlogsOf } from "../gate/backlog";
import type { GateLocation, GateOwnerStack } from "../gate/gateLocation";
import { accountOfExport, gateIn, gateOutputOf, refuseOtherAccount } from "../gate/gateLocation";
import type { GateChecks, GateStatus } from "../gate/gateStatus";
import { judgeGate } from "../gate/gateStatus";
import { readGate } from "../gate/readGate";
import { knownBy, valueIn } from "../known";
import type { ClientDns } from "../publicDns";
import { liveZone } from "../zone/liveZone";
import type { Agreement } from "./agreement";
import { judgeAgreement } from "./agreement";
import type { CheckStatus } from "./checkStatus";
import { checkStatuses, statusFaults } from "./checkStatus";
import type { Fact } from "./fact";
import { badFact, unknownFact } from "./fact";
import type { NameTree } from "./nameTree";
import { awsNameOf, decisionOf, nameTreeOf } from "./nameTree";
import type { AskedName, JudgedName, NameServer } from "./serving";
import { judgeName, servedNames } from "./serving";

/** The subject of a status: a stack, or a hosted zone. */
export interface StatusSubject {
  /** The name of the stack, or of the zone. */
  readonly title: string;
  /** The zone's name or id. */
  readonly zone: string;
  /** The names to ask for; absent for those that nothing else in the zone leads to. */
  readonly names?: readonly string[];
  /** The zone's name servers, where they are known without AWS. */
  readonly nameServers?: readonly string[];
  /** The names of regions, by their codes. */
  readonly regionNames: ReadonlyMap<string, string>;
  /** The model of an export, which names the tiers while the zone cannot be read. */
  readonly exported?: StackModel;
  /** The stack, whose gate is part of the status; absent for a zone. */
  readonly owner?: GateOwnerStack;
}

/** The status of a live system, as `--json` prints it. Ages are in seconds. */
export interface LiveStatus {
  readonly title: string;
  /** The number of the account and its caller; null where AWS did not tell. */
  readonly account: string | null;
  readonly caller: string | null;
  readonly zone: string;
  /** When it was asked for, in ISO 8601. */
  readonly at: string;
  readonly names: readonly JudgedName[];
  readonly checks: readonly CheckStatus[];
  readonly agreement: readonly Agreement[];
  /** Null for a zone, and for a stack without a gate. */
  readonly gate: GateStatus | null;
  readonly backlog: readonly RegionBacklog[];
  /** What is bad, and what is not known. Empty: all is well. */
  readonly facts: readonly Fact[];
  /** Parts that were not read, with what is unknown for that reason. */
  readonly unread: readonly string[];
  /** What was left out of the model of the zone. */
  readonly notes: readonly string[];
}

/** The sources of a status. */
export interface StatusSources {
  readonly account: Account;
  readonly dns: ClientDns;
  readonly fetchText: FetchText;
  /** Unix time in milliseconds. */
  readonly nowMs: number;
}

/**
 * Asks a live system who serves, and whether Route 53, its checks and the gate agree with the
 * model. Read-only. A part that does not answer is unknown; the others are still reported.
 *
 * @throws InputError if there are no usable credentials, or the zone or stack is not in the account
 */
export function liveStatus(subject: StatusSubject, sources: StatusSources): Promise<LiveStatus> {
  return orCredentialFault(() => statusOf(subject, sources));
}

async function statusOf(subject: StatusSubject, sources: StatusSources): Promise<LiveStatus> {
  const { account, nowMs } = sources;
  const { owner } = subject;
  const caller = await callerIn(subject, account);
  const gate = owner && gateFor(owner, caller);
  const [zone, gateReading] = await Promise.all([
    readZone(subject, gate, account),
    gate && readGate(gate, account),
  ]);
  const settings = gateReading && valueIn(gateReading.settings);
  const backlog = settings ? await backlogsOf(settings, sources.fetchText) : [];
  const served = await serve(subject, zone, sources);
  const judged =
    gate &&
    gateReading &&
    judgeGate(gate, gateReading, zone.kind === "read" ? gateChecksIn(gate, zone) : null, nowMs);
  const ungated =
    owner && gateOutputOf(owner) && !gate
      ? [unknownFact("gate-state", "the gate was not read, because the account is not known")]
      : [];
  return {
    title: subject.title,
    account: caller.kind === "known" ? caller.account : null,
    caller: caller.kind === "known" ? caller.arn : null,
    zone: subject.zone,
    at: new Date(nowMs).toISOString(),
    names: served.names,
    checks: zone.kind === "read" ? zone.checks : [],
    agreement: served.agreement,
    gate: judged?.gate ?? null,
    backlog,
    facts: [
      ...(caller.kind === "unknown" ? [unknownFact("account", caller.why)] : []),
      ...(zone.kind === "unread" ? [unknownFact("zone", zone.why)] : []),
      ...served.facts,
      ...(judged?.facts ?? ungated),
    ],
    unread: zone.kind === "read" ? zone.unread : [],
    notes: zone.kind === "read" ? zone.notes : [],
  };
}

type KnownCaller =
  ({ readonly kind: "known" } & Caller) | { readonly kind: "unknown"; readonly why: string };

/** The caller according to STS in the standby region, which answers while others do not. */
async function callerIn({ owner }: StatusSubject, account: Account): Promise<KnownCaller> {
  const region = (owner && gateOutputOf(owner)?.region) ?? globalRegion;
  try {
    return { kind: "known", ...(await askCaller(account, region)) };
  } catch (error) {
    if (!(error instanceof AwsError) || credentialFault(error) !== undefined) throw error;
    return { kind: "unknown", why: `the account of the credentials: ${whyUnknown(error)}` };
  }
}

function gateFor(owner: GateOwnerStack, caller: KnownCaller): GateLocation | undefined {
  if (caller.kind === "known") {
    refuseOtherAccount(owner, caller.account);
    return gateIn(owner, caller.account);
  }
  const exported = accountOfExport(owner);
  return exported === undefined ? undefined : gateIn(owner, exported);
}

/** A zone as it is at present, and the model that decides as Route 53 does. */
type ZoneReading =
  | {
      readonly kind: "read";
      readonly id: string;
      readonly nameServers: readonly string[];
      readonly model: StackModel;
      readonly state: FaultState;
      readonly checks: readonly CheckStatus[];
      readonly unread: readonly string[];
      readonly notes: readonly string[];
    }
  | { readonly kind: "unread"; readonly why: string };

async function readZone(
  { zone, owner }: StatusSubject,
  gate: GateLocation | undefined,
  account: Account,
): Promise<ZoneReading> {
  const host = gate && hostOf(gate);
  const isOfGate = ({ HealthCheckConfig }: HealthCheck): boolean =>
    host !== undefined && HealthCheckConfig?.FullyQualifiedDomainName === host;
  try {
    const { answers, notes } = await liveZone(zone, account, isOfGate);
    return modelled(answers, notes);
  } catch (error) {
    const cause = error instanceof InputError ? error.cause : undefined;
    const isPartial = owner !== undefined && cause instanceof AwsError && !cause.is("absent");
    if (!isPartial || credentialFault(cause) !== undefined) throw error;
    return { kind: "unread", why: `the zone ${zone}: ${whyUnknown(cause)}` };
  }
}

function modelled(answers: readonly AwsAnswer[], unread: readonly string[]): ZoneReading {
  const reading = readAnswers(answers);
  const model = new StackModel(reading.resources);
  const checks = reading.resources.filter(({ type }) => type === awsTypes.healthCheck);
  const reported: readonly ReportedCheck[] = reportedChecks(answers, checks);
  const lost = reading.failing.filter((fault) => !fault.startsWith("check:"));
  const state = model.under([...model.faults(lost), ...statusFaults(model, reported)]);
  const [zone] = answers.filter(({ value }) => memberOf(value, "HostedZone") !== undefined);
  const servers = itemsOf(memberOf(zone?.value, "DelegationSet"), "NameServers");
  return {
    kind: "read",
    id: zone?.about ?? "",
    nameServers: servers.filter((one) => typeof one === "string"),
    model,
    state,
    checks: checkStatuses(model, state, reported),
    unread,
    // The present faults are in the statuses.
    notes: reading.notes.filter((note) => !note.startsWith("At present ")),
  };
}

/** The host that the checks of a gate read. */
function hostOf({ bucket, region }: GateLocation): string {
  return `${bucket}.s3.${region}.amazonaws.com`;
}

/** The checks of a gate: by what they read, since only an export knows their ids. */
function gateChecksIn(
  gate: GateLocation,
  { model, checks }: Extract<ZoneReading, { kind: "read" }>,
): GateChecks {
  const at = (key: string): string | undefined =>
    [...model.route53.checks.values()].find(
      (check) =>
        check.kind === "endpoint" &&
        check.fullyQualifiedDomainName === hostOf(gate) &&
        check.path === `/${key}`,
    )?.id;
  const [latchUrn, readableUrn] = [at(gateKeys.latch), at(gateKeys.readable)];
  const statusOfUrn = (urn: string | undefined): CheckStatus | undefined => {
    const id = urn === undefined ? undefined : model.graph.get(urn)?.id;
    return checks.find((check) => check.id === id);
  };
  const [latch, readable] = [statusOfUrn(latchUrn), statusOfUrn(readableUrn)];
  const isAttached = [...model.route53.checks.values()].some(
    (check) =>
      check.kind === "calculated" && latchUrn !== undefined && check.children.includes(latchUrn),
  );
  return { ...(latch ? { latch } : {}), ...(readable ? { readable } : {}), isAttached };
}

/** Who serves, and whether the model agrees. */
interface Served {
  readonly names: readonly JudgedName[];
  readonly agreement: readonly Agreement[];
  readonly facts: readonly Fact[];
}

async function serve(
  subject: StatusSubject,
  zone: ZoneReading,
  { account, dns }: StatusSources,
): Promise<Served> {
  const model = zone.kind === "read" ? zone.model : subject.exported;
  const asked = askedNames(subject, model);
  const found = await nameServersOf(subject, zone, dns);
  const served = await servedNames(asked, found.servers, dns);
  const trees = asked.map((one) => (model === undefined ? undefined : treeOrFact(model, one)));
  const addresses = await addressesOf(
    trees.flatMap((tree) => (tree && "leaves" in tree ? [tree] : [])),
    dns,
  );
  const facts: Fact[] = [...found.facts];
  const agreement: Agreement[] = [];
  const names: JudgedName[] = [];
  for (const [index, one] of served.entries()) {
    const treeOrNone = trees[index];
    const tree = treeOrNone && "leaves" in treeOrNone ? treeOrNone : undefined;
    if (treeOrNone && !("leaves" in treeOrNone)) facts.push(treeOrNone);
    const judged = judgeName(one, tree, addresses);
    names.push(judged.name);
    facts.push(...judged.facts);
    if (tree === undefined || zone.kind !== "read") continue;
    const compared = await compare(one, tree, zone, { account, addresses });
    agreement.push(compared.agreement);
    facts.push(...compared.facts);
  }
  return { names, agreement, facts };
}

async function compare(
  { name, type, answers }: JudgedName | Awaited<ReturnType<typeof servedNames>>[number],
  tree: NameTree,
  { id, model, state }: Extract<ZoneReading, { kind: "read" }>,
  {
    account,
    addresses,
  }: { readonly account: Account; readonly addresses: ReadonlyMap<string, readonly string[]> },
): Promise<ReturnType<typeof judgeAgreement>> {
  const route53 = await account.client("route53", globalRegion);
  const test = await knownBy(async () => {
    const { RecordData = [] } = await route53.testDNSAnswer({
      HostedZoneId: id,
      RecordName: name,
      RecordType: type,
    });
    return [...RecordData].sort();
  });
  const anywhere = decisionOf(tree, state, model.askersOf(name, type));
  return judgeAgreement({
    model,
    tree,
    test,
    decision: decisionOf(tree, state, [testResolver]),
    served: answers
      .filter(({ values }) => values.length > 0)
      .map(({ values, servers }) => ({ by: servers.join(", "), values, decision: anywhere })),
    addresses,
  });
}

/** Without another place, `TestDNSAnswer` asks as a resolver in us-east-1 (API:TestDNSAnswer). */
const testResolver: Asker = (() => {
  const location = locationOfRegion(globalRegion);
  return { region: globalRegion, ...(location ? { location } : {}) };
})();

/** A tree, or what the model cannot do with the name. */
function treeOrFact(model: StackModel, { name, type }: AskedName): NameTree | Fact {
  try {
    return nameTreeOf(model, name, type);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return unknownFact("model", `${name} ${type}: ${error.message.split("\n").join("; ")}`);
  }
}

/** The names and types to ask for. */
function askedNames({ names }: StatusSubject, model: StackModel | undefined): readonly AskedName[] {
  const types = ["A", "AAAA"] as const;
  const all = (names ?? (model ? entryNames(model) : [])).map(canonical);
  return all.flatMap((name) => {
    const present = types.filter((type) => model?.route53.group(name, type) !== undefined);
    // A name that the zone lacks is asked for as well: then nobody serves it.
    const wanted = model === undefined ? types : present.length > 0 ? present : (["A"] as const);
    return wanted.map((type) => ({ name, type }));
  });
}

/** Names with a choice among records that no other record leads to; wildcards have no one name. */
function entryNames({ route53 }: StackModel): readonly string[] {
  const groups = route53
    .allGroups()
    .filter(([first]) => first && ["A", "AAAA", "CNAME"].includes(first.type));
  const below = new Set(
    groups.flatMap((group) =>
      group.flatMap((record) => (route53.next(record, record.type) ?? []).map(({ name }) => name)),
    ),
  );
  const isChosen = (name: string): boolean =>
    groups
      .filter(([first]) => first?.name === name)
      .some((group) =>
        route53
          .reachableFrom(group, group[0]?.type ?? "A")
          .some(({ policy, checkId }) => policy.kind !== "simple" || checkId !== undefined),
      );
  const all = [...new Set(groups.flatMap((group) => group[0]?.name ?? []))];
  return all.filter((name) => !name.includes("*") && !below.has(name) && isChosen(name));
}

/** The zone's servers with their addresses: from AWS, from the export, or from its delegation. */
async function nameServersOf(
  subject: StatusSubject,
  zone: ZoneReading,
  dns: ClientDns,
): Promise<{ readonly servers: readonly NameServer[]; readonly facts: readonly Fact[] }> {
  const known = zone.kind === "read" ? zone.nameServers : (subject.nameServers ?? []);
  const names =
    known.length > 0 ? { value: known } : await knownBy(() => dns.nameServersOf(subject.zone));
  if ("unknown" in names)
    return { servers: [], facts: [unknownFact("name-server", names.unknown)] };
  const facts: Fact[] = [];
  const servers: NameServer[] = [];
  for (const name of names.value) {
    const at = await knownBy(() => dns.serversAt(name));
    const found = valueIn(at) ?? [];
    if ("unknown" in at) facts.push(unknownFact("name-server", `${name}: ${at.unknown}`));
    else if (found.length === 0) facts.push(badFact("name-server", `${name}: it has no address`));
    servers.push(...found.map((server) => ({ ...server, name })));
  }
  return { servers, facts };
}

/** The present addresses of the AWS names that can answer. */
async function addressesOf(
  trees: readonly NameTree[],
  dns: ClientDns,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const { leaves, type } of trees) {
    for (const name of leaves.flatMap((leaf) => awsNameOf(leaf) ?? [])) {
      const known = await knownBy(() => dns.addressesOf(name, type === "AAAA" ? "AAAA" : "A"));
      found.set(name, [...(found.get(name) ?? []), ...(valueIn(known) ?? [])]);
    }
  }
  return found;
}
