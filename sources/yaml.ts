import type { CollectionTag, ScalarTag } from "yaml";
import { LineCounter, parseDocument } from "yaml";
import type { Value } from "../routing/graph/resource";
import { InputError } from "../routing/inputError";

/**
 * The short forms of CloudFormation's functions: `!Sub x` is `Fn::Sub: x` (CloudFormation User Guide,
 * intrinsic function and rule function reference).
 */
const functions = [
  "And",
  "Base64",
  "Cidr",
  "Contains",
  "EachMemberEquals",
  "EachMemberIn",
  "Equals",
  "FindInMap",
  "GetAtt",
  "GetAZs",
  "GetStackOutput",
  "If",
  "ImportValue",
  "Join",
  "Length",
  "Not",
  "Or",
  "RefAll",
  "Select",
  "Split",
  "Sub",
  "ToJsonString",
  "Transform",
  "ValueOf",
  "ValueOfAll",
];

/** The two functions without `Fn::`. */
const bareFunctions = ["Ref", "Condition"];

const customTags = [
  ...functions.flatMap((name) => tagsOf(name, `Fn::${name}`)),
  ...bareFunctions.flatMap((name) => tagsOf(name, name)),
];

function tagsOf(name: string, key: string): readonly (ScalarTag | CollectionTag)[] {
  const tag = `!${name}`;
  const collection = (node: { toJSON(): unknown }): unknown => ({ [key]: node.toJSON() });
  return [
    { tag, resolve: (text: string) => ({ [key]: text }) },
    { tag, collection: "seq", resolve: collection },
    { tag, collection: "map", resolve: collection },
  ];
}

/** Faults shown of a file: the others of one that is no YAML at all say nothing more. */
const shownMax = 5;

/**
 * The content of a YAML file, which may use the short forms of CloudFormation's functions.
 *
 * @throws InputError with one line for each of the first places that are not YAML, or have another kind of tag
 */
export function yamlOf(text: string, path: string): Value {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, customTags: [...customTags] });
  const all = [...document.errors, ...document.warnings];
  const faults = all.slice(0, shownMax).map(({ code, message, pos }) => {
    const { line, col } = lineCounter.linePos(pos[0]);
    const what = message.split(/ at line|\n/)[0] ?? code;
    return `${path}: line ${line}, column ${col} is not YAML that can be read (${what}); repair it`;
  });
  const more = all.length - faults.length;
  if (more > 0)
    faults.push(`${path}: ${more} more places are not YAML; is it another kind of file?`);
  if (faults.length > 0) throw new InputError(faults);
  return document.toJS() as Value;
}
