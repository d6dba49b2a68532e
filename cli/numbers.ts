import { InputError } from "../routing/inputError";

/** Seeds are whole numbers of 31 bits. */
export const seedMax = 2 ** 31 - 1;

/** An option that takes a whole number. */
export interface NumberOption {
  readonly option: string;
  readonly text: string;
  readonly min: number;
  readonly max: number;
}

/**
 * The numbers that options hold, in their order.
 *
 * @throws InputError with a line for each that is none, or out of its range
 */
export function wholeNumbers(options: readonly NumberOption[]): readonly number[] {
  const faults = options.flatMap(({ option, text, min, max }) => {
    const value = Number(text);
    return /^\d+$/.test(text) && value >= min && value <= max
      ? []
      : [
          `${option}: must be a whole number from ${min} to ${max}, got ${text}; for example ${option} ${Math.max(min, 1)}`,
        ];
  });
  if (faults.length > 0) throw new InputError(faults, { code: "bad-usage" });
  return options.map(({ text }) => Number(text));
}
