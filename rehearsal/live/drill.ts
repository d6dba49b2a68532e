import { failureModeDefault } from "../../routing/checker";
import type { Observed } from "../../routing/graph/observed";
import type { StackModel } from "../../routing/graph/stackModel";
import { AnsweringView, type Resolution } from "../../routing/resolve";
import type { ActiveFault, FaultPhase } from "../simulation/phases";
import type { Death } from "../simulation/plan";
import { Alerts } from "./alerts";
import { answerEvent, isOverShare, movedShare } from "./answers";
import type { DrillClock } from "./clock";
import { stoodStillText } from "./clock";
import { DrillCustomers } from "./drillCustomers";
import type { DrillEvent, DrillRun, DrillSubject, Predicted } from "./drillRun";
import { DrillLog } from "./drillLog";
import type { DrillNews } from "./drillLog";
import type { DrillOrder } from "./drillOrder";
import { drawsOf } from "./drillStreams";
import { drillSubjectOf } from "./drillSubject";
import type { FaultsChange } from "./faultChanges";
import { drilledChangeOf, faultNews, isSameFault } from "./faultChanges";
import type { Inventory } from "./inventory";
import { serverOf, serversByValue } from "./inventory";
import { LiveRoute53 } from "./liveRoute53";
import { endReasons } from "./endReasons";
import { GateControl } from "./gate/gateControl";
import { Measures, quietSeconds, reportEverySeconds } from "./measures";
import { addressBehind } from "./cachingResolver";
import { DrillNames } from "./drillNames";
import type { DrillParts } from "./drillParts";
import { boundsOf } from "./predictions";
import { openedParts } from "./drillParts";
import type { DrillServers } from "./servers";

/** A drill in progress: real servers, probes and customers on this machine. */
export class Drill {
  private readonly log = new DrillLog();
  private readonly customers: DrillCustomers;
  private readonly measures = new Measures();
  private answered = "";
  private present: readonly ActiveFault[] = [];
  /** Changes of the faults follow one another. */
  private changing: Promise<void> = Promise.resolve();
  private readonly route53: LiveRoute53;
  private names: DrillNames | undefined;
  private readonly gate: GateControl;
  private begun: DrillSubject | undefined;

  private readonly clock: DrillClock;
  private readonly inventory: Inventory;
  private readonly servers: DrillServers;

  private constructor(
    private readonly order: DrillOrder,
    private readonly parts: DrillParts,
  ) {
    const { inventory, clock, faults, replies, servers, addresses } = parts;
    [this.clock, this.inventory, this.servers] = [clock, inventory, servers];
    const { model } = order;
    this.customers = new DrillCustomers(parts, {
      name: order.name,
      ask: async (name) => this.names?.ask(name),
      isAnswered: (address) => this.isAnswered(address),
      onEnd: (ended) => {
        this.measures.ended(ended);
      },
    });
    this.gate = new GateControl(order, parts, drawsOf(order.seed, "gate"), (news) => {
      this.emit(news);
    });
    const alerts = new Alerts(model, inventory, clock, drawsOf(order.seed, "alerts"), (alert) => {
      this.emit({ kind: "alert", ...alert });
      this.gate.alerted();
    });
    this.route53 = new LiveRoute53(
      {
        ...{ model, inventory, faults, replies, servers, addresses },
        resolve: (name) => addressBehind(name, async (asked) => this.names?.ask(asked)),
        decisionDraws: drawsOf(order.seed, "decisions"),
        checkerDraws: drawsOf(order.seed, "checkers"),
        followerDraws: drawsOf(order.seed, "followers"),
        onCheck: (status) => {
          this.emit({ kind: "check", ...status });
          alerts.changed(status.check, status.isHealthy);
        },
        onDecided: () => {
          this.measures.decide(this.resolved(this.route53.decided), clock.nowSeconds());
        },
        onPublished: () => {
          this.publish();
        },
      },
      clock,
    );
  }

  /**
   * Opens the servers and starts the checkers and customers.
   *
   * @throws InputError if the records have faults, or the addresses and ports cannot be used
   */
  static async start(order: DrillOrder): Promise<Drill> {
    const drill = new Drill(order, await openedParts(order));
    try {
      await drill.begin();
    } catch (error) {
      await drill.close();
      throw error;
    }
    return drill;
  }

  /** What is drilled. */
  get subject(): DrillSubject {
    if (!this.begun) throw new Error("the drill has not begun");
    return this.begun;
  }

  /** Tells a listener of every event from now on; returns how to remove it. */
  subscribe(listener: (event: DrillEvent) => void): () => void {
    return this.log.subscribe(listener);
  }

  /** Everything that has happened. */
  get events(): readonly DrillEvent[] {
    return this.log.events;
  }

  get nowSeconds(): number {
    return this.clock.nowSeconds();
  }

  /**
   * Makes something fail.
   *
   * @param names as `--fail` takes them
   * @throws InputError for a name that the stack does not have
   */
  fail(names: readonly string[], death: Death = failureModeDefault): Promise<void> {
    const failing = this.order.model.faults(names);
    return this.change([
      ...this.present.filter(({ fault }) => !failing.some(({ name }) => name === fault.name)),
      ...failing.map((fault) => ({ fault, death })),
    ]);
  }

  /**
   * Makes something fail at a time of the drill.
   *
   * @throws InputError for what cannot fail so, now and not then
   */
  failAt(atSeconds: number, names: readonly string[], death: Death): void {
    const failing = this.order.model.faults(names).map((fault) => ({ fault, death }));
    this.servers.lamp?.refuseImpossible(failing);
    this.at(atSeconds, () => void this.fail(names, death));
  }

  /** Makes something return; without names, all that is broken. */
  return(names: readonly string[] = []): Promise<void> {
    const returning = this.order.model.faults(names).map(({ name }) => name);
    return this.change(
      this.present.filter(({ fault }) => names.length > 0 && !returning.includes(fault.name)),
    );
  }

  /** Plays the phases of a scenario, each at its time from the start of the drill. */
  play(phases: readonly FaultPhase[], notes: readonly { atSeconds: number; text: string }[]): void {
    for (const { happenings } of phases) this.servers.lamp?.refuseImpossible(happenings);
    for (const { startMs, happenings, renewed = [] } of phases.slice(1)) {
      this.clock.after(startMs / 1_000 - this.nowSeconds, () => {
        void this.change(happenings);
        this.route53.renew(renewed);
      });
    }
    for (const { atSeconds, text } of notes) {
      this.clock.after(atSeconds - this.nowSeconds, () => {
        this.emit({ kind: "note", text });
      });
    }
  }

  /** What the model says of faults that begin together while all is well; undefined where it says nothing. */
  predicted(names: readonly string[], death: Death): Predicted | undefined {
    return this.parts.predictor.of({ broken: [], begins: this.order.model.faults(names), death });
  }

  /** What began to fail and has not been measured yet, by name. */
  get openOutage(): string | undefined {
    return this.measures.open;
  }

  /** Does something at a time of the drill. */
  at(atSeconds: number, act: () => void): void {
    this.clock.after(atSeconds - this.nowSeconds, act);
  }

  /**
   * Holds the failback at the gate.
   *
   * @throws InputError where the controller refuses it, and without an attached gate
   */
  hold(reason: string): Promise<void> {
    return this.gate.command("hold", reason);
  }

  /**
   * Approves a release of the gate.
   *
   * @throws InputError where the controller refuses it, and without an attached gate
   */
  release(reason: string): Promise<void> {
    return this.gate.command("release", reason);
  }

  /**
   * Ends the drill: nothing of it is left on this machine.
   *
   * @param cutShort why it ends before what was to be seen; then it does not end well
   */
  async stop(cutShort: readonly string[] = []): Promise<DrillRun> {
    try {
      await Promise.all([this.changing, this.gate.ended()]);
      await this.conclude(cutShort);
    } finally {
      await this.close();
    }
    return { drill: this.subject, events: this.events };
  }

  private async conclude(cutShort: readonly string[]): Promise<void> {
    this.reportMeasure(this.measures.end(this.nowSeconds));
    const stoodStill = stoodStillText(this.clock);
    if (stoodStill !== undefined) this.emit({ kind: "note", text: stoodStill });
    const quietFor = this.nowSeconds - this.customers.orders.lastFailureSeconds;
    const seen = endReasons(this.events, quietFor < quietSeconds);
    const outcome = await this.customers.outcome();
    for (const news of outcome.news) this.emit(news);
    const reasons = [...cutShort, ...seen, ...outcome.reasons];
    this.emit({ kind: "end", isGood: reasons.length === 0, reasons });
  }

  private async close(): Promise<void> {
    this.clock.stop();
    await Promise.all([this.servers.stop(), this.names?.stop()]);
  }

  private async begin(): Promise<void> {
    const { order, servers, inventory } = this;
    const serverOfValue = serversByValue(inventory);
    const names = await DrillNames.start(
      { address: order.address, port: order.namesPort },
      {
        view: () => this.route53.published,
        addressOf: (value) => servers.addressOf(serverOfValue.get(value) ?? ""),
        askerOf: () => this.asker,
        seed: order.seed,
      },
      drawsOf(order.seed, "names"),
    );
    this.names = names;
    this.begun = drillSubjectOf(order, inventory, servers, this.parts.predictions, names.server);
    this.publish();
    this.measures.decide(this.resolved(this.route53.decided), this.nowSeconds);
    this.route53.start();
    await this.gate.start(names.server);
    this.customers.start(drawsOf(order.seed, "customers"));
    this.clock.every(reportEverySeconds, () => {
      this.report();
    });
    this.clock.start();
  }

  private change(next: readonly ActiveFault[]): Promise<void> {
    this.servers.lamp?.refuseImpossible(next);
    this.changing = this.changing.then(() => this.changeNow(next));
    return this.changing;
  }

  private async changeNow(next: readonly ActiveFault[]): Promise<void> {
    const { present } = this;
    const begins = next.filter((one) => !present.some((other) => isSameFault(one, other)));
    const ends = present.filter(
      (one) => !next.some((other) => one.fault.name === other.fault.name),
    );
    if (begins.length + ends.length === 0) return;
    // The servers' faults change first.
    const { truth } = this.parts.faults;
    await this.servers.change(next, () => {
      this.changed({ before: present, next, begins, ends }, truth);
    });
  }

  private changed(change: FaultsChange, truthBefore: Observed<boolean>): void {
    const { next, begins, ends } = change;
    this.present = next;
    const atSeconds = this.nowSeconds;
    const predicted = this.predictedOf(change, truthBefore);
    this.reportMeasure(this.measures.end(atSeconds));
    for (const news of faultNews(ends, begins, next)) this.emit(news, atSeconds);
    this.route53.follow();
    if (begins.length === 0) return;
    this.measure(begins.map(({ fault }) => fault.name).join(" + "), atSeconds, predicted);
  }

  /**
   * What the model says of a change, if the stack is where the model begins. Where only checks that fail now remember
   * something, they can only be quicker, and others do not count if they cannot change before all is noticed: the
   * bound holds then, and the simulated range does not.
   */
  private predictedOf(change: FaultsChange, truthBefore: Observed<boolean>): Predicted | undefined {
    const { route53, gate, parts } = this;
    const drilled = drilledChangeOf(change);
    const predicted = drilled && !gate.isLatched ? parts.predictor.of(drilled) : undefined;
    if (!predicted || route53.isSettledAs(truthBefore)) return predicted;
    const { truth } = parts.faults;
    const fails = (check: string): boolean => truthBefore.passes(check) && !truth.passes(check);
    const { propagationSeconds } = this.order.model.route53.assumptions;
    const noticedSeconds = (predicted.detection.bound ?? Infinity) + propagationSeconds;
    return route53.isSettledAs(truthBefore, fails, noticedSeconds)
      ? boundsOf(predicted)
      : undefined;
  }

  private measure(name: string, atSeconds: number, predicted: Predicted | undefined): void {
    const { model, name: asked, type } = this.order;
    const { truth } = this.parts.faults;
    const finalAnswer = this.resolved(new AnsweringView(model.route53, this.gate.withLatch(truth)));
    const after = model.under(this.present.map(({ fault }) => fault));
    const isBehind = model.isBehind(asked, type, after, failureModeDefault);
    this.measures.begin({
      ...{ name, atSeconds, finalAnswer },
      isBad: (one) =>
        isBehind ? isOverShare(one, finalAnswer) : !truth.isAlive(one.record, one.value, asked),
      mostMoved: movedShare(this.resolved(this.route53.published), finalAnswer) >= 0.5,
      ...(predicted ? { predicted } : {}),
    });
  }

  private publish(): void {
    const { model } = this.order;
    const view = this.route53.published;
    this.names?.changed();
    const resolution = this.resolved(view);
    this.measures.publish(resolution, this.nowSeconds);
    const event = answerEvent(model, this.inventory, view, resolution, this.asker);
    const text = JSON.stringify(event);
    if (text === this.answered) return;
    this.answered = text;
    this.emit(event);
  }

  private report(): void {
    const counts = this.customers.orders.take();
    if (counts) this.emit({ kind: "customers", ...counts });
    this.reportMeasure(this.measures.resultAt(this.nowSeconds));
  }

  /** Whether the name servers answer with the address of a server now. */
  private isAnswered(address: string): boolean {
    const { model } = this.order;
    const { answers } = this.resolved(this.route53.published);
    return answers.some(
      ({ record, value, probability }) =>
        probability > 0 && this.servers.addressOf(serverOf(model, { record, value })) === address,
    );
  }

  private reportMeasure(measured: ReturnType<Measures["end"]>): void {
    if (measured) this.emit(measured);
  }

  private resolved(view: AnsweringView): Resolution {
    return view.resolve(this.order.name, this.order.type, this.asker);
  }

  /** The place that all customers are in. */
  private get asker(): ReturnType<StackModel["askersOf"]>[number] {
    return this.order.model.askersOf(this.order.name, this.order.type)[0] ?? {};
  }

  private emit(news: DrillNews, atSeconds = this.nowSeconds): void {
    this.log.add(news, atSeconds);
  }
}
