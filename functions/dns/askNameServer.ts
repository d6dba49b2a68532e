import { AUTHORITATIVE_ANSWER } from "dns-packet";
import type { Answer } from "dns-packet";
import type { AnswerLimit, NameServer } from "./dnsExchange";
import { NoDnsAnswer, dnsExchange, isFlagged, responseCodeOf } from "./dnsExchange";

export interface DnsQuestion {
  readonly name: string;
  readonly type: "A" | "TXT";
}

/** Asks one name server; rejects if it does not answer, or is not authoritative. */
export type AskNameServer = (
  server: NameServer,
  question: DnsQuestion,
) => Promise<readonly Answer[]>;

/**
 * Route 53 answers within some 100 ms; a run asks several servers, so that a lost packet needs no
 * second one.
 */
const limit: AnswerLimit = { milliseconds: 1_500, words: "1500 ms" };

/** Response codes with an answer: NXDOMAIN says that there are no records. */
const answeredCodes: readonly string[] = ["NOERROR", "NXDOMAIN"];

/** Asks a zone's own server one question. */
export const askNameServer: AskNameServer = async (server, question) => {
  const refused = (why: string): Error =>
    new Error(`${server.address} ${why}, asked for ${question.type} of ${question.name}`);
  const packet = await dnsExchange(server, question, limit).catch((error: unknown) => {
    throw error instanceof NoDnsAnswer ? refused(error.message) : error;
  });
  const code = responseCodeOf(packet);
  if (!answeredCodes.includes(code)) throw refused(`answered ${code}`);
  if (!isFlagged(packet, AUTHORITATIVE_ANSWER)) throw refused("is not authoritative");
  return packet.answers ?? [];
};
