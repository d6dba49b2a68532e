import type { Resource } from "../routing/graph/resource";

/** A file to be read, with what it is called in messages. */
export interface SourceFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** What a reader makes of what it was given. */
export interface Reading {
  readonly resources: readonly Resource[];
  /** What was left out, and what is not known, a sentence each. */
  readonly notes: readonly string[];
  /** What has failed already, as `--fail` names it. */
  readonly failing: readonly string[];
}

/** What a reader is told beside the files. */
export interface ReadOptions {
  /** Values of a template's parameters, `AWS::Region` among them. */
  readonly parameters?: ReadonlyMap<string, string>;
}

/** Readings of several files as one. */
export function joined(readings: readonly Reading[]): Reading {
  return {
    resources: readings.flatMap(({ resources }) => resources),
    notes: [...new Set(readings.flatMap(({ notes }) => notes))],
    failing: [...new Set(readings.flatMap(({ failing }) => failing))],
  };
}

/** A sentence for what is of types that are not read; none where there is nothing. */
export function leftOutNote(path: string, types: readonly string[]): readonly string[] {
  if (types.length === 0) return [];
  const names = [...new Set(types)].sort();
  return [`${path}: left out ${types.length} of types that are not read: ${names.join(", ")}.`];
}
