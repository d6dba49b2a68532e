/** An exact share: numerator and denominator, without a common divisor. */
export type Fraction = readonly [numerator: bigint, denominator: bigint];

export const none: Fraction = [0n, 1n];
export const all: Fraction = [1n, 1n];

export function fraction(numerator: number, denominator: number): Fraction {
  return reduced(BigInt(numerator), BigInt(denominator));
}

export function plus([a, b]: Fraction, [c, d]: Fraction): Fraction {
  return reduced(a * d + c * b, b * d);
}

export function times([a, b]: Fraction, [c, d]: Fraction): Fraction {
  return reduced(a * c, b * d);
}

export function toNumber([numerator, denominator]: Fraction): number {
  return Number(numerator) / Number(denominator);
}

function reduced(numerator: bigint, denominator: bigint): Fraction {
  let [a, b] = [numerator, denominator];
  while (b > 0n) [a, b] = [b, a % b];
  return [numerator / a, denominator / a];
}
