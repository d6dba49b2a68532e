import { expect } from "chai";
import { Drill } from "../../../rehearsal/live/drill";
import type { DrillEvent, DrillRun } from "../../../rehearsal/live/drillRun";
import { StackModel } from "../../../routing/graph/stackModel";
import { cnamePair, namedPair, namedRegion, webPair } from "../simulation/stacks";
import { refusalBy } from "./refusal";
import { itWithEveryCase } from "../../sampled";

/** A server that is checked every 10 s, over a last tier. */
const model = new StackModel(webPair({ requestInterval: 10, failureThreshold: 2 }));
/** Two servers that are checked so, behind a check of their name, over a last tier. */
const region = new StackModel(namedRegion({ requestInterval: 10, failureThreshold: 2 }));

async function started(stack = model, seed = 1): Promise<Drill> {
  return Drill.start({
    ...{ model: stack, title: "pair", name: "www.a.test", type: "A" },
    ...{ regionNames: new Map(), objectives: new Map() },
    ...{ app: "embedded" as const, speed: 50, seed, address: "127.53.20.1", port: 0, namesPort: 0 },
    ...{ unread: [], startedAt: new Date(0) },
  });
}

/** Waits for an event. */
function next(drill: Drill, kind: DrillEvent["kind"]): Promise<DrillEvent> {
  return new Promise((resolve) => {
    const remove = drill.subscribe((event) => {
      if (event.kind !== kind) return;
      remove();
      resolve(event);
    });
  });
}

const ofKind = <K extends DrillEvent["kind"]>(
  { events }: Pick<DrillRun, "events">,
  kind: K,
): Extract<DrillEvent, { kind: K }>[] =>
  events.filter((one): one is Extract<DrillEvent, { kind: K }> => one.kind === kind);

describe("a drill", () => {
  it("moves customers when a server dies, and back when it returns", async () => {
    const drill = await started();
    await drill.fail(["web"], "refused");
    await next(drill, "measured");
    await drill.return(["web"]);
    await next(drill, "answer");
    const run = await drill.stop();
    expect(
      ofKind(run, "answer").map(({ answers }) => answers.map(({ value }) => value)),
    ).to.deep.equal([["198.51.100.1"], ["203.0.113.99"], ["198.51.100.1"]]);
    const [measured] = ofKind(run, "measured");
    expect(measured?.fault).to.equal("web");
    expect(measured?.isWithinBound).to.equal(true);
    // Two intervals and what the probes take; with δ and a TTL of 60 s for the customers.
    expect(measured?.detectionSeconds).to.be.within(10, 20);
    expect(measured?.downtimeSeconds).to.be.within(10, 90);
    const orders = ofKind(run, "customers");
    expect(orders.some(({ served }) => served > 0)).to.equal(true);
    expect(orders.some(({ stale }) => stale > 0)).to.equal(true);
    expect(orders.every(({ stale, failed }) => stale <= failed)).to.equal(true);
  });

  for (const [title, resources] of [
    ["of a pair of CNAMEs, whose addresses are kept for a day", cnamePair()],
    ["of a pair behind a CNAME that is kept for an hour", namedPair()],
  ] as const) {
    it(`T1, N5 moves customers ${title}, within the bound`, async () => {
      const drill = await started(new StackModel(resources));
      await drill.fail(["web"], "refused");
      await next(drill, "measured");
      const [measured] = ofKind(await drill.stop(), "measured");
      expect(measured?.predicted?.downtime.bound).to.equal(40);
      expect(measured).to.deep.include({ isWithinBound: true });
      expect(measured?.downtimeSeconds).to.be.within(10, 40);
    });
  }

  it("compares an outage that begins while its checkers remember another one with the bound alone", async () => {
    const drill = await started();
    const at = (seconds: number): Promise<void> =>
      new Promise((resolve) => {
        drill.at(seconds, resolve);
      });
    await at(10);
    await drill.fail(["us-west-2"], "refused");
    await at(19.5);
    await drill.return(["us-west-2"]);
    await drill.fail(["us-west-2"], "refused");
    await next(drill, "measured");
    const [first, last] = ofKind(await drill.stop(), "measured");
    expect(first?.predicted?.detection.simulated?.low).to.be.within(9, 20);
    // Most checkers had one failure of two in memory.
    expect(last).to.have.property("detectionSeconds").below(10);
    expect(last?.predicted).to.deep.equal({ detection: { bound: 20 }, downtime: { bound: 90 } });
    expect(last).to.deep.include({ isWithinBound: true, outside: [] });
  });

  itWithEveryCase(
    "compares a flap with the bound, whose checks of the name are too slow to be misled by it",
    async () => {
      const slow = new StackModel(namedRegion({ requestInterval: 30, failureThreshold: 6 }));
      const isComparedWith = async (stack: StackModel): Promise<unknown> => {
        const drill = await started(stack);
        const at = (seconds: number): Promise<void> =>
          new Promise((resolve) => {
            drill.at(seconds, resolve);
          });
        await at(35);
        await drill.fail(["web-0"], "refused");
        await at(44.5);
        await drill.return(["web-0"]);
        await drill.fail(["web-0"], "refused");
        await next(drill, "measured");
        return ofKind(await drill.stop(), "measured").at(-1)?.predicted?.detection;
      };
      expect(await isComparedWith(slow)).to.deep.equal({ bound: 20 });
      // Two results in a row are soon there where one is remembered.
      expect(await isComparedWith(region)).to.equal(undefined);
    },
  );

  it("judges a second fault by what the model says of it under the first", async () => {
    const drill = await started(region);
    for (const name of ["web-0", "web-1"]) {
      const measured = next(drill, "measured");
      await drill.fail([name], "refused");
      await measured;
    }
    const [first, second] = ofKind(await drill.stop(), "measured");
    const [broken, begins] = [region.faults(["web-0"]), region.faults(["web-1"])];
    const under = region.worstCase("www.a.test", "A", broken, [...broken, ...begins], "refused");
    const alone = region.worstCase("www.a.test", "A", [], begins, "refused");
    expect(alone.detectionSeconds).to.equal(0);
    expect(second?.predicted?.detection.bound).to.equal(under.detectionSeconds);
    expect(second?.predicted?.downtime.bound).to.equal(under.downtimeSeconds);
    expect([first?.isWithinBound, second?.isWithinBound]).to.deep.equal([true, true]);
    expect(second?.outside).to.deep.equal([]);
    // The check of the name finds nothing alive at least twice.
    expect(second?.detectionSeconds).to.be.within(10, Number(under.detectionSeconds));
  });

  it("compares no second fault that begins before the first is noticed everywhere", async () => {
    const drill = await started(region);
    await drill.fail(["web-0"], "refused");
    const checked = next(drill, "check");
    await checked;
    await drill.fail(["web-1"], "refused");
    await next(drill, "measured");
    for (const measured of ofKind(await drill.stop(), "measured").slice(1)) {
      expect(measured).not.to.have.property("predicted");
    }
  });

  it("predicts nothing of what only some checkers see", async () => {
    const drill = await started();
    const [fault] = model.faults(["us-west-2"]);
    if (!fault) throw new Error("no region");
    const happenings = [{ fault, death: "refused" as const, seenFrom: ["us-east-1"] }];
    drill.play(
      [
        { startMs: 0, happenings: [] },
        { startMs: 5_000, happenings },
      ],
      [],
    );
    await next(drill, "fault");
    const run = await drill.stop();
    const [measured] = ofKind(run, "measured");
    expect(measured).to.include({ fault: "us-west-2", detectionSeconds: 0 });
    expect(measured).not.to.have.property("predicted");
  });

  it("tells who broke, and each change of a check with its checkers", async () => {
    const drill = await started();
    await drill.fail(["web"], "connectsThenHangs");
    await next(drill, "measured");
    const run = await drill.stop();
    const [fault] = ofKind(run, "fault");
    expect({ ...fault, atSeconds: 0 }).to.deep.equal({
      ...{
        kind: "fault",
        action: "fail",
        names: ["web"],
        death: "connectsThenHangs",
        broken: ["web"],
      },
      atSeconds: 0,
    });
    const checks = ofKind(run, "check");
    expect(checks[0]).to.deep.include({ isHealthy: true, checkers: { healthy: 16, all: 16 } });
    // More than 18 % of 16 are three (H5).
    for (const { isHealthy, checkers } of checks) {
      expect(isHealthy).to.equal((checkers?.healthy ?? 0) >= 3);
    }
    expect(checks.at(-1)?.isHealthy).to.equal(false);
  });

  it("predicts each fault alone with the bound of the model", async () => {
    const drill = await started();
    await drill.stop();
    const found = drill.subject.predictions.find(
      ({ fault, death }) => fault === "web" && death === "refused",
    );
    const bound = model.worstCase("www.a.test", "A", [], model.faults(["web"]), "refused");
    expect(found?.detection.bound).to.equal(bound.detectionSeconds);
    expect(found?.downtime.bound).to.equal(bound.downtimeSeconds);
  });

  it("is bad news while customers are on a dead answer", async () => {
    const drill = await started();
    await drill.fail(["web"], "refused");
    await next(drill, "customers");
    const run = await drill.stop();
    expect(run.events.at(-1)).to.deep.include({
      kind: "end",
      isGood: false,
      reasons: ["customers are on a dead answer at the end"],
    });
  });

  it("refuses a fault that the stack does not have", async () => {
    const drill = await started();
    try {
      expect(() => drill.fail(["eu-west-9"])).to.throw(/^--fail eu-west-9: no such fault/);
    } finally {
      await drill.stop();
    }
  });

  it("leaves no open port, whatever was broken", async () => {
    const drill = await started();
    await drill.fail(["web"], "synDropped");
    const { endpoints, nameServer } = drill.subject;
    await drill.stop();
    for (const at of [...endpoints, nameServer]) {
      expect(await refusalBy(at), at.address).to.equal("ECONNREFUSED");
    }
  });
});
