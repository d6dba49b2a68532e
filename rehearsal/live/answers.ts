import type { Asker } from "../../routing/asker";
import type { StackModel } from "../../routing/graph/stackModel";
import type { RecordSet } from "../../routing/model";
import type { Answer, AnsweringView, Resolution } from "../../routing/resolve";
import type { View } from "../../routing/view";
import { walk } from "../../routing/walk";
import type { DrillEvent } from "./drillRun";
import type { Inventory } from "./inventory";
import { serverOf } from "./inventory";

/** Shares that differ by less are equal. */
const shareDigits = 6;

/** The answers of a name in one view, as a text that is equal for equal answers. */
export function answersKey({ answers, unanswered }: Resolution): string {
  const each = answers
    .filter(({ probability }) => probability > 0)
    .map(({ value, probability }) => `${value} ${probability.toFixed(shareDigits)}`);
  return [...each.sort(), unanswered.toFixed(shareDigits)].join(", ");
}

/** The share of the queries that get another answer afterwards. */
export function movedShare(before: Resolution, after: Resolution): number {
  return before.answers.reduce(
    (sum, answer) => sum + Math.max(0, answer.probability - shareIn(after, answer)),
    0,
  );
}

/** An answer that clients have to leave, as the bound counts it: one with more of the queries than in the end. */
export function isOverShare(answer: Answer, end: Resolution): boolean {
  return Number((answer.probability - shareIn(end, answer)).toFixed(shareDigits)) > 0;
}

/** How long resolvers may give what was answered before, once the name servers give something else. */
export function leftSeconds(before: Resolution, after: Resolution): number {
  const given = new Set(after.answers.flatMap(recordsOf));
  return Math.max(
    0,
    ...before.answers.map((answer) => {
      const records = recordsOf(answer);
      // Behind a record that has expired, none is asked for. Without one, it is an answer to fewer queries.
      const ended = records.filter((record) => !given.has(record)).slice(0, 1);
      const ttls = (ended.length > 0 ? ended : records).map((record) => ttlOf(answer, record));
      return Math.max(...ttls);
    }),
  );
}

/** The records that a resolver holds for an answer. */
function recordsOf({ record, cnames = [] }: Answer): readonly RecordSet[] {
  return [...cnames, record];
}

function ttlOf({ record, ttlSeconds }: Answer, one: RecordSet): number {
  return one === record || one.target.kind !== "values" ? ttlSeconds : one.target.ttlSeconds;
}

function shareIn({ answers }: Resolution, { record, value }: Answer): number {
  return answers.find((one) => one.record === record && one.value === value)?.probability ?? 0;
}

/** What the name servers answer, with the way through the records. */
export function answerEvent(
  model: StackModel,
  { root, type, records }: Inventory,
  view: AnsweringView,
  resolution: Resolution,
  asker: Asker,
): Omit<Extract<DrillEvent, { kind: "answer" }>, "atSeconds"> {
  const { answers, lastResort } = resolution;
  return {
    kind: "answer",
    answers: answers
      .filter(({ probability }) => probability > 0)
      .map(({ record, value, ttlSeconds, probability }) => ({
        value,
        endpoint: serverOf(model, { record, value }),
        ttlSeconds,
        share: probability,
      })),
    path: pathOf(view.askedFrom(asker), root, type).map(({ id }) => id),
    healthyRecords: records.filter((record) => view.recordHealthy(record)).map(({ id }) => id),
    lastResort,
  };
}

/** The records on the way to an answer. */
function pathOf(view: View<boolean>, root: Inventory["root"], type: string): readonly RecordSet[] {
  return walk(view, root, type).groups.flatMap((group) =>
    view
      .choicesOf(group)
      .members.filter(({ guard }) => guard)
      .map(({ record }) => record),
  );
}
