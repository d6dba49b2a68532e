/** A count with thousands separators: 12,500. */
export function withThousands(count: number): string {
  return count.toLocaleString("en-US");
}

/** A count with its noun; the plural is the noun with an s by default. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${withThousands(count)} ${count === 1 ? one : several}`;
}

/** A count of a large number of things, such as `77.8 M`. */
export function count(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  if (value >= 1e4) return `${(value / 1e3).toFixed(1)} k`;
  // Without the sign of a negative zero.
  const rounded = Math.round(value * 1000) / 1000 || 0;
  return rounded.toLocaleString("en-US", { maximumFractionDigits: 3 }).replace("-", "−");
}

/** The figures are not more precise than tenths. */
export function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A duration, or a dash if there is none. */
export function seconds(value: number | null): string {
  return value === null ? "–" : `${round(value)} s`;
}

/**
 * The same, with "never" for no value.
 *
 * @param isOpen whether it depends on something that was not read: then it is that of the worse
 */
export function lasting(value: number | null, isOpen = false): string {
  if (value !== null) return seconds(value);
  return isOpen ? "perhaps never" : "never";
}

/** A downtime: "endless" for no value, because "never" would be read as none at all. */
export function downtimeText(value: number | null, isOpen = false): string {
  if (value !== null) return seconds(value);
  return isOpen ? "perhaps endless" : "endless";
}

/** A detection or a downtime, by the words for what it is. */
export function durationText(what: string, value: number | null, isOpen = false): string {
  return /downtime/i.test(what) ? downtimeText(value, isOpen) : lasting(value, isOpen);
}

/** US dollars with cents and thousands separators. */
export function dollars(amount: number): string {
  const text = Math.abs(amount).toFixed(2);
  const [whole = "", cents = ""] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${amount < 0 && Number(text) !== 0 ? "−" : ""}${grouped}.${cents}`;
}

/** A difference in US dollars, with its sign. */
export function difference(amount: number): string {
  return `${amount > 0 && dollars(amount) !== "0.00" ? "+" : ""}${dollars(amount)}`;
}
