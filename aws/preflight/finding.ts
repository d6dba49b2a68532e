import type { Caller } from "../caller";
import type { Account } from "../clients";
import type { PublicDns } from "../publicDns";
import type { AccountZone, AccountRecords } from "./hostedZone";
import type { Needs } from "./needs";

/** Whether an update would succeed here. */
export type State = "ok" | "will fail" | "cannot tell";

/** One line of a preflight. */
export interface PreflightFinding {
  /** The check that found it. */
  readonly check: string;
  /** Its subject: "VPCs in us-west-2". */
  readonly subject: string;
  readonly state: State;
  /** The fact that was found, or the obstacle. */
  readonly text: string;
  /** The remedy; absent if there is nothing to do. */
  readonly remedy?: string;
}

/** A finding without the name of its check. */
export type CheckFinding = Omit<PreflightFinding, "check">;

/** The sources that a check reads, and the needs that it compares with them. */
export interface Place {
  readonly account: Account;
  readonly dns: PublicDns;
  readonly needs: Needs;
  readonly now: Date;
  readonly caller: Caller;
  /** Public zones with the name that the program looks up: normally one. */
  readonly hostedZones: () => Promise<readonly AccountZone[]>;
  /** The records of that zone. */
  readonly recordSets: () => Promise<readonly AccountRecords[]>;
}

/** One requirement for the account. Fetching is separate from judging, which is pure. */
export interface Check {
  readonly name: string;
  /** The subject of the whole check, for the line that is printed if it cannot run. */
  readonly subject: string;
  run(place: Place): Promise<readonly CheckFinding[]>;
}

export function ok(subject: string, text: string): CheckFinding {
  return { subject, state: "ok", text };
}

export function willFail(subject: string, text: string, remedy: string): CheckFinding {
  return { subject, state: "will fail", text, remedy };
}

export function cannotTell(subject: string, text: string, remedy: string): CheckFinding {
  return { subject, state: "cannot tell", text, remedy };
}
