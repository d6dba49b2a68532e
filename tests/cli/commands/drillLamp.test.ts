import { expect } from "chai";
import { main } from "../../../cli/main";
import type { DrillRun } from "../../../rehearsal/live/drillRun";
import { needParts, REGION_PARTS } from "../../app/harness/parts";
import { expectPublished } from "../../schemas/expectPublished";
import { itWithEveryCase } from "../../sampled";
import { memoryIo } from "../memoryIo";
import { webPair } from "../../rehearsal/simulation/stacks";
import { prodExport } from "./prodExport";

const pairExport = JSON.stringify({ version: 3, deployment: { resources: webPair() } });

describe("failover drill --app lamp", () => {
  before(function () {
    needParts(this, REGION_PARTS);
  });

  // In tests/rehearsal/live/lamp/lamp.test.ts a region is lost under load too, without the command.
  itWithEveryCase("loses a region under load, and no order that was answered 201", async () => {
    const io = memoryIo({ files: { "prod.json": await prodExport() } });
    const code = await main(
      [
        ...["drill", "--from", "prod.json", "--app", "lamp", "--once", "--json"],
        ...["--fail", "us-west-2", "--death", "synDropped", "--at", "20", "--seconds", "100"],
        ...["--speed", "2", "--address", "127.53.70.1"],
      ],
      io,
    );
    const run = JSON.parse(io.out()) as DrillRun;
    expectPublished("drill", run);
    const notes = run.events.flatMap((event) => (event.kind === "note" ? event.text : []));
    const note = notes.find((text) => text.includes("answered 201")) ?? "";
    process.stdout.write(`      ${note}\n`);
    const [, confirmed, lost, remembered, sessions] =
      /^(\d+) orders answered 201, (\d+) of them stored nowhere; (\d+) of (\d+) sessions kept$/.exec(
        note,
      ) ?? [];
    expect(Number(confirmed)).to.be.greaterThan(50);
    expect(lost).to.equal("0");
    expect(remembered).to.equal(sessions);
    const last = run.events.findLast((event) => event.kind === "answer");
    expect(last?.answers.map(({ endpoint }) => endpoint?.split("::").at(-1))).to.deep.equal([
      "dublin-eu-west-1a-balancer",
    ]);
    expect(code, io.err()).to.equal(0);
  });
});

describe("failover drill --app lamp refuses", () => {
  for (const [argv, message] of [
    [["--speed", "6"], /^--speed: must be a whole number from 1 to 5, got 6; /],
    [
      ["--app", "real"],
      /^failover drill: --app: not one of embedded, lamp, got real; see failover drill --help$/,
    ],
    [
      [],
      /^--app lamp: needs one endpoint in each of two zones of two regions, got .*; leave --app out$/,
    ],
  ] as const) {
    it(`${argv.join(" ") || "another stack"} in one line`, async () => {
      const io = memoryIo({ files: { "pair.json": pairExport } });
      const app = argv[0] === "--app" ? [] : ["--app", "lamp"];
      const code = await main(["drill", "--from", "pair.json", "--once", ...app, ...argv], io);
      expect(io.err().trimEnd()).to.match(message);
      expect(code).to.equal(2);
    });
  }
});
