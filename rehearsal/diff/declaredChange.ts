/** The kinds of declared changes, the one that can harm customers most first. */
export const declaredKinds = [
  "hostname",
  "authority",
  "tier",
  "role",
  "check",
  "checkSetting",
  "watched",
  "evaluation",
  "target",
  "server",
  "weight",
  "threshold",
  "ttl",
  "identifier",
  "size",
  "unjudged",
] as const;

/** A difference between what two states of a program declare. */
export interface DeclaredChange {
  readonly kind: (typeof declaredKinds)[number];
  /** The change in words, equal for changes of the same kind and values: `TTL 60 → 300 s`. */
  readonly what: string;
  /** The record, check, resource or hostname. */
  readonly subject: string;
  /** The name of the resource that declares it, as a proof blames it. */
  readonly resource: string;
}

export function valueText(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** `failureThreshold` as `failure threshold`. */
export function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A change in words; a unit stands once, after the last figure. */
export function changeText(name: string, from: string, to: string, unit = ""): string {
  const measured = (figure: string): string => `${figure} ${unit}`.trim();
  const [was, is] = to === "" ? [measured(from), "none"] : [from || "none", measured(to)];
  return `${name} ${was} → ${is}`;
}

/** Entries by a key; a key that occurs again gets a number. */
export function keyed<T>(entries: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, T> {
  const counts = new Map<string, number>();
  return new Map(
    entries.map((one) => {
      const key = keyOf(one);
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return [count === 1 ? key : `${key} (${count})`, one];
    }),
  );
}

/** The keys of both maps, each once; those of the later first. */
export function bothKeys(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): readonly string[] {
  return [...new Set([...after.keys(), ...before.keys()])];
}
