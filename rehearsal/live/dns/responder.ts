import { streamOf } from "../../simulation/random";
import type { Draws } from "../../simulation/random";
import type { AnswerSource } from "./authority";
import { Authority, errorOf } from "./authority";
import type { Query, Refusal } from "./query";
import { readQuery } from "./query";
import type { Reply } from "./reply";
import { encodedReply, optOf, replyFlags } from "./reply";
import { edns, headerBytes } from "./wire";

/** How a packet came. */
export interface QueryOrigin {
  readonly address: string;
  readonly transport: "udp" | "tcp";
}

/** The most replies kept; with `keptQueryBytesMax` and the size of a reply, some 10 MB. */
const keptRepliesMax = 4096;
const keptQueryBytesMax = 512;

/** Answers packets as Route 53 would: bytes in, bytes out. */
export class Responder {
  private readonly draws: Draws;
  private readonly authority: Authority;
  /** By the packet without its id. */
  private readonly replies = new Map<string, Reply>();

  /** @throws InputError where the model has no zone to serve */
  constructor(source: AnswerSource) {
    this.draws = streamOf(source.seed, 0);
    this.authority = new Authority(source);
  }

  /** The names at which the served zones begin. */
  get apexes(): readonly string[] {
    return this.authority.apexes;
  }

  /** Forgets every answer: the next query gets what the source's view decides then. */
  changed(): void {
    this.replies.clear();
    this.authority.changed();
  }

  /** The reply to a packet; undefined for one that must not be answered. */
  respond(packet: Buffer, origin: QueryOrigin): Buffer | undefined {
    if (packet.length < headerBytes) return undefined;
    const isKept = packet.length <= keptQueryBytesMax;
    const key = isKept ? `${origin.transport} ${packet.toString("latin1", 2)}` : "";
    let reply = isKept ? this.replies.get(key) : undefined;
    if (!reply) {
      const query = readQuery(packet);
      if (!query) return undefined;
      reply = this.replyTo(query, origin);
      if (isKept && reply.isForAnyone) {
        if (this.replies.size >= keptRepliesMax) this.replies.clear();
        this.replies.set(key, reply);
      }
    }
    return encodedReply(packet.readUInt16BE(0), reply, reply.answers.draw(this.draws));
  }

  private replyTo(query: Query | Refusal, { address, transport }: QueryOrigin): Reply {
    const { question = Buffer.alloc(0) } = query;
    const isRead = "name" in query;
    const decision = isRead ? this.authority.decide(query, address) : errorOf(query.rcode);
    const subnet = isRead ? query.edns?.subnet : undefined;
    const udpBytes = (isRead ? query.edns?.udpBytes : undefined) ?? edns.bytesMin;
    return {
      flags:
        replyFlags.response |
        (query.flags & replyFlags.repeated) |
        (decision.isAuthoritative ? replyFlags.authoritative : 0) |
        (decision.rcode & 0xf),
      question,
      answers: decision.answers,
      authority: decision.authority,
      additional: decision.additional,
      opt: query.edns ? optOf(decision, query.edns.isDnssecOk, subnet) : Buffer.alloc(0),
      bytesMax: transport === "tcp" ? 0xffff : Math.min(udpBytes, edns.bytesMax),
      isForAnyone: !decision.isByPlace || (subnet?.prefixBits ?? 0) > 0,
    };
  }
}
