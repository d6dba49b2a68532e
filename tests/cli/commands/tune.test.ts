import { expect } from "chai";
import { main } from "../../../cli/main";
import { webPair } from "../../rehearsal/simulation/stacks";
import { memoryIo } from "../memoryIo";
import { expectPublished } from "../../schemas/expectPublished";

const exportOf = (resources: readonly object[]): string =>
  JSON.stringify({ version: 3, deployment: { resources } });
const stack = exportOf(webPair({ type: "HTTP_STR_MATCH" }));
const history = JSON.stringify({
  Label: "HealthCheckPercentageHealthy",
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
    expect(out).to.match(/30 s × 3, in force +60 s +184 s /);
    expect(out).to.match(/zoneBlipsPerYear +blips of a zone's endpoint, .* +2 +24/);
    expect(page).to.match(/<line\s+class="range now"/);
    expect(page).to.match(/30 s × 3: 184 s at worst/);
    expect(code).to.equal(0);
  });

  it("prints every setting as JSON, the same for the same seed", async () => {
    const [first, again] = await Promise.all([tune(...name, "--json"), tune(...name, "--json")]);
    expect(first.out).to.equal(again.out);
    expectPublished("tune", JSON.parse(first.out));
    expect((JSON.parse(first.out) as { points: unknown[] }).points).to.have.length(48);
  });

  it("tunes the first name that has a choice, as `failover replay` does", async () => {
    const { code, out } = await tune("--runs", "5");
    expect(out).to.match(/^Settings of the endpoint checks of www\.a\.test of stack\.json$/m);
    expect(code).to.equal(0);
  });

  it("says that a downtime is endless with the setting in force, exit 1", async () => {
    const blind = exportOf(webPair({ type: "HTTP_STR_MATCH", ipAddress: "203.0.113.99" }));
    const io = memoryIo({ files: { "blind.json": blind } });
    const code = await main(["tune", "--from", "blind.json", ...name], io);
    expect(io.out()).to.match(/30 s × 3, IN FORCE +60 s +ENDLESS +ENDLESS /);
    expect(io.out()).to.match(/Endless with 30 s × 3, TTL 60 s: .*www-primary with check goes/s);
    expect(code).to.equal(1);
  });

  it("says what was not read and how it counts", async () => {
    const outside = exportOf(
      webPair({ type: "HTTP_STR_MATCH", ipAddress: "", fqdn: "www.example.org" }),
    );
    const io = memoryIo({ files: { "outside.json": outside } });
    const code = await main(["tune", "--from", "outside.json", ...name], io);
    expect(code).to.equal(2);
    const argv = ["tune", "--from", "outside.json", ...name, "--assume"];
    const settled = memoryIo({ files: { "outside.json": outside } });
    // A check that is healthy whatever happens never ends a downtime.
    expect(await main([...argv, "check=healthy"], settled)).to.equal(1);
    expect(settled.out()).not.to.match(/Not certain/);
    const other = memoryIo({ files: { "outside.json": outside } });
    expect(await main([...argv, "web=healthy"], other)).to.equal(2);
    expect(other.err()).to.equal(
      "--assume web: the answer for www.a.test does not depend on it; unknown are check\n",
    );
    expect(io.out()).to.match(
      /Assumed healthy: check; it watches www\.example\.org, which is outside this stack\./,
    );
  });

  it("reads blips from a history", async () => {
    const { out } = await tune(...name, "--history", "history.json");
    expect(out).to.match(/blips of the history, .* 175,000/);
    expect(out).to.match(/their longest, in seconds +1 +120/);
    expect(out).to.match(/time that the history.* 0\.05 h/);
    expect(out).to.match(/zoneBlipsPerYear +blips .* 2 +24 +not used: the history replaces it/);
  });

  it("refuses bad input, one line each, exit 2", async () => {
    for (const [argv, message] of [
      [["--runs", "0"], /^--runs: must be a whole number from 1 to 1000000, got 0;/],
      [["--blips", "x=1"], /^--blips x=1: no such parameter;/],
      [["--history", "gone.json"], /^--history gone\.json: cannot read the file, got ENOENT/],
      [["--name", "gone.a.test"], /^gone\.a\.test: no record of it has a check of an endpoint/],
    ] as const) {
      const { code, err } = await tune(...argv);
      expect(err).to.match(message);
      expect(err.trimEnd().split("\n")).to.have.length(1);
      expect(code).to.equal(2);
    }
  });
});
