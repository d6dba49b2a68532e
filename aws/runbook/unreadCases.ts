import type { Assumed } from "../../routing/graph/assumedHealth";
import type { StackModel } from "../../routing/graph/stackModel";
import type { UnknownStatus } from "../../routing/model";

/** The most unread statuses of which each combination is tried; the others are at rest. */
export const openMax = 3;

/** What was not read and is asked for by some name. */
export function unreadOf(
  model: StackModel,
  asked: readonly { readonly name: string; readonly type: string }[],
): readonly UnknownStatus[] {
  const state = model.under([]);
  const all = asked.flatMap(({ name, type }) => state.unreadBy(name, type));
  const byName = new Map(all.map((what) => [what.name, what]));
  return [...byName.values()].filter((what) => !model.isHealthyAlone(what));
}

/** Each way in which the first unread statuses may turn out; at rest first. */
export function casesOf(model: StackModel, unread: readonly UnknownStatus[]): readonly Assumed[] {
  return unread.slice(0, openMax).reduce<readonly Assumed[]>(
    (cases, what) => {
      const rest = model.isHealthyAtRest(what);
      return [rest, !rest].flatMap((is) => cases.map((one) => new Map([...one, [what.name, is]])));
    },
    [new Map()],
  );
}

export function assumedText(assumed: Assumed): string {
  return [...assumed]
    .map(([name, isHealthy]) => `${name} is ${isHealthy ? "healthy" : "unhealthy"}`)
    .join(" and ");
}
