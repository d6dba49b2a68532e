import type { Value } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import type { ResourceChange } from "./resourceChanges";

/** A setting of this program to change. */
export interface SettingChange {
  /** Its path, in the form that `pulumi config set --path` accepts. */
  readonly path: string;
  readonly to: Value;
}

/** The places of some changes in this program. */
export interface ConfigurationPatch {
  readonly settings: readonly SettingChange[];
  /** Changes without a setting: the program fixes these resources in code. */
  readonly inProgram: readonly ResourceChange[];
}

/** The setting behind each property of a check of an endpoint or a region. */
const checkSettings: Readonly<Record<string, string>> = {
  requestInterval: "intervalSeconds",
  failureThreshold: "failureThreshold",
  resourcePath: "path",
};

/**
 * The settings that make some changes, if they exist.
 *
 * @param project the one whose settings they are; undefined for a program without this package's settings
 */
export function configurationPatch(
  changes: readonly ResourceChange[],
  ttlMode: "normal" | "maintenance",
  project: string | undefined,
): ConfigurationPatch {
  const settings = new Map<string, Value>();
  const inProgram: ResourceChange[] = [];
  for (const change of changes) {
    const found = change.properties.map(({ property, to }) => ({
      setting: change.action === "create" ? undefined : settingOf(change, property, ttlMode),
      to,
    }));
    if (project === undefined || found.some(({ setting }) => setting === undefined)) {
      inProgram.push(change);
    } else for (const { setting = "", to } of found) settings.set(`${project}:${setting}`, to);
  }
  return { settings: [...settings].map(([path, to]) => ({ path, to })), inProgram };
}

function settingOf(
  { type, name }: ResourceChange,
  property: string,
  ttlMode: "normal" | "maintenance",
): string | undefined {
  if (type === awsTypes.record && property === "ttl") return `ttl.${ttlMode}Seconds`;
  const setting = checkSettings[property];
  if (type !== awsTypes.healthCheck || setting === undefined) return undefined;
  return `checks.${name.includes("-deep-check") ? "region" : "endpoint"}.${setting}`;
}
