import type { StackModel } from "../../routing/graph/stackModel";
import type { Account } from "../clients";
import type { GateOwnerStack } from "../gate/gateLocation";
import type { ClientDns } from "../publicDns";

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

/** The sources of a status. */
export interface StatusSources {
  readonly account: Account;
  readonly dns: ClientDns;
  /** Unix time in milliseconds. */
  readonly nowMs: number;
}
