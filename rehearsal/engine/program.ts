/** Runs a Pulumi program in this process, like the SDK's own runner (cmd/run/run.js). */
import { createRequire } from "node:module";
import { sep } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
// Before the SDK.
import "./lateModules";
import { InputPropertiesError, InputPropertyError, RunError } from "@pulumi/pulumi";
import * as runtime from "@pulumi/pulumi/runtime";
import * as state from "@pulumi/pulumi/runtime/state";
import { InputError } from "../../routing/inputError";
import type { ResourceRegistry } from "./resourceRegistry";
import { OfflineMonitor } from "./offlineMonitor";
import { takeShortcuts, withoutAliases } from "./sdkShortcuts";
import type { StackSettings } from "./stackSettings";
import { loadsTypeScript, loadTypeScriptOf } from "./typeScript";
import { display } from "./yamlFile";

/**
 * Gives each run separate SDK state, which runs in one process would otherwise share. The SDK
 * exports these without declaring them (`@internal`); a test pins them.
 */
interface SdkState {
  withLocalStorage<T>(callback: () => Promise<T>): Promise<T>;
  getStore(): { settings: { options: { rootDirectory?: string; legacyApply?: boolean } } };
}
const sdkState = state as unknown as SdkState;

/** The result of `pulumi.getOrganization()`: the name that the CLI's file backend uses. */
const organization = "organization";

/** A program that has not settled by then counts as hanging. */
const limitMs = 60_000;

const requireHere = createRequire(__filename);

export interface ProgramRun {
  readonly programPath: string;
  readonly projectDirectory: string;
  readonly stack: string;
  readonly settings: StackSettings;
  readonly preview: boolean;
  readonly registry: ResourceRegistry;
}

/**
 * Runs the program until everything is registered; the registry has the resources afterwards. The
 * process state is restored, and no rejection is left unhandled.
 *
 * @throws the program's own error, also one from inside an `apply`; InputError if the program
 * rejects its input
 */
export async function runProgram(run: ProgramRun): Promise<void> {
  // First, because it fails with a compiler that does not work.
  const forgetTypeScript =
    run.programPath.endsWith(".ts") && !loadsTypeScript()
      ? loadTypeScriptOf(run.projectDirectory)
      : undefined;
  const failure = new Failure();
  const modules = new ProjectModules();
  const giveShortcutsBack = takeShortcuts();
  const directory = process.cwd();
  const shownPath = display(run.programPath);
  const { stackResource } = globalThis;
  const exit: unknown = Reflect.get(process, "exit");
  process.exit = (code) => {
    throw new InputError(
      `${shownPath}: ends its process by process.exit(${code ?? ""}) before all of it is declared; leave that out`,
    );
  };
  try {
    if (directory !== run.projectDirectory) process.chdir(run.projectDirectory);
    await sdkState.withLocalStorage(() => untilSettled(run, shownPath, failure));
  } catch (error) {
    throw asInputError(error) ?? error;
  } finally {
    // Node reports an unhandled rejection after the turn in which it occurred.
    await nextTurn();
    await nextTurn();
    Reflect.set(process, "exit", exit);
    failure.stopWatching();
    modules.restore();
    forgetTypeScript?.();
    giveShortcutsBack();
    globalThis.stackResource = stackResource;
    if (process.cwd() !== directory) process.chdir(directory);
  }
}

async function untilSettled(run: ProgramRun, shownPath: string, failure: Failure): Promise<void> {
  const { settings, preview, stack } = run;
  const monitor = new OfflineMonitor(run.registry, (error) => {
    failure.report(error);
  });
  runtime.setMockOptions(monitor, settings.project, stack, preview, organization);
  runtime.setAllConfig({ ...settings.config }, [...settings.secretKeys]);
  const { options } = sdkState.getStore().settings;
  options.rootDirectory = run.projectDirectory;
  options.legacyApply = false;

  const neverSettles = () => {
    failure.report(
      new InputError(
        `${shownPath}: waits for a promise that never resolves; ` +
          "look for an unresolved promise, or for resources that depend on each other",
      ),
    );
  };
  // Node detects when nothing is left that could resume the program; the limit is for a program
  // that keeps the process busy.
  process.once("beforeExit", neverSettles);
  const limit = setTimeout(neverSettles, limitMs).unref();
  try {
    await Promise.race([complete(run.programPath, monitor), failure.promise]);
  } finally {
    process.off("beforeExit", neverSettles);
    clearTimeout(limit);
  }
}

/** Runs the program's module, and waits until it registers nothing more. */
async function complete(programPath: string, monitor: OfflineMonitor): Promise<void> {
  await runtime.runInPulumiStack(() => {
    runtime.registerStackTransformation(withoutAliases);
    return Promise.resolve(programPath).then(load);
  });
  // An `apply` registers resources after its input resolves: wait until a round brings nothing new.
  let before: number;
  do {
    before = monitor.requests;
    await runtime.disconnect();
    await nextTurn();
  } while (monitor.requests > before);
}

/** A module's exports are the outputs; if it exports a function, its result. */
function load(programPath: string): unknown {
  const exported: unknown = requireHere(programPath);
  return typeof exported === "function" ? (exported as () => unknown)() : exported;
}

/** The first error without a handler: an unhandled rejection, for example from an `apply`. */
class Failure {
  readonly promise: Promise<never>;
  readonly #others = process.rawListeners("unhandledRejection");
  readonly #watch = (error: unknown): void => {
    this.report(error);
  };
  #reject!: (error: unknown) => void;

  constructor() {
    this.promise = new Promise<never>((_, reject) => {
      this.#reject = reject;
    });
    this.promise.catch(() => undefined);
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", this.#watch);
  }

  report(error: unknown): void {
    this.#reject(error);
  }

  stopWatching(): void {
    process.off("unhandledRejection", this.#watch);
    for (const listener of this.#others) {
      process.on("unhandledRejection", listener as NodeJS.UnhandledRejectionListener);
    }
  }
}

/**
 * Lets the program load fresh copies of its own modules, because a program creates its resources
 * while it loads. Packages stay loaded: the SDK must be this process's, and takes a second to load.
 */
class ProjectModules {
  readonly #before = ProjectModules.#loaded();

  constructor() {
    for (const [path] of this.#before) remove(path);
  }

  restore(): void {
    for (const [path] of ProjectModules.#loaded()) remove(path);
    Object.assign(requireHere.cache, Object.fromEntries(this.#before));
  }

  static #loaded(): [string, NodeJS.Module | undefined][] {
    return Object.entries(requireHere.cache).filter(
      ([path]) => !path.includes(`${sep}node_modules${sep}`),
    );
  }
}

function remove(path: string): void {
  // oxlint-disable-next-line typescript/no-dynamic-delete -- the cache is an object by design
  delete requireHere.cache[path];
}

/** A fault of a placeholder (`secretPlaceholder`): the secret itself was not seen. */
const placeholderFault = /^(.+): must be .*, got "\[secret [^\]]+\]"/;

function withoutPlaceholder(fault: string): string {
  const path = placeholderFault.exec(fault)?.[1];
  return path === undefined
    ? fault
    : `${path}: is encrypted, and cannot be checked offline; set it without --secret`;
}

/** An input error of the program, as the tool's own class; otherwise undefined. */
function asInputError(error: unknown): InputError | undefined {
  if (error instanceof InputError) return error;
  if (!(error instanceof Error)) return undefined;
  const options = { cause: error };
  // The program has its own copy of the class.
  if (error.name === "InputError" && "faults" in error) {
    const code = "code" in error ? { code: error.code as InputError["code"] } : {};
    return new InputError(error.faults as string[], { ...options, ...code });
  }
  const missing = /The Pulumi CLI does not support (.+?)\. Please/.exec(error.message)?.[1];
  if (missing !== undefined) {
    return new InputError(
      `program: uses ${missing}, which the offline evaluation does not provide`,
      {
        ...options,
        code: "program-not-evaluable",
      },
    );
  }
  const code = "bad-arguments";
  if (InputPropertiesError.isInstance(error)) {
    const lines = error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
    return new InputError(lines.length === 0 ? error.message : lines, { ...options, code });
  }
  if (InputPropertyError.isInstance(error)) {
    return new InputError(`${error.propertyPath}: ${error.reason}`, { ...options, code });
  }
  return RunError.isInstance(error)
    ? new InputError(error.message.split("\n").map(withoutPlaceholder), options)
    : undefined;
}
