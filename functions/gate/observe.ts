import type { AskNameServer, DnsQuestion, NameServer } from "../dns/askNameServer";
import type { Exchange } from "../http/exchange";
import type { GateObservation, GateSide, RegionBacklog } from "./observation";
import type { GateFunctionSettings } from "./settings";

/** Access to the outside. */
export interface GateEyes {
  readonly exchange: Exchange;
  readonly askNameServer: AskNameServer;
  /** The addresses of a name server. */
  readonly findServer: (host: string) => Promise<readonly NameServer[]>;
}

/** A region's own page answers at once; the other calls of a run wait no longer. */
const statusTimeoutMs = 3_000;

/** What the controller sees besides its bucket. */
export type OutsideView = Omit<GateObservation, "latchObject">;

/** One look at Route 53's answers and at the regions. It never fails: parts become unknown. */
export async function observeOutside(
  settings: GateFunctionSettings,
  eyes: GateEyes,
): Promise<OutsideView> {
  const [dns, backlog] = await Promise.all([
    viewsOf(settings, eyes),
    backlogOf(settings.statusUrls, eyes.exchange),
  ]);
  return {
    serving: agreedOn(dns.map(({ serving }) => serving)),
    signals: Object.fromEntries(
      Object.keys(settings.signalNames).map((signal) => [
        signal,
        agreedOn(dns.map(({ signals }) => signals[signal] ?? "unknown")),
      ]),
    ),
    ...(backlog === undefined ? {} : { backlog }),
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

async function backlogOf(
  urls: GateFunctionSettings["statusUrls"],
  exchange: Exchange,
): Promise<GateObservation["backlog"]> {
  if (urls === undefined) return undefined;
  const read = (side: GateSide): Promise<RegionBacklog> => regionBacklog(urls[side], exchange);
  const [primary, standby] = await Promise.all([read("primary"), read("standby")]);
  return { primary, standby };
}

async function regionBacklog(url: string, exchange: Exchange): Promise<RegionBacklog> {
  try {
    const { status, body } = await exchange({ method: "GET", url, timeoutMs: statusTimeoutMs });
    return status === 200
      ? reportOf(JSON.parse(body) as unknown)
      : { kind: "unknown", reason: `/status answered ${status}` };
  } catch (error) {
    const reason = error instanceof SyntaxError ? "is not JSON" : "does not answer";
    return { kind: "unknown", reason: `/status ${reason}` };
  }
}

/** The region's report (app/src/Status.php): null is unknown. */
function reportOf(status: unknown): RegionBacklog {
  const outboxSeconds = secondsIn(at(status, "outbox", "oldestSeconds"));
  const journalSeconds = secondsIn(at(status, "journal", "oldestSeconds"));
  const rowsThatDiffer = secondsIn(at(status, "regionsDiffer"));
  return {
    kind: "seen",
    ...(outboxSeconds === undefined ? {} : { outboxSeconds }),
    ...(journalSeconds === undefined ? {} : { journalSeconds }),
    ...(rowsThatDiffer === undefined ? {} : { regionsDiffer: rowsThatDiffer > 0 }),
  };
}

/** A number from 0; undefined for anything else. */
function secondsIn(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 ? value : undefined;
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null
        ? (inner as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  );
}
