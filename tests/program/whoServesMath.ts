import { expect } from "chai";
import type { DashboardBody } from "../../components/alerts/dashboardWidgets";
import type { Evaluation } from "../../rehearsal/engine/evaluate";
import { StackModel } from "../../routing/graph/stackModel";

/** The body of a stack's dashboard. */
export function bodyOf({ resources }: Evaluation): DashboardBody {
  const found = resources.find(({ type }) => type === "aws:cloudwatch/dashboard:Dashboard");
  return JSON.parse(found?.inputs["dashboardBody"] as string) as DashboardBody;
}

/**
 * Compares the graph of the serving regions with the model of Route 53, for every combination of
 * failed checks; returns the number of combinations.
 */
export function compareWhoServes(
  evaluation: Evaluation,
  hostname: string,
  checkCount: number,
): number {
  const model = new StackModel(evaluation.resources);
  const rows = whoServes(bodyOf(evaluation));
  const ids = rows.filter((row) => row.length > 1).map((row) => String(row[3]));
  const names = ids.map(
    (checkId) => evaluation.resources.find(({ id }) => id === checkId)?.name ?? checkId,
  );
  expect(names).to.have.length(checkCount);
  const combinations = 2 ** ids.length;
  for (let combination = 0; combination < combinations; combination++) {
    const isDown = (index: number): boolean => ((combination >> index) & 1) === 1;
    const failed = names.filter((_, index) => isDown(index)).map((name) => `check:${name}`);
    const { answers } = model.under(model.faults(failed)).resolve(hostname, "A");
    const drawn = served(rows, (id) => (isDown(ids.indexOf(id)) ? 0 : 1));
    expect([...drawn.keys()], failed.join(" ")).to.have.members(answers.map(labelOf));
    for (const answer of answers) {
      const label = labelOf(answer);
      expect(drawn.get(label), label).to.be.closeTo(answer.probability, 1e-12);
    }
  }
  return combinations;
}

/** The label of an answer's place in the graph. */
function labelOf({
  availabilityZone,
  target,
}: {
  readonly availabilityZone?: string;
  readonly target: string;
}): string {
  if (availabilityZone === undefined || target.includes("maintenance")) return "maintenance page";
  return `${availabilityZone}${target.includes("-green-") ? " green" : ""}`;
}

/** The rows of the graph of the serving regions. */
function whoServes(body: DashboardBody): readonly (readonly unknown[])[] {
  const graph = body.widgets.find(
    ({ properties }) => "title" in properties && properties.title.startsWith("Serving regions"),
  );
  if (graph?.type !== "metric") throw new Error("no graph of the serving regions");
  return graph.properties.metrics;
}

interface Row {
  readonly id?: string;
  readonly label?: string;
  readonly expression?: string;
}

interface Row {
  readonly id?: string;
  readonly label?: string;
  readonly expression?: string;
}

/** The values of the visible rows, given each check's status by its id: metric math. */
function served(
  rows: readonly (readonly unknown[])[],
  statusOf: (checkId: string) => 0 | 1,
): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  const shown = new Map<string, number>();
  for (const row of rows) {
    const { id, label, expression } = row.at(-1) as Row;
    const value =
      expression === undefined ? statusOf(String(row[3])) : calculated(expression, values);
    if (id !== undefined) values.set(id, value);
    if (label !== undefined && value !== 0) shown.set(label, value);
  }
  return shown;
}

/** Arithmetic of names and numbers, in which CloudWatch and JavaScript agree. */
function calculated(expression: string, values: ReadonlyMap<string, number>): number {
  expect(expression).to.match(/^[a-z0-9+*()/.-]+$/);
  const names = [...values.keys()];
  // oxlint-disable-next-line typescript/no-implied-eval -- checked above: arithmetic only
  const calculate = new Function(...names, `return ${expression}`) as (...of: number[]) => number;
  const value = calculate(...values.values());
  // CloudWatch has no data where JavaScript has no number, as after a division by zero.
  expect(value, expression).to.satisfy(Number.isFinite);
  return value;
}
