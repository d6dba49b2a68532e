import { expect } from "chai";
import { main } from "../../../cli/main";
import type { Resource } from "../../../routing/graph/resource";
import { alarmPair, webPair } from "../../rehearsal/simulation/stacks";
import { memoryIo } from "../memoryIo";
import { latched } from "./latched";

/** Its alarm was not read. */
const alarmless = alarmPair(1).filter(({ name }) => name !== "alarm");
/** Its check watches the name that it decides. */
const watchesItself = webPair({ ipAddress: "", fqdn: "www.a.test" });

async function replay(
  resources: readonly Resource[],
  ...argv: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const io = memoryIo({
    files: {
      "stack.json": JSON.stringify({ version: 3, deployment: { resources } }),
      "dies.yaml": "name: x\ndurationSeconds: 300\nevents: [{ atSeconds: 60, fail: web }]",
    },
  });
  const code = await main(["replay", "dies.yaml", "--from", "stack.json", ...argv], io);
  return { code, out: io.out(), err: io.err() };
}

const firstAnswer = (out: string): string | undefined => / 0 s {2}(\S+) answers/.exec(out)?.[1];

describe("failover replay of a stack that was not read completely", () => {
  it("takes a latch to be released, and says so", async () => {
    const { code, out } = await replay(latched(2));
    expect(firstAnswer(out)).to.equal("us-west-2a");
    expect(out).to.match(/^ {2}Not certain: it depends on what was not read\.$/m);
    expect(out).to.match(
      /^ {2}Assumed unhealthy: latch; it watches stop\.example\.org, which is outside this stack\.$/m,
    );
    expect(out).to.match(/^ {2}To settle it: --assume latch=healthy or =unhealthy\.$/m);
    expect(code).to.equal(2);
  });

  it("settles it by what is assumed", async () => {
    const set = await replay(latched(2), "--assume", "latch=healthy");
    expect(firstAnswer(set.out)).to.equal("203.0.113.99");
    expect(set.out).to.match(/As --assume says: latch is healthy\./);
    const released = await replay(latched(2), "--assume", "latch=unhealthy");
    expect(firstAnswer(released.out)).to.equal("us-west-2a");
    expect(released.out).not.to.match(/Not certain/);
    expect([set.code, released.code]).to.deep.equal([0, 0]);
  });

  it("notices a latch that decides only after the failure", async () => {
    // One of two is enough: while the latch is released, the failure changes nothing.
    const { code, out } = await replay(latched(1));
    expect(firstAnswer(out)).to.equal("us-west-2a");
    expect(out).to.match(/Assumed unhealthy: latch;/);
    expect(code).to.equal(2);
    const set = await replay(latched(1), "--assume", "latch=healthy");
    expect([set.code, firstAnswer(set.out)]).to.deep.equal([0, "us-west-2a"]);
    expect(set.out).to.match(/ s {2}203\.0\.113\.99 answers/);
  });

  it("takes an alarm that was not read, and a check of its own name, to be healthy", async () => {
    for (const [resources, why] of [
      [alarmless, "the alarm that it follows is not part of what was read"],
      [watchesItself, "it watches www.a.test, whose answer depends on this check (H13)"],
    ] as const) {
      const { code, out } = await replay(resources);
      expect(out).to.contain(`Assumed healthy: check; ${why}`);
      expect(firstAnswer(out)).to.equal("us-west-2a");
      expect(code).to.equal(2);
      const lost = await replay(resources, "--assume", "check=unhealthy");
      expect([lost.code, firstAnswer(lost.out)]).to.deep.equal([0, "203.0.113.99"]);
    }
  });

  it("lists it in JSON, and refuses to assume what decides nothing", async () => {
    const { out } = await replay(latched(2), "--json");
    const { unknown } = JSON.parse(out) as { readonly unknown: readonly object[] };
    expect(unknown).to.deep.equal([
      {
        name: "latch",
        why: "it watches stop.example.org, which is outside this stack",
        taken: "unhealthy",
      },
    ]);
    const other = await replay(latched(2), "--assume", "own=healthy");
    expect([other.code, other.err]).to.deep.equal([
      2,
      "--assume own: the answer for www.a.test does not depend on it; unknown are latch\n",
    ]);
  });
});
