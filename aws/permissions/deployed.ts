import type { Resource } from "../../routing/graph/resource";

/** What a project makes and looks up, as evaluated: with all that its settings may switch on. */
export interface Deployed {
  readonly resources: readonly Resource[];
  /** Look-ups, such as `aws:ssm/getParameter:getParameter`. */
  readonly calls: readonly {
    readonly token: string;
    readonly args: Readonly<Record<string, unknown>>;
  }[];
}

/** Tags of everything that can have tags: a URN begins with `urn:pulumi:<stack>::<project>::`. */
export function tagsOf({ resources }: Deployed): Readonly<Record<string, string>> {
  const [, , stack = "", , project = ""] = (resources[0]?.urn ?? "").split(":");
  return { Project: project, Environment: stack };
}

/** Values of tags by the keys that conditions know them by. */
export function underKey(
  key: string,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([tag, value]) => [`${key}/${tag}`, value]));
}
