import type { TreeNode } from "./document";
import { paintOf } from "./paint";
import { wrap } from "./textLayout";

/**
 * A tree in lines: a node's line, and its children's below.
 *
 * @param columns maximum width of a line, beyond which words wrap. Without it each node has one
 * line.
 */
export function treeLines(root: TreeNode, columns = Infinity): readonly string[] {
  return [...nodeLines(root, columns), ...childLines(root, columns)];
}

function childLines({ children }: TreeNode, columns: number): readonly string[] {
  return children.flatMap((child, index) => {
    const isLast = index === children.length - 1;
    const [branch, below] = isLast ? ["└─ ", "   "] : ["├─ ", "│  "];
    const width = columns - branch.length;
    const [line = "", ...more] = nodeLines(child, width);
    // Continuation lines below a node must not interrupt the line down to its children.
    const hang = child.children.length > 0 ? "│ " : "  ";
    return [
      `${branch}${line}`,
      ...more.map((text) => `${below}${hang}${text}`),
      ...childLines(child, width).map((text) => `${below}${text}`),
    ];
  });
}

/** The words of a node, two blanks apart, wrapped between words, and at a blank in one that is too long. */
function nodeLines({ words }: TreeNode, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const isFirst = lines.length === 1;
    const room = columns - (isFirst ? 0 : 2);
    if (last !== undefined && last.length + 2 + word.length <= room) {
      lines[lines.length - 1] = `${last}  ${word}`;
    } else lines.push(...wrap(word, columns - 2, plain));
  }
  return lines;
}

const plain = paintOf(false);
