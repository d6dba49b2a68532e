import { main } from "../../../cli/main";
import type { Resource } from "../../../routing/graph/resource";
import { pair, resource } from "../../routing/graph/stack";
import { memoryIo } from "../memoryIo";

/** Two servers with an address each. */
export const web = [
  resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" }),
  resource("aws:ec2/eip:Eip", "ip", { publicIp: "198.51.100.1", instance: "web" }),
  resource("aws:ec2/instance:Instance", "other", { subnetId: "subnet-b" }),
  resource("aws:ec2/eip:Eip", "other-ip", { publicIp: "198.51.100.2", instance: "other" }),
];
/** A pair with the servers, whose check probes this address. */
const pairChecking = (ipAddress: string): readonly Resource[] => [
  ...pair({ records: ["198.51.100.1"] }, { ipAddress, type: "HTTP_STR_MATCH", searchString: "ok" }),
  ...web,
];
/** A check of the secondary's server, and one of the primary's own. */
export const wrongCheck = pairChecking("198.51.100.2");
export const rightCheck = pairChecking("198.51.100.1");

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
  readonly unproven?: readonly object[];
  readonly objectives: readonly { readonly met: boolean }[];
}
