import type { Credentials } from "../aws/signedHeaders";
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
export interface Settings {
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
  readonly region: string;
  readonly credentials: Credentials;
  /** Where AWS answers, by its own variable for that; default: each service at its endpoint. */
  readonly endpoint?: string;
}

/**
 * Reads the environment.
 *
 * @throws InputError with a line for each variable that is missing
 */
export function settingsOf(environment: Readonly<Record<string, string | undefined>>): Settings {
  const missing: string[] = [];
  const read = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === "") missing.push(name);
    return value ?? "";
  };
  const sessionToken = environment["AWS_SESSION_TOKEN"];
  const endpoint = environment["AWS_ENDPOINT_URL"];
  const told = {
    soakSeconds: read("SOAK_SECONDS"),
    alarms: read("ALARM_NAMES"),
    checks: read("CHECK_IDS"),
    checksByName: read("CHECK_IDS_BY_NAME"),
    zoneName: read("ZONE_NAME"),
    nameServers: read("NAME_SERVERS"),
    runbook: read("RUNBOOK"),
    region: read("AWS_REGION"),
  };
  const credentials: Credentials = {
    accessKeyId: read("AWS_ACCESS_KEY_ID"),
    secretAccessKey: read("AWS_SECRET_ACCESS_KEY"),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
  if (missing.length > 0) {
    throw new InputError(
      missing.map((name) => `${name}: must be set, got nothing; deploy the function again`),
    );
  }
  return {
    soakSeconds: Number(told.soakSeconds),
    alarms: JSON.parse(told.alarms) as string[],
    checks: [...checksIn(told.checks, false), ...checksIn(told.checksByName, true)],
    zone: { name: told.zoneName, nameServers: JSON.parse(told.nameServers) as string[] },
    runbook: told.runbook,
    region: told.region,
    credentials,
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

/** Names and ids, as JSON. */
function checksIn(text: string, isByName: boolean): Settings["checks"] {
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
