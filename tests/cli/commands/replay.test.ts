import { expect } from "chai";
import { main } from "../../../cli/main";
import { pair } from "../../routing/graph/stack";
import { webPair } from "../../rehearsal/simulation/stacks";
import { memoryIo } from "../memoryIo";

const exportOf = (resources: readonly object[]): string =>
  JSON.stringify({ version: 3, deployment: { resources } });

const dies = `
name: a server dies
about: It refuses connections.
durationSeconds: 300
parameters: { at: { value: 60, low: 30, about: when } }
events: [{ atSeconds: $at, fail: web, death: refused, source: a test }]
`;

async function replay(
  ...argv: readonly string[]
): Promise<{ code: number; out: string; err: string; page: string | undefined }> {
  const io = memoryIo({
    files: {
      "stack.json": exportOf(webPair({ requestInterval: 10, failureThreshold: 2 })),
      "plain.json": exportOf(pair({ records: ["198.51.100.1"] }).slice(0, 1)),
      "dies.yaml": dies,
      "late.yaml": dies.replace("300", "65"),
    },
  });
  const code = await main(["replay", ...argv], io);
  return { code, out: io.out(), err: io.err(), page: io.files.get("page.html") };
}

describe("failover replay", () => {
  it("prints the events, the customers' answers, and the uncertain parameters", async () => {
    const { code, out, page } = await replay(
      ...["dies.yaml", "--from", "stack.json", "--html", "page.html"],
    );
    expect(out).to.match(/^a server dies: www\.a\.test A of stack\.json$/m);
    expect(out).to.match(/60 s {2}failure of web \(refuses connections\) {2}a test/);
    expect(out).to.match(/203\.0\.113\.99 answers/);
    expect(out).to.match(/at, here 60: when +30/);
    expect(out).to.match(
      /^At the end no customer that obeys the TTL is on a dead answer\. Of 300 s\s+an average customer is served\s+for /m,
    );
    expect(page).to.match(/a server dies/);
    expect(code).to.equal(0);
  });

  it("prints the same as JSON for the same seed", async () => {
    const argv = ["dies.yaml", "--from", "stack.json", "--json", "--seed", "3", "--set", "at=90"];
    const [first, again] = await Promise.all([replay(...argv), replay(...argv)]);
    expect(first.out).to.equal(again.out);
    const { seed, scenario, seconds, timeline } = JSON.parse(first.out) as {
      readonly seed: number;
      readonly scenario: { readonly parameters: { readonly at: { readonly value: number } } };
      readonly seconds: { readonly dead: number };
      readonly timeline: readonly { readonly atSeconds: number }[];
    };
    expect([seed, scenario.parameters.at.value]).to.deep.equal([3, 90]);
    expect(seconds.dead).to.be.greaterThan(0);
    expect(timeline.some(({ atSeconds }) => atSeconds === 90)).to.equal(true);
  });

  it("exits with 1 where customers that obey the TTL have a dead answer at the end", async () => {
    const { code, out } = await replay("late.yaml", "--from", "stack.json");
    expect(out).to.match(/100 % of the customers that obey the TTL are on a dead answer/);
    expect(code).to.equal(1);
  });

  it("accepts scenarios of the package, and refuses bad input, one line each", async () => {
    const { code, err } = await replay("guide", "--from", "stack.json");
    expect([code, err]).to.deep.equal([0, ""]);
    const missing = await replay("nowhere.yaml", "--from", "stack.json");
    expect(missing.err).to.match(/^nowhere\.yaml: cannot read the scenario, got ENOENT.*\n$/);
    const nothing = await replay("zone", "--from", "plain.json");
    expect(nothing.err).to.match(/^plain\.json: none of its names has a choice of answers;.*\n$/);
    const seed = await replay("zone", "--from", "stack.json", "--seed", "x");
    expect(seed.err).to.match(/^--seed: must be a whole number/);
    expect([missing.code, nothing.code, seed.code]).to.deep.equal([2, 2, 2]);
  });

  it("plays a scenario of the gate on a stack whose gate is only created", async () => {
    const io = memoryIo();
    const code = await main(["replay", "gate-first-deployment", "--stack", "prod"], io);
    expect(io.out()).to.match(/gate: armed/);
    expect(io.out()).to.match(/The gate latched in 0 of 10 runs\./);
    expect([code, io.err()]).to.deep.equal([
      0,
      "Includes stack prod of the project failover-zone in zone/.\n",
    ]);
    const none = await replay("gate-flapping", "--from", "stack.json");
    expect([none.code, none.err]).to.deep.equal([
      2,
      "stack.json: must have a failback gate for this scenario, got none; play a scenario without `gate`, or in a stack of this package's program set its gate\n",
    ]);
  });

  it("refuses inconsistent zones: an alias in a circle, and one without a target", async () => {
    const circle = (to: string): string =>
      exportOf([
        ...webPair(
          {},
          { aliases: [{ name: to, zoneId: "Z1", evaluateTargetHealth: true }], records: [] },
        ),
      ]);
    for (const [to, what] of [
      ["www.a.test", /points back to itself/],
      ["gone.a.test", /alias has no target/],
    ] as const) {
      for (const argv of [
        ["replay", "zone"],
        ["prove", "--simulate", "9"],
      ]) {
        const io = memoryIo({ files: { "stack.json": circle(to) } });
        const named = argv[0] === "replay" ? ["--name", "www.a.test"] : ["www.a.test"];
        const code = await main([...argv, ...named, "--from", "stack.json"], io);
        expect(io.err().trimEnd().split("\n")).to.have.length(1);
        expect(io.err()).to.match(what);
        expect(code).to.equal(2);
      }
    }
  });
});
