import type { Finding } from "./finding";

/**
 * The text format of findings: CrossGuard has only a level and a text, so the kind is the first
 * word of the text. `failover policy` and readers of a preview distinguish the messages of the packs
 * by that word.
 */

/** The parsed content of a message. */
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

/** The message of a rule that failed to run: its missing result is not a pass. */
export function brokenMessage(error: string): string {
  return `${brokenPrefix}${error}`;
}

/** Parses any message: without a known prefix, it is a violation. */
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
