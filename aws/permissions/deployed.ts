import type { Resource } from "../../routing/graph/resource";

/** The resources and look-ups of a project, as evaluated, with every optional part switched on. */
export interface Deployed {
  readonly resources: readonly Resource[];
  /** Look-ups, such as `aws:ssm/getParameter:getParameter`. */
  readonly calls: readonly {
    readonly token: string;
    readonly args: Readonly<Record<string, unknown>>;
  }[];
}

/**
 * The tags of every resource that can have tags: a URN begins with
 * `urn:pulumi:<stack>::<project>::`.
 */
export function tagsOf({ resources }: Deployed): Readonly<Record<string, string>> {
  const [, , stack = "", , project = ""] = (resources[0]?.urn ?? "").split(":");
  return { Project: project, Environment: stack };
}

/** Values of tags by their keys in conditions. */
export function underKey(
  key: string,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([tag, value]) => [`${key}/${tag}`, value]));
}
