import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { packageDirectory } from "../../../packageDirectory";
import type { Dynamo } from "../../../rehearsal/live/lamp/dynamo";
import { ACCOUNT, MariaDb } from "../../../rehearsal/live/lamp/mariaDb";
import { Redis } from "../../../rehearsal/live/lamp/redis";
import { freePort, untilListening } from "../../../rehearsal/live/lamp/waiting";
import {
  httpdConf,
  STATUS_TOKEN,
  WebServer,
  type WebServerOptions,
} from "../../../rehearsal/live/lamp/webServer";
import type { Workshop } from "../../../rehearsal/live/lamp/workshop";
import { ask, type Answer } from "./customer";
import { DatabaseLink } from "./databaseLink";
import { pathOf } from "./parts";

/** This repository's application, or a copy of it with a fault (tests/app/mutations). */
export const APP = process.env["CAFE_TEST_APP"] ?? join(packageDirectory, "app");

/** The tokens that the checks search for. */
export const TOKENS = { shallow: "cafe-shallow-ok", deep: "cafe-deep-ok" } as const;

/** The parts of a region. */
export interface RegionOptions extends Pick<
  WebServerOptions,
  "region" | "otherRegion" | "metadata" | "secretsLink" | "here" | "there" | "caFile"
> {
  readonly secrets: Pick<Dynamo, "putSecret">;
  /** Adds a network that can fail between the application and the database. Default: none. */
  readonly databaseLinked?: boolean;
}

/** One region of the café with a single web server. */
export class Region extends WebServer {
  private constructor(
    workshop: Workshop,
    options: WebServerOptions,
    readonly database: MariaDb,
    readonly redis: Redis,
    /** The network to the database, if requested. */
    readonly databaseLink: DatabaseLink | undefined,
  ) {
    super(workshop, options);
  }

  /** Creates and starts a region with an empty database that has the application's schema. */
  static async create(workshop: Workshop, options: RegionOptions): Promise<Region> {
    const { secrets, databaseLinked, ...rest } = options;
    const [database, redis, port] = await Promise.all([
      MariaDb.create(workshop, options.region),
      Redis.create(workshop, options.region),
      freePort(),
    ]);
    const link = databaseLinked ? await DatabaseLink.create(database.port) : undefined;
    const server = {
      ...rest,
      ...{ availabilityZone: `${options.region}a`, address: "127.0.0.1", port },
      ...{ database: { port: link?.port ?? database.port, caFile: database.caFile }, redis },
      ...{ tokens: TOKENS, app: APP },
    };
    const region = new Region(workshop, server, database, redis, link);
    await region.install();
    await secrets.putSecret(ACCOUNT);
    await region.migrate();
    await region.startWeb();
    return region;
  }

  /** The answer of /status to an operator. */
  async status(origin = this.origin): Promise<Answer> {
    return ask(`${origin}/status`, { headers: { "x-cafe-token": STATUS_TOKEN } });
  }

  /** Deletes breakers, locks and cached credentials, as a reboot does; keeps the watch's results. */
  async forgetState(): Promise<void> {
    // The application removes such files itself, between find's look and its deletion.
    const files = `-ignore_readdir_race -type f ! -name 'stores.json*'`;
    const script = `find '${this.folder}/run' ${files} -delete`;
    await this.workshop.run("/bin/sh", ["-c", script]);
  }

  /** Points the application to another database, such as a broken one; default: its own. */
  pointToDatabase(port?: number): void {
    this.writeConfig(port);
  }

  /** Deletes one stored fact, such as an open breaker. */
  async forgetFact(name: string): Promise<void> {
    await rm(join(this.folder, "run", `${name}.json`), { force: true });
  }

  /** Sets the times of a stored fact back, as if it had been stored earlier: a test need not wait. */
  async ageFact(name: string, ms: number): Promise<void> {
    const path = join(this.folder, "run", `${name}.json`);
    const fact = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
    const aged = Object.entries(fact).map(([key, value]) =>
      key.endsWith("Ms") && typeof value === "number" ? [key, value - ms] : [key, value],
    );
    await writeFile(path, JSON.stringify(Object.fromEntries(aged)));
  }

  /** Starts a second Apache, configured for a balancer that terminates TLS; returns its addresses. */
  async startBehindBalancer(): Promise<Readonly<Record<"plain" | "tls" | "checks", string>>> {
    const [plain, tls, checks] = [await freePort(), await freePort(), await freePort()];
    const addresses = [plain, tls, checks].map((port) => `127.0.0.1:${port}`);
    const listen = {
      LISTEN_ADDRESSES: addresses.join(" "),
      TLS_PORT: String(tls),
      HEALTH_PORT: String(checks),
    };
    const site = await this.rendered("cafe.conf", listen);
    this.write("balanced.conf", `Define CafeTls\n${site}`);
    this.write("httpd-balanced.conf", httpdConf(this.folder, "balanced", addresses));
    const server = this.workshop.start(`${this.options.region}-balanced`, pathOf("apache2"), [
      ...["-D", "FOREGROUND", "-f", join(this.folder, "httpd-balanced.conf")],
    ]);
    await untilListening(tls, "Apache behind a balancer", server);
    const at = (port: number) => `http://127.0.0.1:${port}`;
    return { plain: at(plain), tls: at(tls), checks: at(checks) };
  }

  /** The process id of PHP-FPM's master. */
  get fpmPid(): number {
    return this.fpm?.pid ?? 0;
  }

  /** Runs a command of Redis, such as `["SET", "key", "value"]`, and returns what redis-cli prints. */
  async redisCommand(words: readonly string[]): Promise<string> {
    const { port, caFile } = this.redis;
    const connection = ["-h", "localhost", "-p", String(port), "--tls", "--cacert", caFile];
    return (await this.workshop.run(pathOf("redis-cli"), [...connection, ...words])).trim();
  }
}
