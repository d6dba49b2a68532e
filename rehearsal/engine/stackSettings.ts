/**
 * The settings of one stack, read from Pulumi.yaml and Pulumi.<stack>.yaml as the Pulumi CLI reads
 * them, and passed to the program in the CLI's form: one string per key, JSON for objects and
 * lists. Source of the rules: pulumi 3.260, pkg/workspace/config.go and
 * sdk/go/common/resource/config/object.go.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { distance } from "fastest-levenshtein";
import { InputError } from "../../routing/inputError";
import { namesThereAre } from "../../routing/knownNames";
import { configFault } from "./projectConfig";
import { runtimeOf } from "./runtime";
import type { Runtime } from "./runtime";
import { isStackName, stackNames, strayStackFiles } from "./stackNames";
import { secretPlaceholder } from "./secretPlaceholders";
import { display, isMap, readYaml } from "./yamlFile";
import type { YamlMap } from "./yamlFile";

export interface StackSettings {
  /** Name of the project. */
  readonly project: string;
  /** The program's entry, relative to the project's directory, if Pulumi.yaml names one. */
  readonly main?: string;
  readonly runtime: Runtime;
  /** Configuration by full key, such as `failover:hostname`. */
  readonly config: Readonly<Record<string, string>>;
  /**
   * Keys whose value contains a secret; the value is a placeholder, see `secretPlaceholder`.
   */
  readonly secretKeys: readonly string[];
  /** Packages that must not fall back to a default provider; `*` means all. */
  readonly disabledDefaultProviders: readonly string[];
}

/** At most so many typos in a namespace are taken for one. */
const slipsMax = 2;

/**
 * Reads the settings of a stack.
 *
 * @param instead Values by full key that override the file's; undefined removes a key.
 * @throws InputError if a file is missing, invalid or does not match the project's declarations
 */
export function readStackSettings(
  projectDirectory: string,
  stack: string,
  instead: YamlMap = {},
): StackSettings {
  const projectFile = join(projectDirectory, "Pulumi.yaml");
  if (!existsSync(projectFile)) {
    throw new InputError(
      `${display(projectFile)}: no such file; give the directory of a Pulumi project`,
    );
  }
  const project = readYaml(projectFile, "");
  const name = project["name"];
  if (typeof name !== "string") {
    throw new InputError(
      `${display(projectFile)}: name must be a string, got ${JSON.stringify(name ?? null)}; ` +
        "name the project",
    );
  }
  const runtime = runtimeOf(projectDirectory, project);
  const stackDirectory = join(projectDirectory, text(project["stackConfigDir"]) ?? "");
  const stackFile = stackFileOf(stackDirectory, stack);
  const values = new Values(name);
  values.readStack(stackFile, readYaml(stackFile, `; ${existing(stackDirectory)}`), instead);
  values.applyProject(projectFile, stackFile, project["config"]);
  if (values.faults.length > 0) throw new InputError(values.faults, { code: "bad-settings" });
  const main = text(project["main"]);
  return {
    project: name,
    ...(main === undefined ? {} : { main }),
    runtime,
    config: Object.fromEntries(values.config),
    secretKeys: [...values.secretKeys],
    disabledDefaultProviders: values.disabledDefaultProviders(),
  };
}

function stackFileOf(directory: string, stack: string): string {
  const isName = isStackName(stack);
  const file = join(directory, `Pulumi.${stack}.yaml`);
  if (isName && existsSync(file)) return file;
  const problem = isName
    ? `has no file ${display(file)}`
    : "must be a name of letters, digits, _, . and -";
  throw new InputError(
    `stack: ${problem}, got ${JSON.stringify(stack)}; ${existing(directory, stack)}`,
  );
}

function existing(directory: string, given = ""): string {
  const names = existsSync(directory) ? stackNames(directory) : [];
  if (names.length === 0) return `no stack file in ${display(directory)}`;
  // Pulumi Cloud's name of a stack, with its organization and project.
  const last = /^[^/]+\/(?:[^/]+\/)?([^/]+)$/.exec(given)?.[1];
  if (last !== undefined && names.includes(last)) {
    return `name it without organization and project: --stack ${last}`;
  }
  const stray = strayStackFiles(directory);
  const note = stray.length === 0 ? "" : `; no stack can have the name of ${stray.join(", ")}`;
  return `${namesThereAre(given, names, "the stacks here are")}${note}`;
}

/** Collects the configuration of a stack, and all its faults. */
class Values {
  readonly config = new Map<string, string>();
  readonly secretKeys = new Set<string>();
  readonly faults: string[] = [];
  readonly #raw = new Map<string, unknown>();

  constructor(readonly project: string) {}

  readStack(file: string, content: YamlMap, instead: YamlMap): void {
    const config = content["config"] ?? {};
    if (!isMap(config)) {
      this.#fault(file, "config must be a map", config, "write one key per line below it");
      return;
    }
    const used = [
      ...Object.entries(config).filter(
        ([given]) => !Object.hasOwn(instead, this.#key(given) ?? ""),
      ),
      ...Object.entries(instead).filter(([, value]) => value !== undefined),
    ];
    for (const [given, value] of used) {
      const key = this.#key(given);
      if (key === undefined) {
        this.#fault(file, `config key ${given} is malformed`, given, "write <namespace>:<name>");
      } else if (this.config.has(key)) {
        this.#fault(file, `duplicate config key ${key}`, given, "keep one");
      } else if (this.#isMisspelled(key)) {
        const remedy = `did you mean ${this.project}:${key.slice(key.indexOf(":") + 1)}?`;
        this.#fault(file, "no package has this namespace", key, remedy);
      } else {
        this.#set(key, value);
      }
    }
  }

  /**
   * Adds the defaults that Pulumi.yaml declares, and checks the stack's values against its types.
   */
  applyProject(projectFile: string, stackFile: string, declared: unknown): void {
    if (!isMap(declared)) return;
    for (const [given, value] of Object.entries(declared)) {
      const key = this.#key(given);
      if (key === undefined) {
        const remedy = "write <namespace>:<name>";
        this.#fault(projectFile, `config key ${given} is malformed`, given, remedy);
        continue;
      }
      const isOwn = key.startsWith(`${this.project}:`);
      // A plain value is a default, or a value if the key belongs to another package.
      const declaration: YamlMap = isMap(value) ? value : { default: value };
      const fallback = declaration["default"] ?? declaration["value"];
      if (this.#raw.has(key)) {
        const fault = configFault(declaration, this.#raw.get(key), this.secretKeys.has(key));
        if (fault !== undefined) this.faults.push(`${display(stackFile)}: config ${key} ${fault}`);
      } else if (fallback !== undefined && fallback !== null) {
        this.#set(key, fallback);
      } else if (isOwn) {
        this.faults.push(
          `${display(stackFile)}: config ${key} is missing, and Pulumi.yaml has no default for it; ` +
            "give it a value",
        );
      }
    }
  }

  disabledDefaultProviders(): string[] {
    const value = this.#raw.get("pulumi:disable-default-providers") ?? [];
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
  }

  #set(key: string, value: unknown): void {
    this.#raw.set(key, value);
    const revealed = this.#revealed(value, key, key);
    this.config.set(key, typeof revealed === "string" ? revealed : JSON.stringify(revealed));
  }

  /** A value with placeholders for its secrets and its keys in order, as Go writes maps. */
  #revealed(value: unknown, path: string, key: string): unknown {
    if (Array.isArray(value)) {
      return value.map((item, index) => this.#revealed(item, `${path}[${index}]`, key));
    }
    if (!isMap(value)) return value;
    if (typeof value["secure"] === "string" && Object.keys(value).length === 1) {
      this.secretKeys.add(key);
      return secretPlaceholder(path);
    }
    const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      sorted.map(([name, item]) => [name, this.#revealed(item, `${path}.${name}`, key)]),
    );
  }

  /** Whether the namespace of a key is nearly the project's: no program would read the value. */
  #isMisspelled(key: string): boolean {
    const namespace = key.slice(0, key.indexOf(":"));
    return (
      namespace !== this.project &&
      this.project.length > slipsMax * 2 &&
      distance(namespace, this.project) <= slipsMax
    );
  }

  /** The full form of a key: without a namespace it is the project's own. */
  #key(given: string): string | undefined {
    const parts = given.split(":");
    if (parts.includes("")) return undefined;
    if (parts.length === 1) return `${this.project}:${given}`;
    if (parts.length === 2) return given;
    return parts.length === 3 && parts[1] === "config" ? `${parts[0]}:${parts[2]}` : undefined;
  }

  #fault(file: string, problem: string, value: unknown, remedy: string): void {
    this.faults.push(`${display(file)}: ${problem}, got ${JSON.stringify(value)}; ${remedy}`);
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
