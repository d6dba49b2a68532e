import type { Resource } from "../../routing/graph/resource";
import type { ShellCommand } from "./shellCommands";
import { hole } from "./shellText";

/** Settings that a command gives the program, each as `PATH=VALUE` for `--set`; why they are not known, in words. */
type GivenSettings = readonly string[] | string;

/** Each combination of settings that commands of Pulumi give the program, as far as they are written. */
export function settingsOfCommands(
  commands: readonly ShellCommand[],
  resources: readonly Resource[],
): readonly (readonly string[])[] {
  const given = commands.map(({ words }) => settingsOfCommand(words, resources));
  const all = given.filter((one) => typeof one === "object").filter(({ length }) => length > 0);
  return [...new Map(all.map((one) => [settingsKey(one), one])).values()];
}

/** The same settings have the same key. */
export function settingsKey(settings: readonly string[]): string {
  return JSON.stringify(settings);
}

/** The settings that a command of Pulumi gives the program; none for another command. */
export function settingsOfCommand(
  [program, ...words]: readonly string[],
  resources: readonly Resource[],
): GivenSettings {
  if (program !== "pulumi" || words.includes("preview")) return [];
  const operands = operandsOf(words);
  if (operands[0] === "config") {
    const [, operation = "", key, value] = operands;
    if (operation === "set" && key !== undefined && value !== undefined) {
      return settingOf(key, value, words.includes("--path"), resources);
    }
    return /^(?:set|set-all|rm|rm-all|cp|refresh)$/.test(operation) ? notWritten : [];
  }
  const given = words.flatMap((word, index) => {
    const [, name, value] = /^(-c|--config)(?:=(.*))?$/s.exec(word) ?? [];
    return name === undefined ? [] : [value ?? words[index + 1] ?? hole];
  });
  const settings = given.map((one) => {
    const at = one.indexOf("=");
    return at < 0 ? notWritten : settingOf(one.slice(0, at), one.slice(at + 1), false, resources);
  });
  return settings.find((one) => typeof one === "string") ?? settings.flat();
}

const notWritten = "its settings are not written in the runbook";

/**
 * Without `--path` a dot is a part of the key (pulumi 3.260, `pulumi config set --help`), and with `--config-path` an
 * update drops the rest of the setting.
 */
function settingOf(
  key: string,
  value: string,
  isPath: boolean,
  resources: readonly Resource[],
): GivenSettings {
  const path = key.includes(":") ? key : `${projectOf(resources)}:${key}`;
  if (`${path}${value}`.includes(hole)) return notWritten;
  if (!/^[\w-]+:[\w.-]+$/.test(path) || (path.includes(".") && !isPath)) {
    return `what the program makes of the key ${key} is not known`;
  }
  return [`${path}=${value}`];
}

/** The project that resources of Pulumi belong to. */
function projectOf(resources: readonly Resource[]): string {
  return /^urn:pulumi:.+?::(.+?)::/.exec(resources[0]?.urn ?? "")?.[1] ?? "";
}

/** Options of `pulumi config set` with a value in the next word (pulumi 3.260). */
const withValue = /^(?:-s|--stack|-C|--cwd|--color|--config-file|--type)$/;

function operandsOf(words: readonly string[]): readonly string[] {
  return words.filter(
    (word, index) => !word.startsWith("-") && !withValue.test(words[index - 1] ?? ""),
  );
}
