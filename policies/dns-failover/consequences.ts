import type { Fault } from "../../routing/graph/faults";
import type { PlacedAnswer } from "../../routing/graph/stackModel";
import { InputError } from "../../routing/inputError";
import type { RecordSet } from "../../routing/model";
import type { Root } from "../../routing/trees";
import type { Stack } from "../stack";
import { treesWith } from "./trees";

/**
 * A consequence in words: a dead answer that a record causes, found by running one outage after
 * another through the model. Undefined if there is none, or if the tree is invalid.
 */
export function strandedTraffic(stack: Stack, record: RecordSet): string | undefined {
  for (const { root } of treesWith(stack, record)) {
    const found = strandingOf(stack, root);
    if (found !== undefined) return found;
  }
  return undefined;
}

const known = new WeakMap<Stack, Map<string, string | undefined>>();

function strandingOf(stack: Stack, root: Root): string | undefined {
  const memory = known.get(stack) ?? new Map<string, string | undefined>();
  known.set(stack, memory);
  const key = `${root.name} ${root.type}`;
  if (!memory.has(key)) memory.set(key, findStranding(stack, root));
  return memory.get(key);
}

function findStranding(stack: Stack, { name, type }: Root): string | undefined {
  try {
    for (const { to } of stack.outages.of(name, type)) {
      const state = stack.outages.under(to);
      // If an answer depends on an unknown, such as a check of its own name, the consequence is not
      // certain.
      for (const asker of stack.model.askersOf(name, type)) {
        if (state.unknownsOf(name, type, asker).length > 0) continue;
        const { answers } = state.resolve(name, type, asker);
        const dead = answers.find(({ alive }) => !alive);
        if (dead)
          return `with ${lossesOf(to)} lost, ${name} answers with ${shown(stack, dead)}, which is dead`;
      }
    }
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function lossesOf(faults: readonly Fault[]): string {
  return faults.map(({ name }) => name).join(" and ");
}

/** The value of an answer, and the display name of its target. */
function shown(stack: Stack, { value, target }: PlacedAnswer): string {
  const behind = stack.graph.get(target);
  return behind === undefined || behind.name === value ? value : `${value} (${behind.name})`;
}
