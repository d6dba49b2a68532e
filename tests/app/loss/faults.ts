import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { JournalLink, LinkMode } from "../harness/journalLink";
import type { Side, TwoRegions } from "../harness/twoRegions";
import type { Fault, FaultKind } from "./plan";

/** Undoes a fault. */
export type Repair = () => Promise<void>;

type Inflict = (side: Side, two: TwoRegions) => Promise<Repair>;

/** Makes something go wrong; the result repairs it. */
export async function inflict({ kind, side }: Fault, two: TwoRegions): Promise<Repair> {
  return WAYS[kind](two[side], two);
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
  journalRefused: async ({ there }) => mode(there, "refused"),
  journalHung: async ({ there }) => mode(there, "hung"),
  journalSlow: async ({ there }) => mode(there, "slow"),
  journalAnswerLost: async ({ there }) => mode(there, "lostAnswer"),
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
  drainKilled: async ({ region }) =>
    repeatedly(async () => {
      const drain = region.startDrain("--now");
      // A pass takes some 60 ms: this ends it at the start, in the middle or just before the end.
      await sleep(15 + Math.random() * 60);
      drain.signal("SIGKILL");
      await drain.ended;
    }),
  drainsAtOnce: async ({ region }) =>
    repeatedly(async () => {
      await Promise.all([1, 2, 3].map(async () => region.startDrain("--now").ended));
    }),
};

async function mode(link: JournalLink, name: LinkMode): Promise<Repair> {
  link.mode = name;
  return Promise.resolve(async () => {
    link.mode = "ok";
    return Promise.resolve();
  });
}

/** Does something again and again until the repair. */
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
      // It ended by itself in the meantime, as workers do.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

function parentOf(pid: string): number {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return 0; // It ended while we looked.
  }
}
