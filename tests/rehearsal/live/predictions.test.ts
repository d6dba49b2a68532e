import { expect } from "chai";
import type { Death } from "../../../rehearsal/simulation/plan";
import type { Predicted } from "../../../rehearsal/live/drillRun";
import { Predictor } from "../../../rehearsal/live/predictions";
import { failureModes } from "../../../routing/checker";
import type { Fault } from "../../../routing/graph/faults";
import { StackModel } from "../../../routing/graph/stackModel";
import { evaluated, evaluatedZone } from "../../program/evaluated";

const drilled = { name: "orders.cafe.com", type: "A" };

describe("what a drill predicts", () => {
  let model: StackModel;
  let predictor: Predictor;

  before(async () => {
    const stacks = await Promise.all([evaluated("prod"), evaluatedZone("prod")]);
    model = new StackModel(stacks.flatMap(({ resources }) => resources));
    predictor = new Predictor({ model, drilled, seed: 1, noticesLaterSeconds: 0 });
  });

  /** Faults by name; one that lasts must stay the same object. */
  const faults = (...names: string[]): readonly Fault[] => model.faults(names);

  function predicted(
    begins: readonly Fault[],
    death: Death,
    broken: readonly Fault[] = [],
  ): Predicted {
    const found = predictor.of({ broken, begins, death });
    if (!found) throw new Error("nothing was predicted");
    return found;
  }

  it("is of a second fault under the first, and not of that fault alone", () => {
    const [broken, begins] = [faults("us-west-2a"), faults("us-west-2b")];
    const second = predicted(begins, "refused", broken);
    const bound = model.worstCase(
      ...([drilled.name, drilled.type, broken, [...broken, ...begins], "refused"] as const),
    );
    expect(second.detection.bound).to.equal(bound.detectionSeconds);
    expect(second.downtime.bound).to.equal(bound.downtimeSeconds);
    // Two probes of refused connections that are 10 s apart, δ and a TTL of 10 s.
    expect([second.detection.bound, second.downtime.bound]).to.deep.equal([20, 40]);
    expect(second.detection.simulated?.low).to.be.within(9, 19);
    expect(second.detection.simulated?.high).to.be.within(19, 20);
    expect(second.downtime.simulated?.high).to.be.within(39, 40);
    // Nobody is there while the first zone serves.
    expect(predicted(begins, "refused").detection).to.deep.equal({
      bound: 0,
      simulated: { low: 0, high: 0 },
    });
  });

  it("is of faults that begin together", () => {
    const both = predicted(faults("us-west-2a", "us-west-2b"), "synDropped");
    expect(both.detection).to.deep.equal(predicted(faults("us-west-2"), "synDropped").detection);
  });

  it("is the same for every death of a database: its living server answers in its own way", () => {
    const ways = failureModes.map((death) => predicted(faults("oregon-orders-database"), death));
    for (const one of [...ways, predicted(faults("oregon-orders-database"), "errors")]) {
      expect(one).to.deep.equal(ways[0]);
    }
    const [first] = ways;
    // Six probes that hang in the body: 6 × (30 s + 8 s); the fastest are 30 s apart, and the first comes at once.
    expect(first?.detection.bound).to.equal(228);
    expect(first?.detection.simulated?.low).to.be.within(150, 160);
    expect(first?.detection.simulated?.high).to.be.within(220, 228);
  });

  it("is by the death where a zone is lost after a database", () => {
    const second = predicted(
      ...([faults("eu-west-1a"), "refused", faults("oregon-orders-database")] as const),
    );
    expect(second.detection.bound).to.equal(20);
    // Dublin has been serving for long: nothing is left of the 180 s that the database took.
    expect(second.detection.simulated?.low).to.be.within(9, 19);
    expect(second.detection.simulated?.high).to.be.within(19, 20);
  });

  it("allows an application that notices a lost database later, for databases only", () => {
    const late = new Predictor({ model, drilled, seed: 1, noticesLaterSeconds: 24 });
    const of = (name: string): Predicted | undefined =>
      late.of({ broken: [], begins: faults(name), death: "refused" });
    const usual = predicted(faults("oregon-orders-database"), "refused");
    const { detection, downtime } = of("oregon-orders-database") as Predicted;
    expect(detection.bound).to.equal(Number(usual.detection.bound) + 24);
    expect(downtime.bound).to.equal(Number(usual.downtime.bound) + 24);
    expect(detection.simulated).to.deep.equal({
      low: usual.detection.simulated?.low,
      high: Number(usual.detection.simulated?.high) + 24,
    });
    expect(of("us-west-2a")).to.deep.equal(predicted(faults("us-west-2a"), "refused"));
  });

  it("has nothing for a server that answers with errors, which is no failure mode of the proof", () => {
    expect(predictor.of({ broken: [], begins: faults("us-west-2a"), death: "errors" })).to.equal(
      undefined,
    );
  });
});
