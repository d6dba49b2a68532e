import { expect } from "chai";
import { Drill } from "../../../rehearsal/live/drill";
import type { DrillEvent, DrillRun } from "../../../rehearsal/live/drillRun";
import { StackModel } from "../../../routing/graph/stackModel";
import { webPair } from "../simulation/stacks";
import { refusalBy } from "./refusal";

/** A server that is checked every 10 s, over a last tier. */
const model = new StackModel(webPair({ requestInterval: 10, failureThreshold: 2 }));

async function started(seed = 1): Promise<Drill> {
  return Drill.start({
    ...{ model, title: "pair", name: "www.a.test", type: "A" },
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

  it("compares no outage that begins while checkers remember another one", async () => {
    const drill = await started();
    const at = (seconds: number): Promise<void> =>
      new Promise((resolve) => {
        drill.at(seconds, resolve);
      });
    await at(10);
    await drill.fail(["web"], "refused");
    await at(19.5);
    await drill.return(["web"]);
    await drill.fail(["web"], "refused");
    await next(drill, "measured");
    const measured = ofKind(await drill.stop(), "measured").at(-1);
    // Most checkers had one failure of two in memory.
    expect(measured).to.have.property("detectionSeconds").below(10);
    expect(measured).not.to.have.property("isWithinBound");
    expect(measured).not.to.have.property("outside");
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
