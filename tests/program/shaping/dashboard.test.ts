import { expect } from "chai";
import { dashboardSchema } from "../../components/alerts/dashboardSchema";
import { bodyOf, compareWhoServes } from "../whoServesMath";
import { evaluatedIn, shapeOf } from "./configurations";

/**
 * Titles of shapes, and the checks that decide the serving regions: of zones, regions, a green
 * side.
 */
const rows: readonly (readonly [title: string, checks: number])[] = [
  ["no release, 10 % warm, 1 hostname", 4 + 2],
  ["95/5, 10 % warm, 1 hostname", 6 + 2 + 1],
  ["100/0, 10 % warm, 1 hostname", 4 + 2],
  ["0/100, 0 % warm, 1 hostname", 4 + 2],
];

describe("the dashboard of shared traffic", function () {
  for (const [title, checks] of rows) {
    it(`${title}: draws each share as in the model, for every combination of checks`, async () => {
      const evaluation = await evaluatedIn(shapeOf(title));
      expect(compareWhoServes(evaluation, "orders.cafe.com", checks)).to.equal(2 ** checks);
      expect(dashboardSchema.safeParse(bodyOf(evaluation)).success).to.equal(true);
    });
  }
});
