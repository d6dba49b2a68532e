import type { Fault } from "../../routing/graph/faults";
import { FaultNames } from "./faultNames";
import type { Situation } from "./faultSpace";
import type { NameProof, Proof } from "./prove";
import type { TransitionClass } from "./transitions";

/** So many of the smallest sets are printed; all are counted. */
const setsPrinted = 100;

/** What `failover prove --json` prints. */
export function proofJson(proof: Proof, source: string): string {
  const names = new FaultNames(proof.model);
  const printed = {
    stack: proof.stack,
    names: proof.names.map((one) => nameJson(one, names, source)),
    objectives: proof.objectives,
    rates: proof.rates,
  };
  return `${JSON.stringify(printed, undefined, 2)}\n`;
}

function nameJson(one: NameProof, names: FaultNames, source: string): object {
  const { name, type, from, others, space, violations, cutSets, transitions, minutes } = one;
  const list = (faults: readonly Fault[]): readonly string[] =>
    faults.map((each) => names.of(each));
  const situation = ({ faults, unknown }: Situation): object => ({
    faults: list(faults),
    ...(unknown.size > 0 ? { unknown: Object.fromEntries(unknown) } : {}),
  });
  return {
    name,
    type,
    ...(from.length > 0 ? { from } : {}),
    others,
    faults: list(space.faults),
    violations: violations.map(({ property, isOpen, smallest, countBySize, blame }) => ({
      property,
      isOpen,
      ...situation(smallest),
      countBySize,
      blame,
      replay: names.replay(smallest, name, type, source),
    })),
    cutSets: cutSets.map(({ outcome, countBySize, sets }) => ({
      outcome: outcome.kind,
      label: outcome.label,
      countBySize,
      smallest: sets.slice(0, setsPrinted).map(situation),
    })),
    transitions: {
      count: transitions.count,
      classes: transitions.classes.map((each) => classJson(each, list)),
    },
    minutesPerYear: {
      moving: one.movingMinutes ?? null,
      outcomes: minutes.map(({ outcome, perYear, byCause, without }) => ({
        outcome: outcome.kind,
        label: outcome.label,
        perYear,
        byCause: byCause.map((cause) => ({ fault: names.of(cause.fault), perYear: cause.perYear })),
        without,
      })),
    },
  };
}

function classJson(
  { bound, example, count }: TransitionClass,
  list: (faults: readonly Fault[]) => readonly string[],
): object {
  return {
    count,
    from: list(example.from),
    to: list(example.to),
    death: example.death,
    detection: bound.detectionSeconds ?? null,
    downtime: bound.downtimeSeconds ?? null,
    terms: bound.terms,
  };
}
