import { chmodSync, cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { packageDirectory } from "../../../packageDirectory";
import { SECRET, SYNTHETIC, TABLES } from "./dynamo";
import type { JournalLink } from "./journalLink";
import type { MariaDb } from "./mariaDb";
import type { MetadataService } from "./metadataService";
import { programPath } from "./programs";
import type { Redis } from "./redis";
import { ServerEnded, until } from "./waiting";
import type { Daemon, Workshop } from "./workshop";

/** The token that /status requires; an instance generates its own. */
export const STATUS_TOKEN = "only on this machine";

/** The name of the release, which only /status may show. */
export const RELEASE = "5e1ea5e0";

/** As systemd waits before it starts a service again (cafe-watch.service). */
const START_AGAIN_MS = 1_000;

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
export type ServiceEndpoint = Pick<JournalLink, "endpoint">;

/** What a web server belongs to, and where it listens. */
export interface WebServerOptions {
  readonly availabilityZone: string;
  readonly region: string;
  readonly otherRegion: string;
  readonly address: string;
  readonly port: number;
  /** The tokens that the checks search for. */
  readonly tokens: { readonly shallow: string; readonly deep: string };
  readonly database: Pick<MariaDb, "port" | "caFile">;
  readonly redis: Pick<Redis, "port" | "caFile">;
  readonly metadata: MetadataService;
  /** The endpoint of Secrets Manager. */
  readonly secretsLink: ServiceEndpoint;
  /** The endpoints of DynamoDB in this region and in the other one. */
  readonly here: ServiceEndpoint;
  readonly there: ServiceEndpoint;
  /** Authorities that PHP trusts for AWS. Default: the system's. */
  readonly caFile?: string;
  /** The folder of the application. Default: this package's. */
  readonly app?: string;
}

/** The web server of an availability zone: Apache and PHP-FPM from the instance's own templates. */
export class WebServer {
  readonly origin: string;
  readonly #app: string;
  #apache: Daemon | undefined;
  protected fpm: Daemon | undefined;
  #watch: Daemon | undefined;
  protected readonly folder: string;
  readonly #environment: Readonly<Record<string, string>>;

  constructor(
    protected readonly workshop: Workshop,
    readonly options: WebServerOptions,
  ) {
    const { availabilityZone, region, address, port } = options;
    this.origin = `http://${address}:${port}`;
    this.#app = options.app ?? join(packageDirectory, "app");
    this.folder = workshop.folder(availabilityZone);
    const at = (name: string) => join(this.folder, name);
    this.#environment = {
      ...{ ROOT: at("site"), APP_USER: "nobody", WEB_USER: "nobody", PHP: programPath("php") },
      ...{ CONFIG_FILE: at("app.json"), LOG_DIR: workshop.folder(`${availabilityZone}/log`) },
      ...{ STATE_DIR: workshop.folder(`${availabilityZone}/run`), HTTPD_LOG_DIR: at("log") },
      ...{ APP_SOCKET: at("a.sock"), HEALTH_SOCKET: at("h.sock") },
      ...{
        DEPLOYMENT: `cafe-${region}`,
        LISTEN_ADDRESSES: `${address}:${port}`,
        STATUS_TOKEN,
        TLS_PORT: "0",
        HEALTH_PORT: "",
      },
    };
  }

  /** A file of the server's logs. */
  log(name: string): string {
    return join(this.folder, "log", name);
  }

  /**
   * Starts Apache, PHP-FPM and the watch, and waits until customers are served.
   *
   * @throws ServerEnded if a program ended at each of three starts
   */
  async startWeb(tries = 3): Promise<void> {
    try {
      await this.#untilServing(this.#startAll());
    } catch (error) {
      if (!(error instanceof ServerEnded) || tries === 1) throw error;
      // Another process listened at the address, perhaps for a moment.
      await this.killWeb();
      await sleep(START_AGAIN_MS);
      await this.startWeb(tries - 1);
    }
  }

  #startAll(): readonly Daemon[] {
    this.fpm = this.workshop.start(`${this.options.availabilityZone}-fpm`, programPath("php-fpm"), [
      "--nodaemonize",
      ...this.#trust(),
      "--fpm-config",
      join(this.folder, "fpm.conf"),
    ]);
    this.#apache = this.workshop.start(
      `${this.options.availabilityZone}-apache`,
      programPath("apache2"),
      [...["-D", "FOREGROUND", "-f", join(this.folder, "httpd.conf")]],
    );
    this.startWatch();
    return [this.#apache, this.fpm];
  }

  /** The sockets open shortly after the start, and a starting Apache may reset connections. */
  async #untilServing(servers: readonly Daemon[]): Promise<void> {
    const { availabilityZone, tokens, address, port } = this.options;
    const isServing = async () => {
      const text = await fetch(`${this.origin}/healthcheck`).then(
        (answer) => answer.text(),
        () => "",
      );
      return text.includes(tokens.shallow);
    };
    const what = `${availabilityZone} serves at ${address}:${port}`;
    await until(what, isServing, servers);
  }

  /** Starts the watch, which checks the stores every second, as systemd does. */
  startWatch(): void {
    this.#watch = this.workshop.start(
      `${this.options.availabilityZone}-watch`,
      programPath("php"),
      [...this.#trust(), join(this.folder, "site/bin/watch.php")],
      { env: { CAFE_CONFIG: join(this.folder, "app.json") } },
    );
  }

  /** Kills the watch, as a crash or systemd's watchdog would. */
  async stopWatch(): Promise<void> {
    this.#watch?.signal("SIGKILL");
    await this.#watch?.ended;
  }

  /** Kills Apache and all PHP workers with their requests. */
  async killWeb(): Promise<void> {
    this.signalWorkers("SIGKILL");
    this.#apache?.signal("SIGKILL");
    await Promise.all([this.fpm?.ended, this.#apache?.ended, this.stopWatch()]);
  }

  /** Signals PHP-FPM's master and all of its workers. */
  signalWorkers(signal: NodeJS.Signals): void {
    this.fpm?.signal(signal);
  }

  /** Signals Apache, PHP-FPM and the watch: SIGSTOP and SIGCONT as a hang and its end. */
  signal(signal: NodeJS.Signals): void {
    for (const daemon of [this.#apache, this.fpm, this.#watch]) daemon?.signal(signal);
  }

  /** Starts a drain pass as systemd's timer does, and does not wait for its end. */
  startDrain(...options: readonly string[]): Daemon {
    const script = join(this.folder, "site/bin/drain.php");
    return this.workshop.start(
      `${this.options.availabilityZone}-drain`,
      programPath("php"),
      [script, ...options],
      {
        env: { CAFE_CONFIG: join(this.folder, "app.json") },
      },
    );
  }

  /** Runs a drain pass to its end and returns its report. */
  async drain(...options: readonly string[]): Promise<DrainReport> {
    return JSON.parse(await this.#php("drain.php", ...options)) as DrainReport;
  }

  /** Retries as systemd does (cafe-migrate.service): on a busy machine the secret may be late. */
  async migrate(tries = 5): Promise<void> {
    try {
      await this.#php("migrate.php");
    } catch (error) {
      if (tries === 1) throw error;
      await this.migrate(tries - 1);
    }
  }

  async #php(script: string, ...options: readonly string[]): Promise<string> {
    const path = join(this.folder, "site/bin", script);
    return this.workshop.run(programPath("php"), [...this.#trust(), path, ...options], {
      CAFE_CONFIG: join(this.folder, "app.json"),
    });
  }

  /** PHP options to trust the test's certificate for AWS services. */
  #trust(): readonly string[] {
    const { caFile } = this.options;
    return caFile ? ["-d", `curl.cainfo=${caFile}`, "-d", `openssl.cafile=${caFile}`] : [];
  }

  /** Installs the release and the rendered templates as configure.sh does on an instance. */
  async install(): Promise<void> {
    const { address, port } = this.options;
    cpSync(this.#app, join(this.folder, "site"), { recursive: true });
    this.writeConfig();
    this.write("cafe.conf", await this.rendered("cafe.conf"));
    this.write("pools.conf", await this.rendered("fpm.conf"));
    this.write(
      "fpm.conf",
      `[global]\nerror_log = ${this.log("fpm.log")}\ninclude = ${this.folder}/pools.conf\n`,
    );
    this.write("httpd.conf", httpdConf(this.folder, "cafe", [`${address}:${port}`]));
  }

  /** Writes the application's configuration; a change is read by the next request. */
  protected writeConfig(databasePort = this.options.database.port): void {
    this.write("app.json", JSON.stringify(this.#appConfig(databasePort)));
  }

  /** A template of the instance, filled in. */
  protected async rendered(
    template: string,
    changes: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const boot = join(this.#app, "boot");
    return this.workshop.run("bash", [join(boot, "render.sh"), join(boot, "etc", template)], {
      ...this.#environment,
      ...changes,
    });
  }

  /** Writes a file of the server. */
  protected write(name: string, text: string): void {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    chmodSync(path, 0o644);
  }

  #appConfig(databasePort: number): object {
    const { region, otherRegion, availabilityZone, tokens } = this.options;
    const { database, redis, metadata, secretsLink, here, there } = this.options;
    return {
      ...{
        deployment: `cafe-${region}`,
        region,
        availabilityZone,
        otherRegion,
        release: RELEASE,
        https: false,
      },
      ...{ healthToken: tokens.shallow, deepHealthToken: tokens.deep },
      stateDirectory: join(this.folder, "run"),
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
          ...{ secretId: SECRET, caFile: database.caFile },
        },
        redis: { host: "localhost", port: redis.port, tls: true, caFile: redis.caFile },
        journalTable: TABLES.journal,
        sessionsTable: TABLES.sessions,
        syntheticSecretId: SYNTHETIC.secretId,
      },
    };
  }
}

/** The settings of the distribution's httpd.conf: modules, pid file and MIME types. */
export function httpdConf(folder: string, site: string, listen: readonly string[]): string {
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
    ...listen.map((address) => `Listen ${address}`),
    `PidFile ${folder}/${site}.pid`,
    `DefaultRuntimeDir ${folder}`,
    `ErrorLog ${folder}/log/httpd.log`,
    "TypesConfig /etc/mime.types",
    "<Directory />\n  Require all denied\n</Directory>",
    `Include ${folder}/${site}.conf`,
    "",
  ].join("\n");
}
