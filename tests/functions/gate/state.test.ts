import { expect } from "chai";
import { InputError } from "../../../routing/inputError";
import { parseGateState } from "../../../functions/gate/state";
import type { GateState } from "../../../functions/gate/state";
import { startMs } from "./samples";

const remedy = "restore an earlier version of state.json, or delete it: an existing latch stays";

const full: GateState = {
  version: 1,
  revision: 7,
  phase: "soaking",
  sinceMs: startMs,
  outsideRuns: 0,
  outsideCountedMs: startMs,
  latchedBy: { kind: "person", identity: "ada", reason: "evacuation" },
  approvals: [{ identity: "bob", reason: "looks good", atMs: startMs }],
  soakStartedMs: startMs,
  lastRunMs: startMs,
  remindedMs: startMs,
  blockers: ["approvals: 1 missing"],
  latchAgrees: true,
  notices: [{ id: "7: latched", subject: "latched", text: "Held by ada: evacuation." }],
  rangesComparedMs: startMs,
};

describe("parseGateState", () => {
  const faultsOf = (value: unknown): readonly string[] => {
    try {
      parseGateState(typeof value === "string" ? value : JSON.stringify(value));
    } catch (error) {
      if (error instanceof InputError) return error.faults;
      throw error;
    }
    return [];
  };

  it("reads back every field", () => {
    expect(parseGateState(JSON.stringify(full))).to.deep.equal(full);
    const first = { ...full, phase: "unarmed", approvals: [], notices: [], blockers: [] };
    for (const key of ["outsideCountedMs", "latchedBy", "soakStartedMs", "remindedMs"]) {
      Reflect.deleteProperty(first, key);
    }
    expect(faultsOf(first)).to.deep.equal([]);
  });

  it("names every field that is wrong, missing or unknown", () => {
    const wrong = {
      ...full,
      phase: "open",
      sinceMs: -1,
      latchedBy: { kind: "route53", identity: "ada" },
      approvals: [{ identity: "bob" }],
      notices: [{ id: "1", subject: "s", text: "t", more: 1 }],
      lastRunMs: undefined,
      more: 1,
    };
    expect(faultsOf(wrong)).to.deep.equal([
      `state.json: phase: must be one of unarmed, armed, latched, soaking, awaitingApproval, released, got "open"; ${remedy}`,
      `state.json: sinceMs: must be a time in milliseconds, got -1; ${remedy}`,
      `state.json: latchedBy: must be route53, or a person with identity and reason, or absent, got {"kind":"route53","identity":"ada"}; ${remedy}`,
      `state.json: approvals: must be a list of identity, reason and atMs, got [{"identity":"bob"}]; ${remedy}`,
      `state.json: lastRunMs: must be a time in milliseconds, got nothing; ${remedy}`,
      `state.json: notices: must be a list of id, subject and text, got [{"id":"1","subject":"s","text":"t","more":1}]; ${remedy}`,
      `state.json: more: must be absent, got 1; ${remedy}`,
    ]);
  });

  it("refuses a missing field, one after the other", () => {
    const optional = ["outsideCountedMs", "soakStartedMs", "remindedMs", "rangesComparedMs"];
    for (const key of Object.keys(full)) {
      const without = { ...full };
      Reflect.deleteProperty(without, key);
      expect(faultsOf(without).length, key).to.equal(optional.includes(key) ? 0 : 1);
    }
  });

  it("refuses another version, and text that is no object, as a whole", () => {
    expect(faultsOf({ version: 2, more: 1 })).to.deep.equal([
      `state.json: version: must be 1, got 2; ${remedy}`,
    ]);
    expect(faultsOf("[]")).to.deep.equal([`state.json: must be an object, got []; ${remedy}`]);
    expect(faultsOf('{"version":1')).to.deep.equal([
      `state.json: must be JSON, got "{\\"version\\":1"; ${remedy}`,
    ]);
  });

  it("refuses a latch without its reason, and a reason without a latch", () => {
    const { latchedBy } = full;
    const without = { ...full };
    Reflect.deleteProperty(without, "latchedBy");
    expect(faultsOf(without)).to.deep.equal([
      `state.json: latchedBy: must be present in phase soaking, got nothing; ${remedy}`,
    ]);
    expect(faultsOf({ ...full, phase: "armed" })).to.deep.equal([
      `state.json: latchedBy: must be absent in phase armed, got ${JSON.stringify(latchedBy)}; ${remedy}`,
    ]);
  });
});
