import { readdirSync, readFileSync } from "node:fs";

/** Linux counts in hundredths of a second (man 5 proc, sysconf(_SC_CLK_TCK)). */
const TICK_MS = 10;

/** The programs of an instance; every other process below this one is a stand-in for a service. */
const MACHINE = /^(apache2|php-fpm[\d.]*|mariadbd)$/;

interface Running {
  readonly pid: number;
  readonly program: string;
  readonly parent: number;
  /** Its own time and that of children that have ended. */
  readonly ms: number;
}

/** The processor time, in ms, of the servers below this process. */
export interface ProcessorTime {
  /** By Apache, PHP and MariaDB. */
  readonly machine: number;
  /** By the stand-ins for AWS and their network, which is this process. */
  readonly standIns: number;
}

/** The processor time so far. */
export function processorTime(): ProcessorTime {
  const all = new Map(running().map((one) => [one.pid, one]));
  const isBelow = ({ pid, parent }: Running): boolean => {
    if (pid === process.pid) return true;
    const above = all.get(parent);
    return above !== undefined && isBelow(above);
  };
  const sum = (isMachine: boolean) =>
    [...all.values()]
      .filter((one) => MACHINE.test(one.program) === isMachine && isBelow(one))
      .reduce((total, { ms }) => total + ms, 0);
  return { machine: sum(true), standIns: sum(false) };
}

function running(): Running[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // 27461 (php-fpm8.2) S 1 ...: the name may contain spaces.
        const text = readFileSync(`/proc/${name}/stat`, "utf8");
        const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
        const ticks = [11, 12, 13, 14].reduce((total, n) => total + Number(fields[n]), 0);
        const program = text.slice(text.indexOf("(") + 1, text.lastIndexOf(")"));
        return [{ pid: Number(name), program, parent: Number(fields[1]), ms: ticks * TICK_MS }];
      } catch {
        // It has ended in the meantime.
        return [];
      }
    });
}
