import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { faultClassOf } from "../../../routing/graph/faultClass";
import type { StackModel } from "../../../routing/graph/stackModel";
import { InputError } from "../../../routing/inputError";
import type { ActiveFault } from "../../simulation/phases";
import type { PlaceOrder, SendToServer } from "../customers";
import { patienceSeconds } from "../customers";
import type { ServerPlan } from "../inventory";
import { SilentListener } from "../silentListener";
import type { Lamp, LampDeath, LampPart, LampZone } from "./lamp";
import { lostOrders, startLamp } from "./lamp";
import { LampCustomer } from "./lampCustomer";

/** What became of the orders and sessions of a drill. */
export interface LampOutcome {
  /** Orders that were answered 201: stored in two regions. */
  readonly confirmed: number;
  /** Of these, the orders that are stored in no region. */
  readonly lost: number;
  /** Customers with a session, and how many of them the serving region remembers. */
  readonly signedIn: number;
  readonly remembered: number;
}

/** A part of the application that fails, and whether its addresses are silent. */
interface FailedPart {
  readonly part: LampPart;
  readonly death: LampDeath;
  readonly isSilent: boolean;
}

const zonesPerRegion = 2;
/** As long as a customer waits for an answer, at most. */
const lastOrdersMs = patienceSeconds * 1_000;

/** The servers that the application stands for: those of two regions with two zones each. */
export function lampPlansOf(plans: readonly ServerPlan[]): readonly ServerPlan[] {
  const placed = plans.filter(
    ({ isPage, region, availabilityZone }) =>
      !isPage && region !== undefined && availabilityZone !== undefined,
  );
  const zones = new Map<string, ReadonlySet<string>>();
  for (const { region = "", availabilityZone = "" } of placed) {
    zones.set(region, new Set([...(zones.get(region) ?? []), availabilityZone]));
  }
  const counts = [...zones.values()].map(({ size }) => size);
  const isGuide = counts.length === 2 && counts.every((count) => count === zonesPerRegion);
  if (isGuide && placed.length === 2 * zonesPerRegion) return placed;
  const got = [...zones].map(([region, { size }]) => `${size} in ${region}`).join(", ");
  throw new InputError(
    `--app lamp: needs one endpoint in each of two zones of two regions, got ${placed.length} endpoints in zones: ${got || "none"}; leave --app out`,
    { code: "bad-usage" },
  );
}

/** The application counts a silent database as lost after so long (DATABASE_SILENT_MS in app/src/Limits.php). */
export const databaseSilentSeconds = 6;

/** What its limits add to the time until a lost database is noticed: they last `speed` times as long in the drill. */
export function lampNoticesLaterSeconds(speed: number): number {
  return databaseSilentSeconds * (speed - 1);
}

/** What the application does not do as AWS would, in sentences. */
export const lampDifferences = (speed: number): readonly string[] => [
  "The application is real, on this machine: Apache and PHP in each zone, MariaDB and Redis in each region; DynamoDB is moto, with its replication.",
  "A zone or region that drops packets drops those of customers and checkers; its stores refuse the other region.",
  "A draining server completes no open request, and one that hangs in the body hangs before it.",
  ...(speed === 1
    ? []
    : [
        `The application's own time limits do not follow the speed: it counts a silent database as lost after ${databaseSilentSeconds} s, here ${databaseSilentSeconds * speed} s of the drill, so ${lampNoticesLaterSeconds(speed)} s are added to what is predicted of a lost database.`,
      ]),
];

/** The real application as servers of a drill. */
export class LampServers {
  private failed: ReadonlyMap<string, FailedPart> = new Map();
  private readonly silent = new Map<string, SilentListener>();
  private readonly customers = new Map<number, LampCustomer>();
  private readonly confirmed = new Set<string>();

  private constructor(
    private readonly lamp: Lamp,
    private readonly zones: readonly LampZone[],
    private readonly partsOf: PartsOf,
  ) {}

  /**
   * Starts the application.
   *
   * @throws InputError when programs are missing
   */
  static async start(
    model: StackModel,
    plans: readonly ServerPlan[],
    addressOf: (id: string) => string | undefined,
    port: number,
  ): Promise<LampServers> {
    const zones = plans.map(({ id, region = "", availabilityZone = "" }): LampZone => ({
      ...{ region, availabilityZone, port },
      address: addressOf(id) ?? "",
    }));
    const tokens = { shallow: tokenOf(plans, "/healthcheck"), deep: tokenOf(plans, "/health.php") };
    const lamp = await startLamp({ zones, tokens });
    return new LampServers(lamp, zones, partsOf(model, plans));
  }

  /** @throws InputError for a fault that the application cannot have */
  refuseImpossible(faults: readonly ActiveFault[]): void {
    this.partsOf(faults);
  }

  /**
   * Makes the application what some faults say.
   *
   * @param began called when the first part is about to change
   */
  async change(faults: readonly ActiveFault[], began: () => void): Promise<void> {
    const next = new Map(this.partsOf(faults).map((one) => [keyOf(one), one] as const));
    const before = this.failed;
    this.failed = next;
    const quiet = this.zones.filter((zone) =>
      [...next.values()].some(({ part, isSilent }) => isSilent && holds(part, zone)),
    );
    const listeners = await Promise.all(
      quiet
        .filter(({ address }) => !this.silent.has(address))
        .map(async (zone) => {
          const listener = await SilentListener.ready(zone.address, zone.port);
          return { address: zone.address, listener };
        }),
    );
    began();
    for (const [address, listener] of this.silent) {
      if (quiet.some((zone) => zone.address === address)) continue;
      this.silent.delete(address);
      await listener.end();
    }
    await Promise.all(
      [...next].map(async ([key, { part, death }]) => {
        if (!before.has(key)) await this.lamp.fail(part, death);
      }),
    );
    await Promise.all(
      listeners.map(async ({ address, listener }) => {
        this.silent.set(address, listener);
        await listener.begin();
      }),
    );
    await Promise.all(
      [...before].map(async ([key, { part }]) => {
        const isStill = [...next.values()].some((one) => isSamePart(one.part, part));
        if (!next.has(key) && !isStill) await this.lamp.giveBack(part);
      }),
    );
  }

  /** Places a real order, by a customer who has a session. */
  readonly placeOrder: PlaceOrder = async (number, send) => {
    const customer = this.customers.get(number) ?? new LampCustomer(`Customer ${number + 1}`);
    this.customers.set(number, customer);
    await signedIn(customer, send);
    const id = randomUUID();
    const status = await customer.place(id, send);
    if (status === 201) this.confirmed.add(id);
    return status;
  };

  /**
   * Counts what is stored of the orders that have been confirmed, and the sessions that are kept.
   *
   * @param send to a server that the name servers answer now
   */
  async outcome(send: SendToServer): Promise<LampOutcome> {
    const confirmed = [...this.confirmed];
    const known = [...this.customers.values()].filter(({ isSignedIn }) => isSignedIn);
    const remembered = await Promise.all(
      known.map((customer) => customer.isRemembered(send).catch(() => false)),
    );
    const stored = await this.lamp.orders().catch(async () => {
      // Seen once: moto answered a scan with 500 while orders arrived. The last ones end within their patience.
      await sleep(lastOrdersMs);
      return this.lamp.orders();
    });
    return {
      ...{ confirmed: confirmed.length, lost: lostOrders(confirmed, stored).length },
      ...{ signedIn: known.length, remembered: remembered.filter(Boolean).length },
    };
  }

  async stop(): Promise<void> {
    await Promise.all([...this.silent.values()].map((listener) => listener.end()));
    await this.lamp.close();
  }
}

/** An order needs no session: without an answer, the customer orders as a stranger and asks again. */
async function signedIn(customer: LampCustomer, send: SendToServer): Promise<void> {
  if (!customer.isSignedIn) await customer.signIn(send).catch(() => false);
}

function keyOf({ part, death, isSilent }: FailedPart): string {
  return [part.kind, part.name, death, isSilent].join(" ");
}

function isSamePart(a: LampPart, b: LampPart): boolean {
  return a.kind === b.kind && a.name === b.name;
}

function holds({ kind, name }: LampPart, zone: LampZone): boolean {
  return name === (kind === "availabilityZone" ? zone.availabilityZone : zone.region);
}

/** The string that the checks search for on a path. */
function tokenOf(plans: readonly ServerPlan[], path: string): string {
  const searched = plans
    .flatMap(({ checks }) => checks)
    .flatMap(({ check }) => (check.path === path ? (check.searchString ?? []) : []));
  const [token = "OK", ...others] = new Set(searched);
  if (others.length === 0) return token;
  throw new InputError(
    `--app lamp: needs one string that the checks of ${path} search for, got ${[token, ...others].join(", ")}; leave --app out`,
    { code: "bad-usage" },
  );
}

type PartsOf = (faults: readonly ActiveFault[]) => readonly FailedPart[];

/** The parts of the application that faults make fail; what fails only in the model is left out. */
function partsOf(model: StackModel, plans: readonly ServerPlan[]): PartsOf {
  const partOf = ({ fault }: ActiveFault): LampPart | undefined => {
    const { kind } = fault;
    if (kind === "availabilityZone" || kind === "region") {
      const isThere = plans.some(({ availabilityZone, region }) =>
        [availabilityZone, region].includes(fault.name),
      );
      return isThere ? { kind, name: fault.name } : undefined;
    }
    if (kind !== "resource") return undefined;
    const plan = plans.find(({ id }) => fault.urns.includes(id));
    if (plan) return { kind: "availabilityZone", name: plan.availabilityZone ?? "" };
    const served = plans.find(({ id }) =>
      model.reliance.databasesOf(id).some((urn) => fault.urns.includes(urn)),
    );
    return served && faultClassOf(model, fault) === "database"
      ? { kind: "database", name: served.region ?? "" }
      : undefined;
  };
  return (faults) =>
    faults.flatMap((active): FailedPart[] => {
      const part = partOf(active);
      return part ? [{ part, ...deathOf(active), ...silenceOf(active, part) }] : [];
    });
}

function deathOf({ fault, death, seenFrom }: ActiveFault): Pick<FailedPart, "death"> {
  switch (seenFrom === undefined ? death : undefined) {
    case "refused":
    case "synDropped":
    case "drains":
      return { death: "refused" };
    case "connectsThenHangs":
    case "hangsInBody":
      return { death: "connectsThenHangs" };
    case "errors":
      return { death: "errors" };
    default:
      throw new InputError(
        `--app lamp: ${fault.name} cannot be slow, fail by chance, or fail for some checkers only; leave --app out for that`,
        { code: "bad-usage" },
      );
  }
}

/** A store that drops packets hangs for its web servers; a zone or region does so for everybody. */
function silenceOf(
  { death }: ActiveFault,
  { kind }: LampPart,
): Partial<FailedPart> & Pick<FailedPart, "isSilent"> {
  const isDropped = death === "synDropped" || death === "drains";
  if (kind !== "database") return { isSilent: isDropped };
  return { isSilent: false, ...(isDropped ? { death: "connectsThenHangs" } : {}) };
}
