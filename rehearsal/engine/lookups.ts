/**
 * Answers that a team gives for its program's look-ups, in lookups.<stack>.json beside Pulumi.yaml: what AWS said
 * to a call, and the outputs of other stacks as `pulumi stack output --json` prints them.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { InputError, jsonFault } from "../../routing/inputError";
import { lookupsFile } from "./stackNames";
import { secretWire } from "./wire";
import type { Wire, WireProperties } from "./wire";
import { display, isMap } from "./yamlFile";

/** A call, and what it returns. Fields that the result lacks are unknown. */
export interface GivenCall {
  /** Such as `aws:ec2/getSubnets:getSubnets`. */
  readonly token: string;
  /** The arguments that the call must have; it may have others. Default: none. */
  readonly args?: WireProperties;
  readonly result: WireProperties;
}

export interface Lookups {
  readonly calls: readonly GivenCall[];
  /** Outputs by the name of the stack, as the program names it. */
  readonly stacks: Readonly<Record<string, WireProperties>>;
}

/**
 * Reads the file of a stack; without one nothing is given.
 *
 * @throws InputError with every fault of the file
 */
export function readLookups(directory: string, stack: string): Lookups {
  const path = join(directory, lookupsFile(stack));
  if (!existsSync(path)) return { calls: [], stacks: {} };
  const name = display(path);
  const { calls = [], stacks = {}, ...others } = contentOf(path, name);
  const faults = [
    ...Object.keys(others).map((key) => `${name}: ${key} is no field; use calls and stacks`),
    ...(Array.isArray(calls)
      ? calls.flatMap((one, index) => callFaults(one, `${name}: calls[${index}]`))
      : [fault(`${name}: calls`, "a list", calls, "list the calls")]),
    ...(isMap(stacks)
      ? Object.entries(stacks).flatMap(([stackName, outputs]) =>
          isMap(outputs)
            ? []
            : [
                fault(
                  `${name}: stacks["${stackName}"]`,
                  "an object",
                  outputs,
                  `write what this prints: pulumi stack output --json --stack ${stackName}`,
                ),
              ],
        )
      : [
          fault(`${name}: stacks`, "an object", stacks, "write outputs by the name of their stack"),
        ]),
  ];
  if (faults.length > 0) throw new InputError(faults, { code: "bad-settings" });
  return { calls, stacks } as Lookups;
}

function contentOf(path: string, name: string): Readonly<Record<string, unknown>> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new InputError(`${name}: must be JSON, got ${jsonFault(cause)}; write it again`, {
      cause,
      code: "bad-settings",
    });
  }
  if (isMap(content)) return content;
  throw new InputError(fault(`${name}:`, "an object", content, "write calls and stacks"), {
    code: "bad-settings",
  });
}

function callFaults(call: unknown, path: string): readonly string[] {
  if (!isMap(call)) return [fault(path, "an object", call, "write token, args and result")];
  const { token, args = {}, result, ...others } = call;
  return [
    ...Object.keys(others).map((key) => `${path}.${key} is no field; use token, args and result`),
    ...(typeof token === "string"
      ? []
      : [fault(`${path}.token`, "a text", token, "write one such as aws:ec2/getVpc:getVpc")]),
    ...(isMap(args) ? [] : [fault(`${path}.args`, "an object", args, "write arguments by name")]),
    ...(isMap(result)
      ? []
      : [fault(`${path}.result`, "an object", result, "write fields by name")]),
  ];
}

function fault(path: string, wanted: string, got: unknown, remedy: string): string {
  return `${path} must be ${wanted}, got ${JSON.stringify(got ?? null)}; ${remedy}`;
}

/** The given result of a call: of the first entry that it fits. */
export function givenResult(
  calls: readonly GivenCall[],
  token: string,
  args: WireProperties,
): WireProperties | undefined {
  return calls.find(
    (one) =>
      one.token === token &&
      Object.entries(one.args ?? {}).every(([key, value]) => isDeepStrictEqual(args[key], value)),
  )?.result;
}

/** As `pulumi stack output --json` prints a secret. */
const secretOutput = "[secret]";

/** What a reference to a stack has, of the outputs as they are printed. */
export function referenceState(outputs: WireProperties): WireProperties {
  const secrets = Object.keys(outputs).filter((name) => outputs[name] === secretOutput);
  const hidden = secrets.map((name): [string, Wire] => [name, secretWire(secretOutput)]);
  return {
    outputs: { ...outputs, ...Object.fromEntries(hidden) },
    secretOutputNames: secrets,
  };
}
