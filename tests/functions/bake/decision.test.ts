import { expect } from "chai";
import fc from "fast-check";
import {
  blindLooksMax,
  decide,
  lookEverySeconds,
  silenceSecondsMax,
} from "../../../functions/bake/decision";
import type { BakeDecision, Look, BakeProgress } from "../../../functions/bake/decision";
import type { BakeJudgement } from "../../../functions/bake/judgement";
import { good } from "./samples";

const progress = (more: Partial<BakeProgress> = {}): BakeProgress => ({
  phase: "arrival",
  soakSeconds: 120,
  elapsedSeconds: 60,
  secondsLeft: 800,
  blindLooks: 0,
  ...more,
});
const seen = (more: Partial<BakeJudgement> = {}): Look => ({
  kind: "seen",
  judgement: { ...good, ...more },
});
const blind: Look = { kind: "blind", reason: "DescribeAlarms: answered 403" };
const soak = (elapsedSeconds: number, more: Partial<BakeProgress> = {}): BakeProgress =>
  progress({ phase: "soak", elapsedSeconds, ...more });

const cases: readonly (readonly [string, BakeProgress, Look, BakeDecision])[] = [
  ["arrival: all is healthy", progress(), seen(), { kind: "passed", reasons: [] }],
  [
    "arrival: something is pending",
    progress(),
    seen({ pending: ["group a: not yet"] }),
    { kind: "wait", reasons: ["group a: not yet"] },
  ],
  [
    "arrival: something is lost, whatever else is pending",
    progress(),
    seen({ lost: ["group a: rolled back"], pending: ["alarm b: is on"] }),
    { kind: "failed", reasons: ["group a: rolled back"] },
  ],
  [
    "arrival: no time is left for another poll",
    progress({ secondsLeft: lookEverySeconds }),
    seen({ pending: ["group a: not yet"] }),
    { kind: "failed", reasons: ["it took too long", "group a: not yet"] },
  ],
  [
    "arrival: time is left for one more poll",
    progress({ secondsLeft: lookEverySeconds + 1 }),
    seen({ pending: ["group a: not yet"] }),
    { kind: "wait", reasons: ["group a: not yet"] },
  ],
  [
    "arrival: all is healthy at the last moment",
    progress({ secondsLeft: 0 }),
    seen(),
    { kind: "passed", reasons: [] },
  ],
  [
    "arrival: alarms without data, as after a first deployment",
    progress({ elapsedSeconds: silenceSecondsMax - 1 }),
    seen({ silent: ["a"] }),
    { kind: "wait", reasons: ["alarm a: has no data"] },
  ],
  [
    "arrival: alarms that still have none after five minutes",
    progress({ elapsedSeconds: silenceSecondsMax }),
    seen({ silent: ["a"], notes: ["check b: left out"] }),
    { kind: "passed", reasons: ["check b: left out", "alarm a: has no data"] },
  ],
  [
    "arrival: AWS does not answer",
    progress({ blindLooks: blindLooksMax - 1 }),
    blind,
    { kind: "wait", reasons: ["cannot observe the region: DescribeAlarms: answered 403"] },
  ],
  [
    "arrival: AWS has not answered for two minutes",
    progress({ blindLooks: blindLooksMax }),
    blind,
    { kind: "failed", reasons: ["cannot observe the region: DescribeAlarms: answered 403"] },
  ],
  ["soak: not over yet", soak(119), seen(), { kind: "wait", reasons: [] }],
  ["soak: over", soak(120), seen(), { kind: "passed", reasons: [] }],
  [
    "soak: something was skipped",
    soak(120),
    seen({ notes: ["check b: left out"] }),
    { kind: "passed", reasons: ["check b: left out"] },
  ],
  ["soak: of no minutes", soak(0, { soakSeconds: 0 }), seen(), { kind: "passed", reasons: [] }],
  [
    "soak: an alarm goes on",
    soak(30),
    seen({ pending: ["alarm a: is on"] }),
    { kind: "failed", reasons: ["alarm a: is on"] },
  ],
  [
    "soak: an alarm goes on at the last poll",
    soak(120),
    seen({ pending: ["alarm a: is on"] }),
    { kind: "failed", reasons: ["alarm a: is on"] },
  ],
  [
    "soak: an alarm without data",
    soak(120),
    seen({ silent: ["a"] }),
    { kind: "passed", reasons: [] },
  ],
  [
    "soak: over, but AWS does not answer",
    soak(120, { blindLooks: 1 }),
    blind,
    { kind: "wait", reasons: ["cannot observe the region: DescribeAlarms: answered 403"] },
  ],
];

describe("decide", () => {
  for (const [title, at, look, decision] of cases) {
    it(`${decision.kind === "wait" ? "waits" : `has ${decision.kind}`}: ${title}`, () => {
      expect(decide(at, look)).to.deep.equal(decision);
    });
  }
});

const point = fc.constantFrom("a", "b");
const looks: fc.Arbitrary<Look> = fc.oneof(
  fc.constant(blind),
  fc
    .record({
      lost: fc.array(point, { maxLength: 1 }),
      pending: fc.array(point, { maxLength: 2 }),
      silent: fc.array(point, { maxLength: 1 }),
      notes: fc.array(point, { maxLength: 1 }),
    })
    .map((judgement): Look => ({ kind: "seen", judgement })),
);
const anyProgress: fc.Arbitrary<BakeProgress> = fc.record({
  phase: fc.constantFrom("arrival", "soak"),
  soakSeconds: fc.integer({ min: 0, max: 600 }),
  elapsedSeconds: fc.integer({ min: 0, max: 900 }),
  secondsLeft: fc.integer({ min: -10, max: 900 }),
  blindLooks: fc.integer({ min: 0, max: 20 }),
});

describe("decide, for any poll at any time", () => {
  it("passes no lost, pending or blind poll, and no soak early", () => {
    fc.assert(
      fc.property(anyProgress, looks, (at, look) => {
        const { kind } = decide(at, look);
        if (kind !== "passed") return;
        expect(look.kind).to.equal("seen");
        if (look.kind !== "seen") return;
        expect([...look.judgement.lost, ...look.judgement.pending]).to.deep.equal([]);
        if (at.phase === "soak") expect(at.elapsedSeconds).to.be.at.least(at.soakSeconds);
      }),
    );
  });

  it("never waits when no time is left, and gives reasons whenever it fails", () => {
    fc.assert(
      fc.property(anyProgress, looks, (at, look) => {
        const { kind, reasons } = decide(at, look);
        if (at.secondsLeft <= lookEverySeconds) expect(kind).not.to.equal("wait");
        if (kind === "failed") expect(reasons).not.to.deep.equal([]);
      }),
    );
  });

  it("passes nothing more when a poll gets worse", () => {
    fc.assert(
      fc.property(anyProgress, looks, point, (at, look, more) => {
        if (look.kind === "blind") return;
        const { judgement } = look;
        const worse = [
          { ...judgement, lost: [...judgement.lost, more] },
          { ...judgement, pending: [...judgement.pending, more] },
        ].map((one) => decide(at, { kind: "seen", judgement: one }).kind);
        expect(worse).not.to.include("passed");
      }),
    );
  });
});
