import type { Finding } from "./finding";

/**
 * How findings travel: CrossGuard knows a level and a text, so the kind is the first word of the
 * text. What the packs write here, `failover policy` and every reader of a preview can tell apart.
 */

/** What a message is about. */
export type Message =
  | { readonly kind: "violation"; readonly text: string }
  | { readonly kind: "unknown"; readonly property: string; readonly text: string }
  | { readonly kind: "broken"; readonly error: string };

const unknownPrefix = "unknown: ";
const brokenPrefix = "broken: ";

export function messageOf(finding: Finding): string {
  const at = `${finding.name}.${finding.property}`;
  return finding.kind === "unknown"
    ? `${unknownPrefix}${finding.property}: ${finding.name}: ${finding.why}`
    : `${at}: ${finding.must}, got ${finding.got}, so ${finding.so}; ${finding.remedy}`;
}

/** What is said of a rule that could not do its work: its verdict is missing, which is no pass. */
export function brokenMessage(error: string): string {
  return `${brokenPrefix}${error}`;
}

/** The kind of a message, whoever wrote it: what has no known prefix is a violation. */
export function parseMessage(text: string): Message {
  if (text.startsWith(brokenPrefix)) {
    return { kind: "broken", error: text.slice(brokenPrefix.length) };
  }
  if (text.startsWith(unknownPrefix)) {
    const rest = text.slice(unknownPrefix.length);
    return { kind: "unknown", property: rest.slice(0, rest.indexOf(": ")), text: rest };
  }
  return { kind: "violation", text };
}
