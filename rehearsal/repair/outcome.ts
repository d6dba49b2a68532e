import type { Comparison } from "../proof/compare";
import { compareProofs } from "../proof/compare";
import type { FaultRates } from "../proof/faultRates";
import { proofData } from "../proof/json";
import type { ProofData } from "../proof/proofSchema";
import { prove } from "../proof/prove";
import type { ObjectiveResult } from "../result";
import type { Assessment, NamedViolation, RepairOrder } from "./assess";
import { isSound } from "./assess";
import type { ApiRequest } from "./changeBatch";
import type { ConfigurationPatch } from "./configuration";
import { editText } from "./edits";
import type { ResourceChange } from "./resourceChanges";
import { resourceChanges } from "./resourceChanges";
import type { Repair, RepairLimits } from "./search";
import { jsonText } from "../report/jsonText";

/** A repair, its changes, and the proof after it. */
export interface RepairOutcome {
  readonly repair: Repair;
  readonly changes: readonly ResourceChange[];
  /** The differences of the whole proof with the edits; absent if there is no proof to compare. */
  readonly comparison?: Comparison;
  /** For a zone as AWS listed it. */
  readonly requests?: readonly ApiRequest[];
  /** For a stack of this program. */
  readonly configuration?: ProvenPatch;
}

/** Settings, and whether the program evaluated with them passes the proof. */
export interface ProvenPatch extends ConfigurationPatch {
  readonly file: string;
  readonly isProven: boolean;
}

/** The result of an order: nothing to do, all mended, or not all mended. */
export function stateOf({ before, after }: Repair): RepairOutput["state"] {
  if (isSound(before)) return "sound";
  return isSound(after) ? "mended" : "unmended";
}

/** The changes of a repair, and both proofs in full side by side. */
export function outcomeOfRepair(
  repair: Repair,
  order: RepairOrder,
  rates: FaultRates,
): RepairOutcome {
  const { before, after, edits } = repair;
  const changes = resourceChanges(before.resources, after.resources, edits);
  const isAnswered = before.refusals.length === 0 && after.refusals.length === 0;
  if (edits.length === 0 || !isAnswered) return { repair, changes };
  const proofOf = ({ resources }: Assessment): ProofData =>
    proofData(prove({ ...order, resources, names: repair.names, rates }), "");
  return { repair, changes, comparison: compareProofs(proofOf(before), proofOf(after)) };
}

/** The problems before or after a repair, as data. */
export interface AssessmentOutput {
  /** What Route 53 would refuse. */
  readonly refusals: readonly string[];
  readonly violations: readonly Pick<
    NamedViolation,
    "name" | "type" | "property" | "isOpen" | "blame"
  >[];
  readonly objectives: readonly ObjectiveResult[];
}

/** What `failover repair --json` prints. */
export interface RepairOutput {
  readonly stack: string;
  readonly names: readonly string[];
  /** The other names that the edits reach, by a check or a record that they share; none of them is worse. */
  readonly beside: readonly string[];
  readonly state: "sound" | "mended" | "unmended";
  /** The edits in words, with what of each is a guess; none if nothing is wrong or nothing helps. */
  readonly edits: readonly string[];
  readonly changes: readonly ResourceChange[];
  readonly before: AssessmentOutput;
  readonly after: AssessmentOutput;
  readonly search: RepairLimits & {
    /** How many sets of edits were proven, and how many edits the largest had. */
    readonly attempts: number;
    readonly editsTried: number;
    /** Sets of edits that pass but make something worse. */
    readonly rejected: readonly { readonly edits: readonly string[]; readonly why: string }[];
  };
  readonly comparison?: Comparison;
  readonly requests?: readonly ApiRequest[];
  readonly configuration?: ProvenPatch;
}

function assessmentData({ refusals, violations, objectives }: Assessment): AssessmentOutput {
  return {
    refusals: refusals.map(({ message }) => message),
    violations: violations.map(({ name, type, property, isOpen, blame }) => ({
      name,
      type,
      property,
      isOpen,
      blame,
    })),
    objectives,
  };
}

export function repairJson(outcome: RepairOutcome): string {
  const { repair, changes, comparison, requests, configuration } = outcome;
  const { stack, names, beside, before, after, edits, attempts, editsTried, limits, rejected } =
    repair;
  const printed: RepairOutput = {
    stack,
    names,
    beside,
    state: stateOf(repair),
    edits: edits.map(editText),
    changes,
    before: assessmentData(before),
    after: assessmentData(after),
    search: {
      attempts,
      editsTried,
      ...limits,
      rejected: rejected.map((one) => ({
        edits: one.edits.map(({ text }) => text),
        why: one.why,
      })),
    },
    ...(comparison ? { comparison } : {}),
    ...(requests ? { requests } : {}),
    ...(configuration ? { configuration } : {}),
  };
  return jsonText(printed);
}
