import { expect } from "chai";
import { DrillClock } from "../../../../rehearsal/live/clock";
import { DrillNameServer } from "../../../../rehearsal/live/dns/drillNameServer";
import { drillGateOf } from "../../../../rehearsal/live/gate/drillGate";
import { GateBucket } from "../../../../rehearsal/live/gate/gateBucket";
import { LiveGate } from "../../../../rehearsal/live/gate/liveGate";
import { PresentFaults } from "../../../../rehearsal/live/presentFaults";
import type { ControllerEvent } from "../../../../rehearsal/simulation/controllerEvents";
import { Draws } from "../../../../rehearsal/simulation/random";
import type { StackModel } from "../../../../routing/graph/stackModel";
import { AnsweringView } from "../../../../routing/resolve";
import { gatedModel, gatedName } from "./gatedModel";

/** Draws that are known before: the given shares, one after the other, and then 0. */
class GivenDraws extends Draws {
  constructor(private readonly shares: number[]) {
    super(undefined as never);
  }

  override share(): number {
    return this.shares.shift() ?? 0;
  }
}

/** A bucket that knows when each run of the controller began: it reads the state first. */
class WatchedBucket extends GateBucket {
  readonly runsAtSeconds: number[] = [];

  constructor(private readonly clock: DrillClock) {
    super();
  }

  override readState(): ReturnType<GateBucket["readState"]> {
    this.runsAtSeconds.push(Math.floor(this.clock.nowSeconds()));
    return super.readState();
  }
}

describe("the controller of a drill's gate", () => {
  let model: StackModel;
  let server: DrillNameServer;
  let clock: DrillClock;

  before(async () => {
    model = await gatedModel();
    const view = new AnsweringView(model.route53, new PresentFaults(model).truth);
    const [asker = {}] = model.askersOf(gatedName, "A");
    server = await DrillNameServer.start(
      { address: "127.0.0.1", port: 0 },
      { view: () => view, askerOf: () => asker, seed: 1 },
    );
  });
  after(() => server.stop());

  beforeEach(() => {
    clock = new DrillClock(50);
  });
  afterEach(() => {
    clock.stop();
  });

  /**
   * When runs began, in seconds of the drill.
   *
   * @param shares the first is of the minute at which the schedule runs
   * @param alertsAtSeconds when a message of an alarm arrives
   */
  async function runsUntil(
    endSeconds: number,
    events: readonly ControllerEvent[],
    shares: readonly number[],
    alertsAtSeconds: readonly number[] = [],
  ): Promise<readonly number[]> {
    const drillGate = drillGateOf(model, { name: gatedName, type: "A" });
    if (!drillGate) throw new Error("the stack has no attached gate");
    const bucket = new WatchedBucket(clock);
    const notes: string[] = [];
    const gate = new LiveGate(
      {
        ...{ ...drillGate, bucket, nameServer: server, startedAt: new Date(0) },
        isLost: () => false,
        tell: (news) => {
          if (news.kind === "note") notes.push(news.text);
        },
      },
      clock,
      new GivenDraws([...shares]),
    );
    await gate.start(events);
    for (const seconds of alertsAtSeconds) {
      clock.after(seconds, () => {
        gate.alerted();
      });
    }
    const ended = new Promise<void>((resolve) => {
      clock.after(endSeconds, resolve);
    });
    clock.start();
    await ended;
    await gate.ended();
    expect(notes).to.deep.equal([]);
    return bucket.runsAtSeconds;
  }

  it("runs at the start, each minute, and when an alarm sends a message", async () => {
    expect(await runsUntil(95, [], [0.5], [10])).to.deep.equal([0, 10, 30, 90]);
  });

  it("runs at no message while these are lost", async () => {
    const events: readonly ControllerEvent[] = [
      { atMs: 5_000, kind: "alerts", arrive: false },
      { atMs: 15_000, kind: "alerts", arrive: true },
    ];
    expect(await runsUntil(35, events, [0.5], [2, 10, 20])).to.deep.equal([0, 2, 20, 30]);
  });

  it("runs late by up to a minute", async () => {
    const late: ControllerEvent = { atMs: 0, kind: "controller", mode: "late" };
    const runs = await runsUntil(155, [late], [0.5, 1 / 6, 5 / 6, 0]);
    expect(runs).to.deep.equal([0, 40, 140, 150]);
  });

  it("runs twice each time, a second apart", async () => {
    const double: ControllerEvent = { atMs: 0, kind: "controller", mode: "double" };
    expect(await runsUntil(95, [double], [0.5])).to.deep.equal([0, 30, 31, 90, 91]);
  });
});
