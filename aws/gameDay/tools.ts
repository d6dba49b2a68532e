import { randomUUID } from "node:crypto";
import type { Resource } from "../../routing/graph/resource";
import { callerOf } from "../caller";
import { accountOf, fullClient } from "../clients";
import type { GateOwnerStack } from "../gate/gateLocation";
import { refuseOtherAccount } from "../gate/gateLocation";
import type { ClientDns } from "../publicDns";
import { DnsError, publicDns } from "../publicDns";
import type { AskedServer } from "../status/serving";
import { servedNames } from "../status/serving";
import { InputError } from "../../routing/inputError";
import { alarmEvents, statesOfAlarms } from "./alarms";
import { fisIn } from "./fis";
import { machinesOf } from "./machines";
import type { GameDayTools } from "./mend";
import type { PlanTools } from "./plan";
import { alarmsOfStack } from "./plan";
import type { PlayTools } from "./play";

/** The environment of a game day's process. */
export interface GameDayProcess {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
  readonly interruption: () => string | undefined;
  readonly isHurried: () => boolean;
  /** Waits, or until the next interruption. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** What a game day watches. */
export interface WatchedStack {
  /** The region of the fault. */
  readonly region: string;
  readonly owner: GateOwnerStack;
  readonly resources: readonly Resource[];
  readonly hostname: string;
  readonly zone: string;
  /** The zone's name servers; empty if only the DNS knows them. */
  readonly nameServers: readonly string[];
}

/** The tools for mending in a region, with the account of the credentials. */
export async function mendingTools(
  region: string,
  { env, say, isHurried, wait }: GameDayProcess,
): Promise<GameDayTools & { readonly accountId: string }> {
  const { account: accountId } = await callerOf(accountOf(env), region);
  return {
    accountId,
    fis: fisIn(region, env),
    machines: machinesOf(await fullClient("ec2", region, env)),
    nowMs: Date.now,
    wait,
    isHurried,
    say,
  };
}

/** All tools of a game day, except for its journal. */
export async function toolsFor(
  watched: WatchedStack,
  process: GameDayProcess,
  dns: ClientDns = publicDns(),
): Promise<Omit<PlayTools, "keep"> & PlanTools> {
  const { region, owner, resources, hostname } = watched;
  const mending = await mendingTools(region, process);
  refuseOtherAccount(owner, mending.accountId);
  let servers: Promise<readonly AskedServer[]> | undefined;
  const account = accountOf(process.env);
  const alarmStates = async (names: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    statesOfAlarms(names, await account.client("cloudwatch", region));
  const alarms = alarmsOfStack(resources);
  const regions = [...new Set(alarms.map((one) => one.region))];
  return {
    ...mending,
    alarmStates,
    async ask() {
      servers ??= serversOf(watched, dns);
      return servedNames(
        [
          { name: hostname, type: "A" },
          { name: hostname, type: "AAAA" },
        ],
        await servers,
        dns,
      );
    },
    async alarmEvents(from, to) {
      const events = await Promise.all(
        regions.map(async (one) => {
          const names = alarms.flatMap(({ region: of, name }) => (of === one ? [name] : []));
          const cloudwatch = await account.client("cloudwatch", one);
          return alarmEvents(one, new Set(names), [from, to], cloudwatch);
        }),
      );
      return events.flat();
    },
    interruption: process.interruption,
    token: randomUUID,
  };
}

async function serversOf(
  { zone, nameServers }: WatchedStack,
  dns: ClientDns,
): Promise<readonly AskedServer[]> {
  try {
    const names = nameServers.length > 0 ? nameServers : await dns.nameServersOf(zone);
    const servers = await Promise.all(
      names.map(async (name) => (await dns.serversAt(name)).map((server) => ({ ...server, name }))),
    );
    if (servers.flat().length > 0) return servers.flat();
  } catch (cause) {
    if (!(cause instanceof DnsError)) throw cause;
    throw new InputError(`${zone}: its name servers cannot be asked, ${cause.message}`, { cause });
  }
  throw new InputError(
    `${zone}: must have name servers with addresses, got none; check its delegation, since nothing could be measured`,
  );
}
