/** How many cases of a long comparison run: all, as in continuous integration, or a part. */

/** Whether all run: `EVERY_CASE=1`. */
export const isEveryCase = process.env["EVERY_CASE"] === "1";

/** How many of some drawn cases run: one in ten, or as given. They are the first, so every run is the same. */
export function sampled(casesCount: number, oneIn = 10): number {
  return isEveryCase ? casesCount : Math.ceil(casesCount / oneIn);
}
