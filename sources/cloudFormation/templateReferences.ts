import type { Value } from "../../routing/graph/resource";
import { isList, isObject } from "../../routing/graph/values";
import { memberOf, textIn } from "../fields";
import type { TemplateEvaluation } from "./evaluation";
import type { TemplateCall } from "./templateCalls";
import { callsIn, entriesOf, sectionCalls, transformsOf } from "./templateCalls";

/** What names a resource or a parameter, and where. */
interface Reference {
  readonly path: string;
  readonly name: string;
  /** Whether it cannot be a parameter. */
  readonly isOfResource: boolean;
}

const remedy = "CloudFormation refuses the template, so define it, or name another";

/**
 * References to what a template does not have, which CloudFormation refuses whether or not they are used ("Unresolved
 * resource dependencies"), and those that are used, to a resource whose condition is false. Such a resource may stand
 * in a `DependsOn`, which is not judged.
 */
export function referenceFaults(
  template: Value,
  evaluation: TemplateEvaluation,
): readonly string[] {
  if (makesResources(template)) return [];
  const parameters = entriesOf(template, "Parameters").map(([name]) => name);
  const entries = entriesOf(template, "Resources");
  const resources = new Map(entries.map(([name, entry]) => [name, textIn(entry, "Condition")]));
  const modules = entries.filter(([, entry]) => isModule(entry)).map(([name]) => name);
  const isResource = (name: string): boolean =>
    resources.has(name) || modules.some((one) => name.startsWith(one));
  const everything = { holds: () => undefined };
  const inConditions = callsIn(memberOf(template, "Conditions") ?? null, "Conditions", everything);
  const missing = [
    ...sectionCalls(template, everything).flatMap(namesIn),
    ...dependencies(template),
  ]
    .filter(
      ({ name, isOfResource }) => !isResource(name) && (isOfResource || !parameters.includes(name)),
    )
    .map(
      ({ path, name, isOfResource }) =>
        `${path}: must name a resource${isOfResource ? "" : " or parameter"} of the template, got ${name}; ${remedy}`,
    );
  const outside = inConditions
    .flatMap(namesIn)
    .filter(({ name }) => !parameters.includes(name))
    .map(
      ({ path, name }) =>
        `${path}: must name a parameter of the template, as conditions can, got ${name}; ${remedy}`,
    );
  const leftOut = sectionCalls(template, evaluation)
    .flatMap(namesIn)
    .flatMap(({ path, name }) => {
      const condition = resources.get(name);
      return condition === undefined || evaluation.holds(condition) !== false
        ? []
        : `${path}: must name a resource that is created, got ${name}, whose condition ${condition} is false; choose by Fn::If, or give this one the condition as well`;
    });
  return [...new Set([...missing, ...outside, ...leftOut])];
}

/**
 * Whether an entry is a module, whose resources are called `ModuleResource` or `Module.Resource` (CloudFormation User
 * Guide, "Reference module resources").
 */
function isModule(entry: Value): boolean {
  return textIn(entry, "Type")?.endsWith("::MODULE") === true;
}

/** Whether resources have names that the template does not show: of loops, or of AWS SAM. */
function makesResources(template: Value): boolean {
  const sections = ["Conditions", "Resources", "Outputs"].flatMap((name) =>
    entriesOf(template, name),
  );
  return (
    transformsOf(template).includes("AWS::Serverless-2016-10-31") ||
    JSON.stringify(sections).includes('"Fn::ForEach::')
  );
}

/** The names in a call; a pseudo parameter is none. */
function namesIn({ path, name: called, argument }: TemplateCall): readonly Reference[] {
  return writtenIn(called, argument)
    .filter((name) => !name.startsWith("AWS::"))
    .map((name) => ({
      path,
      name: name.split(".")[0] ?? "",
      isOfResource: called === "Fn::GetAtt" || name.includes("."),
    }));
}

function writtenIn(called: string, argument: Value): readonly string[] {
  const [first = null, given] = isList(argument) ? argument : [argument];
  if (typeof first !== "string") return [];
  if (called === "Ref" || called === "Fn::GetAtt") return [first];
  if (called !== "Fn::Sub") return [];
  const own = isObject(given) ? Object.keys(given) : [];
  return [...first.matchAll(/\$\{([^!}][^}]*)\}/g)]
    .map(([, name = ""]) => name.trim())
    .filter((name) => !own.includes(name));
}

function dependencies(template: Value): readonly Reference[] {
  return entriesOf(template, "Resources").flatMap(([resource, entry]) => {
    const path = `Resources.${resource}.DependsOn`;
    const written = memberOf(entry, "DependsOn") ?? [];
    const named = isList(written)
      ? written.map((name, index) => ({ path: `${path}[${index}]`, name }))
      : [{ path, name: written }];
    return named.flatMap(({ path: at, name }) =>
      typeof name === "string" ? { path: at, name, isOfResource: true } : [],
    );
  });
}
