/** Validates values by Pulumi.yaml's declaration of a configuration key, like the Pulumi CLI. */
import { isMap } from "./yamlFile";
import type { YamlMap } from "./yamlFile";

/** The fault of a stack's value under its declaration, if any. */
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

/** A secret is encrypted text, so only declared string types can be checked. */
function isOfType(declaration: YamlMap, value: unknown): boolean {
  if (isMap(value) && typeof value["secure"] === "string") return true;
  switch (declaration["type"]) {
    case "string":
      // The CLI stores every plain value as text, so a number is valid as a string.
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
