import type { PlacedAnswer } from "./faultState";

/**
 * The answer where most clients are: in the region with the largest share of them, there in the
 * zone, and there the value. What is in no known place counts by its target.
 */
export function leaderOf(answers: readonly PlacedAnswer[]): PlacedAnswer | undefined {
  const sums = [regionOf, zoneOf, valueOf].map((placeOf) => {
    const shares = sharesBy(answers, placeOf);
    return (answer: PlacedAnswer): number => shares.get(placeOf(answer)) ?? 0;
  });
  const order = (a: PlacedAnswer, b: PlacedAnswer): number =>
    sums
      .map((shareOf) => shareOf(b) - shareOf(a))
      .find((difference) => Math.abs(difference) > precision) ?? 0;
  return [...answers].sort(order)[0];
}

/** Below this, two shares are equal: they are sums of quotients. */
const precision = 1e-9;

function sharesBy(
  answers: readonly PlacedAnswer[],
  placeOf: (answer: PlacedAnswer) => string,
): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const answer of answers) {
    const place = placeOf(answer);
    shares.set(place, (shares.get(place) ?? 0) + answer.probability);
  }
  return shares;
}

const regionOf = ({ region, target }: PlacedAnswer): string => region ?? target;
const zoneOf = ({ availabilityZone, target }: PlacedAnswer): string => availabilityZone ?? target;
const valueOf = ({ value }: PlacedAnswer): string => value;
