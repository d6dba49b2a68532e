/** A figure in each priced state, for a whole month. */
export interface Amounts {
  /** While nothing has failed. */
  readonly steady: number;
  /** A month in which the primary region is down, and the next one serves. */
  readonly failedOver: number;
  /** A steady month with game days. */
  readonly gameDays: number;
}

/** The names of the states, in display order. */
export const states = ["steady", "failedOver", "gameDays"] as const satisfies (keyof Amounts)[];

/** The same figure in every state. */
export function same(value: number): Amounts {
  return { steady: value, failedOver: value, gameDays: value };
}

/** A figure computed from others, state by state. */
export function amountsBy(make: (state: keyof Amounts) => number): Amounts {
  return { steady: make("steady"), failedOver: make("failedOver"), gameDays: make("gameDays") };
}

/** A figure times a factor, in every state. */
export function scaledBy(amounts: Amounts, factor: number): Amounts {
  return amountsBy((state) => amounts[state] * factor);
}

/** The sum of figures, state by state. */
export function sum(all: readonly Amounts[]): Amounts {
  return amountsBy((state) => all.reduce((total, amounts) => total + amounts[state], 0));
}
