import { expect } from "chai";
import type { GatePhase } from "../../../functions/gate/state";
import { gatePhases } from "../../../functions/gate/state";
import { Draws } from "../../routing/random/draws";
import { GateBucket } from "../../../rehearsal/live/gate/gateBucket";
import { itWithEveryCase } from "../../sampled";
import { play } from "./world";

const sequencesCount = 10_000;
const eventsCount = 10;

describe("the controller under duplicates, reorderings, lost writes, dead runs and a second controller", function () {
  this.timeout(120_000);

  // A tenth of them missed a planted fault; exploration.test.ts goes through every state.
  itWithEveryCase("keeps its rules in 10,000 seeded sequences of events", async () => {
    const phases = new Set<GatePhase>();
    let repeated = 0;
    let notices = 0;
    for (let seed = 0; seed < sequencesCount; seed += 1) {
      const { world } = await play(new GateBucket(), new Draws(seed), eventsCount);
      if (world.faults.length > 0) expect(world.faults, `seed ${seed}`).to.deep.equal([]);
      for (const phase of world.phases) phases.add(phase);
      notices += world.sent.size;
      for (const count of world.sent.values()) repeated += count - 1;
    }
    console.log(
      `      ${sequencesCount * eventsCount} events, ${notices} notices, ${repeated} of them sent again`,
    );
    expect(phases).to.deep.equal(new Set(gatePhases));
  });
});
