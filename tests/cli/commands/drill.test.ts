import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../../cli/main";
import type { DrillRun } from "../../../rehearsal/live/drillRun";
import { refusalBy } from "../../rehearsal/live/refusal";
import { itWithEveryCase, sampled } from "../../sampled";
import { expectPublished } from "../../schemas/expectPublished";
import { web } from "../../rehearsal/simulation/stacks";
import { record, zone } from "../../routing/graph/stack";
import { memoryIo } from "../memoryIo";
import { pairExport } from "./pairExport";

const noAddress = pairExport.replaceAll('"type":"A"', '"type":"AAAA"');
/** One server, which nothing checks. */
const uncheckedExport = JSON.stringify({
  version: 3,
  deployment: { resources: [zone, record("only", { records: ["198.51.100.1"] }), ...web] },
});
const root = join(__dirname, "..", "..", "..");

async function failover(
  ...argv: readonly string[]
): Promise<{ code: number; out: string; err: string; files: ReadonlyMap<string, string> }> {
  const io = memoryIo({
    files: {
      "stack.json": pairExport,
      "ipv6.json": noAddress,
      "unchecked.json": uncheckedExport,
      "bad.json": "{}",
    },
  });
  const code = await main(argv, io);
  return { code, out: io.out(), err: io.err(), files: io.files };
}

const drill = (...argv: readonly string[]): ReturnType<typeof failover> => {
  const address = argv.includes("--address") ? [] : ["--address", "127.53.30.1"];
  return failover("drill", "--from", "stack.json", ...address, ...argv);
};

describe("failover drill", () => {
  it("measures a fault beside its bound, and writes the run and the reports", async () => {
    const { code, out, files } = await drill(
      ...["--once", "--fail", "web", "--death", "refused", "--at", "5", "--speed", "50"],
      ...["--save", "run.json", "--junit", "junit.xml", "--html", "page.html"],
    );
    expect(out).to.match(/^dig @127\.53\.30\.1 -p \d+ www\.a\.test$/m);
    expect(out).to.match(/Fault +web broken: refuses connections$/m);
    expect(out).to.match(/^ +web +refused +[\d.]+ s +20 s /m);
    expect(out).to.match(/^The outage is within its bound\.$/m);
    expect(code).to.equal(0);
    const run = JSON.parse(files.get("run.json") ?? "") as DrillRun;
    expectPublished("drill", run);
    expect(run.drill.title).to.equal("stack.json");
    expect(run.events.at(-1)?.kind).to.equal("end");
    expect(files.get("junit.xml")).to.match(
      /<testsuite name="drill of stack.json" tests="2" failures="0"/,
    );
    expect(files.get("page.html")).to.match(/^<!doctype html>[^]*Drill of stack\.json/);
  });

  it("ends with 1 where no check sees the fault, so that the outage never ends", async () => {
    const { code, out } = await failover(
      ...["drill", "--from", "unchecked.json", "--name", "www.a.test", "--address", "127.53.30.1"],
      ...["--once", "--fail", "web", "--at", "1", "--speed", "50"],
    );
    expect(out).to.match(
      /^.* Note +the outage has not ended after 60 s: the drill waits no longer$/m,
    );
    expect(out).to.match(/^.*customers are on a dead answer at the end$/m);
    expect(code).to.equal(1);
  });

  it("says that --seconds is too short for the bound, and exits with 1 where the outage is not over", async () => {
    const { code, out, err, files } = await drill(
      ...["--once", "--fail", "web", "--death", "refused", "--at", "5", "--seconds", "35"],
      ...["--speed", "50", "--junit", "junit.xml", "--save", "run.json"],
    );
    const { events } = JSON.parse(files.get("run.json") ?? "") as DrillRun;
    const [bound] = events.flatMap((one) =>
      one.kind === "measured" ? (one.predicted?.downtime.bound ?? []) : [],
    );
    expect(bound).to.be.greaterThan(30);
    // It is over after 11 s without a failure, of which the drill reports each second.
    const needed = 5 + Number(bound) + 11 + 1;
    expect(err).to.contain(
      `--seconds 35: may end before the outage does; ${needed} or more shows its end\n`,
    );
    expect(out).to.match(/^.*web: the outage was not over$/m);
    expect(code).to.equal(1);
    expect(files.get("junit.xml")).to.contain('tests="2" failures="2"');
  });

  it("exits with 1 where --once is interrupted: what was to be seen was not", async () => {
    const io = memoryIo({ files: { "stack.json": pairExport } });
    const where = ["--from", "stack.json", "--address", "127.53.32.1", "--speed", "50"];
    const ended = main(["drill", ...where, "--once", "--fail", "web", "--at", "3600"], io);
    await new Promise((resolve) => setTimeout(resolve, 20));
    // It is still being prepared.
    io.interrupt("SIGTERM");
    expect(await ended).to.equal(1);
    expect(io.out()).to.match(/ End +the drill ended badly; it was interrupted before its end$/m);
  });

  it("exits with 1 while customers are on a dead answer, and failover watch shows the same", async () => {
    const io = memoryIo({ files: { "stack.json": pairExport } });
    const argv = ["--once", "--fail", "web", "--at", "1", "--seconds", "25", "--speed", "20"];
    const where = ["--from", "stack.json", "--address", "127.53.31.1", "--save", "run.json"];
    expect(await main(["drill", ...where, ...argv], io)).to.equal(1);
    expect(io.out()).to.match(/^It ends at 0:25, in 2 s\.$/m);
    expect(io.out()).to.match(/customers are on a dead answer at the end/);
    const again = memoryIo({ files: { "run.json": io.files.get("run.json") ?? "" } });
    expect(await main(["watch", "--from", "run.json", "--speed", "1000"], again)).to.equal(1);
    expect(again.out()).to.match(/Fault +web broken: does not answer$/m);
    expect(io.out().endsWith(again.out())).to.equal(true);
  });

  for (const [argv, message] of [
    [["--speed", "51"], /^--speed: must be a whole number from 1 to 50, got 51; /],
    [["--speed", "0.5"], /^--speed: must be a whole number from 1 to 50, got 0\.5; /],
    [["--address", "192.0.2.1"], /^--address: must be a loopback address, .* got 192\.0\.2\.1; /],
    [["--fail", "moon"], /^--fail moon: no such fault in the stack; /],
    [["--scenario", "moon"], /^moon: cannot read the scenario, .*; name a file, or one of /],
    [
      ["--scenario", "gate-flapping"],
      /^stack\.json: must have a failback gate for this scenario, got none; /,
    ],
    [["--fail", "web", "--scenario", "zone"], /^--fail, --scenario: at most one, got both; /],
    [["--fail", "web", "--seconds", "30"], /^--seconds 30: must be more than --at, got 30, /],
    [["--death", "boredom"], /^failover drill: --death: not one of refused, .* got boredom; /],
  ] as const) {
    it(`refuses ${argv.join(" ")} in one line`, async () => {
      const { code, err } = await drill("--once", ...argv);
      expect(err).to.match(message);
      expect(err.trimEnd().split("\n")).to.have.length(1);
      expect(code).to.equal(2);
    });
  }

  it("refuses a port that is taken in one line, and leaves nothing running", async () => {
    const taken = createServer().listen(0, "127.53.30.3");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    try {
      const { code, err } = await drill("--once", "--port", String(port));
      expect(err).to.equal(
        `--port: must be free on the drill's addresses, got ${port}, which is taken; leave it out for a free one\n`,
      );
      expect(code).to.equal(2);
    } finally {
      taken.close();
    }
  });

  it("refuses a name without A records, and a file that is no run", async () => {
    const ipv6 = await failover("drill", "--once", "--from", "ipv6.json");
    expect(ipv6.err).to.match(/a drill needs its A records, got none; name another with --name/);
    expect(ipv6.code).to.equal(2);
    const bad = await failover("watch", "--from", "bad.json");
    expect(bad.err).to.match(/must be a run of a drill, schema version 1, got another object; /);
    expect(bad.code).to.equal(2);
  });
});

describe("the end of a drill", () => {
  let folder: string;
  const running = new Set<ChildProcess>();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "drill-"));
    writeFileSync(join(folder, "stack.json"), pairExport);
  });
  afterEach(() => {
    for (const child of running) child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  /** Starts a drill as a user would, and returns where it and its page listen once a server has failed. */
  async function started(
    number: number,
  ): Promise<{ child: ChildProcess; urls: readonly string[] }> {
    const child = spawn(
      process.execPath,
      [
        join(root, "dist", "cli", "failover.js"),
        ...["drill", "--from", "stack.json", "--address", `127.53.${40 + 4 * number}.1`],
        ...["--fail", "web", "--at", "0", "--speed", "10"],
      ],
      { cwd: folder, stdio: ["ignore", "pipe", "inherit"] },
    );
    running.add(child);
    child.once("exit", () => running.delete(child));
    let out = "";
    // Leaving a loop over the output would close the pipe, which ends the drill.
    await new Promise<void>((resolve) => {
      child.stdout.on("data", (chunk: Buffer) => {
        out += chunk.toString();
        if (/web broken/.test(out)) resolve();
      });
    });
    const dig = /^dig @(\S+) -p (\d+)/m.exec(out) ?? [];
    const urls = [...out.matchAll(/^http:\/\/(\S+)\//gm)].map(([, at = ""]) => at);
    return { child, urls: [`${dig[1] ?? ""}:${dig[2] ?? ""}`, ...urls] };
  }

  it("comes when nobody reads its output any more", async () => {
    const { child } = await started(0);
    const exits = once(child, "exit");
    child.stdout?.destroy();
    const [code, signal] = (await exits) as [number | null, string | null];
    expect([code, signal]).to.deep.equal([1, null]);
  }).timeout(20_000);

  const atOnce = 5;
  // Two rounds at least: the second has the addresses of the first.
  const rounds = sampled(4, 2);

  // tests/rehearsal/live/lamp/lifetime.test.ts ends and kills drills of the application too.
  itWithEveryCase(
    `leaves no process and no open port in ${rounds * atOnce} cycles, ended or killed`,
    async () => {
      for (let round = 0; round < rounds; round += 1) {
        const drills = await Promise.all(
          Array.from({ length: atOnce }, (_, number) => started(number)),
        );
        await Promise.all(
          drills.map(async ({ child, urls }, number) => {
            const exits = once(child, "exit");
            child.kill(number % 2 === 0 ? "SIGINT" : "SIGKILL");
            const [code] = (await exits) as [number | null];
            // It ends by itself with its verdict, or not at all.
            expect(number % 2 === 0 ? [0, 1] : [null]).to.include(code);
            expect(urls).to.have.length(4);
            for (const url of urls) {
              const [address = "", port = ""] = url.split(":");
              const refusal = await refusalBy({ address, port: Number(port) });
              expect(refusal, url).to.equal("ECONNREFUSED");
            }
          }),
        );
      }
      expect(running.size).to.equal(0);
    },
  );
});
