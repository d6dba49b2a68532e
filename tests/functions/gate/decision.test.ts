import { expect } from "chai";
import { assert, constantFrom, integer, property, record, array, option } from "fast-check";
import { decideGate, returnSecondsMax } from "../../../functions/gate/decision";
import type { GateObservation } from "../../../functions/gate/observation";
import { firstState, isLatched } from "../../../functions/gate/state";
import type { GateState } from "../../../functions/gate/state";
import { Gate, failedOver, good, hold, recovered, release, rules, startMs } from "./samples";

const soakRuns = rules.soakSeconds / 60;

/** A gate that Route 53 has latched. */
const latched = (more = {}): Gate =>
  new Gate({ ...rules, ...more }).run(good).runs(rules.outsideRuns, failedOver);
/** A gate whose soak is over. */
const soaked = (more = {}): Gate => latched(more).runs(soakRuns + 1, recovered);

describe("the decision of the gate", () => {
  it("arms when the primary serves and its signals are good, not when both regions fail (C4)", () => {
    const bothFail: GateObservation = { ...failedOver, serving: "primary" };
    const gate = new Gate(rules).runs(5, bothFail).runs(5, recovered);
    expect(gate.state.phase).to.equal("unarmed");
    expect(gate.run(good).state.phase).to.equal("armed");
    expect(gate.sent).to.deep.equal(["armed"]);
  });

  it("latches after three answers of the standby in a row", () => {
    const gate = new Gate(rules).run(good).runs(2, failedOver).run(good).runs(2, failedOver);
    expect(gate.state).to.include({ phase: "armed", outsideRuns: 2 });
    gate.run(failedOver);
    expect(gate.state.phase).to.equal("latched");
    expect(gate.state.latchedBy).to.deep.equal({ kind: "route53" });
    expect(gate.last.actions[0]).to.deep.equal({ kind: "putLatch" });
    expect(gate.last.actions[1]).to.deep.equal({
      kind: "notify",
      notice: {
        id: "7: latched",
        subject: "latched",
        text: "Route 53 answered with the standby region 3 times. Route 53 does not return to the primary region before a release.",
      },
    });
  });

  it("counts answers within ten seconds once, so that duplicates latch nothing", () => {
    const gate = new Gate(rules).run(good).run(failedOver);
    for (let index = 0; index < 20; index += 1) gate.run(failedOver, 0.45);
    expect(gate.state).to.include({ phase: "armed", outsideRuns: 1 });
    expect(gate.run(failedOver, 1).state.outsideRuns).to.equal(2);
  });

  it("keeps its count at an unknown answer, and at one of neither region", () => {
    const gate = new Gate(rules).run(good).runs(2, failedOver);
    gate.run({ ...good, serving: "unknown" }).run({ ...good, serving: "neither" });
    expect(gate.state).to.include({ phase: "armed", outsideRuns: 2 });
    expect(gate.run(failedOver).state.phase).to.equal("latched");
  });

  it("names everything that blocks a release; unknown counts as bad", () => {
    const gate = latched().run({
      ...recovered,
      signals: {
        deep: "unhealthy",
        capacity: "unknown",
        metric: "healthy",
        "orders-oregon": "unhealthy",
        "differ-dublin": "unknown",
      },
    });
    expect(gate.state.phase).to.equal("latched");
    expect(gate.state.blockers).to.deep.equal([
      "signal deep: unhealthy",
      "signal capacity: unknown",
      "signal orders-oregon: unhealthy",
      "signal differ-dublin: unknown",
      "soak: 900 s, not begun",
      "approvals: 1 missing",
    ]);
  });

  it("soaks from the first good run, and awaits an approval after it", () => {
    const gate = latched().run(recovered);
    expect(gate.state).to.include({ phase: "soaking", soakStartedMs: gate.nowMs });
    expect(gate.state.blockers).to.deep.equal([
      "soak: until 2026-11-27T15:20:00.000Z",
      "approvals: 1 missing",
    ]);
    expect(gate.runs(soakRuns - 1, recovered).state.phase).to.equal("soaking");
    expect(gate.run(recovered).state.phase).to.equal("awaitingApproval");
    expect(gate.runs(100, recovered).state.phase).to.equal("awaitingApproval");
    expect(gate.sent).to.deep.equal(["armed", "latched", "awaiting approval"]);
  });

  it("breaks a soak at any bad sign, and then needs a whole one and new approvals", () => {
    for (const bad of [
      { ...recovered, signals: { deep: "unknown" as const } },
      { ...recovered, signals: { ...recovered.signals, "orders-dublin": "unhealthy" as const } },
    ]) {
      const gate = latched().runs(5, recovered).run(recovered, 60, release);
      expect(gate.state.approvals).to.have.length(1);
      expect(gate.run(bad).state).to.deep.include({ phase: "latched", approvals: [] });
      expect(gate.sent.at(-1)).to.equal("soak broken");
      expect(gate.runs(soakRuns + 5, recovered).state.phase).to.equal("awaitingApproval");
    }
  });

  it("sends nothing when a soak breaks that nobody approved: a flapping primary breaks many", () => {
    const gate = latched();
    for (let index = 0; index < 20; index += 1) gate.run(recovered).run(failedOver);
    expect(gate.sent).to.deep.equal(["armed", "latched"]);
  });

  it("releases with an approval after the soak, or at its end with an earlier one", () => {
    expect(soaked().run(recovered, 60, release).state.phase).to.equal("released");
    const early = latched().run(recovered).run(recovered, 60, release);
    expect(early.state.phase).to.equal("soaking");
    expect(early.runs(soakRuns - 1, recovered).state.phase).to.equal("released");
    expect(early.last.actions[0]).to.deep.equal({ kind: "removeLatch" });
    expect(early.run(good).state.phase).to.equal("armed");
    expect(early.sent).to.deep.equal(["armed", "latched", "released", "armed"]);
  });

  it("refuses an approval without a latch or before the soak, and says what blocks", () => {
    expect(new Gate(rules).run(good).run(good, 60, release).last.refused).to.equal(
      "release: must follow a latch, got phase armed; nothing is held",
    );
    expect(latched().run(failedOver, 60, release).last.refused).to.equal(
      "release: must wait for a soak, got phase latched, blocked by: signal deep: unhealthy; signal zone-a: unhealthy; approve once nothing blocks it",
    );
  });

  it("refuses an approval in the run in which the soak breaks", () => {
    const gate = soaked().run(failedOver, 60, release);
    expect(gate.state).to.deep.include({ phase: "latched", approvals: [] });
    expect(gate.last.refused).to.contain("signal deep: unhealthy");
  });

  it("needs two people if the stack says so; one person in two spellings is one", () => {
    const gate = soaked({ approvers: 2 }).run(recovered, 60, release);
    expect(gate.state.blockers).to.deep.equal(["approvals: 1 missing"]);
    gate.run(recovered, 60, { ...release, identity: " ADA " });
    expect(gate.state.phase).to.equal("awaitingApproval");
    gate.run(recovered, 60, { ...release, identity: "bob" });
    expect(gate.state.phase).to.equal("released");
  });

  it("releases by itself in an automatic stack, except a person's hold", () => {
    expect(soaked({ isAutomatic: true }).state.phase).to.equal("released");
    const held = latched({ isAutomatic: true }).run(recovered, 60, hold);
    expect(held.runs(soakRuns + 5, recovered).state.phase).to.equal("awaitingApproval");
    expect(held.run(recovered, 60, release).state.phase).to.equal("released");
  });

  it("holds from any phase, and voids soak and approvals", () => {
    const gates = [
      new Gate(rules),
      new Gate(rules).run(good),
      latched(),
      latched().run(recovered).run(recovered, 60, release),
      soaked(),
      soaked().run(recovered, 60, release),
    ];
    expect(gates.map(({ state }) => state.phase)).to.deep.equal([
      ...["unarmed", "armed", "latched", "soaking", "awaitingApproval", "released"],
    ]);
    for (const gate of gates) {
      const { state } = gate.run(recovered, 60, hold);
      expect(state).to.deep.include({
        phase: "latched",
        approvals: [],
        latchedBy: { kind: "person", identity: "ada", reason: "evacuation" },
      });
      expect(state).not.to.have.property("soakStartedMs");
      const sent = gate.sent.length;
      gate.run(failedOver, 1, hold);
      expect(gate.sent).to.have.length(sent);
    }
  });

  it("stays latched while Route 53 answers with the primary because the standby died (C4)", () => {
    const standbyDied: GateObservation = {
      ...good,
      signals: { ...good.signals, "orders-dublin": "unhealthy", "differ-dublin": "unhealthy" },
    };
    const gate = latched().runs(1000, standbyDied);
    expect(gate.state.phase).to.equal("latched");
    expect(gate.last.state.notices).to.have.length(0);
    const reminders = gate.sent.filter((subject) => subject === "still latched");
    expect(reminders).to.have.length(Math.floor((1000 * 60) / rules.remindSeconds));
  });

  it("says in a reminder what blocks, and that the primary serves in spite of the latch", () => {
    const gate = latched();
    gate.run({ ...good, signals: { deep: "unknown" } }, rules.remindSeconds);
    expect(gate.last.state.notices[0]?.text).to.equal(
      [
        "The gate has been in phase latched since 2026-11-27T15:04:00.000Z. What blocks a return:",
        "- signal deep: unknown",
        "- soak: 900 s, not begun",
        "- approvals: 1 missing",
        "Route 53 answers with the primary region although the latch is set: see the runbook.",
      ].join("\n"),
    );
  });

  it("latches again if the primary does not serve within five minutes of a release", () => {
    const gate = soaked().run(recovered, 60, release);
    gate.runs(returnSecondsMax / 60 - 1, failedOver);
    expect(gate.state.phase).to.equal("released");
    expect(gate.run(failedOver).state.phase).to.equal("latched");
  });

  it("breaks a soak over a time without runs, which a step of the clock looks like", () => {
    for (const seconds of [151, 3600, 86_400 * 365, -11, -3600]) {
      const gate = latched().runs(5, recovered).run(recovered, seconds);
      expect(gate.state.phase, String(seconds)).to.equal("latched");
      expect(gate.runs(soakRuns, recovered).state.phase).to.equal("soaking");
      expect(gate.run(recovered).state.phase).to.equal("awaitingApproval");
    }
    for (const seconds of [150, 0, -9]) {
      const gate = latched().runs(5, recovered).run(recovered, seconds);
      expect(gate.state.phase, String(seconds)).to.equal("soaking");
    }
  });

  it("does not wait for a clock that was set back to catch up", () => {
    const gate = soaked()
      .run(recovered, 60, release)
      .run(failedOver, -86_400 * 365);
    gate.runs(returnSecondsMax / 60 + 1, failedOver);
    expect(gate.state.phase).to.equal("latched");
    const reminded = latched()
      .run(failedOver, -86_400 * 365)
      .run(failedOver, rules.remindSeconds);
    expect(reminded.sent.at(-1)).to.equal("still latched");
  });

  it("adopts a latch object that is not the controller's, and puts back one that vanished", () => {
    const armed = new Gate(rules).run(good).state;
    const put = decideGate(armed, { ...good, latchObject: "present" }, startMs + 120_000, rules);
    expect(put.state.latchedBy).to.deep.include({ kind: "person", identity: "unknown" });
    const held = latched().state;
    const nowMs = held.lastRunMs + 60_000;
    const gone = decideGate(held, { ...failedOver, latchObject: "absent" }, nowMs, rules);
    expect(gone.state.phase).to.equal("latched");
    expect(gone.actions.map((action) => action.kind)).to.deep.equal(["putLatch", "notify"]);
    // Until it is back, the object is only late.
    const again = decideGate(
      { ...gone.state, notices: [] },
      { ...failedOver, latchObject: "absent" },
      nowMs + 60_000,
      rules,
    );
    expect(again.actions).to.deep.equal([{ kind: "putLatch" }]);
  });

  it("does not take an object for a person's that a dead run has left", () => {
    const gate = soaked().run(recovered, 60, release);
    const { state } = decideGate(
      { ...gate.state, latchAgrees: false },
      { ...recovered, latchObject: "present" },
      gate.nowMs + 60_000,
      rules,
    );
    expect(state.phase).to.equal("released");
  });

  it("keeps at most twenty notices while the topic takes none", () => {
    let state: GateState = firstState(startMs);
    for (let index = 0; index < 50; index += 1) {
      const command = { ...hold, reason: String(index) };
      const nowMs = startMs + index * 60_000;
      ({ state } = decideGate(state, { ...good, latchObject: "absent" }, nowMs, rules, command));
    }
    expect(state.notices).to.have.length(20);
    expect(state.notices.at(-1)?.text).to.contain("Held by ada: 49.");
  });
});

describe("the decision of the gate, over any order of events", () => {
  const orders = constantFrom("healthy", "healthy", "healthy", "healthy", "unhealthy", "unknown");
  const event = record({
    observation: record({
      serving: constantFrom("primary", "standby", "neither", "unknown"),
      signals: record({
        deep: constantFrom("healthy", "healthy", "healthy", "unhealthy", "unknown"),
        "orders-oregon": orders,
        "differ-dublin": orders,
      }),
      latchObject: constantFrom("present", "absent"),
    }),
    seconds: constantFrom(0, 5, 60, 60, 60, 60, 60, 149, 151, 86_400, -5, -86_400),
    command: option(
      record({
        kind: constantFrom("hold", "release"),
        identity: constantFrom("ada", "bob"),
        reason: constantFrom("r", "s"),
      }),
      { freq: 4, nil: undefined },
    ),
  });
  const short = { ...rules, outsideRuns: 2, soakSeconds: 120 };

  interface Seen {
    readonly state: GateState;
    readonly isGood: boolean;
    readonly seconds: number;
  }

  it("frees the primary only after a soak in which every run was good and none was missing", () => {
    let released = 0;
    assert(
      property(
        array(event, { minLength: 10, maxLength: 60 }),
        integer({ min: 1, max: 2 }),
        (events, approvers) => {
          let state = firstState(startMs);
          let nowMs = startMs;
          const history: Seen[] = [];
          for (const { observation, seconds, command } of events) {
            nowMs += seconds * 1000;
            const before = state;
            // The run after a change of the object finds it as the state says.
            const latchObject = isLatched(before.phase) ? "present" : "absent";
            const seen = { ...observation, latchObject } as const;
            ({ state } = decideGate(
              { ...before, latchAgrees: true },
              seen,
              nowMs,
              { ...short, approvers },
              command,
            ));
            const isGood = Object.values(seen.signals).every((signal) => signal === "healthy");
            history.push({ state, isGood, seconds });
            expect(state.revision).to.equal(before.revision + 1);
            expect(isLatched(state.phase)).to.equal(state.latchedBy !== undefined);
            if (!isLatched(before.phase) || isLatched(state.phase)) continue;
            released += 1;
            let soakedSeconds = 0;
            for (const one of [...history].reverse()) {
              expect(one.isGood).to.equal(true);
              if (one.state.phase === "soaking" && one.state.soakStartedMs === one.state.lastRunMs)
                break;
              expect(one.seconds).to.be.within(-10, 150);
              soakedSeconds += one.seconds;
              if (soakedSeconds >= short.soakSeconds) break;
            }
            expect(soakedSeconds).to.be.at.least(short.soakSeconds);
          }
        },
      ),
      { numRuns: 2_000, seed: 19 },
    );
    expect(released).to.be.greaterThan(20);
  });
});
