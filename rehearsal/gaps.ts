import type { Section } from "./report/document";

/** At most so many gaps are named in a sentence. */
const gapsNamed = 5;

/** What an evaluation lacks, because only Pulumi knows it, in a sentence. */
export function gapsText(gaps: readonly string[]): string {
  const more = gaps.length > gapsNamed ? `; and ${gaps.length - gapsNamed} more` : "";
  return `not known offline, so unknown here: ${gaps.slice(0, gapsNamed).join("; ")}${more}`;
}

/**
 * What that means, and the way round it.
 *
 * @param consequences further sentences on what it means
 */
export function gapsRemedy(stack: string, consequences: readonly string[] = []): string {
  return [
    "What the program makes of these in an apply is missing.",
    ...consequences,
    `Pulumi knows it: pulumi preview --stack ${stack} --json > preview.json, then --from preview.json in place of --stack ${stack}.`,
  ].join(" ");
}

/** The whole list in a report; nothing where all is known. */
export function gapsSections(stack: string, gaps: readonly string[] = []): readonly Section[] {
  if (gaps.length === 0) return [];
  return [
    {
      kind: "section",
      title: "Not known offline",
      blocks: [
        { kind: "list", items: gaps },
        { kind: "note", text: gapsRemedy(stack) },
      ],
    },
  ];
}
