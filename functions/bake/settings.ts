import { environmentOf } from "../aws/environment";
import type { OwnAws } from "../aws/environment";
import { InputError } from "../../routing/inputError";
import type { Phase } from "./decision";

/** The event of a bake: the versions that the region should run. */
export interface BakeEvent {
  readonly phase: Phase;
  /** Auto Scaling groups with their target versions of the launch template. */
  readonly groups: readonly { readonly name: string; readonly templateVersion: string }[];
  /** Ids of instances without a group. */
  readonly instances: readonly string[];
}

/** The environment of a bake: its own variables, and Lambda's. */
export interface BakeSettings extends OwnAws {
  /** Required healthy time, in seconds. */
  readonly soakSeconds: number;
  /** Names of the region's alarms. */
  readonly alarms: readonly string[];
  /** The region's Route 53 checks, by label. */
  readonly checks: readonly {
    readonly name: string;
    readonly id: string;
    readonly isByName: boolean;
  }[];
  /** The zone of the names, and the name servers of its delegation. */
  readonly zone: { readonly name: string; readonly nameServers: readonly string[] };
  /** Address of the runbook section on a failed bake. */
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
 * @throws InputError with a line for each missing variable
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
 * Reads the event.
 *
 * @throws InputError for an event that is not from an update
 */
export function eventOf(event: unknown): BakeEvent {
  const { phase, groups = [], instances = [] } = (event ?? {}) as Called;
  if (phase === "arrival" || phase === "soak") return { phase, groups, instances };
  const got = phase === undefined ? "nothing" : JSON.stringify(phase);
  throw new InputError([
    `phase: must be "arrival" or "soak", got ${got}; let pulumi up make the call`,
  ]);
}
