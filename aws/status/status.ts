import { globalRegion } from "../../routing/globalRegion";
import { AwsError, credentialFault, whyUnknown } from "../awsError";
import type { Caller } from "../caller";
import { askCaller, orAwsFault } from "../caller";
import type { Account } from "../clients";
import type { GateLocation, GateOwnerStack } from "../gate/gateLocation";
import { accountOfExport, gateIn, gateOutputOf } from "../gate/gateLocation";
import type { GateStatus } from "../gate/gateStatus";
import { judgeGate } from "../gate/gateStatus";
import { readGate } from "../gate/readGate";
import type { Agreement } from "./agreement";
import type { CheckStatus } from "./checkStatus";
import type { Fact } from "./fact";
import { unknownFact } from "./fact";
import { serve } from "./served";
import type { JudgedName } from "./serving";
import type { StatusSources, StatusSubject } from "./subject";
import { gateChecksIn, readLiveZone } from "./zoneReading";

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
  /** What is bad, and what is not known. Empty: all is well. */
  readonly facts: readonly Fact[];
  /** Parts that were not read, with what is unknown for that reason. */
  readonly unread: readonly string[];
  /** What was left out of the model of the zone. */
  readonly notes: readonly string[];
}

/**
 * Asks a live system who serves, and whether Route 53, its checks and the gate agree with the
 * model. Read-only. A part that does not answer is unknown; the others are still reported.
 *
 * @throws InputError if there are no usable credentials, or the zone or stack is not in the account
 */
export function liveStatus(subject: StatusSubject, sources: StatusSources): Promise<LiveStatus> {
  return orAwsFault(sources.account, () => statusOf(subject, sources));
}

async function statusOf(subject: StatusSubject, sources: StatusSources): Promise<LiveStatus> {
  const { account, nowMs } = sources;
  const { owner } = subject;
  const caller = await callerIn(subject, account);
  const gate = owner && gateFor(owner, caller);
  const [zone, gateReading] = await Promise.all([
    readLiveZone(subject, gate, account),
    gate && readGate(gate, account),
  ]);
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
  | ({ readonly kind: "known" } & Caller)
  | { readonly kind: "unknown"; readonly why: string };

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
  const account = caller.kind === "known" ? caller.account : accountOfExport(owner);
  return account === undefined ? undefined : gateIn(owner, account);
}
