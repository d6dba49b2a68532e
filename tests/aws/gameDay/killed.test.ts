import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { parseJournal } from "../../../aws/gameDay/journal";
import { main } from "../../../cli/main";
import type { Io } from "../../../cli/io";
import { processIo } from "../../../cli/io";
import { sourceLoader } from "../../childProcess";
import { needParts } from "../../app/harness/parts";
import { root } from "../../conventions/sourceTree";
import { AuthoritativeServer } from "../authoritativeServer";
import { Moto } from "../moto";
import type { GameDayTask } from "./process";
import { GameDayWorld, region } from "./world";

describe("the process of a game day", function () {
  this.timeout(180_000);
  let moto: Moto | undefined;
  let server: AuthoritativeServer | undefined;
  let world: GameDayWorld;
  let directory: string;
  let child: ChildProcess | undefined;

  before(async function () {
    needParts(this, ["moto_server"]);
    moto = await Moto.emptied();
    server = await AuthoritativeServer.start();
    server.said = { "orders.example.org A": ["198.51.100.10"] };
  });
  after(() => {
    server?.end();
  });
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "game-day-"));
    if (!moto || !server) return;
    world = await GameDayWorld.start(moto, [server]);
    const cloudwatch = new CloudWatch({
      region,
      endpoint: moto.endpoint,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    await cloudwatch.putMetricAlarm({
      AlarmName: "customers",
      MetricName: "m",
      Namespace: "n",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      Statistic: "Sum",
      ComparisonOperator: "GreaterThanThreshold",
    });
    await cloudwatch.setAlarmState({
      AlarmName: "customers",
      StateValue: "OK",
      StateReason: "test",
    });
  });
  afterEach(() => {
    child?.kill("SIGKILL");
    rmSync(directory, { recursive: true });
  });

  /** Starts a process, and waits until it has stopped the machines. */
  async function started(): Promise<{ readonly process: ChildProcess; readonly journal: string }> {
    const journal = join(directory, "journal.json");
    const task: GameDayTask = {
      plan: world.planBy("instances"),
      port: server?.server.port ?? 0,
      journal,
    };
    const process_ = spawn(process.execPath, [...sourceLoader, join(__dirname, "process.ts")], {
      cwd: root,
      env: {
        ...process.env,
        ...world.env,
        GAME_DAY: JSON.stringify(task),
      },
      stdio: ["ignore", "pipe", "ignore"],
    });
    child = process_;
    while ((await world.down()).length < 2) {
      if (process_.exitCode !== null) throw new Error(`it ended with ${process_.exitCode}`);
      await setTimeout(200);
    }
    return { process: process_, journal };
  }

  it("ends its fault itself after Ctrl-C", async () => {
    const { process: process_, journal } = await started();
    const out = process_.stdout ? text(process_.stdout) : Promise.resolve("");
    process_.kill("SIGINT");
    const [code] = (await once(process_, "exit")) as [number | null];
    expect([code, await out]).to.deep.equal([0, "Ctrl-C\n"]);
    expect(await world.down()).to.deep.equal([]);
    expect(parseJournal(readFileSync(journal, "utf8"), journal).phase).to.equal("mended");
  });

  it("leaves a journal after SIGKILL, by which restore starts everything again", async () => {
    const { process: process_, journal } = await started();
    process_.kill("SIGKILL");
    await once(process_, "exit");
    expect(await world.down()).to.deep.equal(world.instanceIds.slice(0, 2));
    expect(parseJournal(readFileSync(journal, "utf8"), journal).phase).to.equal("open");
    const io = processIo(
      Object.assign(Object.create(process), { env: world.env }) as NodeJS.Process,
    );
    const written: string[] = [];
    const writer = { write: (line: string) => written.push(line), isTerminal: false, columns: 100 };
    const quiet: Io = {
      ...{ ...io, stdout: writer, stderr: writer },
      wait: (milliseconds, signal) => io.wait(milliseconds / 50, signal),
    };
    expect(await main(["gameday", "restore", "--journal", journal], quiet)).to.equal(0);
    expect(written.at(-1)).to.equal("Nothing is left: everything is started again.\n");
    expect(await world.down()).to.deep.equal([]);
  });
});
