import { readFileSync } from "node:fs";

/**
 * What /proc says of a process: its fields from the third on, the state (proc(5)); undefined if there is none.
 *
 * The second, the name, may contain spaces and is in parentheses.
 */
export function processStat(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
