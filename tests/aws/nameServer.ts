import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import { once } from "node:events";
import { decode, encode } from "dns-packet";
import type { Answer } from "dns-packet";
import type { PublicDns } from "../../aws/publicDns";
import { askServer } from "../../aws/publicDns";

/** The records of a zone at its parent. */
export interface AtParent {
  readonly nameServers: readonly string[];
  readonly keyTags: readonly number[];
}

/** The zone `com` on loopback. Delegations are in the authority section, as with real servers. */
export class ParentServer {
  said: AtParent = { nameServers: [], keyTags: [] };
  private constructor(private readonly socket: Socket) {}

  static async start(): Promise<ParentServer> {
    const socket = createSocket("udp4");
    const server = new ParentServer(socket);
    socket.on("message", (bytes, { port, address }) => {
      const { id, questions = [] } = decode(bytes);
      const [question] = questions;
      if (question === undefined) return;
      const { name, type } = question;
      const delegation = server.said.nameServers.map((data): Answer => ({
        name,
        type: "NS",
        class: "IN",
        ttl: 172_800,
        data,
      }));
      const keys = server.said.keyTags.map((keyTag): Answer => ({
        name,
        type: "DS",
        class: "IN",
        ttl: 86_400,
        data: { keyTag, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) },
      }));
      const answer = encode({
        type: "response",
        ...(id === undefined ? {} : { id }),
        questions,
        answers: type === "DS" ? keys : [],
        authorities: type === "NS" ? delegation : [],
      });
      socket.send(answer, port, address);
    });
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    return server;
  }

  /** The public DNS with this server as the parent of every zone. */
  get dns(): PublicDns {
    const { address, port } = this.socket.address();
    return {
      parentOf: () => Promise.resolve({ name: "com", servers: [{ address, port }] }),
      ask: askServer,
      caa: () => Promise.resolve([]),
    };
  }

  end(): void {
    this.socket.close();
  }
}
