/** A figure in each of the states that are priced, for a whole month. */
export interface Amounts {
  /** As long as nothing has failed. */
  readonly steady: number;
  /** A month in which the region that serves first is left, and the next one serves. */
  readonly failedOver: number;
  /** A steady month with game days. */
  readonly drill: number;
}

/** The names of the states, in the order in which they are shown. */
export const states = ["steady", "failedOver", "drill"] as const satisfies (keyof Amounts)[];

/** The same figure in every state. */
export function same(value: number): Amounts {
  return { steady: value, failedOver: value, drill: value };
}

/** A figure made from others, state by state. */
export function each(make: (state: keyof Amounts) => number): Amounts {
  return { steady: make("steady"), failedOver: make("failedOver"), drill: make("drill") };
}

/** A figure times a factor, in every state. */
export function scaledBy(amounts: Amounts, factor: number): Amounts {
  return each((state) => amounts[state] * factor);
}

/** The sum of figures, state by state. */
export function sum(all: readonly Amounts[]): Amounts {
  return each((state) => all.reduce((total, amounts) => total + amounts[state], 0));
}
