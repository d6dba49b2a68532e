/** What Pulumi.yaml declares about a configuration key, checked as the Pulumi CLI checks it. */
import { isMap } from "./yamlFile";
import type { YamlMap } from "./yamlFile";

/** What is wrong with a stack's value under its declaration; undefined where nothing is. */
export function configFault(
  declaration: YamlMap,
  value: unknown,
  isSecret: boolean,
): string | undefined {
  if (declaration["type"] === undefined) return undefined;
  if (declaration["secret"] === true && !isSecret) {
    return "must be secret, got a plain value; set it with pulumi config set --secret";
  }
  if (isOfType(declaration, value)) return undefined;
  const got = isSecret ? "a secret" : JSON.stringify(value);
  return `must be of type ${typeName(declaration)}, got ${got}; change it to one`;
}

/** A secret is text under encryption, so only a whole declared type of text can be told. */
function isOfType(declaration: YamlMap, value: unknown): boolean {
  if (isMap(value) && typeof value["secure"] === "string") return true;
  switch (declaration["type"]) {
    case "string":
      // The CLI keeps every plain value as text, so that a number passes for one.
      return !isMap(value) && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value) || (typeof value === "string" && /^[+-]?\d+$/.test(value));
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "object":
      return isMap(value);
    case "array": {
      const { items } = declaration;
      return (
        Array.isArray(value) && (!isMap(items) || value.every((item) => isOfType(items, item)))
      );
    }
    default:
      return false;
  }
}

function typeName({ type, items }: YamlMap): string {
  if (type === "array" && isMap(items)) return `array<${typeName(items)}>`;
  return String(type);
}
