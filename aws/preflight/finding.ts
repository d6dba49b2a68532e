import type { Account } from "../clients";
import type { PublicDns } from "../publicDns";
import type { HostedZone, RecordSet } from "./hostedZone";
import type { Needs } from "./needs";

/** Whether an update would get past something. */
export type State = "ok" | "will fail" | "cannot tell";

/** One line of a preflight. */
export interface Finding {
  /** The check that found it. */
  readonly check: string;
  /** What it is about: "VPCs in us-west-2". */
  readonly subject: string;
  readonly state: State;
  /** What is there, or what is in the way. */
  readonly text: string;
  /** The way out; absent where all is well. */
  readonly remedy?: string;
}

/** A finding before its check puts its name to it. */
export type Found = Omit<Finding, "check">;

/** What a check asks, and what it asks it for. */
export interface Place {
  readonly account: Account;
  readonly dns: PublicDns;
  readonly needs: Needs;
  readonly now: Date;
  readonly caller: Caller;
  /** Public zones of the name that the program looks up: one, where all is well. */
  readonly hostedZones: () => Promise<readonly HostedZone[]>;
  /** What is in that zone. */
  readonly recordSets: () => Promise<readonly RecordSet[]>;
}

/** Whose credentials they are. */
export interface Caller {
  /** The number of the account. */
  readonly account: string;
  readonly arn: string;
}

/** One thing that an account must have. Fetching is apart from deciding, which is pure. */
export interface Check {
  readonly name: string;
  /** What it is about as a whole, for the line that says why it could not be asked. */
  readonly subject: string;
  run(place: Place): Promise<readonly Found[]>;
}

export function ok(subject: string, text: string): Found {
  return { subject, state: "ok", text };
}

export function willFail(subject: string, text: string, remedy: string): Found {
  return { subject, state: "will fail", text, remedy };
}

export function cannotTell(subject: string, text: string, remedy: string): Found {
  return { subject, state: "cannot tell", text, remedy };
}
