/** Runs a Pulumi program in this process, like the SDK's own runner (cmd/run/run.js). */
import { createRequire } from "node:module";
import { sep } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { types } from "node:util";
// Before the SDK.
import "./lateModules";
import { isUnknown, output } from "@pulumi/pulumi";
import * as runtime from "@pulumi/pulumi/runtime";
import * as state from "@pulumi/pulumi/runtime/state";
import { InputError } from "../../routing/inputError";
import { importModule, isEsModule, prepareModules } from "./esModules";
import { OfflineMonitor } from "./offlineMonitor";
import { hasOwnSdk, takeSdk } from "./oneSdk";
import { takeParsers } from "./parsers";
import { takeOutput } from "./programOutput";
import type { Program } from "./programPath";
import type { ResourceRegistry } from "./resourceRegistry";
import { takeAnswers } from "./sdkAnswers";
import { takeShortcuts, withoutAliases } from "./sdkShortcuts";
import type { StackSettings } from "./stackSettings";
import { statedFault } from "./statedFault";
import { loadsTypeScript, loadTypeScriptOf } from "./typeScript";
import { unknownValue } from "./unknownAnswer";
import { stackText } from "./unknownLookups";
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
  readonly program: Program;
  readonly projectDirectory: string;
  readonly stack: string;
  readonly settings: StackSettings;
  readonly preview: boolean;
  readonly registry: ResourceRegistry;
  /** Whether the program ran before, and told what it tells. */
  readonly isRepeated: boolean;
}

/**
 * Runs the program until everything is registered; the registry has the resources afterwards. The
 * process state is restored, and no rejection is left unhandled.
 *
 * @throws the program's own error, also one from inside an `apply`; InputError if the program
 * rejects its input
 */
export async function runProgram(run: ProgramRun): Promise<void> {
  const { program } = run;
  const isModule = isEsModule(program);
  // A CommonJS program can import an ES module that imports the SDK.
  if (isModule || hasOwnSdk(program.directory)) prepareModules(program);
  // First, because it fails with a compiler that does not work.
  const forgetTypeScript =
    isTypeScript(program) && !isModule && !loadsTypeScript()
      ? loadTypeScriptOf(program)
      : undefined;
  const failure = new Failure();
  const modules = new ProjectModules();
  const giveSdkBack = takeSdk();
  const giveShortcutsBack = takeShortcuts();
  const giveAnswersBack = takeAnswers((stack, output) =>
    unknownValue(output, (path) => run.registry.lookups.refusal(stackText(stack), path)),
  );
  const giveParsersBack = takeParsers((name) => run.registry.lookups.textRefusal(name));
  const giveOutputBack = takeOutput(run.isRepeated);
  const directory = process.cwd();
  const shownPath = display(program.path);
  const { stackResource } = globalThis;
  const exit: unknown = Reflect.get(process, "exit");
  process.exit = (code) => {
    throw new InputError(
      `${shownPath}: ends its process by process.exit(${code ?? ""}) before all of it is declared; leave that out`,
    );
  };
  try {
    if (directory !== program.directory) process.chdir(program.directory);
    await sdkState.withLocalStorage(() => untilSettled(run, shownPath, failure));
    modules.requireNoEsModules(shownPath);
  } catch (error) {
    throw statedFault(error, run.stack) ?? error;
  } finally {
    // Node reports an unhandled rejection after the turn in which it occurred.
    await nextTurn();
    await nextTurn();
    Reflect.set(process, "exit", exit);
    failure.stopWatching();
    modules.restore();
    giveSdkBack();
    forgetTypeScript?.();
    giveShortcutsBack();
    giveAnswersBack();
    giveParsersBack();
    giveOutputBack();
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
    await Promise.race([complete(run, monitor), failure.promise]);
  } finally {
    process.off("beforeExit", neverSettles);
    clearTimeout(limit);
  }
}

/** Runs the program's module, and waits until it registers nothing more. */
async function complete(run: ProgramRun, monitor: OfflineMonitor): Promise<void> {
  await runtime.runInPulumiStack(() => {
    runtime.registerStackTransformation(withoutAliases);
    return Promise.resolve(run).then(load);
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
async function load({ program, registry }: ProgramRun): Promise<unknown> {
  const exported: unknown = isEsModule(program)
    ? await importModule(program)
    : requireHere(program.path);
  const outputs = typeof exported === "function" ? (exported as () => unknown)() : exported;
  return registry.options.allowsGaps === true ? withUnknownOutputs(outputs) : outputs;
}

/** With each unknown value as an `Output`: of any other object the SDK lists the fields. */
function withUnknownOutputs(value: unknown): unknown {
  if (isUnknown(value)) return output(value);
  if (value instanceof Promise) return value.then(withUnknownOutputs);
  if (Array.isArray(value)) return value.map(withUnknownOutputs);
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withUnknownOutputs(item)]),
  );
}

/** Whether an object is of no class, as are the exports of a module. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** How Node tells of errors without a handler. */
const unhandled = ["unhandledRejection", "uncaughtException"] as const;

/** The first error without a handler, for example from an `apply` or a timer. */
class Failure {
  readonly promise: Promise<never>;
  readonly #others = unhandled.map((event) => ({ event, listeners: process.rawListeners(event) }));
  readonly #watch = (error: unknown): void => {
    this.report(error);
  };
  #reject!: (error: unknown) => void;

  constructor() {
    this.promise = new Promise<never>((_, reject) => {
      this.#reject = reject;
    });
    this.promise.catch(() => undefined);
    for (const event of unhandled) {
      process.removeAllListeners(event);
      process.on(event, this.#watch);
    }
  }

  report(error: unknown): void {
    this.#reject(error);
  }

  stopWatching(): void {
    for (const { event, listeners } of this.#others) {
      process.off(event, this.#watch);
      for (const listener of listeners) process.on(event, listener as () => void);
    }
  }
}

/**
 * Lets the program load fresh copies of its own modules, because a program creates its resources
 * while it loads. Packages stay loaded: the SDK is this process's (oneSdk.ts), and takes a second to load.
 */
class ProjectModules {
  readonly #before = ProjectModules.#loaded();

  constructor() {
    for (const [path] of this.#before) remove(path);
  }

  /** Node keeps those, and would not run them again. */
  requireNoEsModules(program: string): void {
    for (const [path, module] of ProjectModules.#loaded()) {
      if (!types.isModuleNamespaceObject(module?.exports)) continue;
      throw new InputError(
        `${display(path)}: is an ES module that a CommonJS program requires, and is evaluated once only; make ${program} an ES module as well`,
        { code: "program-not-evaluable" },
      );
    }
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

function isTypeScript({ path }: Program): boolean {
  return /\.[cm]?ts$/.test(path);
}
