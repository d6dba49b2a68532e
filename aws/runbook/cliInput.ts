import type { Value } from "../../routing/graph/resource";
import { isList, isObject } from "../../routing/graph/values";
import { yamlOf } from "../../sources/yaml";
import type { AwsCall } from "./awsCall";
import { optionOf } from "./awsCall";
import { hole } from "./shellText";

/**
 * A call with the members of `--cli-input-json` or `--cli-input-yaml` as options, which the options of the command
 * line override (AWS CLI User Guide, "Skeletons"); why the input is not known, in words.
 */
export function withInput(
  call: AwsCall,
  textOf: (path: string) => string | undefined,
): AwsCall | string {
  const name = ["cli-input-json", "cli-input-yaml"].find((one) => call.options.has(one));
  if (name === undefined) return call;
  const input = inputDocument(optionOf(call, name) ?? hole, `its --${name}`, textOf);
  if (typeof input === "string") return input;
  if (!isObject(input.value)) return `its --${name} has no members`;
  const members = Object.entries(input.value).map(optionFrom);
  return { ...call, options: new Map([...members, ...call.options]) };
}

/** The value of an option that is JSON or YAML, in the option or in a file; why there is none, in words. */
export function inputDocument(
  given: string,
  what: string,
  textOf: (path: string) => string | undefined,
): { readonly value: Value } | string {
  const [, path] = /^fileb?:\/\/(.*)$/s.exec(given) ?? [];
  const text = path === undefined ? given : textOf(path);
  if (text === undefined) return `the file ${(path ?? "").replaceAll(hole, "…")} cannot be read`;
  if (text.trim() === hole) return `${what} is not written in the runbook`;
  const isYaml = what.endsWith("yaml");
  try {
    return { value: isYaml ? yamlOf(text, what) : jsonOf(text) };
  } catch {
    return `${what} is no ${isYaml ? "YAML" : "JSON"}`;
  }
}

/** JSON in which a hole outside of quotes, such as `"Weight": $WEIGHT`, is a text. */
function jsonOf(text: string): Value {
  return JSON.parse(text.replace(/(:\s*)\ufffd(\s*[,}\]])/g, `$1"${hole}"$2`)) as Value;
}

function optionFrom([member, value]: readonly [string, Value]): readonly [
  string,
  readonly string[],
] {
  const name = optionNameOf(member);
  if (typeof value === "boolean") return [value ? name : `no-${name}`, []];
  const items = isList(value) && !value.some(isObject) ? value : [value];
  return [
    name,
    items.map((item) => (isObject(item) || isList(item) ? JSON.stringify(item) : String(item))),
  ];
}

/** The option for a member: `IPAddress` is `--ip-address` (botocore, `xform_name`). */
function optionNameOf(member: string): string {
  return member
    .replace(/(.)([A-Z][a-z]+)/g, "$1-$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase();
}
