import { all, fraction, none, plus, times } from "./fraction";
import type { Fraction } from "./fraction";
import type { Shape, Weights } from "./configurations";

/**
 * The shares of a shape by the design, computed from the weights alone: no records, no model. A
 * place is `oregon-us-west-2a`, `oregon-green-us-west-2a` and so on, or `page`.
 */
export type Shares = ReadonlyMap<string, Fraction>;

/** The faults: places whose endpoint fails, sides and regions whose check by name fails. */
export interface Ills {
  readonly places: ReadonlySet<string>;
  /** `oregon-green` or `dublin-green`: it cannot take orders. */
  readonly sides: ReadonlySet<string>;
  /** `oregon` or `dublin`. */
  readonly regions: ReadonlySet<string>;
}

const zonesOf = {
  oregon: ["us-west-2a", "us-west-2b"],
  dublin: ["eu-west-1a", "eu-west-1b"],
} as const;
export type Region = keyof typeof zonesOf;

/** All places of a shape that have an endpoint, including those without traffic. */
export function placesOf(shape: Shape): readonly string[] {
  return (["oregon", "dublin"] as const).flatMap((region) =>
    sidesOf(region, shape[region]).flatMap(({ places }) => places),
  );
}

export function sharesOf(shape: Shape, ills: Ills): Shares {
  const { live, reversed } = branchesOf(shape, ills);
  const shared = mixed([
    [100 - shape.warmPercent, live],
    [shape.warmPercent, reversed],
  ]);
  return shared ?? entry("oregon", shape.oregon, ills) ?? new Map([["page", all]]);
}

/** The answers of the two branches of shared traffic alone; undefined: nothing is healthy. */
export function branchesOf(
  shape: Shape,
  ills: Ills,
): Readonly<Record<"live" | "reversed", Shares | undefined>> {
  const gated = (region: Region): Shares | undefined =>
    ills.regions.has(region) ? undefined : entry(region, shape[region], ills);
  const [oregon, dublin] = [gated("oregon"), gated("dublin")];
  return { live: oregon ?? dublin, reversed: dublin ?? oregon };
}

interface Side {
  readonly weight: number;
  readonly places: readonly [string, string];
  readonly name: string;
}

function sidesOf(region: Region, weights: Weights): readonly Side[] {
  const [a, b] = zonesOf[region];
  const blue: Side = {
    name: region,
    weight: weights?.blue ?? 1,
    places: [`${region}-${a}`, `${region}-${b}`],
  };
  if (weights === undefined) return [blue];
  const name = `${region}-green`;
  return [blue, { name, weight: weights.green, places: [`${name}-${a}`, `${name}-${b}`] }];
}

/** The shares at the entry of a region; undefined if nothing of it is healthy. */
function entry(region: Region, weights: Weights, { places, sides }: Ills): Shares | undefined {
  const withTraffic = sidesOf(region, weights).filter(({ weight }) => weight > 0);
  const isAlone = withTraffic.length === 1;
  return mixed(
    withTraffic.map(({ weight, places: pair, name }) => {
      const place = pair.find((one) => !places.has(one));
      const isOut = place === undefined || (!isAlone && sides.has(name));
      return [weight, isOut ? undefined : new Map([[place, all]])];
    }),
  );
}

/** The healthy branches by weight; undefined if none with a weight is healthy. */
function mixed(
  branches: readonly (readonly [weight: number, shares: Shares | undefined])[],
): Shares | undefined {
  const well = branches.flatMap(([weight, shares]) =>
    shares === undefined || weight === 0 ? [] : [{ weight, shares }],
  );
  if (well.length === 0) return undefined;
  const total = well.reduce((sum, { weight }) => sum + weight, 0);
  const sums = new Map<string, Fraction>();
  for (const { weight, shares } of well) {
    for (const [place, share] of shares) {
      const more = times(fraction(weight, total), share);
      sums.set(place, plus(sums.get(place) ?? none, more));
    }
  }
  return sums;
}
