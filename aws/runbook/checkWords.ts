import type { Resource, Value } from "../../routing/graph/resource";
import type { StackModel } from "../../routing/graph/stackModel";
import { awsTypes } from "../../routing/graph/types";
import { listOf, numberOf, textOf } from "../../routing/graph/values";
import { recordWords } from "../status/nameTree";

/** What a check watches, in words. */
export function targetWords(check: Resource, model: StackModel): string {
  const type = textOf(check, "type") ?? "";
  if (type === "CALCULATED") {
    const children = listOf(check, "childHealthchecks").map((id) => nameOf(id, model));
    const threshold = numberOf(check, "childHealthThreshold") ?? children.length;
    return `whether ${threshold} of ${children.join(", ")} ${threshold === 1 ? "is" : "are"} healthy`;
  }
  const alarm = textOf(check, "cloudwatchAlarmName");
  if (alarm !== undefined) {
    const silent = textOf(check, "insufficientDataHealthStatus") ?? "LastKnownStatus";
    return `the alarm ${alarm} in ${textOf(check, "cloudwatchAlarmRegion") ?? "?"} (without data: ${silent})`;
  }
  const name = textOf(check, "fqdn");
  const address = textOf(check, "ipAddress");
  const scheme = type === "" ? "http" : (type.split("_")[0] ?? "").toLowerCase();
  const port = numberOf(check, "port") ?? (scheme === "https" ? 443 : 80);
  const path = scheme === "tcp" ? "" : (textOf(check, "resourcePath") ?? "/");
  const host = address !== undefined && name !== undefined ? ` as ${name}` : "";
  const text = textOf(check, "searchString");
  return `${scheme}://${address ?? name ?? "?"}:${port}${path}${host}${text === undefined ? "" : ` for "${text}"`}`;
}

function nameOf(id: Value, { graph }: StackModel): string {
  const check = graph.ofType(awsTypes.healthCheck).find((one) => one.id === id);
  return check?.name ?? (typeof id === "string" ? id : "?");
}

/** The most records that a text lists. */
const shownMax = 3;

/** The records that follow a check, also through calculated checks; undefined if there are none. */
export function followerWords(urn: string, { route53 }: StackModel): string | undefined {
  const ids = new Set([urn]);
  for (const id of ids) {
    for (const check of route53.checks.values()) {
      if (check.kind === "calculated" && check.children.includes(id)) ids.add(check.id);
    }
  }
  const records = route53
    .allGroups()
    .flat()
    .filter(({ checkId }) => checkId !== undefined && ids.has(checkId))
    .map(recordWords);
  if (records.length === 0) return undefined;
  const more = records.length > shownMax ? ` and ${records.length - shownMax} more` : "";
  return `${records.slice(0, shownMax).join(", ")}${more} ${records.length === 1 ? "follows" : "follow"} it`;
}
