/** The function calls of a template, with their places. */
import type { Value } from "../../routing/graph/resource";
import { isList, isObject } from "../../routing/graph/values";
import { memberOf, textIn } from "../fields";
import type { TemplateEvaluation } from "./evaluation";

/** A function call in a template, and where it is. */
export interface TemplateCall {
  readonly path: string;
  readonly name: string;
  readonly argument: Value;
}

/** Which conditions are known to be true or false. */
type Conditions = Pick<TemplateEvaluation, "holds">;

/** The calls in all resources and outputs that are created. */
export function sectionCalls(template: Value, evaluation: Conditions): readonly TemplateCall[] {
  return ["Resources", "Outputs"].flatMap((section) =>
    entriesOf(template, section).flatMap(([name, entry]) => {
      const condition = textIn(entry, "Condition");
      const isLeftOut = condition !== undefined && evaluation.holds(condition) === false;
      return isLeftOut ? [] : callsIn(entry, `${section}.${name}`, evaluation);
    }),
  );
}

/** The calls in a value, without those in the branch of an `Fn::If` that does not apply. */
export function callsIn(
  value: Value,
  path: string,
  evaluation: Conditions,
): readonly TemplateCall[] {
  if (isList(value)) {
    return value.flatMap((item, index) => callsIn(item, `${path}[${index}]`, evaluation));
  }
  if (!isObject(value)) return [];
  const entries = Object.entries(value);
  const [call, second] = entries;
  const isCall =
    call && !second && (call[0].startsWith("Fn::") || ["Condition", "Ref"].includes(call[0]));
  if (!isCall) {
    return entries.flatMap(([name, inner]) => callsIn(inner, `${path}.${name}`, evaluation));
  }
  const [name, argument] = call;
  const [condition, whenTrue = null, whenFalse = null] =
    name === "Fn::If" && isList(argument) ? argument : [];
  const holds = typeof condition === "string" ? evaluation.holds(condition) : undefined;
  const inner = holds === undefined ? argument : holds ? whenTrue : whenFalse;
  // A list of arguments has no place of its own in the path.
  const below = (isList(inner) ? inner : [inner]).flatMap((one) => callsIn(one, path, evaluation));
  return [{ path, name, argument }, ...below];
}

export function entriesOf(template: Value, section: string): readonly (readonly [string, Value])[] {
  const found = memberOf(template, section);
  return isObject(found) ? Object.entries(found) : [];
}

/** The transforms that a template names as a whole. */
export function transformsOf(template: Value): readonly Value[] {
  const transforms = memberOf(template, "Transform") ?? [];
  return isList(transforms) ? transforms : [transforms];
}
