import type { Assumed } from "../../routing/graph/assumedHealth";
import type { Fault } from "../../routing/graph/faults";
import type { PlacedResolution, StackModel } from "../../routing/graph/stackModel";

/** A question, and the situations in which its answers are compared. */
export interface Asked {
  readonly name: string;
  readonly type: string;
  /** No fault first, then each alone, then pairs: only these reach the last tier. */
  readonly situations: readonly (readonly Fault[])[];
}

/** Why resolvers keep an answer of a record for longer; empty if they do not. */
export function keptLonger(
  before: StackModel,
  after: StackModel,
  { name, type, situations }: Asked,
): readonly string[] {
  for (const situation of situations.filter(isAtMostOne)) {
    const was = resolved(before, situation, name, type).answers;
    for (const { record, ttlSeconds } of resolved(after, situation, name, type).answers) {
      const seconds = was.find((one) => one.record.id === record.id)?.ttlSeconds ?? Infinity;
      if (ttlSeconds > seconds) {
        return [
          `resolvers keep an answer of ${name} ${type} for ${ttlSeconds} s instead of ${seconds} s`,
        ];
      }
    }
  }
  return [];
}

export function isAtMostOne(situation: readonly Fault[]): boolean {
  return situation.length <= 1;
}

export function resolved(
  model: StackModel,
  faults: readonly Fault[],
  name: string,
  type: string,
  assumed: Assumed = new Map(),
): PlacedResolution {
  return model.under(faults, assumed).resolve(name, type);
}
