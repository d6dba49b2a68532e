import type { Resource } from "../routing/graph/resource";

/** A file to read, with its name for messages. */
export interface SourceFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** What a reader makes of its files. */
export interface Reading {
  readonly resources: readonly Resource[];
  /** What was left out and what is unknown, one sentence each. */
  readonly notes: readonly string[];
  /** What has failed already, and which inverted checks are healthy, as names for `--fail`. */
  readonly failing: readonly string[];
  /** Checks whose present status cannot be told from what was read; absent if there are none. */
  readonly untold?: readonly UntoldCheck[];
}

/** A check whose present status cannot be told. */
export interface UntoldCheck {
  readonly urn: string;
  readonly name: string;
  readonly why: string;
}

/** What a reader receives in addition to the files. */
export interface ReadOptions {
  /** Values of a template's parameters, `AWS::Region` among them. */
  readonly parameters?: ReadonlyMap<string, string>;
}

/** Combines the readings of several files. */
export function joined(readings: readonly Reading[]): Reading {
  return {
    resources: readings.flatMap(({ resources }) => resources),
    notes: [...new Set(readings.flatMap(({ notes }) => notes))],
    failing: [...new Set(readings.flatMap(({ failing }) => failing))],
    untold: readings.flatMap(({ untold = [] }) => untold),
  };
}

/**
 * A sentence about resources of types that are not read; none where there are no such resources.
 */
export function leftOutNote(path: string, types: readonly string[]): readonly string[] {
  if (types.length === 0) return [];
  const names = [...new Set(types)].sort();
  return [`${path}: left out ${types.length} of types that are not read: ${names.join(", ")}.`];
}
