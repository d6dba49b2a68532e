import type { ActiveFault } from "../simulation/phases";
import { InputError } from "../../routing/inputError";
import type { DrillAddresses } from "./addresses";
import type { DrillClock } from "./clock";
import { EndpointServer } from "./endpointServer";
import type { ServerPlan } from "./inventory";
import type { Replies } from "./replies";

/** A free port may be taken on one of the other addresses. */
const attemptsMax = 5;

/** The servers of a drill, each at an address of its own and all on one port. */
export class DrillServers {
  private readonly servers: ReadonlyMap<
    string,
    { readonly plan: ServerPlan; readonly server: EndpointServer }
  >;
  private readonly ids: ReadonlyMap<string, string>;

  constructor(
    plans: readonly ServerPlan[],
    addresses: DrillAddresses,
    clock: DrillClock,
    private readonly replies: Replies,
  ) {
    this.servers = new Map(
      plans.map((plan, number) => {
        const address = addresses.of("servers", number);
        const server = new EndpointServer(address, clock, (request) =>
          replies.replyOf(plan, request),
        );
        return [plan.id, { plan, server }];
      }),
    );
    this.ids = new Map([...this.servers].map(([id, { server }]) => [server.address, id]));
  }

  /**
   * Opens all servers on one port.
   *
   * @param port 0: a free one
   * @throws InputError if it is taken
   */
  async open(port: number): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        let all = port;
        for (const { server } of this.servers.values()) {
          await server.open(all);
          all = server.port;
        }
        return;
      } catch (error) {
        await this.stop();
        const { code, message } = error as NodeJS.ErrnoException;
        if (port === 0 && code === "EADDRINUSE" && attempt < attemptsMax) continue;
        throw new InputError(unusable(code, message, port), { cause: error, code: "bad-usage" });
      }
    }
  }

  get port(): number {
    const [first] = this.servers.values();
    return first?.server.port ?? 0;
  }

  /** The address of a server. */
  addressOf(id: string): string | undefined {
    return this.servers.get(id)?.server.address;
  }

  /** The server at an address. */
  planAt(address: string): ServerPlan | undefined {
    return this.servers.get(this.ids.get(address) ?? "")?.plan;
  }

  /**
   * Makes the servers what some faults say, all in one moment.
   *
   * @param began called in that moment
   */
  async change(faults: readonly ActiveFault[], began: () => void): Promise<void> {
    const all = [...this.servers.values()];
    const next = this.replies.under(faults);
    await Promise.all(all.map(({ plan, server }) => server.prepare(next.listeningOf(plan))));
    this.replies.set(faults);
    began();
    await Promise.all(
      all.map(({ plan, server }) =>
        server.become(this.replies.listeningOf(plan), this.replies.drains(plan)),
      ),
    );
  }

  async stop(): Promise<void> {
    await Promise.all([...this.servers.values()].map(({ server }) => server.stop()));
  }
}

function unusable(code: string | undefined, message: string, port: number): string {
  if (code === "EADDRINUSE") {
    return `--port: must be free on the drill's addresses, got ${port}, which is taken; leave it out for a free one`;
  }
  if (code === "EACCES") {
    return `--port: this user may not listen there, got ${port}; take one from 1024, or leave it out`;
  }
  if (code === "EADDRNOTAVAIL") {
    return `--address: this machine has no such loopback address (${message}); on macOS add it with ifconfig lo0 alias, or run the drill on Linux`;
  }
  return `--address: cannot listen, got ${message}; give another address or port`;
}
