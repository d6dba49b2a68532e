import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { anOrder, percentile, place } from "../harness/customer";
import { processorTime, type ProcessorTime } from "./processorTime";
import { CONDITIONS, startSide, type Condition } from "./side";

/** Rounds of each side, in turns, so that other load on the machine affects both. */
const ROUNDS = 5;
const ROUND_MS = 4000;
const CLIENTS = 8;
/** Before the first round: four for each of 24 workers, so that all have their connections. */
const FIRST_ORDERS = 96;

interface Round {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly confirmed: number;
  /** For one order, in ms. Unlike the rate, it does not depend on other load on the machine. */
  readonly processor: ProcessorTime;
}

/**
 * `npm run test:speed -- COMMIT [moto|near|far]`: orders per second of one machine; compares this
 * application with that of another commit, in turns. Each has its own stores.
 */
async function main(): Promise<number> {
  const [commit = "HEAD", word = "near"] = process.argv.slice(2);
  if (!(word in CONDITIONS))
    throw new Error(`${word}: must be ${Object.keys(CONDITIONS).join(", ")}`);
  const condition = word as Condition;
  if (commit === "--side") return side(condition);
  const folder = mkdtempSync(join(tmpdir(), "cafe-speed-"));
  try {
    // The servers run as another account.
    chmodSync(folder, 0o755);
    const archive = execFileSync("git", ["archive", commit, "app"], { maxBuffer: 1 << 28 });
    execFileSync("tar", ["-x", "-C", folder], { input: archive });
    const [before, now] = await Promise.all([
      started(condition, join(folder, "app")),
      started(condition),
    ]);
    const rounds: (readonly [Round, Round])[] = [];
    for (let n = 0; n < ROUNDS; n++) {
      const [old, own] = [await before.round(), await now.round()];
      rounds.push([old, own]);
      console.log(`round ${n + 1}, load ${load()}: ${commit} ${shown(old)}; now ${shown(own)}`);
    }
    const median = (of: (old: Round, own: Round) => number) =>
      percentile(
        rounds.map(([old, own]) => of(old, own)),
        0.5,
      ).toFixed(2);
    console.log(
      `${condition}, now / ${commit}, median: orders per second ${median((old, own) => own.perSecond / old.perSecond)}, ` +
        `p99 ${median((old, own) => own.p99 / old.p99)}, orders per second of the machine's own processor ` +
        median((old, own) => old.processor.machine / own.processor.machine),
    );
    await Promise.all([before.end(), now.end()]);
    return 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A side in a separate process. */
interface SideProcess {
  /** Plays one round. */
  readonly round: () => Promise<Round>;
  readonly end: () => Promise<void>;
}

/** Starts a side. It and its servers end with its input, so with this process at the latest. */
async function started(condition: Condition, app?: string): Promise<SideProcess> {
  const child: ChildProcess = spawn(
    process.execPath,
    ["-r", "ts-node/register", __filename, "--side", condition],
    {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, ...(app === undefined ? {} : environmentFor(app)) },
    },
  );
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error("no pipes");
  const lines = createInterface(stdout);
  const ended = new Promise<void>((resolve) => {
    child.on("exit", (code) => {
      if (code !== 0) process.exit(3);
      resolve();
    });
  });
  await nextLine(lines);
  return {
    round: async () => {
      const line = nextLine(lines);
      stdin.write("go\n");
      return JSON.parse(await line) as Round;
    },
    end: () => {
      stdin.end();
      return ended;
    },
  };
}

/** An application from before the journal's present key gets the old table. */
function environmentFor(app: string): NodeJS.ProcessEnv {
  const isOld = !readFileSync(join(app, "src/Journal.php"), "utf8").includes(
    "'bodyHash' => ['S' => $order->hash]]",
  );
  return { CAFE_TEST_APP: app, ...(isOld ? { CAFE_TEST_JOURNAL_BY_NUMBER: "yes" } : {}) };
}

async function nextLine(lines: Interface): Promise<string> {
  return new Promise((resolve) => lines.once("line", resolve));
}

async function side(condition: Condition): Promise<number> {
  const one = await startSide(condition);
  for (let taken = 0; taken < FIRST_ORDERS;) taken += (await round(one.origin, 500)).confirmed;
  console.log("ready");
  for await (const line of createInterface(process.stdin)) {
    if (line === "go") console.log(JSON.stringify(await round(one.origin, ROUND_MS)));
  }
  await one.close();
  return 0;
}

async function round(origin: string, ms: number): Promise<Round> {
  const times: number[] = [];
  let confirmed = 0;
  const [startedAt, before] = [performance.now(), processorTime()];
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (performance.now() < startedAt + ms) {
      const { status, ms: taken } = await place(origin, anOrder());
      times.push(taken);
      if (status === 201) confirmed++;
    }
  });
  await Promise.all(clients);
  const seconds = (performance.now() - startedAt) / 1000;
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  const after = processorTime();
  const processor = {
    machine: (after.machine - before.machine) / confirmed,
    standIns: (after.standIns - before.standIns) / confirmed,
  };
  return { perSecond: confirmed / seconds, p50, p99, confirmed, processor };
}

function shown({ perSecond, p50, p99, processor: { machine, standIns } }: Round): string {
  return (
    `${perSecond.toFixed(1)}/s, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ` +
    `an order takes ${machine.toFixed(1)} ms of the machine's processor and ${standIns.toFixed(1)} of the stand-ins'`
  );
}

function load(): string {
  return readFileSync("/proc/loadavg", "utf8").split(" ")[0] ?? "?";
}

main()
  .then((code) => process.exit(code))
  .catch((error: unknown) => {
    console.error(error);
    process.exit(3);
  });
