import { nameOf } from "../../routing/graph/fromExport";
import type { Document, FindingEntry, Section, Span } from "../report/document";
import type { PackVerdict, PoliciesVerdict } from "./verdict";

/** The report of `failover policy`: each pack with its findings and unknowns. */
export function policyReport({ subject, packs }: PoliciesVerdict): Document {
  return { title: `Policies for ${subject}`, blocks: packs.map(packSection) };
}

/**
 * The output of `failover policy --json`; `remediated` is present only if a rule changes something.
 */
export function policyJson(verdicts: readonly PoliciesVerdict[]): string {
  const packs = verdicts.flatMap((verdict) => verdict.packs);
  const remediated = packs.flatMap((pack) => pack.remediated);
  const output = {
    violations: packs.flatMap(({ violations }) => violations),
    unknown: packs.flatMap(({ unknown }) =>
      unknown.map(({ pack, policy, urn, property }) => ({ pack, policy, urn, property })),
    ),
    broken: packs.flatMap(({ broken }) => broken),
    ...(remediated.length > 0 ? { remediated } : {}),
  };
  return `${JSON.stringify(output, undefined, 2)}\n`;
}

function packSection(verdict: PackVerdict): Section {
  const { info, levelsSource } = verdict;
  const entries = entriesOf(verdict);
  return {
    kind: "section",
    title: `${info.name} ${info.version}, ${levelsSource}: ${summaryOf(verdict)}`,
    blocks: entries.length > 0 ? [{ kind: "entries", entries }] : [],
  };
}

function entriesOf(verdict: PackVerdict): readonly FindingEntry[] {
  const { violations, unknown, broken, remediated, exceptions } = verdict;
  return [
    ...broken.map(({ policy, urn, error }) =>
      entry(bad("broken"), urn === undefined ? policy : `${policy} at ${nameOf(urn)}`, error),
    ),
    ...violations.map(({ policy, level, message }) =>
      entry(level === "mandatory" ? bad(level) : { text: level }, policy, message),
    ),
    ...unknown.map(({ policy, property, why }) =>
      entry({ text: "unknown" }, `${policy}, ${property}`, why),
    ),
    ...remediated.map(({ policy, urn }) =>
      entry({ text: "remediated" }, policy, `${nameOf(urn)} is remediated by the rule`),
    ),
    ...exceptions.map(({ policy, level, reason }) =>
      entry({ text: "exception", tone: "soft" }, `${policy} is ${level}`, reason),
    ),
  ];
}

function entry(word: Span, head: string, text: string): FindingEntry {
  return { word, head, text };
}

function bad(text: string): Span {
  return { text, tone: "bad" };
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
  const rules = `${checkedCount} of ${enabledCount} rules applied`;
  return found.length === 0 ? `no findings; ${rules}` : `${found.join(", ")}; ${rules}`;
}
