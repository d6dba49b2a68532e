import { expect } from "chai";
import type { GateRules } from "../../../functions/gate/blockers";
import { decideGate, returnSecondsMax } from "../../../functions/gate/decision";
import type { GateCommand } from "../../../functions/gate/decision";
import type { GateObservation } from "../../../functions/gate/observation";
import { firstState, isLatched } from "../../../functions/gate/state";
import type { GatePhase, GateState } from "../../../functions/gate/state";
import { address, alias, endpointCheck, primary, secondary, viewOf } from "../../routing/sample";
import { describeWithEveryCase } from "../../sampled";
import { rules, startMs } from "./samples";

/**
 * All states that the decision can reach with all observations, commands, steps of the clock, hands
 * on the latch object, and runs that end before they have done anything but write the state. Times
 * are kept as ages up to the limits that the decision compares them with.
 */

/** Small limits, so that there are few ages: two answers latch, and two minutes soak. */
const small = { ...rules, outsideRuns: 2, soakSeconds: 120, remindSeconds: 180 };
const stacks: Readonly<Record<string, GateRules>> = {
  "one approval": small,
  "two approvals": { ...small, approvers: 2 },
  automatic: { ...small, isAutomatic: true },
};

/** A state of the gate, and of its object. */
interface Node {
  readonly state: GateState;
  readonly latchObject: GateObservation["latchObject"];
}

/** A run, and what follows it. */
interface Step extends Node {
  readonly from: Node;
  readonly observation: GateObservation;
  readonly command?: GateCommand;
  /** The state right after the decision. */
  readonly decided: GateState;
  readonly seconds: number;
}

const servings = ["primary", "standby", "neither", "unknown"] as const;
/** A duplicate, the next minute, a time without runs, and a clock set back. */
const seconds = [0, 60, 86_400, -86_400];
const commands: readonly (GateCommand | undefined)[] = [
  undefined,
  { kind: "hold", identity: "ada", reason: "r" },
  { kind: "release", identity: "ada", reason: "r" },
  { kind: "release", identity: "Bob", reason: "r" },
];

/** Each fault alone: the decision asks only whether there is any. */
const faulty: readonly Pick<GateObservation, "signals">[] = [
  { signals: { deep: "healthy", "orders-dublin": "healthy" } },
  ...(["unhealthy", "unknown"] as const).flatMap((bad) => [
    { signals: { deep: bad, "orders-dublin": "healthy" as const } },
    { signals: { deep: "healthy" as const, "orders-dublin": bad } },
  ]),
];
const observations: readonly Omit<GateObservation, "latchObject">[] = servings.flatMap((serving) =>
  faulty.map((one) => ({ serving, ...one })),
);

/**
 * A state without what the next phase does not depend on, and with ages instead of times: only a
 * release depends on the age of its phase, and reminders change no phase.
 */
function aged(state: GateState, { soakSeconds, outsideRuns }: GateRules): GateState {
  const nowMs = state.lastRunMs;
  const at = (ms: number, secondsMax: number): number =>
    startMs - Math.max(0, Math.min(nowMs - ms, secondsMax * 1000));
  const { phase, soakStartedMs, remindedMs, outsideCountedMs, latchedBy } = state;
  return {
    version: 1,
    revision: 0,
    phase,
    sinceMs: phase === "released" ? at(state.sinceMs, returnSecondsMax) : startMs,
    outsideRuns: Math.min(state.outsideRuns, outsideRuns),
    ...(outsideCountedMs === undefined ? {} : { outsideCountedMs: at(outsideCountedMs, 10) }),
    ...(latchedBy === undefined
      ? {}
      : { latchedBy: latchedBy.kind === "person" ? someone : latchedBy }),
    approvals: state.approvals
      .map(({ identity, reason }) => ({ identity, reason, atMs: startMs }))
      .sort((a, b) => (a.identity < b.identity ? -1 : 1)),
    ...(soakStartedMs === undefined ? {} : { soakStartedMs: at(soakStartedMs, soakSeconds) }),
    lastRunMs: startMs,
    ...(remindedMs === undefined ? {} : { remindedMs: startMs }),
    blockers: [],
    latchAgrees: state.latchAgrees,
    notices: [],
  };
}

const someone = { kind: "person", identity: "p", reason: "r" } as const;

/** All steps from a state. */
function* stepsFrom(from: Node, rules: GateRules): Generator<Step> {
  const hands = [from.latchObject, from.latchObject === "present" ? "absent" : "present"] as const;
  for (const latchObject of hands) {
    for (const outside of observations) {
      const observation = { ...outside, latchObject };
      for (const elapsed of seconds) {
        for (const command of commands) {
          const nowMs = from.state.lastRunMs + elapsed * 1000;
          const decision = decideGate(from.state, observation, nowMs, rules, command);
          const given = { from, observation, decided: decision.state, seconds: elapsed };
          const step = { ...given, ...(command ? { command } : {}) };
          const state = aged(decision.state, rules);
          const wanted = isLatched(state.phase) ? "present" : "absent";
          yield { ...step, state: { ...state, latchAgrees: true }, latchObject: wanted };
          // The run ended after its write, and before or after the change of the object.
          yield { ...step, state, latchObject };
          yield { ...step, state, latchObject: wanted };
        }
      }
    }
  }
}

/** Every reachable state; a state found later begins where another has ended. */
function explore(rules: GateRules, visit: (step: Step) => void): ReadonlyMap<string, Node> {
  const first: Node = { state: aged(firstState(startMs), rules), latchObject: "absent" };
  const found = new Map([[keyOf(first), first]]);
  for (const node of found.values()) {
    for (const step of stepsFrom(node, rules)) {
      visit(step);
      const { state, latchObject } = step;
      const key = keyOf({ state, latchObject });
      if (!found.has(key)) found.set(key, { state, latchObject });
    }
  }
  return found;
}

function keyOf({ state, latchObject }: Node): string {
  return JSON.stringify([state, latchObject]);
}

const isGood = ({ signals }: GateObservation): boolean =>
  Object.values(signals).every((signal) => signal === "healthy");

describe("the decision of the gate, in every state that it can reach", function () {
  this.timeout(60_000);

  for (const [name, rules] of Object.entries(stacks)) {
    // What one person approves is a part of what two approve.
    const describeStack = name === "one approval" ? describeWithEveryCase : describe;
    describeStack(`with ${name}`, () => {
      const faults = new Map<string, Step>();
      let nodes: ReadonlyMap<string, Node>;
      let transitions = 0;
      const phases = new Set<GatePhase>();

      /** Notes the first step that breaks a rule. */
      const rule = (name: string, isKept: boolean, step: Step): void => {
        if (!isKept && !faults.has(name)) faults.set(name, step);
      };

      before(() => {
        nodes = explore(rules, (step) => {
          transitions += 1;
          const { from, observation, command, decided, seconds } = step;
          const [was, is] = [from.state, decided];
          phases.add(is.phase);
          const isHeld = command?.kind === "hold" || observation.latchObject === "present";
          rule(
            "latched before arming",
            !(was.phase === "unarmed" && isLatched(is.phase) && !isHeld),
            step,
          );
          rule(
            "latched without a reason",
            isLatched(is.phase) === (is.latchedBy !== undefined),
            step,
          );
          rule(
            "a failed primary arms",
            !(is.phase === "armed" && was.phase !== "armed") ||
              observation.signals["deep"] === "healthy",
            step,
          );
          if (isLatched(was.phase) && !isLatched(is.phase)) {
            rule("released without all signs", isGood(observation), step);
            rule(
              "released before the soak",
              is.phase === "released" &&
                (was.phase === "soaking" || was.phase === "awaitingApproval"),
              step,
            );
            rule("released across a gap", seconds >= -10 && seconds <= 150, step);
            const given = new Set(was.approvals.map(({ identity }) => identity));
            if (command?.kind === "release") given.add(command.identity);
            const needed = !rules.isAutomatic
              ? rules.approvers
              : was.latchedBy?.kind === "person"
                ? 1
                : 0;
            rule("released without approval", given.size >= needed, step);
            rule("released against a hold", command?.kind !== "hold", step);
          }
          if (is.soakStartedMs !== undefined && is.soakStartedMs < is.lastRunMs) {
            rule("soaked while something was bad", isGood(observation), step);
          }
          rule("a hold does not latch", command?.kind !== "hold" || isLatched(is.phase), step);
          rule(
            "an approval outlives its soak",
            is.approvals.length === 0 || is.soakStartedMs !== undefined,
            step,
          );
        });
      });

      it("keeps its rules", () => {
        console.log(`      ${name}: ${nodes.size} states, ${transitions} transitions`);
        expect([...faults.keys()], JSON.stringify([...faults.values()][0])).to.deep.equal([]);
        expect([...phases].sort()).to.deep.equal([
          "armed",
          "awaitingApproval",
          "latched",
          "released",
          "soaking",
          "unarmed",
        ]);
      });

      it("returns to armed from every state once everything is good and people approve", () => {
        let runsMax = 0;
        for (const start of nodes.values()) {
          let node = start;
          let runs = 0;
          while (node.state.phase !== "armed") {
            const { state, latchObject } = node;
            const serving = latchObject === "present" ? "standby" : "primary";
            const observation: GateObservation = {
              serving,
              signals: { deep: "healthy", "orders-dublin": "healthy" },
              latchObject,
            };
            const identity = runs % 2 === 0 ? "ada" : "bob";
            const command: GateCommand | undefined =
              state.phase === "awaitingApproval"
                ? { kind: "release", identity, reason: "r" }
                : undefined;
            const nowMs = state.lastRunMs + 60_000;
            const next = decideGate(state, observation, nowMs, rules, command).state;
            node = {
              state: aged({ ...next, latchAgrees: true }, rules),
              latchObject: isLatched(next.phase) ? "present" : "absent",
            };
            runs += 1;
            if (runs > 20) throw new Error(`never armed again: ${JSON.stringify(start)}`);
          }
          runsMax = Math.max(runsMax, runs);
        }
        console.log(`      ${name}: armed again after at most ${runsMax} runs`);
        // It soaks two minutes, and then at most two people approve.
        expect(runsMax).to.be.greaterThan(2);
      });
    });
  }
});

/** The tree of index.ts: live is gated, any has a second chance for Oregon, then comes the page. */
describe("customers under the latch", () => {
  const records = [
    alias("orders", "any", primary),
    address("orders", "page", secondary),
    alias("any", "live", primary),
    alias("any", "oregon", secondary),
    alias("live", "oregon", primary, { checkId: "gated" }),
    alias("live", "dublin", secondary, { checkId: "dublin-deep" }),
    address("oregon", "oregon-a", primary, "oregon-zone"),
    address("oregon", "oregon-b", secondary, "oregon-zone"),
    address("dublin", "dublin-a", primary, "dublin-zone"),
    address("dublin", "dublin-b", secondary, "dublin-zone"),
  ];
  const names = ["oregon-zone", "oregon-deep", "dublin-zone", "dublin-deep"] as const;

  /** The region that answers. */
  function answering(name: string, unhealthy: readonly string[]): string {
    const view = viewOf({
      records,
      checks: [...names, "gated"].map((id) => endpointCheck(id)),
      seen: Object.fromEntries(unhealthy.map((id) => [id, "unhealthy" as const])),
    });
    return view
      .resolve(name, "A")
      .answers.map(({ value }) => value.split("-")[0])
      .join();
  }

  const faultSets = Array.from({ length: 2 ** names.length }, (_, bits) =>
    names.filter((_, index) => (bits >> index) % 2 === 1),
  );

  it("are served by a region while one has a healthy zone, whatever the latch is", () => {
    let cases = 0;
    for (const faults of faultSets) {
      for (const isLatchSet of [false, true]) {
        const isOut = isLatchSet || faults.includes("oregon-deep");
        const answer = answering("orders", [...faults, ...(isOut ? ["gated"] : [])]);
        const isUp = (region: string): boolean => !faults.includes(`${region}-zone` as never);
        const isTaken = (region: string): boolean =>
          isUp(region) && !faults.includes(`${region}-deep` as never);
        cases += 1;
        const at = `${faults.join()} latched ${isLatchSet}`;
        if (isTaken("dublin") && (isLatchSet || !isTaken("oregon"))) {
          expect(answer, at).to.equal("dublin");
        } else if (isUp("oregon")) expect(answer, at).to.equal("oregon");
        else if (!isTaken("dublin")) expect(answer, at).to.equal("page");
      }
    }
    console.log(`      ${cases} sets of faults and latches`);
    expect(answering("orders", ["oregon-zone", "dublin-zone"])).to.equal("page");
  });

  it("make live answer with the primary although the latch is set, when the standby dies (C4)", () => {
    expect(answering("live", ["gated"])).to.equal("dublin");
    expect(answering("live", ["gated", "dublin-zone"])).to.equal("oregon");
  });
});
