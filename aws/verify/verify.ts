import type { HealthCheckObservation } from "@aws-sdk/client-route-53";
import { canonical } from "../../routing/domainName";
import { InputError } from "../../routing/inputError";
import { AwsError, whyUnknown } from "../awsError";
import type { ClientDns } from "../publicDns";
import { DnsError } from "../publicDns";
import { CallsSpent } from "./calls";
import type { BoundedCalls } from "./calls";
import { cleanUp } from "./cleanUp";
import type { VerifyJournal } from "./journal";
import type { Learned, VerifyObservations, TestCheck } from "./questions";
import { askedLabels, checkConfig, isControlled, learnedFrom, testRecords } from "./questions";

/** A hosted zone for tests. */
export interface VerifiedZone {
  readonly id: string;
  readonly name: string;
  readonly nameServers: readonly string[];
}

/** The access of a verification to the outside. */
export interface VerifyTools {
  readonly calls: BoundedCalls;
  readonly dns: Pick<ClientDns, "addressesOf" | "ask" | "serversAt">;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Writes the journal; done once it is on the disk. */
  readonly keep: (journal: VerifyJournal) => Promise<void>;
  readonly interruption: () => string | undefined;
  readonly say: (line: string) => void;
  /** Hexadecimal digits that no other run has. */
  readonly unique: string;
}

/** What a verification showed. */
export interface Verification {
  readonly learned: readonly Learned[];
  readonly calls: number;
  /** Why it ended early, in words; absent if it did not. */
  readonly ended?: string;
  /** What was not removed, in sentences. */
  readonly left: readonly string[];
}

/** A host of AWS that answers HTTP on port 80 (Amazon VPC User Guide uses it). */
const livingHost = "checkip.amazonaws.com";
/** Between two looks. */
const lookMs = 20_000;
/** A change reaches all servers in about a minute; a check has results after some intervals. */
const looksMax = 6;

/**
 * Finds the zone by its name, and refuses one that is in use.
 *
 * @param force takes a zone with other records; never one of a stack
 * @throws InputError
 */
export async function zoneForTests(
  name: string,
  force: boolean,
  calls: BoundedCalls,
): Promise<VerifiedZone> {
  const wanted = canonical(name);
  const { HostedZones = [] } = await calls.make((route53) =>
    route53.listHostedZonesByName({ DNSName: wanted, MaxItems: 2 }),
  );
  const [found, second] = HostedZones.filter(
    ({ Name = "", Config }) => canonical(Name) === wanted && Config?.PrivateZone !== true,
  );
  if (found === undefined || second !== undefined) {
    throw new InputError(
      `--zone-for-tests ${name}: must be the name of one public zone of the account, got ${found ? "several" : "none"}; create an empty one for this purpose`,
    );
  }
  const id = (found.Id ?? "").replace(/^\/hostedzone\//, "");
  const { DelegationSet } = await calls.make((route53) => route53.getHostedZone({ Id: id }));
  const { ResourceTagSet } = await calls.make((route53) =>
    route53.listTagsForResource({ ResourceType: "hostedzone", ResourceId: id }),
  );
  const tags = new Map(ResourceTagSet?.Tags?.map(({ Key = "", Value = "" }) => [Key, Value]));
  if (tags.has("Project") && tags.has("Environment")) {
    throw new InputError(
      `--zone-for-tests ${name}: must be a zone of no stack, got that of stack ${tags.get("Environment") ?? ""} of ${tags.get("Project") ?? ""}; create an empty one for this purpose`,
    );
  }
  const { ResourceRecordSets = [] } = await calls.make((route53) =>
    route53.listResourceRecordSets({ HostedZoneId: id, MaxItems: 10 }),
  );
  const others = ResourceRecordSets.filter(
    ({ Name = "", Type = "" }) => canonical(Name) !== wanted || !["NS", "SOA"].includes(Type),
  );
  if (others.length > 0 && !force) {
    const [one] = others;
    throw new InputError(
      `--zone-for-tests ${name}: must have no records but SOA and NS, got ${canonical(one?.Name ?? "")} ${one?.Type ?? ""}; use an empty zone, or --force if nobody uses this one`,
    );
  }
  return { id, name: wanted, nameServers: DelegationSet?.NameServers ?? [] };
}

/** Creates the records and checks, asks, and removes them whatever happens. */
export async function verifyAssumptions(
  zone: VerifiedZone,
  tools: VerifyTools,
): Promise<Verification> {
  const { calls, keep, unique } = tools;
  const label = `fv-${unique}`;
  const kept = {
    journal: {
      version: 1,
      zoneId: zone.id,
      below: `${label}.${zone.name}`,
      reference: label,
      checkIds: [],
      phase: "open",
    } as VerifyJournal,
    isSure: true,
  };
  const seen: { -readonly [K in keyof VerifyObservations]: VerifyObservations[K] } = {
    answers: new Map(),
    checkers: [],
    websiteTtlSeconds: undefined,
  };
  let ended: string | undefined;
  let left: readonly string[] = [];
  try {
    await keep(kept.journal);
    await create(zone, kept, tools);
    await observe(zone, kept.journal, seen, tools);
  } catch (error) {
    if (error instanceof AwsError) ended = whyUnknown(error);
    else if (error instanceof CallsSpent || error instanceof Ended || error instanceof DnsError)
      ended = error.message;
    else throw error;
  } finally {
    left = await cleanUp(kept.journal, calls, !kept.isSure);
    if (left.length === 0) await keep({ ...kept.journal, phase: "clean" });
  }
  return {
    learned: learnedFrom(seen),
    calls: calls.count,
    ...(ended === undefined ? {} : { ended }),
    left,
  };
}

/** A person asked to end. */
class Ended extends Error {}

function requireTime({ interruption }: VerifyTools): void {
  const why = interruption();
  if (why !== undefined) throw new Ended(why);
}

interface Kept {
  journal: VerifyJournal;
  /** Whether the journal has every check that exists. */
  isSure: boolean;
}

async function create(zone: VerifiedZone, kept: Kept, tools: VerifyTools): Promise<void> {
  const { calls, dns, keep, say } = tools;
  const [living] = await dns.addressesOf(livingHost, "A");
  if (living === undefined) throw new DnsError(`${livingHost} has no address`);
  const ids: Partial<Record<TestCheck, string>> = {};
  const { below, reference } = kept.journal;
  for (const check of ["byName", "down", "disabled", "disabledInverted"] as const) {
    requireTime(tools);
    say(`creating the check ${check}`);
    kept.isSure = false;
    const { HealthCheck } = await calls.make((route53) =>
      route53.createHealthCheck({
        CallerReference: `${reference}-${check}`,
        HealthCheckConfig: checkConfig(check, below, ids.byName ?? ""),
      }),
    );
    ids[check] = HealthCheck?.Id ?? "";
    kept.journal = { ...kept.journal, checkIds: [...kept.journal.checkIds, ids[check]] };
    await keep(kept.journal);
    kept.isSure = true;
  }
  requireTime(tools);
  say(`creating the records below ${below}`);
  const { byName = "", down = "", disabled = "", disabledInverted = "" } = ids;
  const records = testRecords(below, zone.id, { byName, down, disabled, disabledInverted }, living);
  const { ChangeInfo } = await calls.make((route53) =>
    route53.changeResourceRecordSets({
      HostedZoneId: zone.id,
      ChangeBatch: {
        Changes: records.map((ResourceRecordSet) => ({ Action: "CREATE", ResourceRecordSet })),
      },
    }),
  );
  for (let look = 0; look < looksMax; look++) {
    requireTime(tools);
    await tools.wait(lookMs);
    const change = await calls.make((route53) => route53.getChange({ Id: ChangeInfo?.Id ?? "" }));
    if (change.ChangeInfo?.Status === "INSYNC") return;
  }
}

type Seeing = { -readonly [K in keyof VerifyObservations]: VerifyObservations[K] };

async function observe(
  zone: VerifiedZone,
  { below, checkIds }: VerifyJournal,
  seen: Seeing,
  tools: VerifyTools,
): Promise<void> {
  const { calls, say } = tools;
  const answers = new Map<string, readonly string[]>();
  seen.answers = answers;
  const ask = async (label: string): Promise<void> => {
    const { RecordData = [], ResponseCode } = await calls.make((route53) =>
      route53.testDNSAnswer({
        HostedZoneId: zone.id,
        RecordName: `${label}.${below}`,
        RecordType: "A",
      }),
    );
    if (ResponseCode === "NOERROR") answers.set(label, RecordData);
  };
  say("asking the control until it follows its check");
  for (let look = 0; look < looksMax && !isControlled(seen); look++) {
    requireTime(tools);
    if (look > 0) await tools.wait(lookMs);
    await ask("control");
  }
  for (const label of askedLabels.filter((one) => one !== "control")) {
    requireTime(tools);
    say(`asking ${label}`);
    await ask(label);
  }
  seen.websiteTtlSeconds = await websiteTtl(zone, `website.${below}`, tools);
  say("waiting for the checkers");
  for (let look = 0; look < looksMax && !isMixed(seen.checkers); look++) {
    requireTime(tools);
    await tools.wait(lookMs);
    const { HealthCheckObservations = [] } = await calls.make((route53) =>
      route53.getHealthCheckStatus({ HealthCheckId: checkIds[0] ?? "" }),
    );
    seen.checkers = HealthCheckObservations;
  }
}

/** Whether some checkers succeed and some fail: more looks would not change what that shows. */
function isMixed(checkers: readonly HealthCheckObservation[]): boolean {
  const good = checkers.filter(({ StatusReport }) => /^Success/i.test(StatusReport?.Status ?? ""));
  return good.length > 0 && good.length < checkers.length && checkers.length >= 8;
}

async function websiteTtl(
  { nameServers }: VerifiedZone,
  name: string,
  { dns }: VerifyTools,
): Promise<number | undefined> {
  for (const nameServer of nameServers) {
    try {
      const [server] = await dns.serversAt(nameServer);
      if (server === undefined) continue;
      const { records } = await dns.ask(server, name, "A");
      const found = records.find((record) => record.type === "A" && "ttl" in record);
      if (found && "ttl" in found && typeof found.ttl === "number") return found.ttl;
    } catch (error) {
      if (!(error instanceof DnsError)) throw error;
    }
  }
  return undefined;
}
