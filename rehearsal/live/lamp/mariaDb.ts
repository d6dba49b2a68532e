import { join } from "node:path";
import { makeCertificate, type ServerCertificate } from "./certificate";
import { programPath } from "./programs";
import { freePort, until, untilListening } from "./waiting";
import { Workshop, type Daemon } from "./workshop";

/** The account of the application, as in a region's secret. */
export const ACCOUNT = { username: "cafe", password: "pa55 word" } as const;

/** One region's database, a real MariaDB on its own port. */
export class MariaDb {
  #daemon: Daemon | undefined;
  readonly #data: string;

  private constructor(
    private readonly workshop: Workshop,
    private readonly name: string,
    readonly port: number,
    private readonly tls: ServerCertificate,
  ) {
    this.#data = workshop.folder(`${name}-mysql`);
  }

  /** Creates an empty database server and starts it. */
  static async create(workshop: Workshop, name: string): Promise<MariaDb> {
    const tls = await makeCertificate(workshop, `${name}-mysql`);
    const database = new MariaDb(workshop, name, await freePort(), tls);
    emptyFiles ??= makeEmptyFiles();
    await workshop.run("cp", ["-r", `${await emptyFiles}/.`, database.#data]);
    await database.start();
    const { username, password } = ACCOUNT;
    await database.query(
      `CREATE DATABASE orders; CREATE USER '${username}'@'%' IDENTIFIED BY '${password}';` +
        `GRANT ALL ON orders.* TO '${username}'@'%'`,
      "",
    );
    return database;
  }

  /** The folder of its files. */
  get dataFolder(): string {
    return this.#data;
  }

  /** The authority that signed its certificate. */
  get caFile(): string {
    return this.tls.certificate;
  }

  /** Starts the server on the existing data and waits until it answers. */
  async start(): Promise<void> {
    this.#daemon = this.workshop.start(`${this.name}-mysql`, programPath("mariadbd"), [
      "--no-defaults",
      `--datadir=${this.#data}`,
      `--tmpdir=${this.workshop.folder(`${this.name}-tmp`)}`,
      "--bind-address=127.0.0.1",
      `--port=${this.port}`,
      `--socket=${this.socketPath}`,
      `--pid-file=${join(this.#data, "pid")}`,
      `--ssl-cert=${this.tls.certificate}`,
      `--ssl-key=${this.tls.key}`,
      // As configured for RDS: an account may connect only by TLS (the socket below counts as safe).
      "--require-secure-transport=ON",
      "--skip-log-bin",
      "--innodb-buffer-pool-size=32M",
      logSize,
      "--performance-schema=OFF",
      "--max-connections=200",
    ]);
    await untilListening(this.port, `${this.name}'s database`, this.#daemon);
    await until(
      `${this.name}'s database answers`,
      () =>
        this.query("SELECT 1", "").then(
          () => true,
          () => false,
        ),
      [this.#daemon],
    );
  }

  /** Sends a signal: SIGKILL as a crash, SIGSTOP and SIGCONT as a hang and its end. */
  signal(signal: NodeJS.Signals): void {
    this.#daemon?.signal(signal);
  }

  /** Kills it as a crash would and waits until it has ended. */
  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await this.#daemon?.ended;
  }

  /** Shuts it down cleanly. */
  async stop(): Promise<void> {
    this.signal("SIGTERM");
    await this.#daemon?.ended;
  }

  /** Runs SQL as root and returns tab-separated rows without a heading. */
  async query(sql: string, schema = "orders"): Promise<string> {
    return this.workshop.run(programPath("mariadb"), [
      "--no-defaults",
      "--user=root",
      `--socket=${this.socketPath}`,
      "--batch",
      "--skip-column-names",
      "--default-character-set=utf8mb4",
      `--execute=${sql}`,
      ...(schema === "" ? [] : [schema]),
    ]);
  }

  /** The socket on which root needs no password. */
  get socketPath(): string {
    // A socket's path may have at most 107 bytes, so it is not in the data folder.
    return join(this.workshop.directory, `${this.name}.sock`);
  }
}

/** A tenth of the default, which is most of what is copied for each server. */
const logSize = "--innodb-log-file-size=8M";

/** The folder of an empty server's files. Made once: it takes seconds, mostly for the disk. */
let emptyFiles: Promise<string> | undefined;

async function makeEmptyFiles(): Promise<string> {
  const workshop = new Workshop();
  const data = workshop.folder("empty-mysql");
  await workshop.run(programPath("mariadb-install-db"), [
    "--no-defaults",
    `--datadir=${data}`,
    // A separate folder: a starting server removes every temporary table that it finds there.
    `--tmpdir=${workshop.folder("empty-tmp")}`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
    logSize,
  ]);
  return data;
}
