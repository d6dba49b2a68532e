import { isWireObject, secretSignature, signatureKey } from "./wire";
import type { Wire } from "./wire";

/** What the SDK returns for an `Output` in a template literal, `String()` or `JSON.stringify`. */
const textOfAnOutput = /Calling \[to(JSON|String)\] on an \[Output<T>\]/;

/**
 * Paths of values that contain the text of an `Output` in place of its value. AWS would accept the
 * text, which stays the same when the value changes. The text of an asset is not read: a program's
 * own code may contain the SDK.
 */
export function outputTexts(value: Wire, path: string): string[] {
  if (typeof value === "string") return textOfAnOutput.test(value) ? [path] : [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => outputTexts(item, `${path}[${index}]`));
  }
  if (!isWireObject(value)) return [];
  const signature = value[signatureKey];
  if (signature === secretSignature) return outputTexts(value["value"] ?? null, path);
  if (signature !== undefined) return [];
  return Object.entries(value).flatMap(([key, item]) => outputTexts(item, `${path}.${key}`));
}
