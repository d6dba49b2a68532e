import type { Asker } from "../asker";
import { InputError } from "../inputError";
import type { UnknownStatus } from "../model";
import type { Fault } from "./faults";
import type { Assumed } from "./assumedHealth";
import type { PlacedResolution } from "./faultState";
import type { StackModel } from "./stackModel";

/** The most unknowns to list; an answer with more conditions would be unreadable. */
const namedMax = 5;

/** The answer if some unknowns are healthy and others are not. */
export interface AnswerCase {
  readonly when: readonly { readonly name: string; readonly healthy: boolean }[];
  readonly resolution: PlacedResolution;
}

/** An answer, with the unread things that it depends on. */
export interface OpenAnswer {
  /** The unknowns that change the answer, in the order of the tree, up to `namedMax`. */
  readonly unknown: readonly UnknownStatus[];
  /** The number of further unknowns, each of which is assumed healthy, a latch released. */
  readonly more: number;
  /** One case where nothing is unknown; no two consecutive cases are equal. */
  readonly cases: readonly AnswerCase[];
}

/** A query for a name under some faults. */
export interface Question {
  readonly name: string;
  readonly type: string;
  readonly faults: readonly Fault[];
  /** Where the query comes from; absent where no place was given. */
  readonly asker?: Asker;
}

/**
 * Who answers, for each combination of the unknown health states.
 *
 * @throws InputError where an assumption does not affect the answer
 */
export function answerCases(
  stackModel: StackModel,
  question: Question,
  assumed: Assumed,
): OpenAnswer {
  const { name, type, faults, asker } = question;
  refuseOthers(stackModel, question, assumed);
  const unknown = stackModel.under(faults, assumed).unknownsOf(name, type, asker);
  const named = unknown.slice(0, namedMax);
  const casesWith = (taken: Assumed, open: readonly UnknownStatus[]): readonly AnswerCase[] => {
    const [next, ...others] = open;
    if (!next)
      return [{ when: [], resolution: stackModel.under(faults, taken).resolve(name, type, asker) }];
    const [healthy, unhealthy] = [true, false].map((is) =>
      casesWith(new Map([...taken, [next.name, is]]), others),
    );
    if (JSON.stringify(healthy) === JSON.stringify(unhealthy)) return healthy ?? [];
    return [true, false].flatMap((is) =>
      ((is ? healthy : unhealthy) ?? []).map(({ when, resolution }) => ({
        when: [{ name: next.name, healthy: is }, ...when],
        resolution,
      })),
    );
  };
  return {
    unknown: named,
    more: unknown.length - named.length,
    cases: casesWith(assumed, named),
  };
}

/** Refuses assumptions that the answer does not depend on, with or without the faults. */
function refuseOthers(
  stackModel: StackModel,
  { name, type, faults, asker }: Question,
  assumed: Assumed,
): void {
  if (assumed.size === 0) return;
  const open = new Set(
    [faults, []].flatMap((some) =>
      stackModel
        .under(some)
        .unreadBy(name, type, asker)
        .map((what) => what.name),
    ),
  );
  refuseSettled(name, open, assumed);
}

/**
 * Refuses assumptions about anything that is not open for a name.
 *
 * @throws InputError with one line for each
 */
export function refuseSettled(name: string, open: ReadonlySet<string>, assumed: Assumed): void {
  const others = [...assumed.keys()].filter((one) => !open.has(one));
  if (others.length === 0) return;
  const listed = open.size > 0 ? `unknown are ${[...open].join(", ")}` : "nothing is unknown";
  throw new InputError(
    others.map((one) => `--assume ${one}: the answer for ${name} does not depend on it; ${listed}`),
  );
}
