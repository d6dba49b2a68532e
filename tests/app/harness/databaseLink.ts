import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** How a network treats MySQL's connections: passes or resets them; drops or delays their bytes. */
export type DatabaseMode = "ok" | "reset" | "hung" | "slow";

/** The network between a region's application and its database. */
export class DatabaseLink {
  #mode: DatabaseMode = "ok";
  /** The delay of bytes while the link is slow. */
  slowMs = 120;
  readonly #open = new Set<Socket>();
  readonly #server: Server;

  private constructor(private readonly target: number) {
    this.#server = createServer((socket) => {
      this.#pass(socket);
    });
  }

  static async create(target: number): Promise<DatabaseLink> {
    const link = new DatabaseLink(target);
    await new Promise<void>((resolve) => link.#server.listen(0, "127.0.0.1", resolve));
    return link;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get mode(): DatabaseMode {
    return this.#mode;
  }

  set mode(mode: DatabaseMode) {
    this.#mode = mode;
    if (mode === "reset") for (const socket of this.#open) socket.resetAndDestroy();
  }

  close(): void {
    for (const socket of this.#open) socket.destroy();
    this.#server.close();
  }

  #pass(client: Socket): void {
    client.on("error", () => client.destroy());
    if (this.#mode === "reset") {
      client.resetAndDestroy();
      return;
    }
    const server = connect(this.target, "127.0.0.1");
    server.on("error", () => client.resetAndDestroy());
    const forward = (from: Socket, to: Socket) => {
      this.#open.add(from);
      from.setNoDelay();
      from.on("data", (bytes) => {
        if (this.#mode === "hung") return;
        if (this.#mode === "slow") setTimeout(() => to.write(bytes), this.slowMs);
        else to.write(bytes);
      });
      from.on("close", () => {
        this.#open.delete(from);
        to.destroy();
      });
    };
    forward(client, server);
    forward(server, client);
  }
}
