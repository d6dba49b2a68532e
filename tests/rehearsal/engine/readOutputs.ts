import type { Resource } from "@pulumi/pulumi";
import { ResourceRegistry } from "../../../rehearsal/engine/resourceRegistry";
import { sdkModules } from "../../../rehearsal/engine/sdkShortcuts";

/**
 * The values of AWS that programs read during evaluation: outputs by type of resource, and calls.
 */
export interface ReadOutputs {
  readonly outputs: ReadonlyMap<string, ReadonlySet<string>>;
  readonly calls: ReadonlySet<string>;
}

/**
 * Records what `work` reads while it evaluates programs. Every read counts, because the value goes
 * into another resource or into the outputs. Ids are left out: the SDK itself reads the id of every
 * resource.
 */
export async function readDuring(work: () => Promise<unknown>): Promise<ReadOutputs> {
  const outputs = new Map<string, Set<string>>();
  const calls = new Set<string>();
  const { rpc } = sdkModules();
  const giveBack = [
    watchProperties(rpc, (type, key) => {
      outputs.set(type, (outputs.get(type) ?? new Set()).add(key));
    }),
    watchCalls((token) => calls.add(token)),
  ];
  try {
    await work();
  } finally {
    for (const give of giveBack) give();
  }
  return { outputs, calls };
}

type Rpc = ReturnType<typeof sdkModules>["rpc"];

/**
 * Reports each read of a property, whichever function gives resources their properties meanwhile.
 */
function watchProperties(rpc: Rpc, tell: (type: string, key: string) => void): () => void {
  const { transferProperties } = rpc;
  let inner = transferProperties;
  const watched: Rpc["transferProperties"] = (onto, label, properties) => {
    const resolvers = inner(onto, label, properties);
    for (const key of Object.keys(resolvers)) watchProperty(onto, key, tell);
    return resolvers;
  };
  Object.defineProperty(rpc, "transferProperties", {
    configurable: true,
    enumerable: true,
    get: () => watched,
    set: (given: Rpc["transferProperties"]) => {
      // The original is restored as well once an evaluation is over.
      inner = given === watched ? transferProperties : given;
    },
  });
  return () => {
    Object.defineProperty(rpc, "transferProperties", {
      configurable: true,
      enumerable: true,
      writable: true,
      value: transferProperties,
    });
  };
}

function watchProperty(
  onto: Resource,
  key: string,
  tell: (type: string, key: string) => void,
): void {
  const property = Object.getOwnPropertyDescriptor(onto, key);
  if (property?.get === undefined)
    throw new Error(`${key}: is not read lazily, so no read can be observed`);
  const { __pulumiType: type } = onto as Resource & { readonly __pulumiType: string };
  Object.defineProperty(onto, key, {
    configurable: true,
    enumerable: true,
    get: () => {
      tell(type, key);
      return property.get?.call(onto) as unknown;
    },
  });
}

type Invoke = (
  this: ResourceRegistry,
  ...question: Parameters<ResourceRegistry["invoke"]>
) => unknown;

function watchCalls(tell: (token: string) => void): () => void {
  const original = Object.getOwnPropertyDescriptor(ResourceRegistry.prototype, "invoke");
  if (original === undefined)
    throw new Error("ResourceRegistry.invoke: does not exist, so it cannot be watched");
  const ask = original.value as Invoke;
  const watched: Invoke = function (...question) {
    tell(question[0]);
    return ask.apply(this, question);
  };
  Object.defineProperty(ResourceRegistry.prototype, "invoke", { ...original, value: watched });
  return () => {
    Object.defineProperty(ResourceRegistry.prototype, "invoke", original);
  };
}
