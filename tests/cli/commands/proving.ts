import { main } from "../../../cli/main";
import type { Resource } from "../../../routing/graph/resource";
import { memoryIo } from "../memoryIo";

/** The result of a run. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `failover prove` on an export. */
export async function prove(stack: string, ...argv: readonly string[]): Promise<Run> {
  const io = memoryIo({ files: { "stack.json": stack } });
  const code = await main(["prove", "--from", "stack.json", ...argv], io);
  return { code, out: io.out(), err: io.err() };
}

/** An export of a stack with these resources. */
export function exportOf(resources: readonly Resource[]): string {
  return JSON.stringify({ version: 3, deployment: { resources } });
}

/** What `failover prove --json` prints, as far as tests read it. */
export interface ProvenJson {
  readonly names: readonly {
    readonly name: string;
    readonly type: string;
    readonly from?: readonly string[];
    readonly faults: readonly string[];
    readonly violations: readonly {
      readonly property: string;
      readonly isOpen: boolean;
      readonly faults: readonly string[];
      readonly blame: object;
      readonly replay: string;
    }[];
    readonly cutSets: readonly {
      readonly outcome: string;
      readonly countBySize: readonly number[];
    }[];
  }[];
  readonly objectives: readonly { readonly met: boolean }[];
}
