import type { Command } from "commander";
import type { Resource } from "../routing/graph/resource";
import { InputError } from "../routing/inputError";
import { evaluateStack, resourcesOfBoth } from "./evaluatedStack";
import type { EvaluatedStack } from "./evaluatedStack";
import type { Io } from "./io";

/** The source of a command's resources. */
export interface SourceOptions {
  readonly stack?: string;
  readonly from?: string;
}

/** Adds the two options that every command has. */
export function describeSource(command: Command): void {
  command
    .option("--stack <name>", "evaluate this program for a stack, offline")
    .option("--from <file>", "read the output of `pulumi stack export`, of any stack");
}

/** The subject of a command. */
export type Source =
  /** This program, whose stack may have a zone project. */
  | { readonly kind: "stack"; readonly evaluated: EvaluatedStack }
  | { readonly kind: "export"; readonly resources: readonly Resource[] };

/**
 * The subject of a command. An export is read without the Pulumi SDK.
 *
 * @throws InputError if neither or both sources are given, or the source cannot be used.
 */
export async function sourceOf(options: SourceOptions, io: Io): Promise<Source> {
  const { stack, from } = options;
  if (from !== undefined && stack === undefined) {
    return { kind: "export", resources: await readExport(from, io) };
  }
  if (stack !== undefined && from === undefined) {
    return { kind: "stack", evaluated: await evaluateStack(stack, io) };
  }
  throw new InputError(
    `--stack, --from: exactly one is required, got ${from === undefined ? "neither" : "both"}; use --stack NAME for this program, --from FILE for any other stack`,
    { code: "bad-usage" },
  );
}

/** The resources of a source, including those of the zone's project. */
export async function sourceResources(
  options: SourceOptions,
  io: Io,
): Promise<readonly Resource[]> {
  const source = await sourceOf(options, io);
  return source.kind === "export" ? source.resources : resourcesOfBoth(source.evaluated);
}

async function readExport(path: string, io: Io): Promise<readonly Resource[]> {
  const { fromExport } = await import("../routing/graph/fromExport");
  return fromExport(await bytesOf(path, io), path);
}

async function bytesOf(path: string, io: Io): Promise<Uint8Array> {
  try {
    return await io.readBytes(path);
  } catch (cause) {
    throw new InputError(
      `--from ${path}: cannot read the file, got ${(cause as Error).message}; write it with \`pulumi stack export --file ${path}\``,
      { cause, code: "file-inaccessible" },
    );
  }
}
