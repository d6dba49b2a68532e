/**
 * A stack export as text: cut into its resources and their fields, each of which is parsed when it is
 * asked for. The export of a thousand hostnames has fifty megabytes, of which an answer needs a few
 * hundred kilobytes.
 */

/** Fields of a resource that are read. */
const names = [
  "urn",
  "type",
  "custom",
  "id",
  "delete",
  "parent",
  "provider",
  "inputs",
  "outputs",
  "dependencies",
  "propertyDependencies",
] as const;

/** A field of a resource that is read. */
export type FieldName = (typeof names)[number];

/** A resource of an export. */
export interface Entry {
  /** The value of a field; undefined where it has none of that name. */
  field(name: FieldName): unknown;
}

/**
 * The resources of an export in an engine's layout: indented, with a line for each field. Undefined
 * for any other layout, and for a text that is cut off: then all of it has to be parsed.
 *
 * A JSON string has no line break in it, so that a line that begins with exactly the indentation of a
 * field is one.
 *
 * @param text the bytes of the file as characters (`latin1`), as few of them are ever decoded
 */
export function entriesOf(text: string): readonly Entry[] | undefined {
  const opening = /\n([ \t]*)"resources": \[\n([ \t]+)\{(?=\n([ \t]+)")/.exec(text);
  if (!opening) return undefined;
  const [matched, listIndent = "", entryIndent = "", fieldIndent = ""] = opening;
  const closing = `\n${entryIndent}}`;
  const next = `,\n${entryIndent}{`;
  const lineStart = `\n${fieldIndent}"`;
  // A field that is in few files, or in none: otherwise only the end of each resource would tell.
  const isAnyDeleted = text.includes(`${lineStart}delete"`);
  const entries: Entry[] = [];
  for (let start = opening.index + matched.length; ; start += next.length) {
    const end = text.indexOf(closing, start);
    if (end < 0) return undefined;
    entries.push(new EntryText(text.slice(start, end), lineStart, isAnyDeleted));
    start = end + closing.length;
    if (text.startsWith(next, start)) continue;
    const frame = `${text.slice(0, opening.index)}"resources":[${text.slice(start)}`;
    return text.startsWith(`\n${listIndent}]`, start) && isWhole(frame) ? entries : undefined;
  }
}

/** Whether what stands around the resources is an export that has none. */
function isWhole(frame: string): boolean {
  try {
    const document = JSON.parse(frame) as { deployment?: { resources?: unknown } };
    const resources = document.deployment?.resources;
    return Array.isArray(resources) && resources.length === 0;
  } catch {
    return false;
  }
}

/** A resource by the text between its braces, of which no more is looked at than is asked for. */
class EntryText implements Entry {
  private readonly values: Partial<Record<FieldName, string>> = {};
  /** Where the next line begins that was not looked at; negative at the end. */
  private next = 0;

  /**
   * @param lineStart how the line of a field begins
   * @param mayBeDeleted whether the field `delete` is worth looking for
   */
  constructor(
    private readonly text: string,
    private readonly lineStart: string,
    private readonly mayBeDeleted: boolean,
  ) {}

  field(name: FieldName): unknown {
    if (name === "delete" && !this.mayBeDeleted) return undefined;
    while (this.values[name] === undefined && this.next >= 0) this.readLine();
    const value = this.values[name];
    return value === undefined ? undefined : parsed(value);
  }

  private readLine(): void {
    const start = this.next + this.lineStart.length;
    this.next = this.text.indexOf(this.lineStart, start);
    const name = nameAt(this.text, start);
    if (name === undefined) return;
    const end = this.next < 0 ? this.text.length : this.next - ",".length;
    this.values[name] = this.text.slice(start + name.length + '": '.length, end);
  }
}

/** The names by their first characters, as most fields are told apart by those. */
const namesByInitial = new Map<string, readonly FieldName[]>(
  names.map((name) => [name.charAt(0), names.filter((one) => one.startsWith(name.charAt(0)))]),
);

/** The name of the field that stands there; undefined for one that is not read. */
function nameAt(text: string, start: number): FieldName | undefined {
  for (const name of namesByInitial.get(text.charAt(start)) ?? []) {
    if (text.startsWith(`${name}": `, start)) return name;
  }
  return undefined;
}

/** A text of which JSON.parse would make what stands between its quotes. */
const plainText = /^"[ !#-[\]-~]*"$/;

function parsed(bytes: string): unknown {
  if (plainText.test(bytes)) return bytes.slice(1, -1);
  const isAscii = !/[^\x00-\x7f]/.test(bytes);
  const text = isAscii ? bytes : Buffer.from(bytes, "latin1").toString("utf8");
  return JSON.parse(text) as unknown;
}
