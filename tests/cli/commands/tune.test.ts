import { expect } from "chai";
import { main } from "../../../cli/main";
import { webPair } from "../../rehearsal/simulation/stacks";
import { memoryIo } from "../memoryIo";

const stack = JSON.stringify({
  version: 3,
  deployment: { resources: webPair({ type: "HTTP_STR_MATCH" }) },
});
const history = JSON.stringify({
  Datapoints: [100, 0, 100].map((Minimum, index) => ({
    Timestamp: new Date(index * 60_000).toISOString(),
    Minimum,
  })),
});

async function tune(
  ...argv: readonly string[]
): Promise<{ code: number; out: string; err: string; page: string | undefined }> {
  const io = memoryIo({ files: { "stack.json": stack, "history.json": history } });
  const code = await main(["tune", "--from", "stack.json", ...argv], io);
  return { code, out: io.out(), err: io.err(), page: io.files.get("page.html") };
}

describe("failover tune", () => {
  const name = ["--name", "www.a.test", "--runs", "20"];

  it("prints the efficient settings, the blip model, and a page with a picture", async () => {
    const { code, out, page } = await tune(...name, "--html", "page.html");
    expect(out).to.match(/30 s × 3, TTL 60 s +yes +184 s .*in force/);
    expect(out).to.match(/zoneBlipsPerYear +2 +24/);
    expect(page).to.match(/<line\s+class="range now"/);
    expect(page).to.match(/30 s × 3: 184 s at worst/);
    expect(code).to.equal(0);
  });

  it("prints every setting as JSON, the same for the same seed", async () => {
    const [first, again] = await Promise.all([tune(...name, "--json"), tune(...name, "--json")]);
    expect(first.out).to.equal(again.out);
    expect((JSON.parse(first.out) as { points: unknown[] }).points).to.have.length(48);
  });

  it("reads blips from a history", async () => {
    const { out } = await tune(...name, "--history", "history.json");
    expect(out).to.match(/blips of the history +175000 +a year/);
    expect(out).to.match(/their longest, in seconds +1 +120/);
  });

  it("refuses bad input, one line each, exit 2", async () => {
    for (const [argv, message] of [
      [["--runs", "0"], /^--runs: must be a whole number from 1 to 1000000, got 0;/],
      [["--blips", "x=1"], /^--blips x=1: no such parameter;/],
      [["--history", "gone.json"], /^--history gone\.json: cannot read the file, got ENOENT/],
      [[], /^stack\.json: it publishes no name; name one with --name/],
      [["--name", "gone.a.test"], /^gone\.a\.test: no record of it has a check of an endpoint/],
    ] as const) {
      const { code, err } = await tune(...argv);
      expect(err).to.match(message);
      expect(err.trimEnd().split("\n")).to.have.length(1);
      expect(code).to.equal(2);
    }
  });
});
