import { readFileSync } from "node:fs";

/** The state LISTEN in /proc/net/tcp (Linux, include/net/tcp_states.h). */
const listening = "0A";

/**
 * Where each socket listens, such as `127.0.0.1:80`, by the number of its inode. Another process may take a port as
 * soon as it is free, but its socket has another number.
 */
export function listeners(): ReadonlyMap<string, string> {
  const [, ...lines] = readFileSync("/proc/net/tcp", "utf8").trimEnd().split("\n");
  return new Map(
    lines.flatMap((line) => {
      const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/);
      return state === listening ? [[inode, placeOf(local)] as const] : [];
    }),
  );
}

/** The sockets that listen at some places. */
export function listenersAt(...places: readonly string[]): readonly string[] {
  return [...listeners()].flatMap(([inode, place]) => (places.includes(place) ? [inode] : []));
}

/** `0100007F:0050`: the bytes of the address in the order of the machine, which is little-endian on x86 and ARM. */
function placeOf(local: string): string {
  const [address = "", port = ""] = local.split(":");
  const bytes = [...Buffer.from(address, "hex")].reverse();
  return `${bytes.join(".")}:${parseInt(port, 16)}`;
}
