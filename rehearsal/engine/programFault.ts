/** Words the errors that a program does not mean to throw: by the line of its source, and the way out. */
import { inspect } from "node:util";
import { InputError } from "../../routing/inputError";
import { isEsModule } from "./esModules";
import { brokenJson, missingModule, packageWith } from "./missingModule";
import { versionNote } from "./oneSdk";
import type { Program } from "./programPath";
import {
  headOf,
  isOfTool,
  isResolver,
  isRunner,
  oneLine,
  placedSyntaxError,
  sourceLinesOf,
  lineText,
} from "./sourceLines";
import type { SourceLine } from "./sourceLines";
import { display } from "./yamlFile";

/**
 * An error of a program as an input error: its line has the place in the source, and its cause has the stack.
 * Undefined for an error of this tool.
 */
export function programFault(thrown: unknown, program: Program): InputError | undefined {
  const error = thrown instanceof Error ? thrown : undefined;
  const head = error && headOf(error);
  if (error && head) {
    // An import of what the SDK does not export has the line of the import.
    const note = error.message.includes("'@pulumi/pulumi") ? versionNote(program.directory) : "";
    return placedSyntaxError(error, head.path, (line) => line, note);
  }
  const fault = error ? faultOf(error, program) : strangerFault(thrown, program);
  return fault === undefined
    ? undefined
    : new InputError(fault, { code: "program-failed", cause: thrown });
}

function strangerFault(thrown: unknown, { path }: Program): string {
  return `${display(path)}: throws ${oneLine(inspect(thrown))}, which is no Error and so has no line; throw an Error instead`;
}

function faultOf(error: Error, program: Program): string | undefined {
  const shown = display(program.path);
  const places = placesAbove(error);
  const decisive = places.find((place) => isOfTool(place) || isOwn(place));
  const own = decisive !== undefined && isOwn(decisive) ? lineText(decisive) : undefined;
  return (
    missingModule(error, own, program) ??
    brokenJson(error, own ?? shown) ??
    unplacedFault(error, own, program) ??
    (decisive !== undefined && own === undefined
      ? undefined
      : `${own ?? shown}: the program fails with ${error.name}: ${oneLine(error.message)}${whereText(places, own)}${versionNote(program.directory)}; correct it, or run this again with --debug for the stack trace`)
  );
}

/** The frames above those that run the program, without those in the way of a `require`. */
function placesAbove(error: Error): readonly SourceLine[] {
  const places = sourceLinesOf(error).filter((place) => !isResolver(place));
  const runner = places.findIndex(isRunner);
  return runner < 0 ? places : places.slice(0, runner);
}

/** Faults of whole files, for which Node gives no line. */
function unplacedFault(
  error: Error,
  own: string | undefined,
  program: Program,
): string | undefined {
  const shown = display(program.path);
  if ("code" in error && error.code === "ERR_REQUIRE_ASYNC_MODULE") {
    return `${own ?? shown}: waits at its top level (await), which no CommonJS program can; export an async function that does`;
  }
  return error instanceof SyntaxError && own === undefined && isEsModule(program)
    ? `${shown}: it or a module that it imports is no JavaScript (${oneLine(error.message)}); node --check FILE names the line`
    : undefined;
}

function whereText([inner]: readonly SourceLine[], own: string | undefined): string {
  if (own === undefined) return ", in no line of its own";
  const name = inner && packageWith(inner.path);
  return name === undefined ? "" : ` (in ${name})`;
}

function isOwn(place: SourceLine): boolean {
  return !isOfTool(place) && packageWith(place.path) === undefined;
}
