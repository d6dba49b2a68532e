/** An exact fraction in lowest terms, its denominator positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The number of decimals that count. */
const decimals = 12;

export function fraction(numerator: bigint, denominator = 1n): Fraction {
  if (denominator === 1n) return { numerator, denominator };
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = sign * (commonDivisor(numerator, denominator) || 1n);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

export const zero = fraction(0n);

/** A number as written: 0.18 is 9/50. */
export function fractionOf(value: number): Fraction {
  return Number.isInteger(value)
    ? fraction(BigInt(value))
    : fraction(BigInt(Math.round(value * 10 ** decimals)), 10n ** BigInt(decimals));
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return fraction(
    a.numerator * b.denominator + b.numerator * a.denominator,
    a.denominator * b.denominator,
  );
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { numerator: -b.numerator, denominator: b.denominator });
}

export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function dividedBy(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator, a.denominator * b.numerator);
}

export function isMore(a: Fraction, b: Fraction): boolean {
  return a.numerator * b.denominator > b.numerator * a.denominator;
}

/** Equal for equal fractions only. */
export function fractionKeyOf({ numerator, denominator }: Fraction): string {
  return `${numerator}/${denominator}`;
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}
