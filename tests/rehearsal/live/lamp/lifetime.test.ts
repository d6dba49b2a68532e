import { spawn, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { buildSync } from "esbuild";
import { cleanUpAfterKilledDrills } from "../../../../rehearsal/live/lamp/lifetime";
import { freePort, until } from "../../../../rehearsal/live/lamp/waiting";
import { needParts, REGION_PARTS } from "../../../app/harness/parts";
import { itWithEveryCase, sampled } from "../../../sampled";
import { root } from "../../../conventions/sourceTree";
import { listeners, listenersAt } from "./listeners";

type Ending = "SIGKILL" | "SIGINT" | "SIGTERM" | "close" | "throw";

describe("what a drill leaves when it ends", () => {
  const systemTmp = process.env["TMPDIR"];
  let folder: string;
  let state: string;
  let bundleFolder: string | undefined;
  const strangers: ChildProcess[] = [];

  before(function () {
    needParts(this, REGION_PARTS);
    bundleFolder = mkdtempSync(join(tmpdir(), "ends-bundle-"));
    // One file, because ts-node takes seconds for each process.
    buildSync({
      entryPoints: [join(__dirname, "shortLivedDrill.ts")],
      ...{ outfile: join(bundleFolder, "drill.js"), bundle: true, platform: "node" },
      // For packageDirectory.ts.
      define: { __dirname: JSON.stringify(root) },
    });
  });

  after(() => {
    if (bundleFolder) rmSync(bundleFolder, { recursive: true });
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ends-"));
    // Servers run as "nobody".
    chmodSync(folder, 0o755);
    process.env["TMPDIR"] = folder;
    state = join(folder, `cafe-failover-drill-${process.getuid?.()}`);
  });

  afterEach(() => {
    if (systemTmp === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = systemTmp;
    for (const child of strangers.splice(0)) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts a drill and waits until it has said its port. */
  async function start(
    what: "redis" | "spawning" | "lamp",
    port = 0,
  ): Promise<[ChildProcess, number]> {
    const args = [join(String(bundleFolder), "drill.js"), what, String(port)];
    const child = spawn(process.execPath, args, {
      stdio: ["pipe", "pipe", "ignore"],
    });
    const said = await new Promise<string>((resolve, reject) => {
      child.stdout.once("data", (chunk: Buffer) => {
        resolve(chunk.toString());
      });
      child.once("exit", (code) => {
        reject(new Error(`${what}: ended with ${code}`));
      });
    });
    return [child, (JSON.parse(said) as { port: number }).port];
  }

  async function end(child: ChildProcess, ending: Ending): Promise<void> {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    if (ending === "close" || ending === "throw") child.stdin?.write(ending);
    else child.kill(ending);
    await ended;
  }

  /** Processes that work in the folder of a drill, also those that it did not start itself. */
  function left(): readonly string[] {
    return readdirSync("/proc").filter((pid) => {
      try {
        return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
      } catch {
        return false; // It has ended in the meantime.
      }
    });
  }

  /** @param sockets that were seen to listen */
  const nothingIsLeft = async (sockets: readonly string[] = []): Promise<void> =>
    until("no process, no folder and no socket is left", () => {
      const listening = listeners();
      return (
        left().length === 0 &&
        readdirSync(state).length === 0 &&
        !sockets.some((socket) => listening.has(socket))
      );
    });

  const endings = [
    ...Array.from({ length: sampled(8, 8) }, () => "SIGKILL" as const),
    ...(["SIGINT", "SIGTERM", "close", "throw"] as const).flatMap((one) =>
      Array.from({ length: sampled(3, 3) }, () => one),
    ),
  ];

  it(`is nothing, in ${endings.length} cycles of kill -9, Ctrl-C, a fault and an orderly end`, async () => {
    let seen = 0;
    for (let cycle = 0; cycle < endings.length; cycle += 4) {
      const drills = await Promise.all(
        endings
          .slice(cycle, cycle + 4)
          .map(async (ending) => ({ ending, drill: await start("redis") })),
      );
      seen += left().length;
      const sockets = drills.flatMap(({ drill: [, port] }) => listenersAt(`127.0.0.1:${port}`));
      expect(sockets).to.have.length(drills.length);
      await Promise.all(drills.map(({ ending, drill: [child] }) => end(child, ending)));
      await nothingIsLeft(sockets);
    }
    // Each had a cache, and a shell with two children.
    expect(seen).to.equal(endings.length * 4);
  });

  it("is nothing when it is killed while it starts processes", async () => {
    for (let cycle = 0; cycle < 3; cycle++) {
      const [child] = await start("spawning");
      await until("some run", () => left().length > 20);
      await end(child, "SIGKILL");
      await nothingIsLeft();
    }
  });

  it("ends at the next start, when the watchdog was killed too", async () => {
    const [child, port] = await start("redis");
    const watchdog = readdirSync("/proc").find((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        return line.includes("watchdog.sh") && line.includes(folder);
      } catch {
        return false;
      }
    });
    process.kill(Number(watchdog), "SIGKILL");
    await end(child, "SIGKILL");
    expect(left()).to.have.length(4);
    const sockets = listenersAt(`127.0.0.1:${port}`);
    expect(sockets).to.have.length(1);
    expect(await cleanUpAfterKilledDrills()).to.equal(1);
    await nothingIsLeft(sockets);
  });

  it("is not touched at the next start while it runs", async () => {
    const [child, port] = await start("redis");
    const sockets = listenersAt(`127.0.0.1:${port}`);
    expect(await cleanUpAfterKilledDrills()).to.equal(0);
    expect(listenersAt(`127.0.0.1:${port}`)).to.deep.equal(sockets);
    expect(sockets).to.have.length(1);
    await end(child, "SIGKILL");
    await nothingIsLeft(sockets);
  });

  it("never ends a process that got the number of one that has ended", async () => {
    const stranger = spawn("sleep", ["1000"], { detached: true, stdio: "ignore" });
    strangers.push(stranger);
    const stat = readFileSync(`/proc/${stranger.pid}/stat`, "utf8");
    const started = stat.split(" ")[21] ?? "";
    const leave = (start: string): void => {
      const drill = join(state, `${process.pid}-1-1`);
      mkdirSync(drill, { recursive: true });
      writeFileSync(join(drill, "processes"), stat.replace(` ${started} `, ` ${start} `));
    };
    leave(String(Number(started) - 1));
    expect(await cleanUpAfterKilledDrills()).to.equal(1);
    expect([stranger.exitCode, stranger.signalCode]).to.deep.equal([null, null]);
    leave(started);
    const ended = new Promise((resolve) => stranger.once("exit", resolve));
    expect(await cleanUpAfterKilledDrills()).to.equal(1);
    await ended;
    expect(stranger.signalCode).to.equal("SIGKILL");
  });

  // The cycles above show it with a cache and a shell.
  itWithEveryCase("is nothing of the whole application", async () => {
    const [child, port] = await start("lamp", await freePort());
    // Apache's, PHP-FPM's and the watch's of two servers, two databases, two caches, two motos.
    expect(left().length).to.be.above(20);
    const sockets = listenersAt(`127.78.0.1:${port}`, `127.78.0.2:${port}`);
    // Apache's, one for each server.
    expect(sockets).to.have.length(2);
    await end(child, "SIGKILL");
    await nothingIsLeft(sockets);
  });
});
