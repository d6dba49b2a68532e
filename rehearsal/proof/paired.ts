/** Pairs entries by key, in the order of the later list; those only in the earlier list come last. */
export function paired<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (one: T) => string,
): readonly (readonly [key: string, was: T | undefined, is: T | undefined])[] {
  const [old, now] = [before, after].map(
    (list) => new Map(list.map((one) => [keyOf(one), one] as const)),
  ) as [Map<string, T>, Map<string, T>];
  return [...new Set([...now.keys(), ...old.keys()])].map(
    (key) => [key, old.get(key), now.get(key)] as const,
  );
}
