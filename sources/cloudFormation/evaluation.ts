import type { Value } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";
import { hasUnknown, isList, isObject } from "../../routing/graph/values";
import { memberOf, textOr } from "../fields";

/** Marks a property that a template omits by `AWS::NoValue`. */
const noValue = Symbol("AWS::NoValue");

/** A value, with the logical ids of the resources that its unknown parts come from. */
export interface Evaluated {
  /** Undefined for `AWS::NoValue`. */
  readonly value: Value | undefined;
  readonly from: readonly string[];
}

/** Pseudo parameters with one value in all stacks of the commercial partition. */
const pseudoParameters: ReadonlyMap<string, string> = new Map([
  ["AWS::Partition", "aws"],
  ["AWS::URLSuffix", "amazonaws.com"],
]);

/** Whether the value of a parameter of a type is the name of an SSM parameter. */
export function isLookedUp(type: string): boolean {
  return type.startsWith("AWS::SSM::Parameter::Value<");
}

/**
 * What is known of a template's values before its deployment: parameters, mappings, conditions and
 * text. A value that a resource computes is unknown, with the resource as its source.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export class TemplateEvaluation {
  /** Parameters that a value depends on and that have no value. */
  readonly missingParameters = new Set<string>();
  private readonly conditions = new Map<string, boolean | undefined>();

  constructor(
    private readonly template: Value,
    private readonly given: ReadonlyMap<string, string>,
    /** The values of references to resources that the template contains: a record's name. */
    private readonly references: ReadonlyMap<string, Value>,
  ) {}

  evaluate(value: Value): Evaluated {
    const from = new Set<string>();
    const found = this.valueOf(value, from);
    return { value: found === noValue ? undefined : found, from: [...from] };
  }

  /**
   * The unevaluated branch of an `Fn::If` that applies; the value itself where it is no `Fn::If`,
   * or where the condition is unknown.
   */
  branch(value: Value): Value | undefined {
    const argument = memberOf(value, "Fn::If");
    const [condition, whenTrue = null, whenFalse = null] = isList(argument) ? argument : [];
    const holds = typeof condition === "string" ? this.holds(condition) : undefined;
    if (holds !== undefined) return this.branch(holds ? whenTrue : whenFalse);
    return memberOf(value, "Ref") === "AWS::NoValue" ? undefined : value;
  }

  /** Whether a condition is true; undefined where it depends on something unknown. */
  holds(name: string): boolean | undefined {
    if (!this.conditions.has(name)) {
      // A condition that refers to itself stays unknown.
      this.conditions.set(name, undefined);
      const written = memberOf(memberOf(this.template, "Conditions"), name);
      if (written !== undefined) this.conditions.set(name, this.truthOf(written, new Set()));
    }
    return this.conditions.get(name);
  }

  private truthOf(condition: Value, from: Set<string>): boolean | undefined {
    const value = this.valueOf(condition, from);
    return typeof value === "boolean" ? value : undefined;
  }

  private valueOf(value: Value, from: Set<string>): Value | typeof noValue {
    if (isList(value)) {
      return value.map((item) => this.valueOf(item, from)).filter((item) => item !== noValue);
    }
    if (!isObject(value)) return value;
    const [call, second] = Object.entries(value);
    if (call && second === undefined) {
      const [name, argument] = call;
      const result = this.call(name, argument, from);
      if (result !== undefined) return result;
    }
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]): [string, Value][] => {
        const found = this.valueOf(inner, from);
        return found === noValue ? [] : [[name, found]];
      }),
    );
  }

  /** The value of a function call; undefined where no function has the name. */
  private call(
    name: string,
    argument: Value,
    from: Set<string>,
  ): Value | typeof noValue | undefined {
    switch (name) {
      case "Ref":
        return typeof argument === "string" ? this.ref(argument, from) : unknown();
      case "Condition":
        return typeof argument === "string" ? (this.holds(argument) ?? unknown()) : undefined;
      case "Fn::GetAtt":
        return this.attribute(argument, from);
      case "Fn::Sub":
        return this.substituted(argument, from);
      case "Fn::If":
        return this.chosen(argument, from);
      case "Fn::FindInMap":
        return this.mapped(argument, from);
      default:
        return name.startsWith("Fn::")
          ? computed(name, this.argumentsOf(argument, from))
          : undefined;
    }
  }

  private argumentsOf(argument: Value, from: Set<string>): readonly Value[] {
    const found = this.valueOf(argument, from);
    if (found === noValue) return [];
    return isList(argument) && isList(found) ? found : [found];
  }

  private mapped(argument: Value, from: Set<string>): Value {
    const [map, first, second, options] = this.argumentsOf(argument, from);
    if ([map, first, second].some(hasUnknown)) return unknown();
    const mapping = memberOf(memberOf(this.template, "Mappings"), writtenText(map));
    return (
      memberOf(memberOf(mapping, writtenText(first)), writtenText(second)) ??
      memberOf(options, "DefaultValue") ??
      unknown()
    );
  }

  private ref(name: string, from: Set<string>): Value | typeof noValue {
    if (name === "AWS::NoValue") return noValue;
    const pseudo = this.given.get(name) ?? pseudoParameters.get(name);
    if (name.startsWith("AWS::")) return pseudo ?? this.missing(name);
    const parameter = memberOf(memberOf(this.template, "Parameters"), name);
    return parameter === undefined ? this.reference(name, from) : this.parameter(name, parameter);
  }

  private reference(name: string, from: Set<string>): Value | typeof noValue {
    const written = this.references.get(name);
    return written === undefined ? source(name, from) : this.valueOf(written, from);
  }

  private parameter(name: string, parameter: Value): Value {
    const type = textOr(parameter, "Type", "");
    const standard = isLookedUp(type) ? undefined : memberOf(parameter, "Default");
    const value = this.given.get(name) ?? standard;
    if (value === undefined) return this.missing(name);
    const isListed = /^(?:CommaDelimitedList|List<)/.test(type) && typeof value === "string";
    return isListed ? value.split(",").map((item) => item.trim()) : value;
  }

  private missing(name: string): Value {
    this.missingParameters.add(name);
    return unknown();
  }

  /** An attribute of a created resource: `[resource, attribute]`, or both joined by a dot. */
  private attribute(argument: Value, from: Set<string>): Value {
    const [name] = isList(argument) ? argument : [argument];
    return typeof name === "string" ? source(name.split(".")[0] ?? "", from) : unknown();
  }

  private substituted(argument: Value, from: Set<string>): Value {
    const [text, given] = isList(argument) ? argument : [argument];
    if (typeof text !== "string") return unknown();
    const missing: string[] = [];
    const result = text.replace(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, written: string) => {
      // CloudFormation writes `${!Name}` out as `${Name}`.
      if (literal !== "") return `\${${written}}`;
      const name = written.trim();
      const own = memberOf(given, name);
      const value = own === undefined ? this.named(name, from) : this.valueOf(own, from);
      if (typeof value === "string" || typeof value === "number") return String(value);
      missing.push(name);
      return whole;
    });
    return missing.length === 0 ? result : unknown();
  }

  private named(name: string, from: Set<string>): Value | typeof noValue {
    return name.includes(".") ? this.attribute(name, from) : this.ref(name, from);
  }

  private chosen(argument: Value, from: Set<string>): Value | typeof noValue {
    const [condition, whenTrue = null, whenFalse = null] = isList(argument) ? argument : [];
    const holds = typeof condition === "string" ? this.holds(condition) : undefined;
    if (holds !== undefined) return this.valueOf(holds ? whenTrue : whenFalse, from);
    // Either branch may apply: the sources of both are recorded, and the value is unknown.
    this.valueOf(whenTrue, from);
    this.valueOf(whenFalse, from);
    return unknown();
  }
}

/**
 * A value in which what CloudFormation looks up at deployment is unknown, such as `{{resolve:ssm:/name}}`. Of a zone's
 * id only whether two are the same is of interest, and equal references are.
 */
export function withoutReferences(value: Value): Value {
  if (typeof value === "string") return value.includes("{{resolve:") ? unknown() : value;
  if (isList(value)) return value.map(withoutReferences);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === "HostedZoneId" ? inner : withoutReferences(inner),
    ]),
  );
}

function unknown(): Unknown {
  return new Unknown("computed");
}

function source(name: string, from: Set<string>): Value {
  from.add(name);
  return unknown();
}

/**
 * Functions of values alone; unknown for those that depend on the account, such as `Fn::GetAZs`.
 */
function computed(name: string, args: readonly Value[]): Value {
  const compute = functions[name];
  if (compute === undefined) return unknown();
  // An item may be known although another item of its list is unknown.
  if (name !== "Fn::Select" && name !== "Fn::And" && name !== "Fn::Or" && args.some(hasUnknown)) {
    return unknown();
  }
  return compute(args) ?? unknown();
}

const functions: Readonly<Record<string, (args: readonly Value[]) => Value | undefined>> = {
  "Fn::Join": ([separator, items]) =>
    typeof separator === "string" && isList(items)
      ? items.map(writtenText).join(separator)
      : undefined,
  "Fn::Select": ([index, items]) => (isList(items) ? items[Number(index)] : undefined),
  "Fn::Split": ([separator, whole]) =>
    typeof separator === "string" && typeof whole === "string" ? whole.split(separator) : undefined,
  "Fn::Base64": ([value]) =>
    typeof value === "string" ? Buffer.from(value).toString("base64") : undefined,
  // The list is the argument itself, or the value of the argument.
  "Fn::Length": (args) => (isList(args[0]) ? args[0].length : args.length),
  "Fn::Equals": ([first, second]) => writtenText(first) === writtenText(second),
  "Fn::Not": ([condition]) => (typeof condition === "boolean" ? !condition : undefined),
  "Fn::And": (conditions) => decided(conditions, false),
  "Fn::Or": (conditions) => decided(conditions, true),
};

/**
 * One false value decides `and`, one true value decides `or`; otherwise all values must be known.
 */
function decided(conditions: readonly Value[], deciding: boolean): boolean | undefined {
  if (conditions.includes(deciding)) return deciding;
  return conditions.every((one) => one === !deciding) ? !deciding : undefined;
}

/** A value as CloudFormation compares and joins it: numbers and booleans become strings. */
export function writtenText(value: Value | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
