import { expect } from "chai";
import { billOf } from "../../../rehearsal/cost/bill";
import type { Evaluation } from "../../../rehearsal/engine/evaluate";
import { configurations, evaluatedWith } from "../../program/configurations";
import { playing } from "../../program/gameDay/playing";
import { both, evaluatedIn, inDev, reserved } from "../../program/shaping/configurations";

const all: readonly (readonly [string, () => Promise<Evaluation>])[] = [
  ...configurations.map(
    (configuration) => [configuration.title, () => evaluatedWith(configuration)] as const,
  ),
  ...[both, inDev, reserved].map((shape) => [shape.title, () => evaluatedIn(shape)] as const),
  ...(["dev", "prod"] as const).map(
    (stack) => [`game days in ${stack}`, () => playing(stack)] as const,
  ),
];

describe("the cost of every configuration", () => {
  for (const [title, evaluation] of all) {
    it(`has no unknowns and omits no resource: ${title}`, async () => {
      const { resources } = await evaluation();
      const { lines, unknown, free } = billOf("test", resources);
      expect(unknown).to.deep.equal([]);
      const charged = new Set(lines.map(({ urn }) => urn));
      const own = resources.filter(({ custom }) => custom);
      const freeCount = free.reduce((total, { count }) => total + count, 0);
      expect(own.filter(({ urn }) => charged.has(urn)).length + freeCount).to.equal(own.length);
    });
  }

  it("counts the same machines if capacity is reserved for those that do not run", async () => {
    const [running, held] = await Promise.all([evaluatedIn(both), evaluatedIn(reserved)]);
    const machines = ({ resources }: Evaluation): number =>
      billOf("test", resources)
        .lines.filter(({ item }) => item.startsWith("ec2 "))
        .reduce((sum, { monthly }) => sum + monthly, 0);
    expect(machines(held)).to.be.closeTo(machines(running), 0.01);
  });
});
