import { expect } from "chai";
import { Drill } from "../../../../rehearsal/live/drill";
import type { DrillEvent } from "../../../../rehearsal/live/drillRun";
import { logOf } from "../../../../rehearsal/live/eventLog";
import type { ControllerEvent } from "../../../../rehearsal/simulation/controllerEvents";
import { StackModel } from "../../../../routing/graph/stackModel";
import { InputError } from "../../../../routing/inputError";
import { webPair } from "../../simulation/stacks";
import { gatedModel, gatedName } from "./gatedModel";
import { itWithEveryCase } from "../../../sampled";

type EventOf<K extends DrillEvent["kind"]> = Extract<DrillEvent, { kind: K }>;

const [primary, standby] = ["us-east-2", "us-east-1"];

const alone = { speed: 50, address: "127.53.24.1" };

function started(
  model: StackModel,
  name: string,
  gateEvents: readonly ControllerEvent[] = [],
  { speed, address }: { readonly speed: number; readonly address: string } = alone,
): Promise<Drill> {
  return Drill.start({
    ...{ model, title: "dev", name, type: "A", gateEvents },
    ...{ regionNames: new Map(), objectives: new Map() },
    ...{ speed, seed: 1, address, port: 0, namesPort: 0 },
    ...{ app: "embedded" as const, unread: [], startedAt: new Date("2026-11-27T15:00:00Z") },
  });
}

/** Waits for the next event of a kind that holds. */
function until<K extends DrillEvent["kind"]>(
  drill: Drill,
  kind: K,
  holds: (event: EventOf<K>) => boolean,
): Promise<void> {
  const isIt = (event: DrillEvent): boolean => event.kind === kind && holds(event as EventOf<K>);
  return new Promise((resolve) => {
    const remove = drill.subscribe((event) => {
      if (!isIt(event)) return;
      remove();
      resolve();
    });
  });
}

const phaseIs =
  (phase: string) =>
  (event: EventOf<"gate">): boolean =>
    event.phase === phase;

const refusal = async (command: Promise<void>): Promise<unknown> =>
  command.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("the failback gate of a drill", () => {
  let model: StackModel;
  /** The regions of the present answers. */
  const servesIn =
    (region: string) =>
    ({ answers }: EventOf<"answer">): boolean =>
      answers.every(({ endpoint }) => endpoint?.includes(nameOf[region] ?? region));
  const nameOf: Readonly<Record<string, string>> = {
    [primary]: "::ohio-",
    [standby]: "::virginia-",
  };

  before(async () => {
    model = await gatedModel();
  });

  // tests/rehearsal/scenarios/gate.test.ts has a release without servers.
  itWithEveryCase("keeps customers in the standby region until a release", async () => {
    const drill = await started(model, gatedName, [], { ...alone, speed: 100 });
    try {
      const log = logOf({ drill: drill.subject, events: drill.events });
      expect(log.filter(({ word }) => word === "Gate").map(({ text }) => text)).to.deep.equal([
        "armed: it latches when the standby region takes over",
      ]);
      expect(drill.subject.differences.join("\n")).to.include(
        "The failback gate asks one name server",
      );
      const refused = await refusal(drill.release("too early"));
      expect(String(refused)).to.include("release: must follow a latch, got phase armed");
      const latched = until(drill, "gate", phaseIs("latched"));
      await drill.fail([primary], "refused");
      await latched;
      const latch = drill.subject.checks.find(({ label }) => label === "gate-latch-check");
      const seen = until(
        drill,
        "check",
        ({ check, isHealthy }) => check === latch?.id && !isHealthy,
      );
      await seen;
      const waits = until(drill, "gate", phaseIs("awaitingApproval"));
      await drill.return([primary]);
      await waits;
      const answers = (): EventOf<"answer">[] =>
        drill.events.filter((one): one is EventOf<"answer"> => one.kind === "answer");
      expect(answers().at(-1)).to.satisfy(servesIn(standby));
      const back = until(drill, "answer", servesIn(primary));
      await drill.release("all is well");
      await back;
    } finally {
      await drill.stop();
    }
    const phases = drill.events.flatMap((event) => (event.kind === "gate" ? [event.phase] : []));
    expect(phases.filter((phase, index) => phase !== phases[index - 1])).to.deep.equal([
      ...["armed", "latched", "soaking", "awaitingApproval", "released"],
    ]);
    const alerts = drill.events.flatMap((event) => (event.kind === "alert" ? [event.subject] : []));
    expect(alerts).to.include.members([
      "failover-dev-gate: latched",
      "failover-dev-gate: awaiting approval",
      "failover-dev-gate: released",
    ]);
  });

  it("is played by a scenario: a controller that starts late, a hold, and one that is dead", async () => {
    const drill = await started(model, gatedName, [
      { atMs: 0, kind: "controller", mode: "new" },
      { atMs: 70_000, kind: "hold", identity: "ann", reason: "evacuation" },
      { atMs: 80_000, kind: "controller", mode: "stop" },
      { atMs: 81_000, kind: "release", identity: "ann", reason: "done" },
    ]);
    try {
      expect(drill.events.filter(({ kind }) => kind === "gate")).to.deep.equal([]);
      // A person's hold moves customers: the latch is a child of the guarded region's check.
      const moved = until(drill, "answer", servesIn(standby));
      await until(drill, "note", ({ text }) => text.startsWith("the gate's controller"));
      const gate = drill.events.flatMap((event) => (event.kind === "gate" ? [event] : []));
      expect(gate.map(({ phase, isLatched }) => [phase, isLatched])).to.deep.equal([
        ["armed", false],
        ["latched", true],
      ]);
      expect(gate.at(-1)?.text).to.include("by ann (evacuation)");
      const note = drill.events.find(({ kind }) => kind === "note");
      expect(note).to.deep.include({
        text: "the gate's controller: release: the controller does not run",
      });
      await moved;
    } finally {
      await drill.stop();
    }
  });

  // liveGate.test.ts has both without a drill.
  itWithEveryCase(
    "latches sooner by the messages of alarms, and without them after three minutes' runs",
    async () => {
      const latchedAfter = async (
        address: string,
        gateEvents: readonly ControllerEvent[],
      ): Promise<number> => {
        const drill = await started(model, gatedName, gateEvents, { ...alone, address });
        try {
          const latched = until(drill, "gate", phaseIs("latched"));
          await drill.fail([primary], "refused");
          await latched;
          const moved = drill.events.find(
            (event) => event.kind === "answer" && servesIn(standby)(event),
          );
          return drill.nowSeconds - (moved?.atSeconds ?? NaN);
        } finally {
          await drill.stop();
        }
      };
      // The first and the third of three runs by the schedule are two minutes apart.
      const lost = [{ atMs: 0, kind: "alerts", arrive: false }] as const;
      const [unheard, heard] = await Promise.all([
        latchedAfter("127.53.24.1", lost),
        latchedAfter("127.53.28.1", []),
      ]);
      expect(unheard).to.be.within(119, 185);
      expect(heard).to.be.below(119);
    },
  );

  it("says where there is no gate to hold", async () => {
    const drill = await started(
      new StackModel(webPair({ requestInterval: 10, failureThreshold: 2 })),
      "www.a.test",
    );
    try {
      const refused = await refusal(drill.hold("evacuation"));
      expect(refused).to.be.instanceOf(InputError);
      expect(String(refused)).to.include("hold: must have an attached failback gate, got none");
    } finally {
      await drill.stop();
    }
  });
});
