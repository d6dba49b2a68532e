/** What CloudFormation runs over a template before it creates anything, and this reader does not. */
import type { Value } from "../../routing/graph/resource";
import { textIn } from "../fields";
import { entriesOf, transformsOf } from "./templateCalls";

/** Transforms of AWS that define no conditions and mappings; any other may. */
const plainTransforms: readonly Value[] = [
  "AWS::LanguageExtensions",
  "AWS::Serverless-2016-10-31",
  "AWS::CodeDeployBlueGreen",
];

/** Whether an entry among the resources is a function that makes some: `Fn::ForEach::…` or `Fn::Transform`. */
export function isFunction(name: string): boolean {
  return name.startsWith("Fn::");
}

/** The transforms of a template that may change anything in it. */
export function macrosOf(template: Value): readonly Value[] {
  return transformsOf(template).filter((one) => !plainTransforms.includes(one));
}

/** A line for each, with the way to what it makes. */
export function notRun(template: Value, path: string): readonly string[] {
  const functions = entriesOf(template, "Resources").filter(([name]) => isFunction(name));
  const macros = macrosOf(template).map(
    (macro) => textIn(macro, "Name") ?? (typeof macro === "string" ? macro : "of its own"),
  );
  return [
    ...functions.map(([name]) => `Resources.${name} is not run, and what it makes is left out`),
    ...macros.map((name) => `the transform ${name} is not run, and what it changes is unknown`),
  ].map(
    (what) =>
      `${path}: ${what}; give what CloudFormation made of it: aws cloudformation get-template --template-stage Processed --query TemplateBody --stack-name NAME`,
  );
}
