import type { Preflight } from "../aws/preflight/preflight";
import type { LiveStatus } from "../aws/status/status";
import type { Verification } from "../aws/verify/verify";
import type { GateState } from "../functions/gate/state";
import type { StackOutputs } from "../outputs";
import type { CostComparison } from "../rehearsal/cost/compare";
import type { CostReport } from "../rehearsal/cost/cost";
import type { FailoverDiff } from "../rehearsal/diff/diff";
import type { DrillRun } from "../rehearsal/live/drillRun";
import type { PolicyOutput } from "../rehearsal/policy/report";
import type { RepairOutput } from "../rehearsal/repair/outcome";
import type { ReplayOutput } from "../rehearsal/scenarios/report";
import type { RehearsalOutput } from "../rehearsal/story/report";
import type { Tuning } from "../rehearsal/tuning/tune";
import type { ResolveOutput } from "../cli/commands/resolve";
import type { FailureOutput } from "../cli/main";
import type { RunbookOutput } from "../cli/runbook";

/**
 * What other programs read, by the name of its JSON Schema in `schemas/`: the outputs of a stack, and
 * what each command prints with `--json`. `prove` and `evidence` have zod schemas, from which theirs are made.
 */
export interface PublishedOutputs {
  readonly outputs: StackOutputs;
  readonly cost: CostReport;
  readonly costComparison: CostComparison;
  readonly diff: FailoverDiff;
  /** Of `drill --json` and `--save`. */
  readonly drill: DrillRun;
  readonly failure: FailureOutput;
  /** Of `hold` and `release`. */
  readonly gate: GateState;
  readonly policy: PolicyOutput;
  readonly preflight: Preflight;
  readonly rehearse: RehearsalOutput;
  readonly repair: RepairOutput;
  readonly replay: ReplayOutput;
  readonly resolve: ResolveOutput;
  readonly runbook: RunbookOutput;
  readonly status: LiveStatus;
  readonly tune: Tuning;
  readonly verify: Verification;
}
