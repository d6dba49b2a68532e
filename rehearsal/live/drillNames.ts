import { dnsExchange, NoDnsAnswer, responseCodeOf } from "../../functions/dns/dnsExchange";
import type { AnswerLimit } from "../../functions/dns/dnsExchange";
import { canonical } from "../../routing/domainName";
import type { Draws } from "../simulation/random";
import type { NameAnswer } from "./cachingResolver";
import type { AnswerSource } from "./dns/authority";
import { DrillNameServer } from "./dns/drillNameServer";

/** The name server is in this process: a lost packet is all that can delay it. */
const limit: AnswerLimit = { milliseconds: 5_000, words: "5 s" };

/** The names of a drill: a name server, and clients that ask it over DNS. */
export class DrillNames {
  private constructor(
    readonly server: DrillNameServer,
    private readonly addressOf: (value: string) => string | undefined,
    private readonly draws: Draws,
  ) {}

  /**
   * Starts the name server.
   *
   * @throws InputError for an address or port that cannot be used
   */
  static async start(
    at: { readonly address: string; readonly port: number },
    source: AnswerSource & { readonly addressOf: (value: string) => string | undefined },
    draws: Draws,
  ): Promise<DrillNames> {
    return new DrillNames(await DrillNameServer.start(at, source), source.addressOf, draws);
  }

  /** The records have changed. */
  changed(): void {
    this.server.changed();
  }

  /** What the name server gives for a name, as a client takes it; undefined without an answer. */
  async ask(name: string): Promise<NameAnswer | undefined> {
    const packet = await dnsExchange(this.server, { name, type: "A" }, limit).catch(
      (error: unknown) => {
        if (error instanceof NoDnsAnswer) return undefined;
        throw error;
      },
    );
    if (!packet || responseCodeOf(packet) !== "NOERROR") return undefined;
    const answers = packet.answers ?? [];
    const addresses = answers.flatMap((one) =>
      one.type === "A" ? [{ address: one.data, ttlSeconds: one.ttl ?? 0 }] : [],
    );
    const taken = addresses[this.draws.below(Math.max(1, addresses.length))];
    if (taken) return taken;
    const [cname] = answers.flatMap((one) => (one.type === "CNAME" ? [one] : []));
    if (!cname) return undefined;
    const [leadsTo, ttlSeconds] = [canonical(cname.data), cname.ttl ?? 0];
    // Names outside have no name server here.
    const outside = this.addressOf(leadsTo);
    return outside === undefined ? { leadsTo, ttlSeconds } : { address: outside, ttlSeconds };
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}
