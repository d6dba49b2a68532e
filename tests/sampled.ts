/** How much of the tests runs: all, as in continuous integration, or what fits into four minutes. */

/** Whether all run: `EVERY_CASE=1`. */
export const isEveryCase = process.env["EVERY_CASE"] === "1";

/** How many of some drawn cases run: one in ten, or as given. They are the first, so every run is the same. */
export function sampled(casesCount: number, oneIn = 10): number {
  return isEveryCase ? casesCount : Math.ceil(casesCount / oneIn);
}

/**
 * A test that takes seconds, and repeats at full size what a shorter one beside it shows: skipped without
 * `EVERY_CASE=1`, and counted as skipped.
 */
export const itWithEveryCase = isEveryCase ? it : it.skip;

/** As `itWithEveryCase`, for a suite. */
export const describeWithEveryCase = isEveryCase ? describe : describe.skip;
