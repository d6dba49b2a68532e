import type { Value } from "../routing/graph/resource";
import { InputError, jsonFault } from "../routing/inputError";
import type { SourceFile } from "./reading";
import { decodedText } from "./text";

/**
 * The content of a file: JSON if it starts like JSON, otherwise YAML, whose parser is loaded on
 * demand.
 *
 * @throws InputError for an empty file, and for one that is neither format, with the place
 */
export async function documentOf({ content, path }: SourceFile): Promise<Value> {
  const text = decodedText(content, path).trim();
  if (text === "") {
    throw new InputError(`${path}: the file is empty; write it again`);
  }
  if (/^[[{]/.test(text)) return jsonOf(text, path);
  const { yamlOf } = await import("./yaml");
  return yamlOf(text, path);
}

function jsonOf(text: string, path: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch (cause) {
    throw new InputError(
      `${path}: the file is not complete JSON, got ${jsonFault(cause)}; write it again`,
      {
        cause,
      },
    );
  }
}
