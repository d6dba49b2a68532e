import { makeCertificate, type ServerCertificate } from "./certificate";
import { programPath } from "./programs";
import { freePort, untilListening } from "./waiting";
import type { Daemon, Workshop } from "./workshop";

/** One region's cache, a real Redis that accepts only TLS. */
export class Redis {
  #daemon: Daemon | undefined;

  private constructor(
    private readonly workshop: Workshop,
    private readonly name: string,
    readonly port: number,
    private readonly tls: ServerCertificate,
  ) {}

  /** Makes a certificate and starts the server. */
  static async create(workshop: Workshop, name: string): Promise<Redis> {
    const tls = await makeCertificate(workshop, `${name}-redis`);
    const redis = new Redis(workshop, name, await freePort(), tls);
    await redis.start();
    return redis;
  }

  /** The authority that signed its certificate. */
  get caFile(): string {
    return this.tls.certificate;
  }

  async start(): Promise<void> {
    const { certificate, key } = this.tls;
    this.#daemon = this.workshop.start(`${this.name}-redis`, programPath("redis-server"), [
      ...["--bind", "127.0.0.1", "--port", "0", "--tls-port", String(this.port)],
      ...["--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", certificate],
      ...["--tls-auth-clients", "no", "--save", "", "--appendonly", "no"],
    ]);
    await untilListening(this.port, `${this.name}'s cache`, this.#daemon);
  }

  signal(signal: NodeJS.Signals): void {
    this.#daemon?.signal(signal);
  }

  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await this.#daemon?.ended;
  }
}
