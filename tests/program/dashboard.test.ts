import { expect } from "chai";
import type { Evaluation } from "../../rehearsal/engine/evaluate";
import { World } from "../../routing/graph/world";
import type { DashboardBody } from "../../components/alerts/dashboardWidgets";
import { dashboardSchema } from "../components/alerts/dashboardSchema";
import { evaluated } from "./evaluated";
import { figures } from "./expectations";

function bodyOf({ resources }: Evaluation): DashboardBody {
  const found = resources.find(({ type }) => type === "aws:cloudwatch/dashboard:Dashboard");
  return JSON.parse(found?.inputs["dashboardBody"] as string) as DashboardBody;
}

/** The rows of the graph that says who serves. */
function whoServes(body: DashboardBody): readonly (readonly unknown[])[] {
  const graph = body.widgets.find(
    ({ properties }) => "title" in properties && properties.title.startsWith("Who serves"),
  );
  if (graph?.type !== "metric") throw new Error("no graph says who serves");
  return graph.properties.metrics;
}

interface Row {
  readonly id?: string;
  readonly label?: string;
  readonly expression?: string;
}

/** What the rows that are shown come to, given each check's status by its id: metric math. */
function served(
  rows: readonly (readonly unknown[])[],
  statusOf: (checkId: string) => 0 | 1,
): readonly string[] {
  const values = new Map<string, number>();
  const shown: string[] = [];
  for (const row of rows) {
    const { id, label, expression } = row.at(-1) as Row;
    const value =
      expression === undefined ? statusOf(String(row[3])) : calculated(expression, values);
    if (id !== undefined) values.set(id, value);
    if (label !== undefined && value !== 0) shown.push(`${label} ${value}`);
  }
  return shown;
}

/** Sums, differences and products of names and numbers, as CloudWatch and JavaScript both read them. */
function calculated(expression: string, values: ReadonlyMap<string, number>): number {
  expect(expression).to.match(/^[a-z0-9+*()-]+$/);
  const names = [...values.keys()];
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- checked above: arithmetic only
  const calculate = new Function(...names, `return ${expression}`) as (...of: number[]) => number;
  return calculate(...values.values());
}

for (const stack of ["dev", "prod"] as const) {
  describe(`the dashboard of ${stack}`, () => {
    it("is one that CloudWatch takes", async () => {
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

    it("says who serves as the model of Route 53 does, for every combination of checks", async () => {
      const evaluation = await evaluated(stack);
      const { hostname, lastTier } = figures[stack];
      const world = new World(evaluation.resources);
      const rows = whoServes(bodyOf(evaluation));
      const ids = rows.filter((row) => row.length > 1).map((row) => String(row[3]));
      const names = ids.map(
        (checkId) => evaluation.resources.find(({ id }) => id === checkId)?.name ?? checkId,
      );
      expect(names).to.have.length(6);
      for (let combination = 0; combination < 2 ** ids.length; combination++) {
        const isDown = (index: number): boolean => ((combination >> index) & 1) === 1;
        const failed = names.filter((_, index) => isDown(index)).map((name) => `check:${name}`);
        const { answers } = world.under(world.faults(failed)).resolve(hostname, "A");
        const expected = answers.map(({ availabilityZone, region, target }) => {
          const place = availabilityZone ?? region ?? target.split("::").at(-1) ?? "";
          return `${place === lastTier ? "maintenance page" : place} 1`;
        });
        const drawn = served(rows, (id) => (isDown(ids.indexOf(id)) ? 0 : 1));
        expect(drawn, failed.join(" ")).to.deep.equal(expected);
      }
    });
  });
}
