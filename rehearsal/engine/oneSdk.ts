/**
 * One copy of the Pulumi SDK for the program, its packages and this tool. A project mostly has a copy of its own, in
 * which the answers of the offline monitor would be read as the engine's are: what is unknown as undefined. And the
 * functions that are replaced while a program runs (sdkAnswers.ts) are those of one version.
 */
import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { join } from "node:path";
import { InputError } from "../../routing/inputError";

const sdk = "@pulumi/pulumi";

/** Whether a module that is asked for is one of the SDK. */
export function isOfSdk(request: string): boolean {
  return request === sdk || request.startsWith(`${sdk}/`);
}

type Resolve = (request: string, from: unknown, ...others: unknown[]) => string;

/** Node's own, which its types do not declare. */
const resolver = Module as unknown as { _resolveFilename: Resolve };

/**
 * Has each `require` of the SDK load this tool's copy, until the returned function is called. A project without a
 * copy is not given one: the engine would not find it either.
 */
export function takeSdk(): () => void {
  const { _resolveFilename: resolve } = resolver;
  resolver._resolveFilename = (request, ...others) => {
    const found = resolve(request, ...others);
    if (!isOfSdk(request)) return found;
    try {
      return resolve(request, module);
    } catch (cause) {
      throw lackingModule(request, cause);
    }
  };
  return () => {
    resolver._resolveFilename = resolve;
  };
}

/** The error for a module that only the project's copy has. */
export function lackingModule(request: string, cause: unknown): InputError {
  return new InputError(
    `${request}: is in the project's copy of the SDK, and not in the ${versionFrom(__filename)} of this tool, which runs in its place; export the stack, and read it by --from`,
    { code: "program-not-evaluable", cause },
  );
}

/** Whether a project has another copy than this tool. */
export function hasOwnSdk(directory: string): boolean {
  const own = manifestFrom(join(directory, "package.json"));
  return own !== undefined && own !== manifestFrom(__filename);
}

/** Which version ran in place of which, while none does; empty if the project has the same, or none. */
export function versionNote(directory: string): string {
  const [own, used] = [versionFrom(join(directory, "package.json")), versionFrom(__filename)];
  return own === undefined || own === used
    ? ""
    : ` (${sdk} ${used} of this tool ran in place of the project's ${own})`;
}

function versionFrom(importer: string): string | undefined {
  const manifest = manifestFrom(importer);
  if (manifest === undefined) return undefined;
  return (JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string }).version;
}

function manifestFrom(importer: string): string | undefined {
  try {
    return createRequire(importer).resolve(`${sdk}/package.json`);
  } catch {
    return undefined;
  }
}
