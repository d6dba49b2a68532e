import type { Properties, Value } from "../../../routing/graph/resource";
import type { Sample } from "../sample";

/** A fault injected into the real program. */
export interface PolicyMutation {
  /** The rule that must report it. */
  readonly rule: string;
  readonly stack: "dev" | "prod";
  readonly title: string;
  readonly apply: (sample: Sample) => Sample;
  /** Other rules that also report it, each with the reason. */
  readonly also?: Readonly<Record<string, string>>;
}

export const oregon = "oregon-records-oregon.orders.cafe.com-A";
export const orders = (name: string, role: string): string =>
  `orders-${name}orders.cafe.com-A-${role}`;

export const aliasOf = (sample: Sample, name: string, changes: Properties): readonly Value[] => {
  const resource = sample.resources.find((each) => each.name === name);
  const [alias] = (resource?.outputs["aliases"] ?? []) as readonly Properties[];
  return [{ ...alias, ...changes }];
};
/** The zone of the program's records, which is in another stack. */
export const zoneIdOf = (sample: Sample): string => {
  const record = sample.resources.find((each) => each.name === `${oregon}-primary`);
  return record?.inputs["zoneId"] as string;
};
export const idOf = (sample: Sample, name: string): string =>
  sample.resources.find((each) => each.name === name)?.id ?? "";

export const set =
  (name: string, changes: Readonly<Record<string, Value | undefined>>): PolicyMutation["apply"] =>
  (sample) =>
    sample.set(name, changes);
export const drop =
  (...names: readonly string[]): PolicyMutation["apply"] =>
  (sample) =>
    sample.drop(...names);

export const budget = "the downtime for customers is longer than promised";
