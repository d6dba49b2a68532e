/** An element of an AWS answer, without its attributes, which only declare namespaces. */
export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** The text between the tags; empty for an element with children. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly children: XmlElement[];
  text: string;
}

/** A tag, a comment or a declaration, and the text up to the next one. */
const markup = /<(?:\?[^>]*\?|!--[\s\S]*?--|(\/?)([\w:.-]+)([^<>]*?)(\/?))>([^<]*)/g;

const entities: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

/**
 * The root of a document in the subset of XML that AWS's APIs use: elements, text and entities.
 *
 * @throws Error for any other text, such as a truncated document
 */
export function parseXml(text: string): XmlElement {
  const document: Open = { name: "", children: [], text: "" };
  const path: Open[] = [document];
  let read = text.length - text.trimStart().length;
  for (const match of text.matchAll(markup)) {
    if (match.index !== read) throw broken(text, read);
    read += match[0].length;
    const [, slash, name, , empty, after = ""] = match;
    if (name !== undefined) takeTag(path, name, slash === "/", empty === "/", text, match.index);
    const open = path.at(-1);
    if (open) open.text += decoded(after);
  }
  const [root, ...others] = document.children;
  const isWhole = read === text.length && path.length === 1 && others.length === 0;
  if (!isWhole || !root) throw broken(text, read);
  return root;
}

function takeTag(
  path: Open[],
  name: string,
  isEnd: boolean,
  isEmpty: boolean,
  text: string,
  at: number,
): void {
  const parent = path.at(-1);
  if (!isEnd) {
    if (isEmpty) parent?.children.push({ name, children: [], text: "" });
    else path.push({ name, children: [], text: "" });
    return;
  }
  const ended = path.pop();
  if (ended?.name !== name) throw broken(text, at);
  path.at(-1)?.children.push({
    name,
    children: ended.children,
    text: ended.children.length > 0 ? "" : ended.text.trim(),
  });
}

function decoded(text: string): string {
  return text.replaceAll(/&(#x?)?(\w+);/g, (entity, number: string | undefined, code: string) => {
    if (number === undefined) return entities[code] ?? entity;
    return String.fromCodePoint(Number.parseInt(code, number === "#x" ? 16 : 10));
  });
}

function broken(text: string, at: number): Error {
  const near = JSON.stringify(text.slice(at, at + 40));
  return new Error(`XML: must be a whole document, got ${near} at character ${at}`);
}

/** The elements at a path of names: none, one or several. */
export function elementsAt(element: XmlElement, ...path: readonly string[]): readonly XmlElement[] {
  return path.reduce<readonly XmlElement[]>(
    (found, name) =>
      found.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [element],
  );
}

/** The text of the first element at a path; undefined if there is none. */
export function textAt(element: XmlElement, ...path: readonly string[]): string | undefined {
  return elementsAt(element, ...path)[0]?.text;
}
