import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { DatabaseLink, DatabaseMode } from "../harness/databaseLink";
import type { JournalLink, LinkMode } from "../../../rehearsal/live/lamp/journalLink";
import type { Region } from "../harness/region";
import type { Side, TwoRegions } from "../harness/twoRegions";
import type { Fault, FaultKind } from "./plan";
import type { Random } from "./random";

/** Undoes a fault. */
export type Repair = () => Promise<void>;

type Inflict = (side: Side, two: TwoRegions, random: Random) => Promise<Repair>;

/** Injects a fault; the result repairs it. */
export async function inflict(
  { kind, side }: Fault,
  two: TwoRegions,
  random: Random,
): Promise<Repair> {
  return WAYS[kind](two[side], two, random);
}

const WAYS: Readonly<Record<FaultKind, Inflict>> = {
  databaseKilled: async ({ region }) => {
    await region.database.kill();
    return async () => region.database.start();
  },
  databaseHung: async ({ region }) => {
    region.database.signal("SIGSTOP");
    return Promise.resolve(async () => {
      region.database.signal("SIGCONT");
      return Promise.resolve();
    });
  },
  databaseRestarted: async ({ region }) => {
    await region.database.stop();
    await region.database.start();
    return async () => Promise.resolve();
  },
  databaseReset: async ({ region }) =>
    repeatedly(async () => {
      network(region).mode = "reset";
      await sleep(50);
      network(region).mode = "ok";
    }),
  databaseUnreachable: async ({ region }) => networkMode(region, "hung"),
  databaseFarAway: async ({ region }) => networkMode(region, "slow"),
  databaseLocked: async ({ region }) => {
    // Ends after 1.5 s, whatever the duration of the fault.
    const locked = region.database.query("LOCK TABLES orders WRITE; SELECT SLEEP(1.5)");
    return Promise.resolve(async () => {
      await locked;
    });
  },
  // Only for the application's account, so that the repair can still connect.
  databaseFull: async ({ region }) =>
    settings(
      region,
      "ALTER USER cafe WITH MAX_USER_CONNECTIONS 5",
      "ALTER USER cafe WITH MAX_USER_CONNECTIONS 0",
    ),
  databaseReadOnly: async ({ region }) =>
    settings(region, "SET GLOBAL read_only = ON", "SET GLOBAL read_only = OFF"),
  journalRefused: async ({ there }) => mode(there, "refused"),
  journalHung: async ({ there }) => mode(there, "hung"),
  journalSlow: async ({ there }) => mode(there, "slow"),
  journalAnswerLost: async ({ there }) => mode(there, "lostAnswer"),
  journalAnswerCut: async ({ there }) => mode(there, "halfAnswer"),
  journalThrottled: async ({ there }) => mode(there, "throttled"),
  journalFailing: async ({ there }) => mode(there, "failing"),
  localReplicaThrottled: async ({ here }) => mode(here, "throttled"),
  localReplicaRefused: async ({ here }) => mode(here, "refused"),
  linkDown: async (_side, two) => {
    two.replication.linkIsUp = false;
    const repairs = await Promise.all([
      mode(two.oregon.there, "hung"),
      mode(two.dublin.there, "hung"),
    ]);
    return async () => {
      two.replication.linkIsUp = true;
      await Promise.all(repairs.map(async (repair) => repair()));
    };
  },
  redisDead: async ({ region }) => {
    await region.redis.kill();
    return async () => region.redis.start();
  },
  appKilled: async ({ region }) => {
    await region.killWeb();
    return async () => region.startWeb();
  },
  workersKilled: async ({ region }) =>
    repeatedly(async () => {
      killWorkers(region.fpmPid);
      return Promise.resolve();
    }),
  drainKilled: async ({ region }, _two, random) =>
    repeatedly(async () => {
      const drain = region.startDrain("--now");
      // A pass takes about 60 ms: this ends it at the start, in the middle or just before the end.
      await sleep(15 + random.below(60));
      drain.signal("SIGKILL");
      await drain.ended;
    }),
  drainsAtOnce: async ({ region }) =>
    repeatedly(async () => {
      await Promise.all([1, 2, 3].map(async () => region.startDrain("--now").ended));
    }),
};

function network({ databaseLink }: Region): DatabaseLink {
  if (databaseLink === undefined) throw new Error("the regions were started without that network");
  return databaseLink;
}

async function networkMode(region: Region, name: DatabaseMode): Promise<Repair> {
  network(region).mode = name;
  return Promise.resolve(async () => {
    // Lost bytes are never sent again, so connections that lost some are useless.
    network(region).mode = "reset";
    network(region).mode = "ok";
    return Promise.resolve();
  });
}

async function settings(region: Region, bad: string, good: string): Promise<Repair> {
  await region.database.query(bad);
  return async () => {
    await region.database.query(good);
  };
}

async function mode(link: JournalLink, name: LinkMode): Promise<Repair> {
  link.mode = name;
  return Promise.resolve(async () => {
    link.mode = "ok";
    return Promise.resolve();
  });
}

/** Repeats `work` until the repair. */
async function repeatedly(work: () => Promise<void>): Promise<Repair> {
  const ending = new AbortController();
  const loop = (async () => {
    while (!ending.signal.aborted) {
      await work();
      await sleep(250);
    }
  })();
  return Promise.resolve(async () => {
    ending.abort();
    await loop;
  });
}

/** Kills every other worker of PHP-FPM; its master starts new ones. */
function killWorkers(master: number): void {
  const workers = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === master)
    .filter((_name, index) => index % 2 === 0);
  for (const worker of workers) {
    try {
      process.kill(Number(worker), "SIGKILL");
    } catch (error) {
      // It has ended in the meantime, as workers do.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

function parentOf(pid: string): number {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return 0; // It has ended in the meantime.
  }
}
