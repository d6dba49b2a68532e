import { downtimeLength } from "../../routing/boundParts";
import { seconds } from "../report/figures";
import type { ReportedBound, StoryStep, ReportedTerm } from "../result";

/** Steps with the same worst cases. */
export interface BoundGroup {
  /** The steps in words. */
  readonly subject: string;
  readonly bounds: readonly ReportedBound[];
}

/**
 * The worst cases of a story, each set of figures once. A step with a single failure mode, such as
 * the recovery, has no separate table: the story shows it.
 */
export function groupByBounds(story: readonly StoryStep[]): readonly BoundGroup[] {
  const groups = new Map<string, { steps: string[]; bounds: readonly ReportedBound[] }>();
  for (const { step, bounds } of story) {
    if (!bounds || bounds.length < 2) continue;
    const key = figuresOf(bounds);
    const group = groups.get(key) ?? { steps: [], bounds };
    group.steps.push(step);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ steps, bounds }) => ({
    subject: groups.size === 1 && steps.length > 1 ? "each loss" : steps.join(", "),
    bounds,
  }));
}

/** The figures only: those of another check are the same figures. */
function figuresOf(bounds: readonly ReportedBound[]): string {
  return JSON.stringify(
    bounds.map(({ death, detection, downtime, dependsOn, terms }) => [
      [death, detection, downtime, dependsOn],
      terms.map(({ name, seconds: length }) => [name, length]),
    ]),
  );
}

/** The names of all terms, in the order in which they first appear. */
export function termNames(bounds: readonly ReportedBound[]): readonly string[] {
  return [...new Set(bounds.flatMap(({ terms }) => terms.map(({ name }) => name)))];
}

/** A bound's term of this name. */
export function termOf({ terms }: ReportedBound, name: string): ReportedTerm | undefined {
  return terms.find((term) => term.name === name);
}

/** The longest bound; "never" is longer than any time, and longer if it is certain. */
export function longestOf(bounds: readonly ReportedBound[]): ReportedBound | undefined {
  const length = ({ downtime, dependsOn }: ReportedBound): number =>
    downtimeLength(downtime, dependsOn);
  return [...bounds].sort((a, b) => length(b) - length(a)).at(0);
}

/** Whether the longest of some bounds depends on something that is not known. */
export function isLongestOpen(bounds: readonly ReportedBound[] = []): boolean {
  return longestOf(bounds)?.dependsOn !== undefined;
}

/** The name of a term in a text. */
export function termLabel(name: string): string {
  return name === "ttl" ? "TTL" : name;
}

/** The formulas of the terms of a bound, in one line. */
export function formulas(bound: ReportedBound | undefined): string {
  const all = (bound?.terms ?? []).map(
    ({ name, seconds: length, formula }) => `${termLabel(name)} ${seconds(length)} = ${formula}`,
  );
  return all.join("; ");
}
