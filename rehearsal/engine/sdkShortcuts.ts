/**
 * Skips per-resource work of the SDK that costs most of an evaluation and has no effect on it. The
 * shortcuts are active while a program runs; sdk.test.ts pins the SDK internals that they replace.
 * With them, five thousand records take a third of the time and of the memory.
 */
import { createRequire } from "node:module";
import type { Input, Inputs, Resource, ResourceTransformation } from "@pulumi/pulumi";

/** A property of a resource once it is known, or its error. */
interface Settled {
  readonly value: unknown;
  readonly isKnown: boolean;
  readonly isSecret: boolean;
  readonly dependencies: readonly Resource[];
  readonly error?: Error | undefined;
}

/** Resolves a property: the SDK's `OutputResolvers`. */
type Resolver = (
  value: unknown,
  isKnown: boolean,
  isSecret: boolean,
  dependencies?: Resource[],
  error?: Error,
) => void;

/** The SDK's own class, whose constructor it does not declare. */
type OutputClass = new (
  resource: Resource,
  value: Promise<unknown>,
  isKnown: Promise<boolean>,
  isSecret: Promise<boolean>,
  dependencies: Promise<readonly Resource[]>,
) => Input<unknown>;

/** Modules of the SDK, which call each other's functions through their exports. */
interface Modules {
  readonly debuggable: { debuggablePromise: <T>(promise: Promise<T>) => Promise<T> };
  readonly rpc: {
    transferProperties: (
      onto: Resource,
      label: string,
      properties: Inputs,
    ) => Record<string, Resolver>;
  };
  readonly dependsOn: { gatherExplicitDependencies: (given: unknown) => Promise<Resource[]> };
  readonly resource: { readonly Resource: { callsites: () => readonly object[] } };
  readonly output: { readonly Output: OutputClass };
}

// `require`, because an import would copy the exports.
const sdk = createRequire(__filename);

/** The paths of the changed modules, for the test that pins them. */
export function sdkModules(): Modules {
  return {
    debuggable: sdk("@pulumi/pulumi/runtime/debuggable") as Modules["debuggable"],
    rpc: sdk("@pulumi/pulumi/runtime/rpc") as Modules["rpc"],
    dependsOn: sdk("@pulumi/pulumi/runtime/dependsOn") as Modules["dependsOn"],
    resource: sdk("@pulumi/pulumi/resource") as Modules["resource"],
    output: sdk("@pulumi/pulumi/output") as Modules["output"],
  };
}

/**
 * Enables the shortcuts until the returned function is called:
 * - A property becomes an `Output` when it is read. Each has a dozen promises, and a record has
 * twenty properties that nothing reads.
 * - Promises are not tracked for leaks: the evaluation itself detects a hanging program.
 * - No stack trace is taken for a resource's source position: no engine shows it.
 * - Resources are prepared a few at a time instead of all at once: temporary objects are collected
 * before the next ones are created.
 */
export function takeShortcuts(): () => void {
  const { debuggable, rpc, dependsOn, resource, output } = sdkModules();
  const { debuggablePromise } = debuggable;
  const { transferProperties } = rpc;
  const { gatherExplicitDependencies } = dependsOn;
  const { callsites } = resource.Resource;
  const turns = new Turns();
  debuggable.debuggablePromise = (promise) => promise;
  rpc.transferProperties = (onto, label, properties) =>
    readLater(output.Output, onto, label, properties);
  // The first promise that the SDK awaits when it prepares a resource.
  dependsOn.gatherExplicitDependencies = async (given) => {
    await turns.next();
    return gatherExplicitDependencies(given);
  };
  resource.Resource.callsites = () => [];
  return () => {
    debuggable.debuggablePromise = debuggablePromise;
    rpc.transferProperties = transferProperties;
    dependsOn.gatherExplicitDependencies = gatherExplicitDependencies;
    resource.Resource.callsites = callsites;
  };
}

/**
 * The number started per turn of the event loop; ten times more or fewer make little difference.
 */
const perTurnCount = 100;

/** Starts this many in each turn of the event loop, and the others in order of arrival. */
class Turns {
  private left = perTurnCount;
  private isOver = true;
  private waiting: (() => void)[] = [];

  next(): Promise<void> {
    if (this.isOver) this.begin();
    if (this.left === 0) return new Promise((resolve) => this.waiting.push(resolve));
    this.left -= 1;
    return Promise.resolve();
  }

  private begin(): void {
    this.isOver = false;
    setImmediate(() => {
      const ready = this.waiting.splice(0, perTurnCount);
      this.left = perTurnCount - ready.length;
      this.isOver = true;
      if (this.waiting.length > 0) this.begin();
      for (const resolve of ready) resolve();
    });
  }
}

/**
 * Omits the aliases of a resource, which only an engine with a state would look up. Most types of
 * S3 have some, and the SDK computes a URN for each.
 */
export const withoutAliases: ResourceTransformation = ({ props, opts }) =>
  opts.aliases === undefined ? undefined : { props, opts: { ...opts, aliases: [] } };

/**
 * The SDK's `transferProperties`: gives a resource its properties, and its registration their
 * resolvers.
 */
function readLater(
  Output: OutputClass,
  onto: Resource,
  label: string,
  properties: Inputs,
): Record<string, Resolver> {
  const keys = Object.keys(properties).filter((key) => key !== "id" && key !== "urn");
  return Object.fromEntries(
    keys.map((key) => {
      if (Object.hasOwn(onto, key)) {
        throw new Error(`${label}: already has the property ${key}; the SDK would reject it too`);
      }
      return [key, property(Output, onto, key)];
    }),
  );
}

function property(Output: OutputClass, onto: Resource, key: string): Resolver {
  let settled: Settled | undefined;
  let settle: ((value: Settled) => void) | undefined;
  const describe = { enumerable: true, configurable: true };
  Object.defineProperty(onto, key, {
    ...describe,
    get() {
      const told = settled
        ? Promise.resolve(settled)
        : new Promise<Settled>((resolve) => {
            settle = resolve;
          });
      const good = told.then((result) => {
        if (result.error) throw result.error;
        return result;
      });
      const value = new Output(
        onto,
        good.then((result) => result.value),
        good.then((result) => result.isKnown),
        good.then((result) => result.isSecret),
        good.then((result) => result.dependencies),
      );
      Object.defineProperty(onto, key, { ...describe, writable: true, value });
      return value;
    },
  });
  return (value, isKnown, isSecret, dependencies = [], error) => {
    settled = { value, isKnown, isSecret, dependencies, error };
    settle?.(settled);
  };
}
