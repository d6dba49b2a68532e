import { closest, distance } from "fastest-levenshtein";

/** The known name that a person may have meant; undefined where none is near. */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const near = closest(given, [...known]);
  const [mine, theirs] = withoutCommonDomain(given, near);
  // If more than half of the letters differ, a suggestion would be a guess.
  return 2 * distance(mine, theirs) <= theirs.length ? near : undefined;
}

/** What two names have before the labels that both end in: a domain makes any two names alike. */
function withoutCommonDomain(one: string, other: string): readonly [string, string] {
  const [mine, theirs] = [one.split("."), other.split(".")];
  while (mine.length > 0 && theirs.length > 0 && mine.at(-1) === theirs.at(-1)) {
    mine.pop();
    theirs.pop();
  }
  return [mine.join("."), theirs.join(".")];
}

/** The most names that a message lists. */
const listedMax = 8;

/** The first of many names, and how many more there are. */
export function firstNames(names: readonly string[]): string {
  const more = names.length - listedMax;
  const shown = names.slice(0, listedMax).join(", ");
  return more > 0 ? `${shown} and ${more} more` : shown;
}

/** What a message says of names that exist: `did you mean A? There are A, B`. */
export function namesThereAre(
  given: string,
  known: readonly string[],
  there = "there are",
): string {
  const near = nearestName(given, known);
  const listed = `${there} ${firstNames(known)}`;
  return near === undefined
    ? listed
    : `did you mean ${near}? ${listed.charAt(0).toUpperCase()}${listed.slice(1)}`;
}
