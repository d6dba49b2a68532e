import { expect } from "chai";
import { DrillClock } from "../../../rehearsal/live/clock";
import { Decisions } from "../../../rehearsal/live/decisions";
import { PresentFaults } from "../../../rehearsal/live/presentFaults";
import { streamOf } from "../../../rehearsal/simulation/random";
import { StackModel } from "../../../routing/graph/stackModel";
import { webPair } from "../simulation/stacks";

describe("what Route 53 decides in a drill", () => {
  it("is published once the last decision has reached the name servers", async () => {
    const model = new StackModel(webPair());
    const [check = ""] = [...model.route53.checks.keys()];
    const clock = new DrillClock(50);
    clock.start();
    try {
      await new Promise<void>((resolve) => {
        let published = 0;
        const { steady } = new PresentFaults(model);
        const decisions = new Decisions(model.route53, steady, clock, streamOf(1, 0), (which) => {
          if (which !== "published") return;
          published += 1;
          expect(decisions.arePublished).to.equal(published === 2);
          if (published === 2) resolve();
        });
        expect(decisions.arePublished).to.equal(true);
        decisions.notice("passes", check, false);
        expect(decisions.arePublished).to.equal(false);
        decisions.notice("passes", check, true);
      });
    } finally {
      clock.stop();
    }
  });
});
