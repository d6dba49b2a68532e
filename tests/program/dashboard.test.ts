import { expect } from "chai";
import { dashboardSchema } from "../components/alerts/dashboardSchema";
import { evaluated } from "./evaluated";
import { figures } from "./expectations";
import { bodyOf, compareWhoServes } from "./whoServesMath";

for (const stack of ["dev", "prod"] as const) {
  describe(`the dashboard of ${stack}`, () => {
    it("matches CloudWatch's format", async () => {
      const { error } = dashboardSchema.safeParse(bodyOf(await evaluated(stack)));
      expect(error?.issues ?? []).to.deep.equal([]);
    });

    it("shows every health check and every alarm", async () => {
      const evaluation = await evaluated(stack);
      const text = JSON.stringify(bodyOf(evaluation));
      const missing = evaluation.resources
        .filter(({ type }) => /:HealthCheck$|:(Metric|Composite)Alarm$/.test(type))
        .filter(({ id, outputs }) =>
          [id, outputs["arn"]].every((name) => !text.includes(JSON.stringify(name))),
        );
      expect(missing.map(({ name }) => name)).to.deep.equal([]);
    });

    it("shows the same serving regions as the model of Route 53, for every combination of checks", async () => {
      const { hostname } = figures[stack];
      expect(compareWhoServes(await evaluated(stack), hostname, 6)).to.equal(64);
    });
  });
}
