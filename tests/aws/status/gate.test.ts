import { expect } from "chai";
import type { GateState } from "../../../functions/gate/state";
import { armed, bucket, dublinServes, functionName, nowMs } from "./liveSystem";
import { rigOfSuite } from "./statusRig";

/** The state of a gate that holds a failback. */
const latched: GateState = {
  ...armed,
  phase: "latched",
  sinceMs: nowMs - 7_200_000,
  latchedBy: { kind: "route53" },
  blockers: ["signal deep is unhealthy"],
};

describe("the failback gate in failover status, against moto", function () {
  this.timeout(120_000);
  const rig = rigOfSuite();

  it("shows a latch with its age, its origin and what blocks a release", async () => {
    rig().says(dublinServes);
    rig().system.checkers["gate-latch"] = 16;
    await rig().system.put("latch", "latched");
    await rig().system.put("state.json", JSON.stringify(latched));
    const { gate, checks, facts: found } = await rig().ask();
    expect(found.map(({ code }) => code)).to.deep.equal(["lower-tier", "lower-tier"]);
    expect(gate).to.deep.include({
      phase: "latched",
      sinceSeconds: 7_200,
      latchedBy: { kind: "route53" },
      blockers: ["signal deep is unhealthy"],
      latchObject: "present",
      latchCheck: "unhealthy",
    });
    // The primary is well, and the latch alone keeps customers out of it.
    expect(checks.map(({ name, status }) => `${name} ${status}`)).to.include.members([
      "oregon-check healthy",
      "oregon-region unhealthy",
    ]);
  });

  it("names a server that is not authoritative, and messages that were not sent", async () => {
    Object.assign(rig().servers[0] ?? {}, { isAuthoritative: false });
    const notices = [{ id: "1", subject: "latched", text: "…" }];
    await rig().system.put("state.json", JSON.stringify({ ...armed, notices }));
    expect(await rig().facts()).to.deep.equal([
      "bad name-server: ns-1.example.net: no answer to 2 of 2 questions: 127.0.0.1 is not authoritative, asked for A of orders.example.org",
      `bad controller-notices: 1 message of ${functionName} is not known to be sent; look at the alert topic in the standby region`,
    ]);
  });

  it("reports a gate that is blind, stale, or not as its state says", async () => {
    rig().system.checkers["gate-readable"] = 2;
    await rig().system.put("latch", "latched");
    await rig().system.put(
      "state.json",
      JSON.stringify({ ...armed, lastRunMs: nowMs - 3_600_000 }),
    );
    expect(await rig().facts()).to.deep.equal([
      `bad controller-stale: ${functionName} ran last 1 h ago, and should run each minute; look at its log and its dead-letter queue`,
      `bad latch-object: the gate is armed, but the latch object is present; ${functionName} corrects it at its next run`,
      "bad gate-blind: the gate is blind: Route 53's checkers cannot read its bucket, so the latch check does not see the latch; compare the bucket's policy with the published ranges of the checkers",
      "bad latch-check: the latch object is present, but the latch check is healthy; it follows within about 30 s",
    ]);
  });

  it("reports a controller that has not run, a state of another version, and a missing bucket", async () => {
    await rig().system.s3.deleteObject({ Bucket: bucket, Key: "state.json" });
    expect(await rig().facts()).to.deep.equal([
      `bad controller-stale: ${functionName} has not run yet: ${bucket} has no state.json`,
    ]);
    await rig().system.put("state.json", JSON.stringify({ ...armed, version: 2 }));
    const [other] = await rig().facts();
    expect(other).to.match(/^unknown gate-state: the state of the gate: state\.json: version: /);
    for (const Key of ["state.json", "readable"]) {
      await rig().system.s3.deleteObject({ Bucket: bucket, Key });
    }
    await rig().system.s3.deleteBucket({ Bucket: bucket });
    expect(await rig().facts()).to.deep.equal([
      "unknown gate-state: the state of the gate: s3 getObject in eu-west-1 failed, got NoSuchBucket: The specified bucket does not exist",
      `bad readable-object: ${bucket} has no object "readable", or does not exist; run \`pulumi up\``,
    ]);
  });

  it("says when a gate that was only created may be attached", async () => {
    await rig().reset({ isAttached: false });
    expect((await rig().ask()).gate?.attaching).to.equal(
      "may be attached now: set failover:gate.mode to attached, and run `pulumi up`; until then it moves no traffic",
    );
    rig().system.checkers["gate-latch"] = 16;
    expect((await rig().ask()).gate?.attaching).to.equal(
      "must not be attached yet, because that would move traffic: wait until the latch check and the readable check are healthy",
    );
  });

  it("reports a mode that is not the deployed one", async () => {
    rig().system.mode = "created";
    expect(await rig().facts()).to.deep.equal([
      "bad gate-mode: the latch check is attached, but the settings say created; run `pulumi up`",
    ]);
  });

  it("needs no approval where releases are automatic, and one for a person's hold", async () => {
    const needed = async (): Promise<unknown> => (await rig().ask()).gate?.approvalsNeeded;
    rig().system.settings = { APPROVAL: "automatic", APPROVERS: "1" };
    expect(await needed()).to.equal(0);
    const latchedBy = { kind: "person", identity: "ana", reason: "evacuation" };
    await rig().system.put("state.json", JSON.stringify({ ...armed, phase: "latched", latchedBy }));
    expect(await needed()).to.equal(1);
  });

  it("says whether a release waits for orders, by the controller's signals", async () => {
    const watchesOrders = async (...signals: readonly string[]): Promise<unknown> => {
      const names = Object.fromEntries(signals.map((signal) => [signal, `${signal}.example`]));
      rig().system.settings = { SIGNAL_NAMES: JSON.stringify(names) };
      return (await rig().ask()).gate?.watchesOrders;
    };
    expect(await watchesOrders("deep", "orders-oregon", "orders-dublin")).to.equal(true);
    expect(await watchesOrders("deep")).to.equal(false);
  });

  it("does not know whether a release waits for orders if it cannot read the signals", async () => {
    for (const settings of [{}, { SIGNAL_NAMES: "{" }, { SIGNAL_NAMES: "{}" }]) {
      rig().system.settings = settings;
      const { gate } = await rig().ask();
      expect(gate?.watchesOrders, JSON.stringify(settings)).to.equal(null);
    }
  });
});
