/** A process that holds a game day on machines in moto, to be killed: arguments in GAME_DAY. */
import type { ClientDns } from "../../../aws/publicDns";
import { askServer } from "../../../aws/publicDns";
import type { GameDayPlan } from "../../../aws/gameDay/plan";
import { playGameDay } from "../../../aws/gameDay/play";
import { toolsFor } from "../../../aws/gameDay/tools";
import { keep } from "../../../cli/gameDayJournal";
import { interruptsOf } from "../../../cli/interrupts";
import type { Io } from "../../../cli/io";
import { processIo } from "../../../cli/io";

/** What the test tells the process. */
export interface GameDayTask {
  readonly plan: GameDayPlan;
  readonly port: number;
  readonly journal: string;
}

async function hold({ plan, port, journal }: GameDayTask): Promise<void> {
  const real = processIo(process);
  // Nothing changes between two looks but what this process does.
  const io: Io = { ...real, wait: (milliseconds, signal) => real.wait(milliseconds / 50, signal) };
  const interrupts = interruptsOf(io);
  const dns: ClientDns = {
    ask: askServer,
    nameServersOf: () => Promise.resolve(["ns-1"]),
    serversAt: () => Promise.resolve([{ address: "127.0.0.1", port }]),
    addressesOf: () => Promise.resolve([]),
  };
  const { region, project, stack } = plan;
  const tools = await toolsFor(
    {
      region,
      owner: { project, stack, outputs: {} },
      resources: [],
      hostname: "orders.example.org",
      zone: "example.org",
      nameServers: [],
    },
    { env: io.env, say: () => undefined, ...interrupts },
    dns,
  );
  const result = await playGameDay(plan, {
    ...tools,
    keep: (entry) => keep(entry, journal, io),
  });
  io.stdout.write(`${result?.end ?? "not started"}\n`);
}

void hold(JSON.parse(process.env["GAME_DAY"] ?? "{}") as GameDayTask).then(() => process.exit(0));
