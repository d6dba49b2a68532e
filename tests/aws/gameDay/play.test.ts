import { expect } from "chai";
import { AwsError } from "../../../aws/awsError";
import { mend } from "../../../aws/gameDay/mend";
import type { LeftOver } from "../../../aws/gameDay/mend";
import { playGameDay } from "../../../aws/gameDay/play";
import type { GameDayResult, PlayTools } from "../../../aws/gameDay/play";
import { needParts } from "../../app/harness/parts";
import { AuthoritativeServer } from "../authoritativeServer";
import { Moto } from "../moto";
import { GameDayWorld } from "./world";

type Way = "SIGKILL" | "exception" | "SIGINT";

/** Stops a process at one of its actions on the outside, before or after it takes effect. */
class Killer {
  actions = 0;
  readonly killed: Promise<"killed">;
  private kill: () => void = () => undefined;
  constructor(
    private readonly at: number,
    private readonly way: Way,
    private readonly isAfter: boolean,
    private readonly world: GameDayWorld,
  ) {
    this.killed = new Promise((resolve) => {
      this.kill = () => {
        resolve("killed");
      };
    });
  }

  /** Tools of which every asynchronous call counts as an action, except for waiting. */
  around<T extends object>(tools: T): T {
    return new Proxy(tools, {
      get: (target, name): unknown => {
        const value: unknown = Reflect.get(target, name);
        if (name === "fis" || name === "machines") return this.around(value as object);
        if (typeof value !== "function" || this.isNoAction(name)) return value;
        return async (...given: readonly unknown[]): Promise<unknown> => {
          const call = (): Promise<unknown> =>
            Reflect.apply(value, target, given) as Promise<unknown>;
          this.actions += 1;
          if (this.actions !== this.at) return call();
          if (this.isAfter) await call();
          if (this.way === "SIGINT") {
            this.world.interruption = "Ctrl-C";
            return call();
          }
          this.kill();
          if (this.way === "exception") throw new Error(`broken at ${String(name)}`);
          return new Promise(() => undefined);
        };
      },
    });
  }

  private isNoAction(name: string | symbol): boolean {
    return ["nowMs", "wait", "isHurried", "say", "interruption", "token"].includes(String(name));
  }
}

describe("a game day, against moto and name servers on loopback", function () {
  this.timeout(240_000);
  let moto: Moto | undefined;
  let world: GameDayWorld;
  let servers: readonly AuthoritativeServer[] = [];

  before(async function () {
    needParts(this, ["moto_server"]);
    moto = await Moto.emptied();
    servers = await Promise.all([AuthoritativeServer.start(), AuthoritativeServer.start()]);
  });
  after(() => {
    for (const server of servers) server.end();
  });
  beforeEach(async () => {
    if (moto) world = await GameDayWorld.start(moto, servers);
  });

  const played = async (
    kind: "experiment" | "instances",
    tools: PlayTools = world.tools(),
  ): Promise<GameDayResult> => {
    const result = await playGameDay(world.planBy(kind), tools);
    if (result === undefined) throw new Error("it was not started");
    return result;
  };

  for (const kind of ["instances", "experiment"] as const) {
    it(`by ${kind}: measures each name server, mends, and sees the return`, async () => {
      const result = await played(kind);
      expect(result.movements).to.deep.equal([
        {
          name: "orders.example.org",
          type: "A",
          before: ["198.51.100.10"],
          after: ["198.51.100.20"],
          firstMovedSeconds: 20,
          allMovedSeconds: 30,
          returnedSeconds: 5,
        },
      ]);
      expect(result).to.include({ end: "2 minutes are over", isComplete: true });
      expect([result.left, await world.down()]).to.deep.equal([[], []]);
      expect(world.journal?.phase).to.equal("mended");
    });
  }

  it("writes what it will stop before it stops anything", async () => {
    const seen: unknown[] = [];
    const tools = world.tools();
    await played("instances", {
      ...tools,
      keep: async (journal) => {
        seen.push([journal.phase, journal.fault, await world.down()]);
        await tools.keep(journal);
      },
    });
    const fault = {
      kind: "instances",
      name: "us-west-2a",
      instanceIds: world.instanceIds.slice(0, 2),
    };
    expect(seen).to.deep.equal([
      ["open", fault, []],
      ["mended", fault, []],
    ]);
  });

  it("ends as soon as a stop alarm is on", async () => {
    const tools = world.tools();
    const result = await played("instances", {
      ...tools,
      alarmStates: (names) => {
        if (world.nowMs >= Date.parse(world.journal?.startedAt ?? "") + 10_000)
          world.alarmState = "ALARM";
        return tools.alarmStates(names);
      },
    });
    expect(result).to.include({ end: "stop alarm customers is ALARM", isComplete: false });
    expect([result.mendedSeconds < 30, await world.down()]).to.deep.equal([true, []]);
  });

  it("ends the fault when the connection to AWS is lost, and mends it when it is back", async () => {
    const tools = world.tools();
    const lost = new AwsError("cloudwatch describeAlarms in us-west-2", {
      code: "ENOTFOUND",
      message: "no",
    });
    let refused = 0;
    const result = await played("instances", {
      ...tools,
      alarmStates: () => Promise.reject(lost),
      machines: {
        ...world.machines,
        withIds: (ids) => {
          refused += 1;
          return refused < 5 ? Promise.reject(lost) : world.machines.withIds(ids);
        },
      },
    });
    expect(result.end).to.equal(
      "AWS cannot be watched: cloudwatch describeAlarms in us-west-2 was not answered, got ENOTFOUND",
    );
    expect([result.isComplete, result.left, await world.down()]).to.deep.equal([false, [], []]);
  });

  it("says what is left and how to mend it if AWS refuses, and a later process mends it", async () => {
    const [first, second] = world.instanceIds;
    const expired = new AwsError("ec2 startInstances in us-west-2", {
      name: "ExpiredToken",
      message: "expired",
    });
    const result = await played("instances", {
      ...world.tools(),
      machines: { ...world.machines, start: () => Promise.reject(expired) },
    });
    expect(result.left).to.deep.equal([
      {
        what: `${first}, ${second}: may be stopped, ec2 startInstances in us-west-2 failed, got ExpiredToken: expired`,
        command: `aws ec2 start-instances --region us-west-2 --instance-ids ${first} ${second}`,
      },
    ]);
    expect(world.journal?.phase).to.equal("open");
    expect(await world.down()).to.deep.equal([first, second]);
    if (world.journal) expect(await mend(world.journal, world.tools())).to.deep.equal([]);
    expect(await world.down()).to.deep.equal([]);
  });

  it("starts nothing if the names have no answer, or it is ended before", async () => {
    world.interruption = "Ctrl-C";
    expect(await playGameDay(world.planBy("instances"), world.tools())).to.equal(undefined);
    const refused = await playGameDay(world.planBy("instances"), {
      ...world.tools(),
      ask: () =>
        Promise.resolve([{ name: "orders.example.org", type: "A", answers: [], silent: [] }]),
    }).then(
      () => "started",
      (error: unknown) => (error as Error).message,
    );
    expect(refused).to.equal(
      "orders.example.org A: must have an answer before the start, got none; without it nothing can be measured",
    );
    expect([world.journal, await world.down()]).to.deep.equal([undefined, []]);
  });
});

describe("a game day that is killed, on machines in memory", function () {
  this.timeout(240_000);
  let world: GameDayWorld;
  let servers: readonly AuthoritativeServer[] = [];

  before(async () => {
    servers = await Promise.all([AuthoritativeServer.start(), AuthoritativeServer.start()]);
  });
  after(() => {
    for (const server of servers) server.end();
  });
  beforeEach(() => {
    world = GameDayWorld.inMemory(servers);
  });

  /** Plays until the end or the kill; mends in a new process whatever the journal says. */
  async function killedAt(
    kind: "experiment" | "instances",
    at: number,
    way: Way,
    isAfter: boolean,
  ): Promise<{ readonly actions: number; readonly left: readonly LeftOver[] }> {
    world.journal = undefined;
    world.interruption = undefined;
    const killer = new Killer(at, way, isAfter, world);
    const tools = killer.around(world.tools());
    const plan = { ...world.planBy(kind), minutes: 0.75, returnMinutes: 0.75 };
    const end = playGameDay(plan, tools).then(
      () => "ended" as const,
      () => "failed" as const,
    );
    const outcome = await Promise.race([end, ...(way === "SIGKILL" ? [killer.killed] : [])]);
    // A killed process ends nothing; the others leave nothing for another process.
    const journal = world.journal as GameDayWorld["journal"];
    world.interruption = undefined;
    if (way !== "SIGKILL" && outcome !== "failed") expect(await world.down()).to.deep.equal([]);
    const left = journal?.phase === "open" ? await mend(journal, world.tools()) : [];
    return { actions: killer.actions, left };
  }

  for (const kind of ["instances", "experiment"] as const) {
    for (const way of ["SIGKILL", "exception", "SIGINT"] as const) {
      it(`by ${kind}: leaves nothing stopped after ${way} at any action`, async () => {
        const whole = await killedAt(kind, 0, way, false);
        const points = Math.min(whole.actions, 16);
        const first = Array.from({ length: points - 6 }, (_, index) => index + 1);
        const last = Array.from({ length: 6 }, (_, index) => whole.actions - index);
        expect(first.length + last.length).to.be.at.least(10);
        for (const at of [...first, ...last]) {
          for (const isAfter of way === "SIGINT" ? [false] : [false, true]) {
            const { left } = await killedAt(kind, at, way, isAfter);
            const where = `${way} ${isAfter ? "after" : "before"} action ${at}`;
            expect([where, left, await world.down()]).to.deep.equal([where, [], []]);
          }
        }
      });
    }
  }
});
