import { chmodSync, cpSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { ask, type Answer } from "./customer";
import { SECRET, SYNTHETIC, TABLES, type Dynamo } from "./dynamo";
import { DatabaseLink } from "./databaseLink";
import type { JournalLink } from "./journalLink";
import { ACCOUNT, MariaDb } from "./mariaDb";
import type { MetadataService } from "./metadataService";
import { pathOf } from "./parts";
import { Redis } from "./redis";
import { freePort, until, untilListening, type Daemon, type Workshop } from "./workshop";

/** This repository's application, or a copy of it with a fault (tests/app/mutations). */
export const APP = process.env["CAFE_TEST_APP"] ?? join(__dirname, "..", "..", "..", "app");

/** The tokens that the checks search for. */
export const TOKENS = { shallow: "cafe-shallow-ok", deep: "cafe-deep-ok" } as const;

/** The token that /status requires; an instance generates its own. */
const STATUS_TOKEN = "only on this machine";

/** The name of the release, which only /status may show. */
export const RELEASE = "5e1ea5e0";

/** The report of a drain pass; null for unknown values. */
export interface DrainReport {
  readonly sent: number;
  readonly stored: number;
  readonly conflicts: number;
  readonly undrained: number | null;
  readonly journalOldestSeconds: number | null;
  readonly regionsDiffer: number | null;
}

/** The endpoint of an AWS service. */
export type Endpoint = Pick<JournalLink, "endpoint">;

/** The parts of a region. */
export interface RegionOptions {
  readonly region: string;
  readonly otherRegion: string;
  readonly metadata: MetadataService;
  readonly secrets: Pick<Dynamo, "putSecret">;
  /** The endpoint of Secrets Manager, which is the same server. */
  readonly secretsLink: Endpoint;
  readonly here: Endpoint;
  readonly there: Endpoint;
  /** Authorities that PHP trusts for AWS. Default: the system's. */
  readonly caFile?: string;
  /** Adds a network that can fail between the application and the database. Default: none. */
  readonly databaseLinked?: boolean;
}

/** One region of the café: Apache and PHP-FPM from the instance's own templates, MariaDB and Redis. */
export class Region {
  readonly origin: string;
  #apache: Daemon | undefined;
  #fpm: Daemon | undefined;
  #watch: Daemon | undefined;
  readonly #folder: string;
  readonly #environment: Readonly<Record<string, string>>;

  private constructor(
    private readonly workshop: Workshop,
    readonly options: RegionOptions,
    readonly database: MariaDb,
    readonly redis: Redis,
    private readonly httpPort: number,
    /** The network to the database, if requested. */
    readonly databaseLink: DatabaseLink | undefined,
  ) {
    this.origin = `http://127.0.0.1:${httpPort}`;
    this.#folder = workshop.folder(options.region);
    const at = (name: string) => join(this.#folder, name);
    this.#environment = {
      ...{ ROOT: at("site"), APP_USER: "nobody", WEB_USER: "nobody", PHP: pathOf("php") },
      ...{ CONFIG_FILE: at("app.json"), LOG_DIR: workshop.folder(`${options.region}/log`) },
      ...{ STATE_DIR: workshop.folder(`${options.region}/run`), HTTPD_LOG_DIR: at("log") },
      ...{ APP_SOCKET: at("a.sock"), HEALTH_SOCKET: at("h.sock") },
      ...{
        DEPLOYMENT: `cafe-${options.region}`,
        LISTEN_ADDRESSES: `127.0.0.1:${httpPort}`,
        STATUS_TOKEN,
        TLS_PORT: "0",
        HEALTH_PORT: "",
      },
    };
  }

  /** Creates and starts a region with an empty database that has the application's schema. */
  static async create(workshop: Workshop, options: RegionOptions): Promise<Region> {
    const [database, redis, port] = await Promise.all([
      MariaDb.create(workshop, options.region),
      Redis.create(workshop, options.region),
      freePort(),
    ]);
    const link = options.databaseLinked ? await DatabaseLink.create(database.port) : undefined;
    const region = new Region(workshop, options, database, redis, port, link);
    await region.#install();
    await options.secrets.putSecret(ACCOUNT);
    await region.#migrate();
    await region.startWeb();
    return region;
  }

  /** The answer of /status to an operator. */
  async status(origin = this.origin): Promise<Answer> {
    return ask(`${origin}/status`, { headers: { "x-cafe-token": STATUS_TOKEN } });
  }

  /** A file of the region's logs. */
  log(name: string): string {
    return join(this.#folder, "log", name);
  }

  /** Deletes breakers, locks and cached credentials, as a reboot does; keeps the watch's results. */
  async forgetState(): Promise<void> {
    const script = `find '${this.#folder}/run' -type f ! -name stores.json -delete`;
    await this.workshop.run("/bin/sh", ["-c", script]);
  }

  /** Points the application to another database, such as a broken one; default: its own. */
  pointToDatabase(port = this.databaseLink?.port ?? this.database.port): void {
    this.#write("app.json", JSON.stringify(this.#appConfig(port)));
  }

  /** Deletes one stored fact, such as an open breaker. */
  async forgetFact(name: string): Promise<void> {
    await rm(join(this.#folder, "run", `${name}.json`), { force: true });
  }

  async startWeb(): Promise<void> {
    this.#fpm = this.workshop.start(`${this.options.region}-fpm`, pathOf("php-fpm"), [
      "--nodaemonize",
      ...this.#trust(),
      "--fpm-config",
      join(this.#folder, "fpm.conf"),
    ]);
    this.#apache = this.workshop.start(`${this.options.region}-apache`, pathOf("apache2"), [
      ...["-D", "FOREGROUND", "-f", join(this.#folder, "httpd.conf")],
    ]);
    this.startWatch();
    await untilListening(this.httpPort, `${this.options.region}'s Apache`);
    // The sockets open shortly after the start, and a starting Apache may reset connections.
    await until(`${this.options.region}'s /healthcheck answers with the token`, async () => {
      const text = await fetch(`${this.origin}/healthcheck`).then(
        (answer) => answer.text(),
        () => "",
      );
      return text.includes(TOKENS.shallow);
    });
  }

  /** Starts the watch, which checks the stores every second, as systemd does. */
  startWatch(): void {
    this.#watch = this.workshop.start(
      `${this.options.region}-watch`,
      pathOf("php"),
      [...this.#trust(), join(this.#folder, "site/bin/watch.php")],
      { env: { CAFE_CONFIG: join(this.#folder, "app.json") } },
    );
  }

  /** Kills the watch, as a crash or systemd's watchdog would. */
  async stopWatch(): Promise<void> {
    this.#watch?.signal("SIGKILL");
    await this.#watch?.ended;
  }

  /** Starts a second Apache, configured for a balancer that terminates TLS; returns its addresses. */
  async startBehindBalancer(): Promise<Readonly<Record<"plain" | "tls" | "checks", string>>> {
    const [plain, tls, checks] = [await freePort(), await freePort(), await freePort()];
    const listen = {
      LISTEN_ADDRESSES: [plain, tls, checks].map((port) => `127.0.0.1:${port}`).join(" "),
      TLS_PORT: String(tls),
      HEALTH_PORT: String(checks),
    };
    const site = await this.#rendered("cafe.conf", listen);
    this.#write("balanced.conf", `Define CafeTls\n${site}`);
    this.#write("httpd-balanced.conf", httpdConf(this.#folder, "balanced", [plain, tls, checks]));
    this.workshop.start(`${this.options.region}-balanced`, pathOf("apache2"), [
      ...["-D", "FOREGROUND", "-f", join(this.#folder, "httpd-balanced.conf")],
    ]);
    await untilListening(tls, "Apache behind a balancer");
    const at = (port: number) => `http://127.0.0.1:${port}`;
    return { plain: at(plain), tls: at(tls), checks: at(checks) };
  }

  /** Kills Apache and all PHP workers with their requests. */
  async killWeb(): Promise<void> {
    this.signalWorkers("SIGKILL");
    this.#apache?.signal("SIGKILL");
    await Promise.all([this.#fpm?.ended, this.#apache?.ended, this.stopWatch()]);
  }

  /** Signals PHP-FPM's master and all of its workers. */
  signalWorkers(signal: NodeJS.Signals): void {
    this.#fpm?.signal(signal);
  }

  /** The process id of PHP-FPM's master. */
  get fpmPid(): number {
    return this.#fpm?.pid ?? 0;
  }

  /** Starts a drain pass as systemd's timer does, and does not wait for its end. */
  startDrain(...options: readonly string[]): Daemon {
    const script = join(this.#folder, "site/bin/drain.php");
    return this.workshop.start(
      `${this.options.region}-drain`,
      pathOf("php"),
      [script, ...options],
      {
        env: { CAFE_CONFIG: join(this.#folder, "app.json") },
      },
    );
  }

  /** Runs a drain pass to its end and returns its report. */
  async drain(...options: readonly string[]): Promise<DrainReport> {
    return JSON.parse(await this.#php("drain.php", ...options)) as DrainReport;
  }

  /** Retries as systemd does (cafe-migrate.service): on a busy machine the secret may be late. */
  async #migrate(tries = 5): Promise<void> {
    try {
      await this.#php("migrate.php");
    } catch (error) {
      if (tries === 1) throw error;
      await this.#migrate(tries - 1);
    }
  }

  async #php(script: string, ...options: readonly string[]): Promise<string> {
    const path = join(this.#folder, "site/bin", script);
    return this.workshop.run(pathOf("php"), [...this.#trust(), path, ...options], {
      CAFE_CONFIG: join(this.#folder, "app.json"),
    });
  }

  /** PHP options to trust the test's certificate for AWS services. */
  #trust(): readonly string[] {
    const { caFile } = this.options;
    return caFile ? ["-d", `curl.cainfo=${caFile}`, "-d", `openssl.cafile=${caFile}`] : [];
  }

  /** Installs the release and the rendered templates as configure.sh does on an instance. */
  async #install(): Promise<void> {
    cpSync(APP, join(this.#folder, "site"), { recursive: true });
    this.pointToDatabase();
    this.#write("cafe.conf", await this.#rendered("cafe.conf"));
    this.#write("pools.conf", await this.#rendered("fpm.conf"));
    this.#write(
      "fpm.conf",
      `[global]\nerror_log = ${this.log("fpm.log")}\ninclude = ${this.#folder}/pools.conf\n`,
    );
    this.#write("httpd.conf", httpdConf(this.#folder, "cafe", [this.httpPort]));
  }

  async #rendered(
    template: string,
    changes: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const boot = join(APP, "boot");
    return this.workshop.run("bash", [join(boot, "render.sh"), join(boot, "etc", template)], {
      ...this.#environment,
      ...changes,
    });
  }

  #write(name: string, text: string): void {
    const path = join(this.#folder, name);
    writeFileSync(path, text);
    chmodSync(path, 0o644);
  }

  #appConfig(databasePort: number): object {
    const { region, otherRegion, metadata, secretsLink, here, there } = this.options;
    return {
      ...{
        deployment: `cafe-${region}`,
        region,
        availabilityZone: `${region}a`,
        otherRegion,
        release: RELEASE,
        https: false,
      },
      ...{ healthToken: TOKENS.shallow, deepHealthToken: TOKENS.deep },
      stateDirectory: join(this.#folder, "run"),
      metricsFile: this.log("metrics.log"),
      metadataEndpoint: metadata.endpoint,
      endpoints: {
        [`dynamodb/${region}`]: here.endpoint,
        [`dynamodb/${otherRegion}`]: there.endpoint,
        [`secretsmanager/${region}`]: secretsLink.endpoint,
      },
      orders: {
        database: {
          ...{ host: "127.0.0.1", port: databasePort, name: "orders" },
          ...{ secretId: SECRET, caFile: this.database.caFile },
        },
        redis: { host: "localhost", port: this.redis.port, tls: true, caFile: this.redis.caFile },
        journalTable: TABLES.journal,
        sessionsTable: TABLES.sessions,
        syntheticSecretId: SYNTHETIC.secretId,
      },
    };
  }
}

/** The settings of the distribution's httpd.conf: modules, pid file and MIME types. */
function httpdConf(folder: string, site: string, ports: readonly number[]): string {
  const modules = [
    "mpm_event",
    "authz_core",
    "authz_host",
    "alias",
    "allowmethods",
    "dir",
    "env",
    "headers",
    "mime",
  ];
  modules.push("proxy", "proxy_fcgi", "reqtimeout", "buffer", "rewrite", "setenvif");
  return [
    ...modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    "ServerName cafe.test",
    ...ports.map((port) => `Listen 127.0.0.1:${port}`),
    `PidFile ${folder}/${site}.pid`,
    `DefaultRuntimeDir ${folder}`,
    `ErrorLog ${folder}/log/httpd.log`,
    "TypesConfig /etc/mime.types",
    "<Directory />\n  Require all denied\n</Directory>",
    `Include ${folder}/${site}.conf`,
    "",
  ].join("\n");
}
