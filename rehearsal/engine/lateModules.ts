/**
 * Lets @pulumi/pulumi load TypeScript and npm's arborist only when something uses them: they serialize
 * functions, for dynamic providers and `CallbackFunction`, and reading their 800 files takes four fifths
 * of the SDK's start (1.1 s of processor time without this, 0.2 s with it). Import this before the SDK.
 */
import Module, { createRequire } from "node:module";

/** As the SDK requests them. It finds a TypeScript by `typescript-shim`. */
const lateRequests = ["./typescript-shim", "@npmcli/arborist"];

const requireOfSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
for (const request of lateRequests) loadLater(requireOfSdk, request);

/**
 * Has a module loaded by the first use of one of its exports instead of its first `require`. Does
 * nothing if it is loaded already, or not installed: other versions of a package need other modules.
 */
export function loadLater(requireFrom: NodeJS.Require, request: string): void {
  const path = pathOf(requireFrom, request);
  if (path === undefined || requireFrom.cache[path]) return;
  let loaded: Readonly<Record<PropertyKey, unknown>> | undefined;
  const load = (): Readonly<Record<PropertyKey, unknown>> => {
    if (!loaded) {
      // oxlint-disable-next-line typescript/no-dynamic-delete -- the cache is an object by design
      delete requireFrom.cache[path];
      loaded = requireFrom(request) as Readonly<Record<PropertyKey, unknown>>;
    }
    return loaded;
  };
  const standIn = new Module(path);
  standIn.filename = path;
  standIn.loaded = true;
  standIn.exports = new Proxy(
    {},
    // Compiled imports ask whether to copy all exports; `__esModule` keeps them from it.
    { get: (_, key) => key === "__esModule" || (key === "default" ? load() : load()[key]) },
  );
  requireFrom.cache[path] = standIn;
}

function pathOf(requireFrom: NodeJS.Require, request: string): string | undefined {
  try {
    return requireFrom.resolve(request);
  } catch {
    return undefined;
  }
}
