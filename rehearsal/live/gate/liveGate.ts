import { askNameServer } from "../../../functions/dns/askNameServer";
import type { NameServer } from "../../../functions/dns/dnsExchange";
import type { GateEvent } from "../../../functions/gate/events";
import { gateEventOf } from "../../../functions/gate/events";
import { runGate } from "../../../functions/gate/runGate";
import type { GateDependencies, GateReply } from "../../../functions/gate/runGate";
import { isLatched } from "../../../functions/gate/state";
import { InputError } from "../../../routing/inputError";
import { ControllerCondition } from "../../simulation/controllerEvents";
import type { ControllerEvent } from "../../simulation/controllerEvents";
import type { Draws } from "../../simulation/random";
import type { DrillClock } from "../clock";
import type { DrillNews } from "../drillLog";
import type { DrillGate } from "./drillGate";
import { gateText } from "./gateText";

/** EventBridge's schedule runs the controller each minute (components/failback/gateController.ts). */
const runEverySeconds = 60;

/** What the controller of a drill needs. */
export interface LiveGateOrder extends DrillGate {
  /** The drill's name server. */
  readonly nameServer: NameServer;
  readonly startedAt: Date;
  /** Whether a region is lost at this moment. */
  readonly isLost: (region: string | undefined) => boolean;
  readonly tell: (news: DrillNews) => void;
}

/** The controller of a gate: the deployed function in this process, in the time of the drill. */
export class LiveGate {
  private readonly dependencies: GateDependencies;
  private condition = new ControllerCondition();
  private told = "";
  /** Runs follow one another, so that their events are in order. */
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly order: LiveGateOrder,
    private readonly clock: DrillClock,
    private readonly draws: Draws,
  ) {
    const { bucket, nameServer, settings, startedAt, tell } = order;
    this.dependencies = {
      store: bucket,
      askNameServer,
      findServer: () => Promise.resolve([nameServer]),
      // For the ranges of the checkers, which AWS publishes: a run goes on without them.
      exchange: ({ url }) => Promise.reject(new Error(`${url}: a drill asks nobody outside`)),
      publish: ({ subject, text }) => {
        tell({ kind: "alert", subject: `${settings.functionName}: ${subject}`, text });
        return Promise.resolve();
      },
      now: () => new Date(startedAt.getTime() + Math.round(clock.nowSeconds() * 1_000)),
      // The function's log: what it says is in the events of the drill.
      write: () => undefined,
    };
  }

  /** Runs the controller once, and from then on each minute; plays what a scenario does to it. */
  async start(events: readonly ControllerEvent[]): Promise<void> {
    this.condition = new ControllerCondition(events);
    for (const event of events) {
      this.clock.after(event.atMs / 1_000 - this.clock.nowSeconds(), () => {
        this.happen(event);
      });
    }
    this.clock.every(
      runEverySeconds,
      () => {
        this.minute();
      },
      this.draws.share() * runEverySeconds,
    );
    // The controller of a stack at rest has run before.
    if (!this.condition.isStopped) await this.tick();
  }

  /** A message of an alarm on a check arrives. */
  alerted(): void {
    if (this.condition.alertsArrive && !this.order.isLost(this.order.gate.alertRegion))
      void this.tick();
  }

  /**
   * A person's command.
   *
   * @throws InputError if it is refused
   */
  async command(kind: "hold" | "release", identity: string, reason: string): Promise<void> {
    const event = gateEventOf({ command: kind, identity, reason }, []);
    const refused = this.isDead
      ? `${kind}: the controller does not run`
      : (await this.run(event))?.refused;
    if (refused !== undefined) throw new InputError(refused);
  }

  /** Until no run is under way. */
  async ended(): Promise<void> {
    await this.running;
  }

  private get isDead(): boolean {
    return this.condition.isStopped || this.order.isLost(this.order.gate.region);
  }

  private happen(event: ControllerEvent): void {
    const command = this.condition.happen(event);
    if (!command) return;
    this.command(command.kind, command.identity, command.reason).catch((error: unknown) => {
      this.note(error);
    });
  }

  private minute(): void {
    for (const afterMs of this.condition.runsAfterMs((limitMs) => this.draws.below(limitMs))) {
      this.clock.after(afterMs / 1_000, () => void this.tick());
    }
  }

  private async tick(): Promise<void> {
    if (!this.isDead) await this.run({ kind: "tick" });
  }

  /** One run of the function; a run that fails is told, and the next one tries again. */
  private run(event: GateEvent): Promise<GateReply | undefined> {
    const next = this.running.then(async () => {
      if (this.clock.signal.aborted) return undefined;
      try {
        const reply = await runGate(event, this.order.settings, this.dependencies);
        this.tellPhase(reply);
        return reply;
      } catch (error) {
        this.note(error);
        return undefined;
      }
    });
    this.running = next;
    return next;
  }

  private tellPhase(state: GateReply): void {
    const { phase } = state;
    const text = gateText(state, this.order.settings.rules);
    if (text === this.told) return;
    this.told = text;
    this.order.tell({ kind: "gate", phase, isLatched: isLatched(phase), text });
  }

  private note(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.order.tell({ kind: "note", text: `the gate's controller: ${text}` });
  }
}
