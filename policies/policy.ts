import type {
  Policies,
  ReportViolation,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { PolicyResource } from "../routing/graph/fromPolicy";
import { fromPolicy, resourceFromPolicy } from "../routing/graph/fromPolicy";
import { oneTypeOf, underOneType } from "../routing/graph/synonyms";
import { configFaults, withDefaults } from "./configSchema";
import { Subject } from "./fields";
import type { Finding } from "./finding";
import { brokenMessage, messageOf } from "./message";
import type { PropertyEdit, ResourceRule, Rule, StackRule } from "./rule";
import { configSchemaOf, remediationTag } from "./rule";
import { Stack } from "./stack";

/**
 * Rules as policies of @pulumi/policy.
 * Every callback is guarded. By default, the engine passes a mandatory rule that reads an unknown
 * value, and drops all findings of a pack if one rule throws. Here, both become a mandatory finding
 * `broken: …` of that rule, and the other rules still run.
 */
export function policiesOf(rules: readonly Rule[]): Policies {
  const turn: Turn = {};
  const policies: Policies = rules.map((rule) => ({
    ...infoOf(rule),
    ...(rule.about === "stack" ? stackPolicy(rule, turn) : resourcePolicy(rule, turn)),
  })) as Policies;
  // The server iterates over the list once per request (`for … of`) and finishes each policy before
  // it takes the next. The rules of a request therefore share computed results, which no other
  // request sees. A server that reads the policies in another way gets the same findings, but slower.
  Object.defineProperty(policies, Symbol.iterator, {
    enumerable: false,
    value: function* request(): Generator<Policies[number]> {
      const asked: Request = {};
      try {
        for (let index = 0; index < rules.length; index += 1) {
          const policy = policies[index];
          turn.asked = asked;
          if (policy) yield policy;
        }
      } finally {
        delete turn.asked;
      }
    },
  });
  return policies;
}

/** State shared by the rules of one request: for a resource, or for a stack. */
interface Request {
  /** The type of the resource, set by the first rule. */
  type?: string;
  /** The stack, created by the first rule that needs it. */
  stack?: Stack;
}

/**
 * The request of the policy that the server has just taken from the list. The server calls the
 * policy before anything else can run; later calls cannot be attributed to that request.
 */
interface Turn {
  asked?: Request;
}

/** The request of a callback; a new request if unknown. */
function taken(turn: Turn): Request {
  const { asked = {} } = turn;
  delete turn.asked;
  return asked;
}

/** The common arguments of @pulumi/policy's callbacks. */
interface CallbackArgs {
  getConfig(): object;
}

function stackPolicy(rule: StackRule, turn: Turn): Pick<StackValidationPolicy, "validateStack"> {
  const validateStack: StackValidationPolicy["validateStack"] = (args, report) => {
    const asked = taken(turn);
    const outcome = guarded(rule, args, (config) => {
      asked.stack ??= new Stack(fromPolicy(args.resources));
      return asked.stack.has(rule.types) ? rule.find(asked.stack, config) : nothingToCheck;
    });
    reportAll(rule, outcome, report);
    if (outcome.kind === "nothing") passOver(args);
  };
  passedOver(rule, validateStack, () => turn.asked?.stack?.has(rule.types) === false);
  return { validateStack };
}

type ValidateResource = NonNullable<
  Extract<ResourceValidationPolicy["validateResource"], (...args: never[]) => unknown>
>;

function resourcePolicy(
  rule: ResourceRule,
  turn: Turn,
): Pick<ResourceValidationPolicy, "validateResource"> {
  const validateResource: ValidateResource = (args, report) => {
    const type = oneTypeOf(args.type);
    taken(turn).type = type;
    if (!rule.types.includes(type)) passOver(args);
    const outcome = guarded(rule, args, (config) => rule.find(subjectOf(args), config));
    reportAll(rule, outcome, report, args.urn);
  };
  passedOver(rule, validateResource, () => {
    const type = turn.asked?.type;
    return type !== undefined && !rule.types.includes(type);
  });
  return { validateResource };
}

/** A resource under its canonical type, which the rules use. */
function subjectOf(resource: PolicyResource): Subject {
  return new Subject(underOneType(resourceFromPolicy(resource)));
}

/**
 * Prevents the server from calling a callback that has nothing to check. Like the server's own
 * helpers, it names a type that is not in the stack. Otherwise the server would spend most of its time
 * on copies of all resources for rules that need none of them.
 */
function passedOver({ types }: Rule, callback: object, hasNothing: () => boolean): void {
  Object.defineProperty(callback, "__pulumiType", {
    get: () => (hasNothing() ? types[0] : undefined),
  });
}

const nothingToCheck = "nothing to check";

/**
 * Reports that there is nothing to check. The server treats this as an error, but never reads its
 * stack trace.
 */
function passOver(args: { notApplicable(reason: string): never }): never {
  const limit = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = 0;
    return args.notApplicable(nothingToCheck);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function infoOf(rule: Rule): object {
  const { name, description, severity, level, remediationSteps, url, types } = rule;
  const configSchema = configSchemaOf(rule) as unknown as NonNullable<
    StackValidationPolicy["configSchema"]
  >;
  return {
    name,
    description,
    severity,
    enforcementLevel: level,
    remediationSteps,
    url,
    // The protocol has no other field for these; `failover policy` reads them from the tags.
    tags: [...types, ...(rule.remedy ? [remediationTag] : [])],
    configSchema,
    ...remedyOf(rule),
  };
}

type Outcome =
  | { readonly kind: "found"; readonly findings: readonly Finding[] }
  | { readonly kind: "nothing" }
  | { readonly kind: "broken"; readonly error: string };

function guarded(
  rule: Rule,
  args: CallbackArgs,
  find: (config: Readonly<Record<string, never>>) => readonly Finding[] | typeof nothingToCheck,
): Outcome {
  try {
    const { config, faults } = configOf(rule, args);
    if (faults.length > 0) {
      return { kind: "broken", error: `its configuration is invalid: ${faults.join("; ")}` };
    }
    const findings = find(config);
    return findings === nothingToCheck ? { kind: "nothing" } : { kind: "found", findings };
  } catch (error) {
    return { kind: "broken", error: error instanceof Error ? error.message : String(error) };
  }
}

function configOf(
  rule: Rule,
  args: CallbackArgs,
): { readonly config: Readonly<Record<string, never>>; readonly faults: readonly string[] } {
  const { properties } = configSchemaOf(rule);
  const given = args.getConfig() as Readonly<Record<string, unknown>>;
  return {
    config: withDefaults(properties, given) as Readonly<Record<string, never>>,
    faults: configFaults(properties, given, rule.name),
  };
}

function reportAll(rule: Rule, outcome: Outcome, report: ReportViolation, urn?: string): void {
  if (outcome.kind === "broken") {
    tell(report, { ...textOf(rule, brokenMessage(outcome.error)), urn, level: "mandatory" });
  }
  if (outcome.kind !== "found") return;
  for (const finding of outcome.findings) {
    const text = textOf(rule, messageOf(finding));
    if (finding.kind === "violation") tell(report, { ...text, urn: finding.urn });
    else tell(report, { ...text, urn: finding.urn, level: "advisory" });
  }
}

interface Told {
  readonly message: string;
  readonly description: string;
  readonly urn: string | undefined;
  /** Overrides the configured level of the rule. */
  readonly level?: "mandatory" | "advisory";
}

function textOf({ description }: Rule, message: string): Pick<Told, "message" | "description"> {
  return { message, description };
}

/**
 * Contrary to its types, the server accepts an object as well as a string. Only an object can give a
 * finding its own level and omit the description before the message.
 */
function tell(report: ReportViolation, { message, description, urn, level }: Told): void {
  const told = { message, description, urn, enforcementLevel: level };
  report(told as unknown as string);
}

function remedyOf(rule: Rule): Pick<ResourceValidationPolicy, "remediateResource"> {
  const { remedy } = rule;
  if (!remedy) return {};
  const remediateResource: ResourceValidationPolicy["remediateResource"] = (args) => {
    if (!remedy.types.includes(oneTypeOf(args.type))) return undefined;
    try {
      const { config, faults } = configOf(rule, args);
      if (faults.length > 0) return undefined;
      const edits = remedy.edits(subjectOf(args), config);
      for (const edit of edits) apply(args.props, edit);
      return edits.length > 0 ? args.props : undefined;
    } catch {
      // The rule itself runs next and reports violations.
      return undefined;
    }
  };
  const [type, ...others] = remedy.types;
  // If there is only one type, the server skips resources of other types.
  return {
    remediateResource:
      others.length === 0
        ? Object.assign(remediateResource, { __pulumiType: type })
        : remediateResource,
  };
}

/** Sets a value in place, so that neighbouring secrets and unknown values stay unchanged. */
function apply(props: Record<string, unknown>, { path, value }: PropertyEdit): void {
  const [last, ...way] = [...path].reverse();
  let at = props as Record<string | number, unknown>;
  for (const step of way.reverse()) {
    at[step] ??= {};
    at = at[step] as Record<string | number, unknown>;
  }
  if (last !== undefined) at[last] = value;
}
