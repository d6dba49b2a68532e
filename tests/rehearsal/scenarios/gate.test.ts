import { expect } from "chai";
import { bundledScenario } from "../../../rehearsal/scenarios/bundled";
import { readScenario } from "../../../rehearsal/scenarios/readScenario";
import type { Replay } from "../../../rehearsal/scenarios/replay";
import { replay, runsCount } from "../../../rehearsal/scenarios/replay";
import { withGateAttached } from "../../../rehearsal/simulation/modelGate";
import { StackModel } from "../../../routing/graph/stackModel";
import { evaluated } from "../../program/evaluated";
import { describeWithEveryCase } from "../../sampled";

const subjects = {
  dev: { name: "orders.dev.cafe.com", region: "us-east-2", standby: "us-east-1" },
  prod: { name: "orders.cafe.com", region: "us-west-2", standby: "eu-west-1" },
} as const;

for (const stack of ["dev", "prod"] as const) {
  const { name, region, standby } = subjects[stack];
  const suite = stack === "dev" ? describe : describeWithEveryCase;
  suite(`the gate of ${stack} in a scenario`, () => {
    let model: StackModel;
    let created: StackModel;

    before(async () => {
      created = new StackModel((await evaluated(stack)).resources);
      model = new StackModel(withGateAttached(created, stack));
    });

    function playText(text: string, set: readonly string[] = [], subject = model): Replay {
      const order = { text, path: "test.yaml", model: subject, hostname: name, type: "A", set };
      return replay(subject, { name, type: "A" }, readScenario(order), 1);
    }
    const play = (scenario: string, ...set: string[]): Replay =>
      playText(bundledScenario(`gate-${scenario}`), set);

    /** The times of a line. */
    const times = ({ timeline }: Replay, line: string | RegExp): readonly number[] =>
      timeline
        .filter(({ text }) => (typeof line === "string" ? text === line : line.test(text)))
        .map(({ atSeconds }) => atSeconds);
    const setAt = (played: Replay): readonly number[] => times(played, "gate: the latch is set");
    const removedAt = (played: Replay): readonly number[] =>
      times(played, "gate: the latch is removed");
    /** Who answers at a time, by the last line before it. */
    const answersAt = ({ timeline }: Replay, atSeconds: number): string =>
      timeline.findLast((one) => / answers?$/.test(one.text) && one.atSeconds <= atSeconds)?.text ??
      "";

    it("does not latch in a first deployment, in either order", () => {
      const later = play("first-deployment");
      expect(times(later, / answers?$/)).to.deep.equal([0]);
      const atOnce = play("first-deployment", "attachedAt=0");
      // The check has no data yet: as if the latch was set.
      expect(times(atOnce, new RegExp(`^${standby}a answers`))).to.have.length(1);
      expect(answersAt(atOnce, 120)).to.include(region);
      for (const played of [later, atOnce]) {
        expect(played.latchedRuns).to.equal(0);
        expect(times(played, "gate: armed")).to.have.length(1);
        expect(played.deadAtEnd).to.equal(0);
      }
    });

    it("stays latched with a dead controller, and does not latch with one", () => {
      const played = play("controller");
      expect(played.latchedRuns).to.equal(runsCount);
      const [set = NaN, ...others] = setAt(played);
      expect(set).to.be.within(300, 900);
      expect(others).to.deep.equal([]);
      expect(answersAt(played, 3_000)).to.equal(`${standby}a answers`);
      expect(removedAt(played)[0]).to.be.greaterThan(3_000);
      // Nobody set a latch before the second return.
      expect(answersAt(played, 9_000)).to.include(region);
    });

    for (const mode of ["late", "double"]) {
      it(`latches both times with a controller that is ${mode}`, () => {
        const played = play("controller", `controller=${mode}`);
        const [first = NaN, second = NaN, ...others] = setAt(played);
        expect(first).to.be.within(300, 900);
        expect(second).to.be.within(6_000, 6_600);
        expect(others).to.deep.equal([]);
      });
    }

    it("counts doubled runs once, and late ones later", () => {
      const latchesAt = (mode: string): number =>
        setAt(
          playText(`
name: no alarms
durationSeconds: 1200
events:
  - { atSeconds: 0, alerts: lost }
  - { atSeconds: 0, controller: ${mode} }
  - { atSeconds: 300, fail: "@region" }
`),
        )[0] ?? NaN;
      const usual = latchesAt("start");
      expect(latchesAt("double")).to.equal(usual);
      expect(latchesAt("late"))
        .to.be.within(usual - 60, usual + 60)
        .and.not.equal(usual);
    });

    it("latches without alarms, and waits for orders", () => {
      const played = play("no-alarms");
      expect(played.latchedRuns).to.equal(runsCount);
      // Three runs of a minute each, after the failover.
      expect(setAt(played)[0]).to.be.within(420, 900);
      const [soaks = NaN] = times(played, "gate: the soak begins");
      expect(soaks).to.be.within(2_400, 2_700);
      expect(removedAt(played)[0]).to.be.greaterThan(soaks);
    });

    it("leaves nobody on the page when the standby dies while it is latched", () => {
      const played = play("standby-lost");
      expect(played.latchedRuns).to.equal(runsCount);
      expect(setAt(played)[0]).to.be.lessThan(1_200);
      expect(answersAt(played, 1_499)).to.equal(`${standby}a answers`);
      expect(answersAt(played, 2_400)).to.include(region).and.not.include(standby);
      expect(played.seconds.page).to.equal(0);
      // The controller is in the standby's region.
      expect(times(played, /^gate:/).filter((at) => at > 1_500 && at < 3_600)).to.deep.equal([]);
      // The object is still there: the standby serves again, until the release.
      const [removed = NaN] = removedAt(played);
      expect(removed).to.be.greaterThan(3_600);
      expect(answersAt(played, removed)).to.equal(`${standby}a answers`);
    });

    it("moves customers once while the region flaps", () => {
      const played = play("flapping");
      const text = bundledScenario("gate-flapping");
      const ungated = text.replace(/gate: attached|.*release:.*/g, "");
      const without = playText(ungated, [], created);
      expect(setAt(played)).to.have.length(1);
      expect(times(without, / answers?$/).length).to.be.greaterThan(
        times(played, / answers?$/).length,
      );
      expect(without).to.not.have.property("latchedRuns");
    });

    it("holds and releases on command, and says why it does not", () => {
      const played = playText(`
name: a planned evacuation
durationSeconds: 4000
events:
  - { atSeconds: 60, release: ann }
  - { atSeconds: 100, hold: ann, reason: maintenance }
  - { atSeconds: 1300, release: bob }
  - { atSeconds: 2900, controller: stop }
  - { atSeconds: 3000, hold: ann }
`);
      expect(times(played, /^gate: refused release: must follow a latch/)).to.deep.equal([60]);
      expect(setAt(played)).to.deep.equal([100]);
      expect(answersAt(played, 600)).to.equal(`${standby}a answers`);
      expect(removedAt(played)).to.have.length(1);
      expect(times(played, "gate: refused hold: the controller does not run")).to.deep.equal([
        3_000,
      ]);
      expect(played.seconds.dead).to.equal(0);
    });

    it("gets no message of an alarm while the alarms' region is down", () => {
      if (stack === "dev") return;
      const lost = (event: string): readonly number[] =>
        setAt(
          playText(`
name: no alarms
durationSeconds: 1500
events:
  - ${event}
  - { atSeconds: 300, fail: "@region" }
`),
        );
      const byRegion = lost("{ atSeconds: 60, fail: us-east-1 }");
      expect(byRegion).to.deep.equal(lost("{ atSeconds: 60, alerts: lost }"));
      expect(byRegion[0]).to.be.greaterThan(lost("{ atSeconds: 60, note: nothing }")[0] ?? NaN);
    });

    it("refuses its events for a stack whose gate is not attached", () => {
      const text = `
name: x
durationSeconds: 99
events: [{ atSeconds: 1, alerts: lost }]
`;
      expect(() => playText(text, [], created)).to.throw(
        'test.yaml: events[0]: the gate of this stack is not attached, got {"atSeconds":1,"alerts":"lost"}; add `gate: attached` to the scenario',
      );
    });
  });
}
