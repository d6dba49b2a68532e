import type { Block, Section } from "./document";

/** The sections of a document, to link to. */
export interface Contents {
  readonly entries: readonly ContentsEntry[];
  /** The anchor of a section; undefined for one that the contents do not list. */
  anchorOf(section: Section): string | undefined;
}

/** A section, and the sections in it. */
export interface ContentsEntry {
  readonly anchor: string;
  readonly title: string;
  readonly below: readonly ContentsEntry[];
}

/** Levels of sections that the contents list. */
const levels = 2;

/** The contents of a document, with an anchor for each section made from its title and those above. */
export function contentsOf(blocks: readonly Block[]): Contents {
  const anchors = new Map<Section, string>();
  const used = new Set<string>();
  const entries = entriesOf(blocks, "", levels);
  return { entries, anchorOf: (section) => anchors.get(section) };

  function entriesOf(
    within: readonly Block[],
    above: string,
    deep: number,
  ): readonly ContentsEntry[] {
    if (deep === 0) return [];
    return within
      .filter((block): block is Section => block.kind === "section")
      .map((section) => {
        const anchor = unused(slugOf(`${above} ${section.title}`));
        anchors.set(section, anchor);
        const below = entriesOf(section.blocks, anchor, deep - 1);
        return { anchor, title: section.title, below };
      });
  }

  function unused(slug: string): string {
    let anchor = slug;
    for (let count = 2; used.has(anchor); count += 1) anchor = `${slug}-${count}`;
    used.add(anchor);
    return anchor;
  }
}

/** Letters and digits with hyphens between, as in an address. */
function slugOf(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return `section-${words.join("-")}`.replace(/^section-(?:section-)+/, "section-");
}
