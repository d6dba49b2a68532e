import type { NameServer } from "../../../functions/dns/dnsExchange";
import type { Observed } from "../../../routing/graph/observed";
import { InputError } from "../../../routing/inputError";
import type { Observations } from "../../../routing/model";
import { noticed } from "../../simulation/asking";
import type { Draws } from "../../simulation/random";
import type { DrillNews } from "../drillLog";
import type { DrillOrder } from "../drillOrder";
import type { DrillParts } from "../drillParts";
import { LiveGate } from "./liveGate";

/** Who holds and releases at the gate of a drill. */
const commander = "drill";

/** The gate of a drill for the drill itself, which may have none. */
export class GateControl {
  private gate: LiveGate | undefined;

  constructor(
    private readonly order: Pick<DrillOrder, "startedAt" | "gateEvents">,
    private readonly parts: Pick<DrillParts, "drillGate" | "faults" | "clock">,
    private readonly draws: Draws,
    private readonly tell: (news: DrillNews) => void,
  ) {}

  /** Runs the controller from now on. */
  async start(nameServer: NameServer): Promise<void> {
    const { drillGate, faults, clock } = this.parts;
    if (!drillGate) return;
    const { startedAt, gateEvents = [] } = this.order;
    const isLost = (region: string | undefined): boolean => faults.lossOf(region) !== undefined;
    this.gate = new LiveGate(
      { ...drillGate, nameServer, startedAt, isLost, tell: this.tell },
      clock,
      this.draws,
    );
    await this.gate.start(gateEvents);
  }

  /** A message of an alarm on a check arrives. */
  alerted(): void {
    this.gate?.alerted();
  }

  /** @throws InputError where the controller refuses it, and without an attached gate */
  async command(kind: "hold" | "release", reason: string): Promise<void> {
    if (!this.gate) {
      throw new InputError(
        `${kind}: must have an attached failback gate, got none; in a stack of this package's program set its gate to attached, or play a scenario with \`gate: attached\``,
      );
    }
    await this.gate.command(kind, commander, reason);
  }

  get isLatched(): boolean {
    return this.parts.drillGate?.bucket.isLatched === true;
  }

  /** The stack with the latch as it is; the model alone has the latch as the stack was read. */
  withLatch(truth: Observed<boolean>): Observations<boolean> {
    const latchId = this.parts.drillGate?.gate.latchId;
    return noticed(truth, (kind, id) =>
      this.isLatched && kind === "passes" && id === latchId ? true : undefined,
    );
  }

  /** Until no run is under way. */
  async ended(): Promise<void> {
    await this.gate?.ended();
  }
}
