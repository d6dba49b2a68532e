import type { Made } from "../sample";
import { Sample } from "../sample";

/** A mistake in a stack, with the rules that must report it, and where. */
export interface Fault {
  readonly title: string;
  readonly apply: (sample: Sample) => Sample;
  /** `rule at resource`: each must be found. */
  readonly finds: readonly string[];
  /** Other right findings because of the same mistake; they are optional. */
  readonly also?: readonly string[];
}

/** A stack without mistakes, and the mistakes that are planted in it. */
export interface Scenario {
  readonly title: string;
  readonly sample: Sample;
  readonly faults: readonly Fault[];
}

export function scenario(
  title: string,
  parts: readonly (Made | readonly Made[])[],
  ...faults: readonly Fault[]
): Scenario {
  return { title, sample: new Sample([]).add(...parts.flat()), faults };
}

export function fault(
  title: string,
  apply: Fault["apply"],
  finds: string | readonly string[],
  ...also: readonly string[]
): Fault {
  return { title, apply, finds: typeof finds === "string" ? [finds] : finds, also };
}
