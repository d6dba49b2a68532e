/** How Pulumi.yaml has its program run: by which language, with which options. */
import { join } from "node:path";
import { InputError } from "../../routing/inputError";
import { display, isMap } from "./yamlFile";
import type { YamlMap } from "./yamlFile";

/** The options of the runtime `nodejs` that matter offline; a package manager does not. */
export interface Runtime {
  /** Whether the engine compiles TypeScript. */
  readonly typeScript: boolean;
  /** The file of the compiler's settings, if it is not `tsconfig.json` beside the program. */
  readonly tsConfig?: string;
  /** Whether Node gets a loader of the program's own, such as `--import tsx`. */
  readonly hasLoader: boolean;
}

export const runtimeDefault: Runtime = { typeScript: true, hasLoader: false };

/** Languages by the names of their runtimes. */
const languages: Readonly<Record<string, string>> = {
  python: "Python",
  go: "Go",
  yaml: "YAML",
  dotnet: ".NET",
  java: "Java",
};

/**
 * The runtime that a project names.
 *
 * @throws InputError for a language that cannot be evaluated here
 */
export function runtimeOf(projectDirectory: string, { runtime }: YamlMap): Runtime {
  const file = display(join(projectDirectory, "Pulumi.yaml"));
  const { name = "nodejs", options } = isMap(runtime) ? runtime : { name: runtime };
  if (name !== "nodejs") {
    const written = JSON.stringify(name);
    const language = typeof name === "string" ? languages[name] : undefined;
    const program = language === undefined ? "program of another runtime" : `${language} program`;
    throw new InputError(
      `${file}: runtime must be nodejs to be evaluated offline, got ${written}: it is a ${program}; ` +
        "export it by `pulumi stack export` or `pulumi preview --json`, and read that file by `failover prove --from FILE`",
      { code: "program-not-evaluable" },
    );
  }
  const { typescript = true, tsconfig, nodeargs } = isMap(options) ? options : {};
  if (typeof typescript !== "boolean") {
    throw new InputError(
      `${file}: runtime.options.typescript must be true or false, got ${JSON.stringify(typescript)}; change it to one`,
      { code: "bad-settings" },
    );
  }
  return {
    typeScript: typescript,
    ...(typeof tsconfig === "string" ? { tsConfig: tsconfig } : {}),
    hasLoader:
      typeof nodeargs === "string" &&
      /(?:^|\s)(?:--(?:import|loader|require|experimental-loader)|-r)\b/.test(nodeargs),
  };
}
