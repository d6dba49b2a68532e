import type { Asker } from "../asker";
import { InputError } from "../inputError";
import type { UnknownStatus } from "../model";
import type { Fault } from "./faults";
import type { Assumed, PlacedResolution } from "./faultState";
import type { StackModel } from "./stackModel";

/** So many unknowns are named; more conditions than that are no answer to read. */
const namedMax = 5;

/** What is answered if some unknowns are healthy and others are not. */
export interface AnswerCase {
  readonly when: readonly { readonly name: string; readonly healthy: boolean }[];
  readonly resolution: PlacedResolution;
}

/** An answer with what it depends on and was not read. */
export interface OpenAnswer {
  /** Those that change the answer, the first ones of them, in the order of the tree. */
  readonly unknown: readonly UnknownStatus[];
  /** How many more there are, which are taken to be healthy. */
  readonly more: number;
  /** One where nothing is unknown; no two that follow each other are the same. */
  readonly cases: readonly AnswerCase[];
}

/** A name that is asked under some faults. */
export interface Question {
  readonly name: string;
  readonly type: string;
  readonly faults: readonly Fault[];
  /** Where the query comes from; absent where nobody said. */
  readonly asker?: Asker;
}

/**
 * Who answers, for each way in which what was not read may turn out.
 *
 * @throws InputError where something is assumed that the answer does not depend on
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

/** What is assumed must be open, be it only while nothing else has failed. */
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
  const others = [...assumed.keys()].filter((one) => !open.has(one));
  if (others.length === 0) return;
  const listed = open.size > 0 ? `unknown are ${[...open].join(", ")}` : "nothing is unknown";
  throw new InputError(
    others.map((one) => `--assume ${one}: the answer for ${name} does not depend on it; ${listed}`),
  );
}
