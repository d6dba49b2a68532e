import { expect } from "chai";
import { AnswerStates } from "../../../rehearsal/simulation/answers";
import { lastClientMs } from "../../../rehearsal/simulation/clients";
import type { ControllerEvent } from "../../../rehearsal/simulation/controllerEvents";
import { withGateAttached } from "../../../rehearsal/simulation/modelGate";
import { planOf } from "../../../rehearsal/simulation/planOf";
import { streamOf } from "../../../rehearsal/simulation/random";
import { Simulator } from "../../../rehearsal/simulation/simulator";
import { StackModel } from "../../../routing/graph/stackModel";
import { evaluated } from "../../program/evaluated";

const lostMs = 400_000;
const runs = 30;

function isWithin(seconds: number, [from, to]: readonly [number, number]): void {
  expect(seconds).to.be.within(from, to);
}

/** The longest times in seconds: of a lost region that serves; and of a latched standby. */
const stacks = {
  prod: {
    name: "orders.cafe.com",
    primary: "us-west-2",
    standby: "eu-west-1",
    unlatched: [40, 56],
    withBucket: [40, 56],
    zonesAlone: [40, 56],
  },
  dev: {
    name: "orders.dev.cafe.com",
    primary: "us-east-2",
    standby: "us-east-1",
    unlatched: [150, 184],
    // The latch's check misses its object sooner than the endpoints' checks see their deaths.
    withBucket: [80, 114],
    zonesAlone: [150, 184],
  },
} as const;

for (const stack of ["dev", "prod"] as const) {
  describe(`the standby of ${stack} that dies`, () => {
    const { name, primary, standby, unlatched, withBucket, zonesAlone } = stacks[stack];
    let model: StackModel;
    before(async () => {
      const created = new StackModel((await evaluated(stack)).resources);
      model = new StackModel(withGateAttached(created, stack));
    });

    /** The longest time in which a client that obeys the TTL is on a dead answer, in extreme runs. */
    function longestSeconds(
      lost: readonly string[],
      gateEvents: readonly ControllerEvent[],
    ): number {
      const faults = model.faults(lost);
      const happenings = faults.map((fault) => ({ fault, death: "hangsInBody" as const }));
      const phases = [
        { startMs: 0, happenings: [] },
        { startMs: lostMs, happenings },
      ];
      const planned = planOf(model, { name, type: "A", phases, endMs: 2 * lostMs, gateEvents });
      const { plan, asking, phaseStates, values } = planned;
      const states = new AnswerStates(
        plan.signals.map(({ initial }) => initial),
        (vector) => asking.answersFor(vector),
      );
      const simulator = new Simulator(plan, states);
      const seen = phaseStates.seenByClients(1);
      const isDead = values.map(({ record, value }) => !seen.isAlive(record, value));
      const bad = { kind: "dead", values: isDead } as const;
      const timesMs = Array.from({ length: runs }, (_, number) => {
        const run = simulator.run("extreme", streamOf(7, number));
        const setMs = run.gate.find(({ latch }) => latch === "set")?.atMs ?? Infinity;
        expect(setMs < lostMs).to.equal(gateEvents.length > 0);
        return lastClientMs(run, states, bad, 0) - lostMs;
      });
      return Math.max(...timesMs) / 1_000;
    }

    it("keeps nobody longer than the bound when it is latched, with or without its bucket", () => {
      const hold = { atMs: 100, kind: "hold", identity: "ann", reason: "a drill" } as const;
      const [zoneA, zoneB] = [`${standby}a`, `${standby}b`];
      isWithin(longestSeconds([standby], [hold]), withBucket);
      isWithin(longestSeconds([zoneA, zoneB], [hold]), zonesAlone);
      isWithin(longestSeconds([primary], []), unlatched);
    });
  });
}
