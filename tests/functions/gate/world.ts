import type { AskNameServer } from "../../../functions/dns/askNameServer";
import { unknownIdentity } from "../../../functions/gate/decision";
import type { GateEvent } from "../../../functions/gate/events";
import { runGate } from "../../../functions/gate/runGate";
import type { GateReply } from "../../../functions/gate/runGate";
import { gateFunctionSettingsOf } from "../../../functions/gate/settings";
import type { GateFunctionSettings } from "../../../functions/gate/settings";
import { isLatched, parseGateState } from "../../../functions/gate/state";
import type { GateState } from "../../../functions/gate/state";
import type { GateStore } from "../../../functions/gate/store";
import type { Draws } from "../../routing/random/draws";
import { environment, startMs } from "./samples";

/** The settings of the runs: small times, one name server. */
export const settings: GateFunctionSettings = gateFunctionSettingsOf({
  ...environment,
  NAME_SERVERS: '["ns-1.awsdns-01.org"]',
  SIGNAL_NAMES: JSON.stringify({
    deep: "deep.gate.orders.cafe.com",
    "orders-dublin": "orders-dublin.gate.orders.cafe.com",
  }),
  SOAK_SECONDS: "120",
  REMIND_SECONDS: "600",
  OUTSIDE_RUNS: "2",
});

/** The ways in which a call can go wrong. */
type Mishap = "none" | "failsBefore" | "failsAfter" | "killed";

/** A run of the controller that stops before each of its calls. */
class Run {
  /** Resumes the run. */
  private resume: (() => void) | undefined;
  private paused: (() => void) | undefined;
  isOver = false;
  /** Why the run failed. */
  failure = "";
  /** The number of the last write that the run has seen. */
  seenWrite = 0;
  /** Ids of the notices that it knows to be sent. */
  readonly sent = new Set<string>();
  /** Whether all was good when it looked. */
  sawGood = false;

  constructor(private readonly mishap: () => Mishap) {}

  /** A call: it waits for its turn, and may fail, or never end. */
  async call<T>(work: () => Promise<T>): Promise<T> {
    await new Promise<void>((resolve) => {
      this.resume = resolve;
      this.paused?.();
    });
    const mishap = this.mishap();
    if (mishap === "killed") return this.never();
    if (mishap === "failsBefore") throw new Error("no answer");
    const result = await work();
    if (mishap === "failsAfter") throw new Error("no answer");
    return result;
  }

  /** Starts the run, up to its first call. */
  start(work: () => Promise<GateReply>): Promise<void> {
    return this.next(() => {
      work().then(
        () => {
          this.end();
        },
        (error: unknown) => {
          this.failure = String(error);
          this.end();
        },
      );
    });
  }

  /** Continues to the next call, or the end. */
  step(): Promise<void> {
    return this.next(() => this.resume?.());
  }

  private next(go: () => void): Promise<void> {
    return new Promise((resolve) => {
      this.paused = resolve;
      go();
    });
  }

  private end(): void {
    this.isOver = true;
    this.paused?.();
  }

  private never<T>(): Promise<T> {
    this.end();
    return new Promise(() => undefined);
  }
}

/** Two regions, their zone, and a gate: what the world does, and rules that must hold. */
export class World {
  nowMs = startMs;
  oregonIsUp = true;
  dublinIsUp = true;
  isDrained = true;
  /** Whether calls go wrong at random. */
  isHostile = true;
  /** Whether someone has changed the latch object by hand. */
  isTouched = false;
  private runs: Run[] = [];
  private writes = 0;
  private revision = 0;
  private phase: GateState["phase"] = "unarmed";
  /** Ids of notices: of those written, those sent, and the write that noted the sending. */
  private readonly written = new Set<string>();
  readonly sent = new Map<string, number>();
  private readonly noted = new Map<string, number>();
  readonly faults: string[] = [];
  readonly phases = new Set<GateState["phase"]>();

  constructor(
    private readonly store: GateStore,
    private readonly draws: Draws,
  ) {}

  /** Starts a run, up to its first call. */
  async start(event: GateEvent): Promise<void> {
    const run = new Run(() => this.mishap());
    this.runs.push(run);
    await run.start(() => runGate(event, settings, this.surroundingsOf(run)));
  }

  /** Continues runs in a random order, until at most some are left. */
  async interleave(leftMax: number): Promise<void> {
    for (;;) {
      for (const { failure } of this.runs) {
        this.rule(failure, failure === "" || /no answer|other runs wrote/.test(failure));
      }
      this.runs = this.runs.filter(({ isOver }) => !isOver);
      if (this.runs.length <= leftMax) return;
      await this.draws.of(this.runs).step();
    }
  }

  /** Ends all runs. If nothing went wrong, the last one leaves the object as its state says. */
  async quiesce(): Promise<void> {
    await this.interleave(0);
    if (!this.isHostile && !this.isTouched) {
      this.rule(
        "two runs left the object wrong",
        (await this.store.hasLatch()) === isLatched(this.phase),
      );
    }
  }

  /** Two undisturbed runs: then everything must be in order. */
  async settle(): Promise<GateState> {
    await this.interleave(0);
    this.isHostile = false;
    for (let index = 0; index < 2; index += 1) {
      this.nowMs += 60_000;
      await this.start({ kind: "tick" });
      await this.interleave(0);
    }
    const stored = await this.store.readState();
    const state = parseGateState(stored?.text ?? "");
    this.rule("the object disagrees", (await this.store.hasLatch()) === isLatched(state.phase));
    this.rule("the agreement is not noted", state.latchAgrees);
    this.rule("a notice is left", state.notices.length === 0);
    for (const id of this.written) {
      // A reminder that was not sent gives way to the next.
      const isReminder = id.endsWith("still latched");
      this.rule(`a notice was lost: ${id}`, isReminder || this.sent.has(id));
    }
    return state;
  }

  private rule(name: string, isKept: boolean): void {
    if (!isKept) this.faults.push(name);
  }

  private mishap(): Mishap {
    if (!this.isHostile || !this.draws.isIn(8)) return "none";
    return this.draws.of(["failsBefore", "failsAfter", "killed"] as const);
  }

  private surroundingsOf(run: Run): Parameters<typeof runGate>[2] {
    const { store } = this;
    return {
      store: {
        readState: () => run.call(async () => this.seen(run, await store.readState())),
        writeState: (text, read) =>
          run.call(async () => {
            const written = await store.writeState(text, read);
            if (written !== "lost") this.committed(run, parseGateState(text));
            return written;
          }),
        hasLatch: () => run.call(() => store.hasLatch()),
        putLatch: () => run.call(() => store.putLatch()),
        removeLatch: () => run.call(() => store.removeLatch()),
      },
      publish: async ({ id }) => {
        this.rule(`sent twice by one run: ${id}`, !run.sent.has(id));
        await run.call(() => {
          const noted = this.noted.get(id) ?? Infinity;
          this.rule(`sent before it was written: ${id}`, this.written.has(id));
          this.rule(`sent again although it was noted: ${id}`, noted > run.seenWrite);
          this.sent.set(id, (this.sent.get(id) ?? 0) + 1);
          return Promise.resolve();
        });
        // Only now does the run know it.
        run.sent.add(id);
      },
      askNameServer: (server, question) => this.answer(run, server, question),
      findServer: () => Promise.resolve([{ address: "192.0.2.53", port: 53 }]),
      exchange: () => Promise.reject(new Error("no ranges here")),
      now: () => new Date(this.nowMs),
      write: () => undefined,
    };
  }

  private seen<T>(run: Run, read: T): T {
    run.seenWrite = this.writes;
    return read;
  }

  /** A write of the state: its rules hold for every order of events. */
  private committed(run: Run, state: GateState): void {
    this.writes += 1;
    run.seenWrite = this.writes;
    this.rule("a revision is not the next", state.revision === this.revision + 1);
    const isFreed = isLatched(this.phase) && !isLatched(state.phase);
    this.rule("released although something was bad", !isFreed || run.sawGood);
    this.rule("freed without a release", !isFreed || state.phase === "released");
    const by = state.latchedBy;
    const isAdopted = by?.kind === "person" && by.identity === unknownIdentity;
    this.rule("a dead run was taken for a hand", !isAdopted || this.isTouched);
    const isEarly = this.phase === "unarmed" && isLatched(state.phase);
    this.rule("latched before arming", !isEarly || state.latchedBy?.kind === "person");
    for (const { id } of state.notices) this.written.add(id);
    const left = new Set(state.notices.map(({ id }) => id));
    for (const id of this.written) {
      if (!left.has(id) && !this.noted.has(id)) this.noted.set(id, this.writes);
    }
    this.revision = state.revision;
    this.phase = state.phase;
    this.phases.add(state.phase);
  }

  /** Route 53 by the tree of index.ts: live is Oregon behind the latch, else Dublin, else Oregon. */
  private async answer(
    run: Run,
    ...[, { name, type }]: Parameters<AskNameServer>
  ): ReturnType<AskNameServer> {
    run.sawGood = this.oregonIsUp && this.isDrained;
    const [first = ""] = name.split(".");
    if (type === "TXT") {
      const isHealthy = first.startsWith("orders-") ? this.isDrained : this.oregonIsUp;
      return [{ name, type, data: isHealthy ? "healthy" : "unhealthy" }];
    }
    const isDublin =
      first === "dublin" ||
      (first === "live" && this.dublinIsUp && (!this.oregonIsUp || (await this.store.hasLatch())));
    return [{ name, type, data: isDublin ? "192.0.2.2" : "192.0.2.1" }];
  }
}

/** A sequence of events, drawn from its seed, and the world after it. */
export async function play(
  store: GateStore,
  draws: Draws,
  eventsCount: number,
): Promise<{ readonly world: World; readonly state: GateState }> {
  const world = new World(store, draws);
  world.isHostile = draws.isIn(70);
  for (let index = 0; index < eventsCount; index += 1) {
    if (draws.isIn(15)) world.oregonIsUp = !world.oregonIsUp;
    if (draws.isIn(10)) world.dublinIsUp = !world.dublinIsUp;
    if (draws.isIn(10)) world.isDrained = !world.isDrained;
    if (world.isHostile && draws.isIn(3)) {
      world.isTouched = true;
      await (draws.isIn(50) ? store.putLatch() : store.removeLatch());
    }
    const seconds = draws.isIn(90) ? draws.of([0, 1, 20, 60, 60, 60]) : draws.of([-3600, 3600]);
    world.nowMs += seconds * 1000;
    await world.start(eventOf(draws));
    if (draws.isIn(30)) await world.start(eventOf(draws));
    // A run may be overtaken, but not for as long as a soak: Lambda ends it.
    if (seconds <= 20 && seconds >= 0 && draws.isIn(20)) await world.interleave(1);
    else await world.quiesce();
  }
  return { world, state: await world.settle() };
}

function eventOf(draws: Draws): GateEvent {
  if (draws.isIn(70)) return { kind: "tick" };
  const kind = draws.isIn(25) ? "hold" : "release";
  return { kind, identity: draws.of(["ada", "bob"]), reason: "r" };
}
