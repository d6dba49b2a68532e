import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Value } from "../../routing/graph/resource";
import { root } from "../conventions/sourceTree";

/** A resource as Pulumi's YAML has it: `${name.output}` refers to an output of another one. */
export interface FlatResource {
  readonly type: string;
  readonly properties: Readonly<Record<string, Value>>;
  readonly options?: { readonly providers: readonly string[] };
}

/** Resources by name, each after those that it refers to. */
export type FlatResources = Readonly<Record<string, FlatResource>>;

interface YamlProgram {
  readonly variables: Readonly<Record<string, Value>>;
  readonly resources: FlatResources;
}

/** The resources of examples/yaml, with its variables filled in. */
export function yamlResources(): FlatResources {
  const text = readFileSync(join(root, "examples/yaml/Pulumi.yaml"), "utf8");
  const { variables, resources } = parse(text) as YamlProgram;
  return JSON.parse(JSON.stringify(resources), (_, value: unknown) => {
    const variable = typeof value === "string" ? /^\$\{(\w+)\}$/.exec(value)?.[1] : undefined;
    return variable === undefined ? value : (variables[variable] ?? value);
  }) as FlatResources;
}

/**
 * The resources that examples/python declares to a Pulumi that only records them; undefined
 * without Python.
 */
export function pythonResources(): FlatResources | undefined {
  const recorder = join(__dirname, "recordPython.py");
  const program = join(root, "examples/python/__main__.py");
  const schema = join(root, "provider/schema.json");
  try {
    const out = execFileSync("python3", [recorder, program, schema], { encoding: "utf8" });
    return JSON.parse(out) as FlatResources;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
