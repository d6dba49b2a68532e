import type { Fault } from "../../routing/graph/faults";
import type { Comparison } from "./compare";
import { readingAssumptions } from "./assumptionTexts";
import { countsByKind, faultsByRate } from "./faultKinds";
import { FaultNames } from "../../routing/graph/faultNames";
import { replayCommand } from "./situationWords";
import { rateEntries } from "./faultRates";
import type { Situation } from "./faultSpace";
import type { NameProof, Proof } from "./prove";
import type { NameProofData, ProofData } from "./proofSchema";
import type { TransitionClass } from "./transitions";
import { usedAssumptions } from "./usedAssumptions";
import { jsonText } from "../report/jsonText";

/** The most smallest sets that are printed; all are counted. */
const setsPrinted = 100;

/** The output of `failover prove --json`, with differences from an earlier proof on request. */
export interface ProofOutput extends ProofData {
  readonly comparison?: Comparison;
}

export function proofJson(proof: Proof, source: string, comparison?: Comparison): string {
  const printed: ProofOutput = {
    ...proofData(proof, source),
    ...(comparison ? { comparison } : {}),
  };
  return jsonText(printed);
}

/** A proof as data, with faults by the names that `--fail` accepts. */
export function proofData(proof: Proof, source: string): ProofData {
  const names = new FaultNames(proof.model);
  return {
    stack: proof.stack,
    ...assumed(readingAssumptions(proof)),
    names: proof.names.map((one) => nameData(one, names, source)),
    ...(proof.unproven.length > 0
      ? {
          unproven: proof.unproven.map(({ name, others, reasons }) => ({
            name,
            others: [...others],
            reasons: [...reasons],
          })),
        }
      : {}),
    ...(proof.absent ? { absent: [...proof.absent] } : {}),
    objectives: proof.objectives.map(({ dependsOn: unread, ...objective }) => ({
      ...objective,
      ...dependsOn(unread),
    })),
    rates: Object.fromEntries(
      rateEntries(proof.rates).map(([name, rate]) => [
        name,
        { ...rate, faults: faultsByRate(proof)[name] },
      ]),
    ),
    ...(proof.gaps ? { gaps: [...proof.gaps] } : {}),
    ...(proof.simulation ? { simulation: { ...proof.simulation } } : {}),
  };
}

function nameData(one: NameProof, names: FaultNames, source: string): NameProofData {
  const { name, type, from, others, space, matrix, violations, cutSets, transitions, minutes } =
    one;
  const list = (faults: readonly Fault[]): string[] => faults.map((each) => names.of(each));
  const situation = ({
    faults,
    unknown,
  }: Situation): NameProofData["cutSets"][number]["smallest"][number] => ({
    faults: list(faults),
    ...(unknown.size > 0 ? { unknown: Object.fromEntries(unknown) } : {}),
  });
  return {
    name,
    type,
    ...(from.length > 0 ? { from: [...from] } : {}),
    others: [...others],
    ...assumed(usedAssumptions(space)),
    faults: list(space.faults),
    faultKinds: countsByKind(space.model, space.faults),
    ...(space.latches.length > 0
      ? { latches: space.latches.map(({ fault }) => names.of(fault)) }
      : {}),
    violations: violations.map(({ property, isOpen, smallest, countBySize, blame }) => ({
      property,
      isOpen,
      ...situation(smallest),
      countBySize: [...countBySize],
      blame,
      replay: replayCommand(names, smallest, name, type, source),
    })),
    matrix: matrix.map(({ fault, answers, unread, bounds }) => ({
      fault: fault ? names.of(fault) : null,
      answers: [...answers],
      ...dependsOn(unread),
      times: bounds.map(({ death, bound }) => ({
        death,
        detection: bound.detectionSeconds ?? null,
        downtime: bound.downtimeSeconds ?? null,
        ...dependsOn(bound.unread),
      })),
    })),
    cutSets: cutSets.map(({ outcome, countBySize, truthfulBySize, sets }) => ({
      outcome: outcome.kind,
      label: outcome.label,
      countBySize: [...countBySize],
      truthfulBySize: [...truthfulBySize],
      smallest: sets.slice(0, setsPrinted).map(situation),
    })),
    transitions: {
      count: transitions.count,
      classes: transitions.classes.map((each) => classData(each, list)),
    },
    minutesPerYear: {
      moving: one.movingMinutes,
      ...dependsOn(one.movingUnread),
      outcomes: minutes.map(({ outcome, perYear, byCause, without }) => ({
        outcome: outcome.kind,
        label: outcome.label,
        perYear,
        byCause: byCause.map((cause) => ({ fault: names.of(cause.fault), perYear: cause.perYear })),
        without: [...without],
      })),
    },
  };
}

function assumed(lines: readonly string[]): { assumed?: string[] } {
  return lines.length > 0 ? { assumed: [...lines] } : {};
}

function dependsOn(unread: readonly string[] = []): { dependsOn?: string[] } {
  return unread.length > 0 ? { dependsOn: [...unread] } : {};
}

function classData(
  { bound, example, count, simulated }: TransitionClass,
  list: (faults: readonly Fault[]) => string[],
): NameProofData["transitions"]["classes"][number] {
  return {
    count,
    from: list(example.from),
    to: list(example.to),
    death: example.death,
    detection: bound.detectionSeconds ?? null,
    downtime: bound.downtimeSeconds ?? null,
    ...dependsOn(bound.unread),
    terms: [...bound.terms],
    ...(simulated ? { simulated } : {}),
  };
}
