import type { Value } from "../routing/graph/resource";
import { memberOf } from "./fields";

/** The redirect of an action (API:RedirectActionConfig), in the names of Pulumi's provider. */
export function redirectIn(action: Value): Readonly<Record<string, Value>> {
  const config = memberOf(action, "RedirectConfig");
  if (config === undefined || config === null) return {};
  const members = ["Protocol", "Port", "Host", "Path", "Query", "StatusCode"];
  const found = members.flatMap((member): [string, Value][] => {
    const value = memberOf(config, member);
    const property = `${member.charAt(0).toLowerCase()}${member.slice(1)}`;
    return value === undefined ? [] : [[property, value]];
  });
  return { redirect: Object.fromEntries(found) };
}
