import { expect } from "chai";
import fc from "fast-check";
import { bake } from "../../../functions/bake/bake";
import type { Baked } from "../../../functions/bake/bake";
import { bakeSettingsOf } from "../../../functions/bake/settings";
import type { BakeEvent } from "../../../functions/bake/settings";
import { answerOf, fakeRegion } from "./fakeAws";
import type { FakeRegion } from "./fakeAws";
import { environment } from "./samples";

const event: BakeEvent = {
  phase: "arrival",
  groups: [{ name: "dublin-group", templateVersion: "4" }],
  instances: ["i-9"],
};

interface Run {
  readonly baked?: Baked;
  readonly failure?: Error;
  /** The log of each poll: its time in seconds, and its result. */
  readonly looks: readonly (readonly [elapsedSeconds: number, kind: string])[];
}

/** A region that changes with time, in seconds; undefined if AWS does not answer. */
type Story = (seconds: number) => FakeRegion | undefined;

/** A phase of a bake in simulated time: Lambda's 900 seconds, and calls that take no time. */
async function run(phase: BakeEvent["phase"], story: Story): Promise<Run> {
  let seconds = 0;
  const lines: string[] = [];
  const outcome = await bake({ ...event, phase }, bakeSettingsOf(environment), {
    exchange: (request) => {
      const region = story(seconds);
      return region
        ? Promise.resolve(answerOf(region, request))
        : Promise.reject(new Error("ETIMEDOUT"));
    },
    findNameServers: () => Promise.resolve(["ns-1.awsdns-1.com"]),
    now: () => new Date(Date.UTC(2026, 10, 22, 12) + seconds * 1000),
    sleep: (pause) => {
      seconds += pause;
      return Promise.resolve();
    },
    secondsLeft: () => 900 - seconds,
    write: (line) => lines.push(line),
  }).then(
    (baked) => ({ baked }),
    (error: unknown) => ({ failure: error as Error }),
  );
  const looks = lines.map((line) => {
    const { elapsedSeconds, kind } = JSON.parse(line) as { elapsedSeconds: number; kind: string };
    return [elapsedSeconds, kind] as const;
  });
  return { ...outcome, looks };
}

const kept = (more: Partial<FakeRegion>): FakeRegion => ({ ...fakeRegion(), ...more });
const replacing = (status: string): FakeRegion => kept({ refreshes: [["4", status, "why"]] });
const ringing = kept({ alarms: { "dublin-capacity": "ALARM", "dublin-instance": "OK" } });
const news = kept({ alarms: { "dublin-capacity": "OK", "dublin-instance": "INSUFFICIENT_DATA" } });
const runbook = "Runbook: https://cafe.com/runbook#bake-failed";

describe("bake, on arrival", () => {
  it("passes immediately if all is healthy", async () => {
    const { baked, looks } = await run("arrival", fakeRegion);
    expect(baked).to.deep.equal({ phase: "arrival", seconds: 0, notes: [] });
    expect(looks).to.deep.equal([[0, "passed"]]);
  });

  it("waits while the instances are replaced, and passes when that is done", async () => {
    const story: Story = (seconds) => (seconds < 600 ? replacing("InProgress") : fakeRegion());
    const { baked, looks } = await run("arrival", story);
    expect(baked?.seconds).to.equal(600);
    expect(looks).to.have.length(41);
  });

  it("fails as soon as the replacement has failed, with the reason and the runbook", async () => {
    const story: Story = (seconds) =>
      replacing(seconds < 300 ? "InProgress" : "RollbackSuccessful");
    const { failure } = await run("arrival", story);
    expect(failure?.name).to.equal("BakeFailed");
    expect(failure?.message).to.equal(
      `arrival failed after 300 s, so the rollout ends here: group dublin-group: its instance refresh is RollbackSuccessful (why). ${runbook}`,
    );
  });

  it("waits for the end of alarms that the replacement set off", async () => {
    const { baked } = await run("arrival", (seconds) => (seconds < 240 ? ringing : fakeRegion()));
    expect(baked?.seconds).to.equal(240);
  });

  it("fails before Lambda would stop it, and reports the pending items", async () => {
    const { failure, looks } = await run("arrival", () => ringing);
    expect(failure?.message).to.equal(
      `arrival failed after 870 s, so the rollout ends here: it took too long; alarm dublin-capacity: is on. ${runbook}`,
    );
    expect(looks.at(-1)).to.deep.equal([870, "failed"]);
  });

  it("waits five minutes for the first data of new alarms, and then passes without it", async () => {
    const { baked } = await run("arrival", () => news);
    expect(baked).to.deep.equal({
      phase: "arrival",
      seconds: 300,
      notes: ["alarm dublin-instance: has no data"],
    });
    const later = await run("arrival", (seconds) => (seconds < 90 ? news : fakeRegion()));
    expect(later.baked).to.deep.equal({ phase: "arrival", seconds: 90, notes: [] });
  });

  it("tolerates two minutes without an answer from AWS", async () => {
    const { baked } = await run("arrival", (seconds) => (seconds < 105 ? undefined : fakeRegion()));
    expect(baked?.seconds).to.equal(105);
    const { failure } = await run("arrival", () => undefined);
    expect(failure?.message).to.equal(
      `arrival failed after 105 s, so the rollout ends here: cannot observe the region: GetHealthCheckStatus: no answer from route53.amazonaws.com. ${runbook}`,
    );
  });

  it("counts only consecutive blind polls", async () => {
    const story: Story = (seconds) =>
      seconds % 60 === 0 ? replacing("InProgress") : seconds < 500 ? undefined : fakeRegion();
    expect((await run("arrival", story)).baked?.seconds).to.equal(510);
  });
});

describe("bake, in the soak", () => {
  it("passes if all is healthy throughout", async () => {
    const { baked, looks } = await run("soak", fakeRegion);
    expect(baked).to.deep.equal({ phase: "soak", seconds: 120, notes: [] });
    expect(looks.map(([seconds]) => seconds)).to.deep.equal([0, 15, 30, 45, 60, 75, 90, 105, 120]);
  });

  it("fails with the first alarm", async () => {
    const { failure } = await run("soak", (seconds) => (seconds < 60 ? fakeRegion() : ringing));
    expect(failure?.message).to.equal(
      `soak failed after 60 s, so the rollout ends here: alarm dublin-capacity: is on. ${runbook}`,
    );
  });

  it("fails when checkers no longer report healthy, or instances disappear", async () => {
    const unhealthy = kept({ reports: { ...fakeRegion().reports, "id-1a": ["Failure: x"] } });
    expect((await run("soak", () => unhealthy)).failure?.message).to.contain(
      "check eu-west-1a: 0 of 1 checkers report healthy",
    );
    const fewer = kept({ groups: [{ name: "dublin-group", min: 2, members: [] }] });
    expect((await run("soak", () => fewer)).failure?.message).to.contain(
      "group dublin-group: 0 of 2 instances are healthy and run version 4",
    );
  });
});

describe("bake, whatever happens", () => {
  const moods: Readonly<Record<string, () => FakeRegion | undefined>> = {
    well: fakeRegion,
    ringing: () => ringing,
    replacing: () => replacing("InProgress"),
    lost: () => replacing("Failed"),
    news: () => news,
    blind: () => undefined,
  };
  const story = fc.array(fc.constantFrom(...Object.keys(moods)), { minLength: 1, maxLength: 70 });

  it("ends within Lambda's time, and passes only on a healthy poll", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<BakeEvent["phase"]>("arrival", "soak"),
        story,
        async (phase, told) => {
          const moodAt = (seconds: number): string => told[Math.floor(seconds / 15)] ?? "ringing";
          const { baked, failure, looks } = await run(phase, (seconds) =>
            moods[moodAt(seconds)]?.(),
          );
          const [last = 0] = looks.at(-1) ?? [];
          expect(last).to.be.below(885);
          expect(baked === undefined).to.equal(failure !== undefined);
          if (baked === undefined) return;
          expect(moodAt(last)).to.be.oneOf(["well", "news"]);
          if (phase === "soak") {
            const past = told.slice(0, last / 15);
            expect(past).not.to.include.members(["ringing"]);
            expect(past).not.to.include.members(["replacing"]);
            expect(last).to.be.at.least(120);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
