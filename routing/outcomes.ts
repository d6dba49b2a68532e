/** So many outcomes are looked at; a tree that depends on more is looked at in its extremes only. */
export const outcomesMax = 4096;

/**
 * What a function gives for every combination of answers to yes-or-no questions. It is run once for
 * each combination that it can tell apart: a question that it does not ask in some case is not
 * varied there: two regions with a release each, a dozen checks, take a thousand runs and not four.
 *
 * With more than `outcomesMax` combinations: the first of them, and the one with yes to all.
 *
 * @param run asks by the key of a question; the same answers must make it ask the same
 */
export function everyOutcome<T>(run: (ask: (key: string) => boolean) => T): readonly T[] {
  const outcomes: T[] = [];
  let decided: readonly (readonly [string, boolean])[] = [];
  while (outcomes.length < outcomesMax) {
    // In the order of asking: what was decided comes first, and the rest is no until its turn comes.
    const answers = new Map(decided);
    outcomes.push(
      run((key) => {
        const known = answers.get(key);
        if (known === undefined) answers.set(key, false);
        return known ?? false;
      }),
    );
    const next = following([...answers]);
    if (!next) return outcomes;
    decided = next;
  }
  return [...outcomes, run(() => true)];
}

/** The last no turned into yes, and what was asked after it forgotten; undefined after the last. */
function following(
  answers: readonly (readonly [string, boolean])[],
): readonly (readonly [string, boolean])[] | undefined {
  const last = answers.findLastIndex(([, answer]) => !answer);
  const [key] = answers[last] ?? [];
  return key === undefined ? undefined : [...answers.slice(0, last), [key, true]];
}
