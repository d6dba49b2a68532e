import { expect } from "chai";
import { failureModes } from "../../routing/checker";
import type { Resource } from "../../routing/graph/resource";
import { StackModel } from "../../routing/graph/stackModel";
import { evaluated } from "./evaluated";
import { figures } from "./expectations";
import { inProdsPlaces } from "./places";

/** Faults, the zone that answers most often under them, and whether its region can take orders. */
const rows: readonly (readonly ["dev" | "prod" | "both", string, string, boolean])[] = [
  ["both", "oregon-orders-database", "eu-west-1a", true],
  ["both", "dublin-orders-database", "us-west-2a", true],
  ["both", "oregon-orders-database,dublin-orders-database", "us-west-2a", false],
  ["both", "oregon-orders-database,eu-west-1", "us-west-2a", false],
  ["both", "us-west-2a", "us-west-2b", true],
  ["both", "us-west-2,eu-west-1a", "eu-west-1b", true],
  ["both", "oregon-orders-cache", "us-west-2a", true],
  // All in one zone, the second: its loss takes the region down.
  ["dev", "us-west-2b", "eu-west-1a", true],
  ["prod", "us-west-2b", "us-west-2a", true],
];

/** Detection by the region checks: 6 × (30 s + 0, 4, 6, 8 s). */
const detectionSeconds = [180, 204, 216, 228, 212];
const propagationSeconds = 10;

for (const stack of ["dev", "prod"] as const) {
  const { hostname, ttlSeconds, warmPercent } = figures[stack];
  for (const preview of [true, false]) {
    describe(`the databases of ${stack}, ${preview ? "before" : "after"} it is deployed`, () => {
      let resources: readonly Resource[];
      before(async () => {
        ({ resources } = await evaluated(stack, preview, inProdsPlaces(stack)));
      });

      for (const [where, faults, place, takesOrders] of rows) {
        if (where !== "both" && where !== stack) continue;
        it(`${faults}: ${place} answers${takesOrders ? "" : ", and cannot take orders"}`, () => {
          const model = new StackModel(resources);
          const { answers } = model.under(model.faults(faults.split(","))).resolve(hostname, "A");
          const described = answers.map(({ availabilityZone, alive, withoutDatabases }) => ({
            availabilityZone,
            alive,
            takesOrders: withoutDatabases === undefined,
          }));
          expect(described[0]).to.deep.equal({ availabilityZone: place, alive: true, takesOrders });
          // Dublin's share of the traffic, if it has one and is healthy.
          expect(
            described.slice(1).every((one) => one.availabilityZone === "eu-west-1a" && one.alive),
          ).to.equal(true);
          expect(answers.length).to.be.at.most(warmPercent === 0 ? 1 : 2);
        });
      }

      it("are detected within the bound of the region checks", () => {
        const model = new StackModel(resources);
        const faults = model.reliance.faults(hostname, "A");
        expect(faults.map(({ name }) => name)).to.deep.equal([
          "oregon-orders-database",
          "dublin-orders-database",
        ]);
        const bounds = failureModes.map((death) =>
          model.worstCase(hostname, "A", [], faults.slice(0, 1), death),
        );
        expect(bounds.map((bound) => bound.detectionSeconds)).to.deep.equal(detectionSeconds);
        expect(bounds.map((bound) => bound.downtimeSeconds)).to.deep.equal(
          detectionSeconds.map((seconds) => seconds + propagationSeconds + ttlSeconds),
        );
      });

      it("are known from the web servers' user data, and not only from the check's tag", () => {
        const untagged = resources.map((one) =>
          one.name.endsWith("-deep-check")
            ? {
                ...one,
                inputs: { ...one.inputs, tags: {} },
                outputs: { ...one.outputs, tags: {} },
              }
            : one,
        );
        const model = new StackModel(untagged);
        const { answers } = model
          .under(model.faults(["oregon-orders-database"]))
          .resolve(hostname, "A");
        expect(answers.map(({ availabilityZone }) => availabilityZone)).to.deep.equal([
          "eu-west-1a",
        ]);
      });
    });
  }
}
