import { setTimeout as sleep } from "node:timers/promises";
import { InputError } from "../../../routing/inputError";
import { startMoto, TABLES, type Dynamo } from "./dynamo";
import { startJournals, type Journals, type JournalSide } from "./journals";
import { cleanUpAfterKilledDrills } from "./lifetime";
import type { LinkMode } from "./journalLink";
import { ACCOUNT, MariaDb } from "./mariaDb";
import { needLampPrograms } from "./programs";
import { Redis } from "./redis";
import { WebServer, type WebServerOptions } from "./webServer";
import { Workshop } from "./workshop";

/** An availability zone with a web server of its own; zones of a region share its database and cache. */
export type LampZone = Pick<WebServerOptions, "availabilityZone" | "region" | "address" | "port">;

/** What to start. */
export interface LampOptions {
  /** The zones of two regions. */
  readonly zones: readonly LampZone[];
  /** What the checks search for in `/healthcheck` and in `/health.php`. */
  readonly tokens: WebServerOptions["tokens"];
}

/** What can be made to fail: a zone's web server, a region with all that is in it, or a region's database. */
export interface LampPart {
  readonly kind: "availabilityZone" | "region" | "database";
  /** A zone's name, or a region's. */
  readonly name: string;
}

/**
 * How it fails: its processes are killed; they are stopped, so that the kernel still accepts connections; or
 * PHP is killed, so that Apache answers 503, and so are the stores of a region.
 */
export type LampDeath = "refused" | "connectsThenHangs" | "errors";

/** The orders that are stored in a region. */
export interface StoredOrders {
  readonly region: string;
  /** Their numbers; undefined while the database is failed. */
  readonly database: ReadonlySet<string> | undefined;
  /** The same of the region's replica of the journal. */
  readonly journal: ReadonlySet<string> | undefined;
  /** Orders in the journal that the database lacks; undefined where this is unknown. */
  readonly undrained: number | undefined;
}

/** systemd's timer starts the next pass this long after the last one (app/boot/etc/cafe-drain.timer). */
const DRAIN_EVERY_MS = 10_000;

/** `orders` drains until nothing is left, but not for ever: a breaker opens again after seconds. */
const DRAIN_PASSES_MAX = 30;
const DRAIN_AGAIN_MS = 500;

const LINKS_WHILE: Readonly<Record<LampDeath, LinkMode>> = {
  refused: "refused",
  connectsThenHangs: "hung",
  errors: "failing",
};

/**
 * Starts the café's application: Apache and PHP-FPM for each zone, MariaDB and Redis for each region, and
 * DynamoDB (moto) with its replication between the regions. It listens when this returns.
 *
 * Everything ends with this process, even if it is killed (`Lifetime`).
 *
 * @throws InputError when programs are missing, or the zones are not in two regions
 */
export async function startLamp({ zones, tokens }: LampOptions): Promise<Lamp> {
  needLampPrograms();
  const regions = twoRegionsOf(zones);
  await cleanUpAfterKilledDrills();
  const workshop = new Workshop();
  let journals: Journals | undefined;
  try {
    journals = await startJournals(await startMoto(workshop), regions);
    const { metadata, sides } = journals;
    const start = async (side: JournalSide, otherRegion: string): Promise<LampRegion> => {
      const { region } = side.dynamo;
      const [database, redis] = await Promise.all([
        MariaDb.create(workshop, region),
        Redis.create(workshop, region),
        side.dynamo.putSecret(ACCOUNT),
      ]);
      const servers = zones
        .filter((zone) => zone.region === region)
        .map(
          (zone) =>
            new WebServer(workshop, {
              ...{ ...zone, ...side, otherRegion, tokens, metadata, database, redis },
            }),
        );
      await Promise.all(servers.map((server) => server.install()));
      await servers[0]?.migrate();
      await Promise.all(servers.map((server) => server.startWeb()));
      return { region, side, database, redis, servers };
    };
    const started = await Promise.all([
      start(sides[0], sides[1].dynamo.region),
      start(sides[1], sides[0].dynamo.region),
    ]);
    return new Lamp(workshop, journals, started);
  } catch (error) {
    await journals?.close();
    await workshop.close();
    throw error;
  }
}

/** Of the numbers of confirmed orders, those that are in no region. */
export function lostOrders(
  confirmed: Iterable<string>,
  stored: readonly StoredOrders[],
): readonly string[] {
  const kept = stored.flatMap(({ database, journal }) => [database, journal]);
  return [...confirmed].filter((id) => !kept.some((ids) => ids?.has(id) === true));
}

interface LampRegion {
  readonly region: string;
  readonly side: JournalSide;
  readonly database: MariaDb;
  readonly redis: Redis;
  readonly servers: readonly WebServer[];
}

/** The running application. */
export class Lamp {
  readonly #faults = new Map<string, LampDeath>();
  readonly #databases = new Map<string, Mortal>();
  readonly #journals = new Map<string, Mortal>();
  readonly #servers = new Map<string, Mortal>();
  readonly #mortals: readonly (readonly [faults: readonly string[], mortal: Mortal])[];
  readonly #ending = new AbortController();
  readonly #drains: readonly Promise<void>[];
  /** Changes are made one after another. */
  #lastChange: Promise<void> = Promise.resolve();

  constructor(
    private readonly workshop: Workshop,
    private readonly journals: Journals,
    private readonly regions: readonly LampRegion[],
  ) {
    this.#mortals = regions.flatMap(({ region, database, redis, servers }) => {
      const ofRegion = keyOf({ kind: "region", name: region });
      const [ofDatabase, ofJournal] = [mortalStore(database), this.#mortalJournal(region)];
      this.#databases.set(region, ofDatabase);
      this.#journals.set(region, ofJournal);
      return [
        [[ofRegion, keyOf({ kind: "database", name: region })], ofDatabase] as const,
        [[ofRegion], mortalStore(redis)] as const,
        [[ofRegion], ofJournal] as const,
        ...servers.map((server) => {
          const { availabilityZone: name } = server.options;
          const mortal = mortalServer(server);
          this.#servers.set(name, mortal);
          return [[ofRegion, keyOf({ kind: "availabilityZone", name })], mortal] as const;
        }),
      ];
    });
    this.#drains = regions.flatMap(({ servers }) =>
      servers.map((server) => this.#keepDraining(server)),
    );
  }

  /** Makes a part fail, until it is given back. */
  async fail(part: LampPart, death: LampDeath): Promise<void> {
    await this.#change(() => this.#faults.set(this.#known(part), death));
  }

  /** Repairs a part and waits until it serves; what fails by another fault still does. */
  async giveBack(part: LampPart): Promise<void> {
    await this.#change(() => this.#faults.delete(this.#known(part)));
  }

  /** Drains the journals of the regions that are not lost, then reads the orders of every region. */
  async orders(): Promise<readonly StoredOrders[]> {
    await this.#lastChange;
    return Promise.all(
      this.regions.map(async ({ region, side, database, servers }) => {
        const undrained = await this.#drainOut(region, servers);
        const hasDatabase = this.#databases.get(region)?.death === undefined;
        const hasJournal = this.#journals.get(region)?.death === undefined;
        return {
          ...{ region, undrained },
          database: hasDatabase ? await idsInDatabase(database) : undefined,
          journal: hasJournal ? await idsInJournal(side.dynamo) : undefined,
        };
      }),
    );
  }

  /** Ends every process and removes all files. */
  async close(): Promise<void> {
    this.#ending.abort();
    await this.#lastChange.catch(() => undefined);
    await this.journals.close();
    await this.workshop.close();
    await Promise.all(this.#drains);
  }

  async #change(change: () => void): Promise<void> {
    const changed = this.#lastChange
      .catch(() => undefined)
      .then(async () => {
        change();
        await Promise.all(
          this.#mortals.map(([faults, mortal]) =>
            mortal.become(faults.map((key) => this.#faults.get(key)).find(Boolean)),
          ),
        );
      });
    this.#lastChange = changed;
    await changed;
  }

  #known(part: LampPart): string {
    const known = part.kind === "availabilityZone" ? this.#servers : this.#databases;
    if (known.has(part.name)) return keyOf(part);
    throw new InputError(
      `${part.kind}: must be one of ${[...known.keys()].join(", ")}, got ${part.name}`,
    );
  }

  /** The links to and from a region's DynamoDB, and its replication. */
  #mortalJournal(region: string): Mortal {
    const links = this.journals.sides.flatMap(({ dynamo, here, there, secretsLink }) =>
      dynamo.region === region ? [here, there, secretsLink] : [there],
    );
    const set = (mode: LinkMode): Promise<void> => {
      for (const link of links) link.mode = mode;
      this.journals.replication.linkIsUp = [...this.#journals.values()].every(
        ({ death }) => death === undefined,
      );
      return Promise.resolve();
    };
    return new Mortal(
      (death) => set(LINKS_WHILE[death]),
      () => set("ok"),
    );
  }

  /** Drains as systemd's timer does on every instance. */
  async #keepDraining(server: WebServer): Promise<void> {
    const { signal } = this.#ending;
    for (;;) {
      await sleep(DRAIN_EVERY_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const isUp = this.#servers.get(server.options.availabilityZone)?.death === undefined;
      if (isUp) await server.startDrain().ended;
    }
  }

  /** Drains until the journal holds nothing for a region; returns what is left, undefined if unknown. */
  async #drainOut(region: string, servers: readonly WebServer[]): Promise<number | undefined> {
    const server = servers.find(
      ({ options }) => this.#servers.get(options.availabilityZone)?.death === undefined,
    );
    if (server === undefined || this.#databases.get(region)?.death !== undefined) return undefined;
    let left: number | undefined;
    for (let pass = 0; pass < DRAIN_PASSES_MAX && left !== 0; pass++) {
      if (pass > 0) await sleep(DRAIN_AGAIN_MS);
      // A pass fails while a breaker is open.
      left = (await server.drain().catch(() => undefined))?.undrained ?? undefined;
    }
    return left;
  }
}

/** Something that can be made to fail and can be repaired. */
class Mortal {
  #death: LampDeath | undefined;

  constructor(
    private readonly die: (death: LampDeath) => Promise<void>,
    private readonly live: (death: LampDeath) => Promise<void>,
  ) {}

  get death(): LampDeath | undefined {
    return this.#death;
  }

  async become(death: LampDeath | undefined): Promise<void> {
    const before = this.#death;
    if (death === before) return;
    this.#death = death;
    if (before !== undefined) await this.live(before);
    if (death !== undefined) await this.die(death);
  }
}

function mortalServer(server: WebServer): Mortal {
  return new Mortal(
    async (death) => {
      if (death === "refused") await server.killWeb();
      else if (death === "errors") server.signalWorkers("SIGKILL");
      else server.signal("SIGSTOP");
    },
    async (death) => {
      if (death === "connectsThenHangs") {
        server.signal("SIGCONT");
        return;
      }
      await server.killWeb();
      await server.startWeb();
    },
  );
}

function mortalStore(store: MariaDb | Redis): Mortal {
  return new Mortal(
    async (death) => {
      if (death === "connectsThenHangs") store.signal("SIGSTOP");
      else await store.kill();
    },
    async (death) => {
      if (death === "connectsThenHangs") store.signal("SIGCONT");
      else await store.start();
    },
  );
}

function keyOf({ kind, name }: LampPart): string {
  return `${kind} ${name}`;
}

async function idsInDatabase(database: MariaDb): Promise<ReadonlySet<string>> {
  const rows = await database.query("SELECT id FROM orders");
  return new Set(rows.split("\n").filter((id) => id !== ""));
}

async function idsInJournal(dynamo: Dynamo): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let next: unknown;
  do {
    const page = await dynamo.call("Scan", {
      TableName: TABLES.journal,
      ProjectionExpression: "id",
      ...(next === undefined ? {} : { ExclusiveStartKey: next }),
    });
    for (const { id } of page["Items"] as { id: { S: string } }[]) ids.add(id.S);
    next = page["LastEvaluatedKey"];
  } while (next !== undefined);
  return ids;
}

/** @throws InputError unless there are two: the application knows one other region */
function twoRegionsOf(zones: readonly LampZone[]): readonly [string, string] {
  const [first, second, ...more] = new Set(zones.map(({ region }) => region));
  if (first !== undefined && second !== undefined && more.length === 0) return [first, second];
  const got = [first, second, ...more].filter((region) => region !== undefined);
  throw new InputError(
    `--app lamp: needs servers in two regions, got ${got.join(", ") || "none"}; leave --app out`,
    { code: "bad-usage" },
  );
}
