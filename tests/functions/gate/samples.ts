import { decideGate } from "../../../functions/gate/decision";
import type { GateCommand, GateDecision } from "../../../functions/gate/decision";
import type { GateRules } from "../../../functions/gate/blockers";
import type { GateObservation } from "../../../functions/gate/observation";
import { firstState, isLatched } from "../../../functions/gate/state";
import type { GateState } from "../../../functions/gate/state";

/** A complete environment of the function. */
export const environment: Readonly<Record<string, string>> = {
  GATE_BUCKET: "failover-prod-gate-123456789012",
  NAME_SERVERS: '["ns-1.awsdns-01.org","ns-2.awsdns-02.net"]',
  LIVE_NAME: "live.orders.cafe.com",
  PRIMARY_NAMES: '["oregon.orders.cafe.com"]',
  STANDBY_NAMES: '["dublin.orders.cafe.com"]',
  SIGNAL_NAMES: '{"deep":"deep.gate.orders.cafe.com","zone-a":"zone-a.gate.orders.cafe.com"}',
  TOPIC_ARN: "arn:aws:sns:eu-west-1:123456789012:failover-prod-dublin",
  TICK_TOPIC_ARNS: '["arn:aws:sns:us-east-1:123456789012:failover-prod"]',
  APPROVAL: "manual",
  APPROVERS: "1",
  OUTSIDE_RUNS: "3",
  SOAK_SECONDS: "900",
  REMIND_SECONDS: "14400",
  CHECKER_RANGES: '["15.177.0.0/18","54.228.16.0/26"]',
  RUNBOOK: "https://example.com/runbook#gate",
  AWS_LAMBDA_FUNCTION_NAME: "failover-prod-gate",
  AWS_REGION: "eu-west-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_SESSION_TOKEN: "token",
};

export const rules: GateRules = {
  isAutomatic: false,
  approvers: 1,
  outsideRuns: 3,
  soakSeconds: 900,
  remindSeconds: 14_400,
};

/** The primary serves, and everything is good. */
export const good: GateObservation = {
  serving: "primary",
  signals: { deep: "healthy", "zone-a": "healthy" },
  latchObject: "absent",
};
/** The primary has failed, and the standby serves. */
export const failedOver: GateObservation = {
  ...good,
  serving: "standby",
  signals: { deep: "unhealthy", "zone-a": "unhealthy" },
};
/** The primary is good again while the latch keeps it out. */
export const recovered: GateObservation = { ...good, serving: "standby" };

export const hold: GateCommand = { kind: "hold", identity: "ada", reason: "evacuation" };
export const release: GateCommand = { kind: "release", identity: "ada", reason: "looks good" };

/** Unix time of the first run. */
export const startMs = Date.parse("2026-11-27T15:00:00Z");

/** A gate in a world: each run sees the latch object that the one before left. */
export class Gate {
  state: GateState = firstState(startMs);
  nowMs = startMs;
  last: GateDecision = { state: this.state, actions: [] };
  /** Subjects of all notices. */
  readonly sent: string[] = [];

  constructor(readonly rules: GateRules) {}

  /** One run. Its actions succeed. */
  run(observation: GateObservation, seconds = 60, command?: GateCommand): this {
    this.nowMs += seconds * 1000;
    const latchObject = isLatched(this.state.phase) ? "present" : "absent";
    this.last = decideGate(
      this.state,
      { ...observation, latchObject },
      this.nowMs,
      this.rules,
      command,
    );
    this.sent.push(...this.last.state.notices.map(({ subject }) => subject));
    this.state = { ...this.last.state, latchAgrees: true, notices: [] };
    return this;
  }

  /** Several runs with the same observation, a minute apart. */
  runs(count: number, observation: GateObservation): this {
    for (let index = 0; index < count; index++) this.run(observation);
    return this;
  }
}
