import type { AskNameServer, DnsQuestion } from "../dns/askNameServer";
import type { NameServer } from "../dns/dnsExchange";
import type { GateObservation } from "./observation";
import type { GateFunctionSettings } from "./settings";

/** Access to the outside. */
export interface GateEyes {
  readonly askNameServer: AskNameServer;
  /** The addresses of a name server. */
  readonly findServer: (host: string) => Promise<readonly NameServer[]>;
}

/** What the controller sees besides its bucket. */
export type OutsideView = Omit<GateObservation, "latchObject">;

/** One look at Route 53's answers. It never fails: parts become unknown. */
export async function observeOutside(
  settings: GateFunctionSettings,
  eyes: GateEyes,
): Promise<OutsideView> {
  const dns = await viewsOf(settings, eyes);
  return {
    serving: agreedOn(dns.map(({ serving }) => serving)),
    signals: Object.fromEntries(
      Object.keys(settings.signalNames).map((signal) => [
        signal,
        agreedOn(dns.map(({ signals }) => signals[signal] ?? "unknown")),
      ]),
    ),
  };
}

/** The zone as one of its servers answers. */
type ServerView = Pick<GateObservation, "serving" | "signals">;

/** The answer of all servers that gave one; unknown if they differ, as during a change. */
function agreedOn<T extends string>(answers: readonly (T | "unknown")[]): T | "unknown" {
  const [first, ...others] = new Set(answers.filter((answer) => answer !== "unknown"));
  return first === undefined || others.length > 0 ? "unknown" : first;
}

function viewsOf(
  settings: GateFunctionSettings,
  { askNameServer, findServer }: GateEyes,
): Promise<readonly ServerView[]> {
  return Promise.all(
    settings.nameServers.map(async (host) => {
      const [server] = await findServer(host).catch(() => []);
      const ask: Ask = (question) =>
        server === undefined
          ? Promise.resolve(undefined)
          : askNameServer(server, question).then(valuesOf, () => undefined);
      const [serving, signals] = await Promise.all([
        servingBy(ask, settings),
        signalsBy(ask, settings.signalNames),
      ]);
      return { serving, signals };
    }),
  );
}

/** Values of a server's answer; undefined without one. */
type Ask = (question: DnsQuestion) => Promise<readonly string[] | undefined>;

/**
 * The values of an answer: addresses, and the targets of CNAME records, which name endpoints with
 * addresses elsewhere.
 */
function valuesOf(answers: Awaited<ReturnType<AskNameServer>>): readonly string[] {
  return answers.flatMap((answer) => {
    if (answer.type === "A" || answer.type === "CNAME") return [answer.data.toLowerCase()];
    if (answer.type !== "TXT") return [];
    const parts = Array.isArray(answer.data) ? answer.data : [answer.data];
    return [parts.map((part) => part.toString()).join("")];
  });
}

/** The region that a server answers with: whose endpoints are the live ones. */
async function servingBy(
  ask: Ask,
  { liveName, regionNames }: GateFunctionSettings,
): Promise<ServerView["serving"]> {
  const addresses = async (names: readonly string[]): Promise<readonly string[] | undefined> => {
    const answers = await Promise.all(names.map((name) => ask({ name, type: "A" })));
    const known = answers.filter((answer) => answer !== undefined);
    return known.length < names.length ? undefined : known.flat();
  };
  const [live, primary, standby] = await Promise.all([
    addresses([liveName]),
    addresses(regionNames.primary),
    addresses(regionNames.standby),
  ]);
  if (live === undefined || primary === undefined || standby === undefined) return "unknown";
  const isAmong = (region: readonly string[]): boolean => live.some((one) => region.includes(one));
  if (isAmong(primary) && isAmong(standby)) return "unknown";
  if (isAmong(primary)) return "primary";
  return isAmong(standby) ? "standby" : "neither";
}

async function signalsBy(
  ask: Ask,
  names: GateFunctionSettings["signalNames"],
): Promise<ServerView["signals"]> {
  return Object.fromEntries(
    await Promise.all(
      Object.entries(names).map(async ([signal, name]) => {
        const [value, ...others] = (await ask({ name, type: "TXT" })) ?? [];
        const isOne = others.length === 0 && (value === "healthy" || value === "unhealthy");
        return [signal, isOne ? value : "unknown"] as const;
      }),
    ),
  );
}
