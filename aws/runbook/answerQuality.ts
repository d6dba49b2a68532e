import type { PlacedResolution } from "../../routing/graph/stackModel";

/**
 * The quality of an answer: 3 serves, 2 without its database, 1 a page, 0 dead, none, or of a group
 * without a healthy member.
 */
type Quality = 0 | 1 | 2 | 3;

/** The quality of what a query gets. */
export function qualityOf({ answers, unanswered, lastResort }: PlacedResolution): Quality {
  const isLost = answers.length === 0 || unanswered > 0 || lastResort;
  if (isLost || answers.some(({ alive }) => !alive)) return 0;
  if (answers.some(({ value }) => isPage(value))) return 1;
  return answers.some(({ withoutDatabases }) => withoutDatabases !== undefined) ? 2 : 3;
}

/** A static page: an S3 website or a distribution. */
function isPage(value: string): boolean {
  return /(?:^|\.)s3-website[.-]|\.cloudfront\.net$/.test(value);
}

/** The values of an answer in words, with their shares. */
export function valuesIn({ answers }: PlacedResolution): string {
  return answers
    .map(({ value, probability }) =>
      probability < 1 ? `${value} (${Math.round(probability * 100)} %)` : value,
    )
    .sort()
    .join(", ");
}

/** What is wrong with an answer, in words. */
export function badAnswerWords(resolution: PlacedResolution): string {
  const { answers } = resolution;
  const dead = answers.filter(({ alive }) => !alive).map(({ value }) => value);
  if (answers.length === 0) return "has no answer";
  if (dead.length === 0 && resolution.lastResort) {
    return `is answered by ${valuesIn(resolution)}, though no healthy record is left`;
  }
  if (dead.length > 0) return `is answered by ${dead.join(", ")}, which is dead`;
  return qualityOf(resolution) === 0
    ? "has no answer for a part of the queries"
    : `is answered only by ${answers.map(({ value }) => value).join(", ")}`;
}
