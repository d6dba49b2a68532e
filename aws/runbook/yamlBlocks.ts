import { isScalar, LineCounter, parseAllDocuments, visit } from "yaml";
import type { BlockLine, ShellBlock } from "./block";
import { deployers, isCommand } from "./programs";
import { withHoles } from "./shellText";

/** Modules of Ansible that call AWS themselves. */
const modules = /^(?:(?:amazon|community)\.aws\.\w+|route53\w*)$/;

/** Data that makes records of Route 53, such as a template; a mere region or role of AWS does not. */
const leadsToRecords = /route-?53|AWS::/i;

/**
 * The commands in YAML, such as the steps of a workflow or a playbook, under whatever key: each text that is one, and each
 * list of words that begins with a program. What cannot be read but may change something is said.
 */
export function yamlBlocks(lines: readonly BlockLine[]): readonly ShellBlock[] {
  const text = withHoles(lines.map((line) => line.text).join("\n"));
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: counter });
  const numberAt = (offset: number): number =>
    lines[counter.linePos(offset).line - 1]?.number ?? lines.at(-1)?.number ?? 0;
  const blocks: ShellBlock[] = [];
  for (const document of "empty" in documents ? [] : documents) {
    visit(document, {
      Pair: (_, { key }) => {
        if (!isScalar(key) || !modules.test(String(key.value))) return;
        const script = String(key.value);
        const number = numberAt(key.range?.[0] ?? 0);
        blocks.push({ script, lines: [number], unread: `the module ${script} is not read` });
      },
      Seq: (_, { items, range }) => {
        const words = items.map((item) => (isScalar(item) ? String(item.value) : ""));
        if (!deployers.test(words[0] ?? "")) return;
        const script = words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(" ");
        blocks.push({ script, lines: script.split("\n").map(() => numberAt(range?.[0] ?? 0)) });
      },
      Scalar: (key, node) => {
        const { value, range } = node;
        if (key === "key" || typeof value !== "string" || !isCommand(value)) return;
        const first = numberAt(range?.[0] ?? 0);
        const isBlock = node.type === "BLOCK_LITERAL";
        const numbers = value.split("\n").map((_line, index) => first + (isBlock ? 1 + index : 0));
        blocks.push({ script: value, lines: numbers });
      },
    });
  }
  const line = lines.find((one) => leadsToRecords.test(one.text));
  if (blocks.length > 0 || !line) return blocks;
  return [{ script: line.text.trim(), lines: [line.number], unread: "this YAML is not read" }];
}
