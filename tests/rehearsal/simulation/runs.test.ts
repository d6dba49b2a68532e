import { expect } from "chai";
import { AnswerStates } from "../../../rehearsal/simulation/answers";
import { PhaseStates } from "../../../rehearsal/simulation/phases";
import type { Death } from "../../../rehearsal/simulation/plan";
import type { Planned } from "../../../rehearsal/simulation/planOf";
import { probeOutcomeOf } from "../../../rehearsal/simulation/probes";
import { streamOf } from "../../../rehearsal/simulation/random";
import type { Run } from "../../../rehearsal/simulation/simulator";
import { Simulator } from "../../../rehearsal/simulation/simulator";
import { simulateChanges } from "../../../rehearsal/simulation/threads";
import { StackModel } from "../../../routing/graph/stackModel";
import { plan } from "./plans";
import { namedRegion, planned, webPair } from "./stacks";

function played({ plan: one, asking }: Planned): { run: Run; states: AnswerStates } {
  const states = new AnswerStates(
    one.signals.map(({ initial }) => initial),
    (vector) => asking.answersFor(vector),
  );
  return { run: new Simulator(one, states).run("ordinary", streamOf(1, 0)), states };
}

describe("a simulated run", () => {
  it("H15 counts only the check that is new as healthy", () => {
    // While both are unhealthy the primary answers (C9), and once the other is new that one does.
    const one = plan(
      namedRegion(),
      {},
      { fail: ["web-0", "web-1"], death: "refused" },
      { atSeconds: 600, fail: ["web-0", "web-1"], death: "refused", renew: ["check-1"] },
      { atSeconds: 1_200, fail: ["web-0", "web-1"], death: "refused", renew: ["check-0"] },
      { atSeconds: 1_500, fail: ["web-0"], death: "refused" },
    );
    const { run, states } = played(one);
    const ofName = one.plan.checks.find(({ questions }) => questions)?.questions?.[0] ?? NaN;
    const answersAt = (seconds: number): unknown => {
      const [value = NaN] = states.answersIn(run.history.at(seconds * 1_000))[ofName]?.values ?? [];
      return one.values[value]?.value;
    };
    expect([599, 600, 700, 1_200, 1_600].map(answersAt)).to.deep.equal([
      ...["198.51.100.1", "198.51.100.2", "198.51.100.1"],
      // The other check has been unhealthy all along, and sees its server come back.
      ...["198.51.100.1", "198.51.100.2"],
    ]);
  });

  it("finds a server healthy that is slow, and answers within the limits of a check (H6)", () => {
    const answerOf = (connectSeconds: number): unknown => {
      const step = { fail: ["web"], death: { connectSeconds } };
      const one = plan(webPair(), step, { ...step, renew: ["check"] });
      // The check is unhealthy at first, since the server counts as lost.
      expect(one.plan.signals.map(({ initial }) => initial)).to.deep.equal([false]);
      const { run, states } = played(one);
      return states
        .answersIn(run.history.lastState)[0]
        ?.values.map((value) => one.values[value]?.value);
    };
    // A checker waits 4 s for a connection.
    expect(answerOf(3.9)).to.deep.equal(["198.51.100.1"]);
    expect(answerOf(4.1)).to.deep.equal(["203.0.113.99"]);
  });

  it("draws what is not said of something slow as for anything else", () => {
    const latency = { connectMs: 100, firstByteMs: 50, bodyMs: 30 };
    const probed = (death: Death): unknown => probeOutcomeOf("HTTP_STR_MATCH", death, latency);
    expect(probed({ connectSeconds: 1 })).to.deep.equal({ passed: true, ms: 1_080 });
    expect(probed({ bodySeconds: 1 })).to.deep.equal({ passed: true, ms: 1_150 });
    expect(probed({ firstByteSeconds: 2.1 })).to.include({ passed: false });
  });

  it("dies in the slowest way that a check notices where no fault is the cause", () => {
    const model = new StackModel(webPair());
    const phaseStates = new PhaseStates(model, [{ startMs: 0, happenings: [] }]);
    expect(phaseStates.deathOf(0, undefined, () => false)).to.equal("failed");
    expect(phaseStates.deathOf(0, undefined, () => true)).to.equal(undefined);
  });

  it("takes one thread for few runs unless it is told", async () => {
    const { plan: one } = planned({ resources: webPair(), to: ["web"], death: "refused" });
    const options = { runs: 50, seed: 1 };
    expect(await simulateChanges([one], options)).to.deep.equal(
      await simulateChanges([one], { ...options, threads: 1 }),
    );
  });
});
