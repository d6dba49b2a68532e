import { EC2 } from "@aws-sdk/client-ec2";
import { fullClient } from "../../../aws/clients";
import type { Fis } from "../../../aws/gameDay/fis";
import type { GameDayJournal } from "../../../aws/gameDay/journal";
import type { LiveMachine, LiveMachines } from "../../../aws/gameDay/machines";
import { machinesOf } from "../../../aws/gameDay/machines";
import type { GameDayPlan } from "../../../aws/gameDay/plan";
import type { PlayTools } from "../../../aws/gameDay/play";
import { askServer } from "../../../aws/publicDns";
import { servedNames } from "../../../aws/status/serving";
import type { AuthoritativeServer } from "../authoritativeServer";
import type { Moto } from "../moto";

export const region = "us-west-2";
const tags = { Project: "failover", Environment: "dev" };
const [hostname, primary, standby] = ["orders.example.org", "198.51.100.10", "198.51.100.20"];
/** From a stop until the first name server answers otherwise, and from one server to the next. */
const movesAfterMs = [20_000, 30_000] as const;

/** Three machines, name servers on loopback that follow them, and a clock that jumps. */
export class GameDayWorld {
  nowMs = Date.UTC(2027, 0, 15, 12);
  journal: GameDayJournal | undefined;
  interruption: string | undefined;
  isHurried = false;
  alarmState = "OK";
  readonly said: string[] = [];
  private downSinceMs: number | undefined;
  private constructor(
    readonly env: Readonly<Record<string, string>>,
    readonly machines: LiveMachines,
    private readonly servers: readonly AuthoritativeServer[],
    readonly instanceIds: readonly string[],
  ) {}

  /** With machines in memory, for many game days: moto takes milliseconds for a call. */
  static inMemory(servers: readonly AuthoritativeServer[]): GameDayWorld {
    const ids = ["i-1", "i-2", "i-3"];
    return new GameDayWorld({}, machinesInMemory(ids), servers, ids);
  }

  /** With machines in moto, which it empties. */
  static async start(moto: Moto, servers: readonly AuthoritativeServer[]): Promise<GameDayWorld> {
    await moto.reset();
    const env = {
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    };
    const ec2 = new EC2({
      region,
      endpoint: moto.endpoint,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const ids: string[] = [];
    for (const zone of ["a", "a", "b"]) {
      const { Instances = [] } = await ec2.runInstances({
        ImageId: "ami-0123456789abcdef0",
        Placement: { AvailabilityZone: `${region}${zone}` },
        MinCount: 1,
        MaxCount: 1,
        TagSpecifications: [
          {
            ResourceType: "instance",
            Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
          },
        ],
      });
      ids.push(Instances[0]?.InstanceId ?? "");
    }
    const machines = machinesOf(await fullClient("ec2", region, env));
    return new GameDayWorld(env, machines, servers, ids);
  }

  /** A game day on the machines of us-west-2a, by EC2 or by an experiment. */
  planBy(kind: "experiment" | "instances"): GameDayPlan {
    return {
      project: tags.Project,
      stack: tags.Environment,
      region,
      accountId: "123456789012",
      name: "us-west-2a",
      fault:
        kind === "instances"
          ? { kind, instanceIds: this.instanceIds.slice(0, 2) }
          : { kind, templateId: "EXT1", stoppedBefore: [] },
      stopAlarms: [{ region, name: "customers" }],
      minutes: 2,
      returnMinutes: 2,
      effect: "stops machines",
    };
  }

  /** FIS, whose experiment stops the machines of us-west-2a and starts them again at its end. */
  readonly experiments = new Map<string, string>();
  get fis(): Fis {
    const { experiments, machines } = this;
    const struck = this.instanceIds.slice(0, 2);
    const of = (id: string): Awaited<ReturnType<Fis["experiment"]>> => {
      const status = experiments.get(id) ?? "unknown";
      return { id, status, reason: "", isUnderWay: status === "running", createdMs: this.nowMs };
    };
    return {
      template: () => Promise.reject(new Error("not foreseen")),
      templatesTagged: () => Promise.resolve([]),
      running: () => Promise.resolve([]),
      async start() {
        const id = `EXP${experiments.size + 1}`;
        experiments.set(id, "running");
        await machines.stop(struck);
        return id;
      },
      experiment: (id) => Promise.resolve(of(id)),
      experimentsOf: () => Promise.resolve([...experiments.keys()].map(of)),
      async stop(id) {
        experiments.set(id, "stopped");
        await machines.start(struck);
      },
    };
  }

  /** The tools of one process. */
  tools(): PlayTools {
    return {
      fis: this.fis,
      machines: this.machines,
      nowMs: () => this.nowMs,
      wait: (milliseconds) => {
        this.nowMs += milliseconds;
        return Promise.resolve();
      },
      isHurried: () => this.isHurried,
      say: (line) => this.said.push(line),
      ask: async () => {
        await this.moveAnswers();
        return servedNames(
          [{ name: hostname, type: "A" }],
          this.servers.map(({ server }, index) => ({ ...server, name: `ns-${index + 1}` })),
          { ask: askServer },
        );
      },
      alarmStates: () => Promise.resolve(new Map([["customers", this.alarmState]])),
      alarmEvents: () => Promise.resolve([]),
      keep: (journal) => {
        this.journal = journal;
        return Promise.resolve();
      },
      interruption: () => this.interruption,
      token: () => "token",
    };
  }

  /** The ids of machines that are not running. */
  async down(): Promise<readonly string[]> {
    const all = await this.machines.withIds(this.instanceIds);
    return all.filter(({ state }) => state !== "running").map(({ id }) => id);
  }

  /** As Route 53 does: some time after the machines, one server after the other. */
  private async moveAnswers(): Promise<void> {
    const isDown = (await this.down()).length > 0;
    this.downSinceMs = isDown ? (this.downSinceMs ?? this.nowMs) : undefined;
    for (const [index, server] of this.servers.entries()) {
      const moves = this.nowMs - (this.downSinceMs ?? Infinity) >= (movesAfterMs[index] ?? 0);
      server.said = { [`${hostname} A`]: [moves ? standby : primary] };
    }
  }
}

/** Instances that stop and start at once, as moto's do. */
function machinesInMemory(ids: readonly string[]): LiveMachines {
  const states = new Map(ids.map((id) => [id, "running"]));
  const become = (state: string) => (some: readonly string[]) => {
    for (const id of some) states.set(id, state);
    return Promise.resolve();
  };
  const withIds = (some: readonly string[]): Promise<readonly LiveMachine[]> =>
    Promise.resolve(
      some.map((id) => ({
        id,
        state: states.get(id) ?? "unknown",
        availabilityZone: `${region}a`,
      })),
    );
  return {
    tagged: () => withIds(ids),
    withIds,
    stop: become("stopped"),
    start: become("running"),
  };
}
