import { printable } from "../../rehearsal/report/printable";
import { nameOf } from "../../routing/graph/fromExport";
import type { PackVerdict, Verdict } from "./verdict";

/** What the packs say, for people: each pack with its findings, and what it left unsaid. */
export function policyText({ subject, packs }: Verdict): string {
  const lines = [`Policies for ${subject}`, ...packs.flatMap(packLines), ""];
  return lines.map(printable).join("\n");
}

function packLines(verdict: PackVerdict): readonly string[] {
  const { info, violations, unknown, broken, remediated, exceptions } = verdict;
  return [
    "",
    `${info.name} ${info.version}, levels of ${verdict.configPath}: ${summaryOf(verdict)}`,
    ...broken.flatMap(({ policy, urn, error }) =>
      entry("broken", urn === undefined ? policy : `${policy} at ${nameOf(urn)}`, error),
    ),
    ...violations.flatMap(({ policy, level, message }) => entry(level, policy, message)),
    ...unknown.flatMap(({ policy, property, why }) =>
      entry("unknown", `${policy}, ${property}`, why),
    ),
    ...remediated.flatMap(({ policy, urn }) =>
      entry("remediated", policy, `${nameOf(urn)} is changed by the rule itself`),
    ),
    ...exceptions.flatMap(({ policy, level, reason }) =>
      entry("exception", `${policy} is ${level}`, reason),
    ),
  ];
}

/** Characters before the text of an entry: the longest of the words, and two on either side. */
const indent = 13;

function entry(word: string, head: string, text: string): readonly string[] {
  return [`  ${word}`.padEnd(indent) + head, " ".repeat(indent) + text];
}

/** A pack's verdict in a few words. */
export function summaryOf(verdict: PackVerdict): string {
  const { checkedCount, enabledCount, violations, unknown, broken, remediated } = verdict;
  if (checkedCount === 0 && broken.length === 0) return "nothing to check";
  const mandatory = violations.filter(({ level }) => level === "mandatory").length;
  const counts = [
    [broken.length, "broken"],
    [mandatory, "mandatory"],
    [violations.length - mandatory, "advisory"],
    [unknown.length, "unknown"],
    [remediated.length, "remediated"],
  ] as const;
  const found = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const rules = `${checkedCount} of ${enabledCount} rules had something to check`;
  return found.length === 0 ? `all is well; ${rules}` : `${found.join(", ")}; ${rules}`;
}
