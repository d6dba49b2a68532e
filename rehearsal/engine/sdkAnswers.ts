/**
 * How the SDK reads the answers of the offline monitor. The engine's are always known at an update, so the SDK
 * takes what is unknown or absent in one for undefined. Here it is unknown. Active while a program runs;
 * sdk.test.ts pins the SDK internals that are replaced.
 */
import { createRequire } from "node:module";
import type { Output } from "@pulumi/pulumi";
import type { Struct } from "./sdkMessages";

/** The result of a call, as the program is to have it. */
export interface CallResult extends Struct {
  readonly answer: object;
}

type Deserialize = (struct: Struct | CallResult, keepUnknowns?: boolean) => object;
type Resolve = (...given: unknown[]) => void;
type ReadOutput = (
  this: Reference,
  caller: string,
  name: string,
  required: boolean,
) => Promise<readonly [unknown, boolean]>;

interface OutputState {
  readonly isKnown: Promise<boolean>;
  readonly isSecret: Promise<boolean>;
  readonly promise: () => Promise<string>;
}

/** A `StackReference`, with the method by which the ones that do not return an `Output` read. */
interface Reference {
  readonly id: Output<string>;
  getOutput(name: string): Output<unknown>;
  readOutputValue: ReadOutput;
}

interface Modules {
  readonly rpc: {
    deserializeProperties: Deserialize;
    deserializeProperty: (value: unknown, keepUnknowns?: boolean) => unknown;
    resolveProperties: Resolve;
    containsUnknownValues: (value: unknown) => boolean;
  };
  readonly stackReference: { readonly StackReference: { readonly prototype: Reference } };
}

// `require`, because an import would copy the exports.
const sdk = createRequire(__filename);

/** The changed modules, for the test that pins them. */
export function answerModules(): Modules {
  return {
    rpc: sdk("@pulumi/pulumi/runtime/rpc") as Modules["rpc"],
    stackReference: sdk("@pulumi/pulumi/stackReference") as Modules["stackReference"],
  };
}

/** The position of `keepUnknowns` among the arguments of `resolveProperties`. */
const keepUnknownsAt = 7;

/**
 * Has the SDK keep what is unknown, until the returned function is called:
 * - A call's result is the given object (`CallResult`).
 * - A call with unknown arguments reaches the monitor: without an `Output` the SDK would give an empty result.
 * - What a resource lacks, new or existing, is unknown.
 * - An output of another stack that is awaited is unknown, not undefined.
 *
 * @param unknownOutput the unknown value of an output of a stack
 */
export function takeAnswers(unknownOutput: (stack: string, name: string) => object): () => void {
  const { rpc, stackReference } = answerModules();
  const { deserializeProperties, deserializeProperty, resolveProperties, containsUnknownValues } =
    rpc;
  const { prototype } = stackReference.StackReference;
  const { readOutputValue } = prototype;
  rpc.deserializeProperties = (struct) =>
    "answer" in struct ? struct.answer : deserializeProperties(struct, true);
  rpc.deserializeProperty = (value) => deserializeProperty(value, true);
  rpc.resolveProperties = (...given) => {
    resolveProperties(...given.slice(0, keepUnknownsAt), true);
  };
  rpc.containsUnknownValues = () => false;
  prototype.readOutputValue = async function (caller, name, required) {
    const { isKnown, isSecret } = this.getOutput(name) as unknown as OutputState;
    if (await isKnown) return readOutputValue.call(this, caller, name, required);
    const { promise } = this.id as unknown as OutputState;
    return [unknownOutput(await promise(), name), await isSecret];
  };
  return () => {
    Object.assign(rpc, {
      deserializeProperties,
      deserializeProperty,
      resolveProperties,
      containsUnknownValues,
    });
    prototype.readOutputValue = readOutputValue;
  };
}
