import type { Properties, Resource, Value } from "../../routing/graph/resource";
import { StackModel } from "../../routing/graph/stackModel";

/** The faults under which the models are compared. */
const faults = [
  ...["", "us-west-2a", "us-west-2", "us-west-2,eu-west-1a", "us-west-2,eu-west-1"],
  ...["eu-west-1", "us-west-2b", "us-west-2a,eu-west-1"],
];

/** What a stack answers, apart from the names of its resources in Pulumi. */
export interface ComparedModel {
  /** The records, with their checks by what these probe. */
  readonly records: readonly string[];
  /** The checks, by what they probe. */
  readonly checks: readonly string[];
  /** What an alarm watches, and when it goes on. */
  readonly alarms: readonly string[];
  /** Values of orders.example.com A by faults. */
  readonly answers: Readonly<Record<string, readonly string[]>>;
}

/** The model of a stack in a form in which stacks of different programs can be compared. */
export function modelOf(resources: readonly Resource[]): ComparedModel {
  const ofType = (type: string): readonly Resource[] =>
    resources.filter((resource) => resource.type === type);
  const checks = ofType("aws:route53/healthCheck:HealthCheck");
  /** An input with the ids of checks replaced by what they probe, and without names. */
  const described = (value: Value | undefined): unknown => {
    if (typeof value === "string") {
      const check = checks.find(({ id }) => id === value);
      return check ? described(check.inputs) : value;
    }
    if (Array.isArray(value)) return value.map((each: Value) => described(each));
    if (typeof value !== "object" || value === null) return value;
    const { Name: _, ...rest } = value as Record<string, Value>;
    return Object.fromEntries(
      Object.entries(rest)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, each]) => [key, described(each)]),
    );
  };
  const all = (found: readonly Properties[]): readonly string[] =>
    found.map((inputs) => JSON.stringify(described(inputs))).sort();
  const inputsOf = (type: string): readonly Properties[] =>
    ofType(type).map(({ inputs }) => inputs);
  const model = new StackModel(resources);
  return {
    records: all(inputsOf("aws:route53/record:Record")),
    checks: all(checks.map(({ inputs }) => inputs)),
    // Pulumi generates their names.
    alarms: all(
      inputsOf("aws:cloudwatch/metricAlarm:MetricAlarm").map(
        ({ name: _name, ...inputs }) => inputs,
      ),
    ),
    answers: Object.fromEntries(
      faults.map((places) => {
        const state = model.under(model.faults(places === "" ? [] : places.split(",")));
        const { answers } = state.resolve("orders.example.com", "A");
        return [places, answers.map(({ value }) => value)];
      }),
    ),
  };
}
