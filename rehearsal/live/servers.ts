import type { ActiveFault } from "../simulation/phases";
import type { StackModel } from "../../routing/graph/stackModel";
import { InputError } from "../../routing/inputError";
import type { DrillAddresses } from "./addresses";
import type { DrillClock } from "./clock";
import { EndpointServer } from "./endpointServer";
import type { ServerPlan } from "./inventory";
import { LampServers } from "./lamp/lampServers";
import { freePort } from "./lamp/waiting";
import type { Replies } from "./replies";

/** A free port may be taken on one of the other addresses. */
const attemptsMax = 5;

/** The servers of a drill, each at an address of its own and all on one port. */
export class DrillServers {
  private readonly addresses: ReadonlyMap<string, string>;
  private readonly plans: ReadonlyMap<string, ServerPlan>;
  private readonly embedded: readonly {
    readonly plan: ServerPlan;
    readonly server: EndpointServer;
  }[];
  private application: LampServers | undefined;
  private openPort = 0;

  /** @param real the servers that the real application stands for */
  constructor(
    plans: readonly ServerPlan[],
    private readonly real: readonly ServerPlan[],
    addresses: DrillAddresses,
    clock: DrillClock,
    private readonly replies: Replies,
  ) {
    const placed = plans.map((plan, number) => [plan, addresses.of("servers", number)] as const);
    this.addresses = new Map(placed.map(([{ id }, address]) => [id, address]));
    this.plans = new Map(placed.map(([plan, address]) => [address, plan]));
    this.embedded = placed
      .filter(([plan]) => !real.includes(plan))
      .map(([plan, address]) => ({
        plan,
        server: new EndpointServer(address, clock, (request) => replies.replyOf(plan, request)),
      }));
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
        let all = port === 0 && this.embedded.length === 0 ? await freePort() : port;
        for (const { server } of this.embedded) {
          await server.open(all);
          all = server.port;
        }
        this.openPort = all;
        return;
      } catch (error) {
        await this.stop();
        const { code, message } = error as NodeJS.ErrnoException;
        if (port === 0 && code === "EADDRINUSE" && attempt < attemptsMax) continue;
        throw new InputError(unusable(code, message, port), { cause: error, code: "bad-usage" });
      }
    }
  }

  /**
   * Starts the real application at its addresses, if it stands for any.
   *
   * @throws InputError when programs are missing
   */
  async openApplication(model: StackModel): Promise<void> {
    if (this.real.length === 0) return;
    const addressOf = (id: string): string | undefined => this.addresses.get(id);
    this.application = await LampServers.start(model, this.real, addressOf, this.port);
  }

  get port(): number {
    return this.openPort;
  }

  /** The real application, if there is one. */
  get lamp(): LampServers | undefined {
    return this.application;
  }

  /** The address of a server. */
  addressOf(id: string): string | undefined {
    return this.addresses.get(id);
  }

  /** The server at an address. */
  planAt(address: string): ServerPlan | undefined {
    return this.plans.get(address);
  }

  /**
   * Makes the servers what some faults say, all in one moment.
   *
   * @param began called in that moment
   */
  async change(faults: readonly ActiveFault[], began: () => void): Promise<void> {
    const { embedded, lamp } = this;
    const next = this.replies.under(faults);
    await Promise.all(embedded.map(({ plan, server }) => server.prepare(next.listeningOf(plan))));
    let changed: Promise<unknown> = Promise.resolve();
    const begin = (): void => {
      this.replies.set(faults);
      began();
      changed = Promise.all(
        embedded.map(({ plan, server }) =>
          server.become(this.replies.listeningOf(plan), this.replies.drains(plan)),
        ),
      );
    };
    if (lamp) await lamp.change(faults, begin);
    else begin();
    await changed;
  }

  async stop(): Promise<void> {
    await Promise.all([
      ...this.embedded.map(({ server }) => server.stop()),
      this.application?.stop(),
    ]);
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
