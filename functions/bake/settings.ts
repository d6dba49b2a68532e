import { environmentOf } from "../aws/environment";
import type { OwnAws } from "../aws/environment";
import { InputError } from "../../routing/inputError";
import type { Phase } from "./decision";

/** What a bake is told when it is called: what the region should run. */
export interface BakeEvent {
  readonly phase: Phase;
  /** Auto Scaling groups, and the version of their launch template that they should run. */
  readonly groups: readonly { readonly name: string; readonly templateVersion: string }[];
  /** Ids of instances without a group. */
  readonly instances: readonly string[];
}

/** What a bake is told by its environment: its own variables, and those that Lambda adds. */
export interface BakeSettings extends OwnAws {
  /** How long all must be well, in seconds. */
  readonly soakSeconds: number;
  /** Names of the region's alarms. */
  readonly alarms: readonly string[];
  /** Route 53's checks of the region, by what they watch. */
  readonly checks: readonly {
    readonly name: string;
    readonly id: string;
    readonly isByName: boolean;
  }[];
  /** The zone of the names, and the name servers that its parent should lead to. */
  readonly zone: { readonly name: string; readonly nameServers: readonly string[] };
  /** Where people read what to do about a failed bake. */
  readonly runbook: string;
}

const names = [
  "SOAK_SECONDS",
  "ALARM_NAMES",
  "CHECK_IDS",
  "CHECK_IDS_BY_NAME",
  "ZONE_NAME",
  "NAME_SERVERS",
  "RUNBOOK",
] as const;

/**
 * Reads the environment.
 *
 * @throws InputError with a line for each variable that is missing
 */
export function bakeSettingsOf(
  environment: Readonly<Record<string, string | undefined>>,
): BakeSettings {
  const { values, aws } = environmentOf(environment, names);
  return {
    soakSeconds: Number(values.SOAK_SECONDS),
    alarms: JSON.parse(values.ALARM_NAMES) as string[],
    checks: [...checksIn(values.CHECK_IDS, false), ...checksIn(values.CHECK_IDS_BY_NAME, true)],
    zone: { name: values.ZONE_NAME, nameServers: JSON.parse(values.NAME_SERVERS) as string[] },
    runbook: values.RUNBOOK,
    ...aws,
  };
}

/** Names and ids, as JSON. */
function checksIn(text: string, isByName: boolean): BakeSettings["checks"] {
  return Object.entries(JSON.parse(text) as Readonly<Record<string, string>>).map(([name, id]) => ({
    name,
    id,
    isByName,
  }));
}

type Called = Partial<Omit<BakeEvent, "phase">> & { readonly phase?: unknown };

/**
 * Reads what the function is called with.
 *
 * @throws InputError for a call that is none of the update's
 */
export function eventOf(event: unknown): BakeEvent {
  const { phase, groups = [], instances = [] } = (event ?? {}) as Called;
  if (phase === "arrival" || phase === "soak") return { phase, groups, instances };
  const got = phase === undefined ? "nothing" : JSON.stringify(phase);
  throw new InputError([
    `phase: must be "arrival" or "soak", got ${got}; leave the call to pulumi up`,
  ]);
}
