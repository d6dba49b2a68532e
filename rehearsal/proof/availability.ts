import type { DiagramNode } from "../../routing/diagram";
import type { Fault } from "../../routing/graph/faults";
import { influencesIn, probabilitiesIn } from "../../routing/probability";
import type { RecordSet } from "../../routing/model";
import { valuesOf } from "../../routing/view";
import type { FaultRate, FaultRates } from "./faultRates";
import { faultClassOf } from "../../routing/graph/faultClass";
import { minutesPerYear, unavailabilityOf } from "./faultRates";
import type { FaultSpace } from "./faultSpace";
import { faultAt } from "./faultSpace";
import type { Outcome } from "./outcomes";
import { isStaticPage } from "../staticPage";

/** How long an outcome lasts in a year, by its cause. */
export interface ExpectedMinutes {
  readonly outcome: Outcome;
  /** While faults last and Route 53 has noticed them. */
  readonly perYear: number;
  /** The causes, the costliest first: the minutes saved if that one cause never happened. */
  readonly byCause: readonly { readonly fault: Fault; readonly perYear: number }[];
  /** The minutes if a tier did not exist. */
  readonly without: readonly { readonly tier: string; readonly perYear: number }[];
}

/** A tier of a name, and the faults that remove it. */
interface Tier {
  readonly label: string;
  readonly isOf: (fault: Fault) => boolean;
}

/**
 * The expected minutes a year of an outcome. Exact if faults are independent of each other, except
 * that a lost region includes its zones. What was not read is assumed healthy.
 */
export function expectedMinutes(
  space: FaultSpace,
  outcome: Outcome,
  rates: FaultRates,
): ExpectedMinutes {
  const { diagram, variables } = space;
  const minutesOf = minutesIn(space, rates);
  const happening = (is: (fault: Fault) => boolean): DiagramNode =>
    diagram.restrict(outcome.when, (level) => {
      const fault = faultAt(variables, level);
      return fault && is(fault) ? true : undefined;
    });
  const perYear = minutesOf(outcome.when);
  const unavailability = unavailabilityIn(space, rates);
  const influences = influencesIn(diagram, unavailability)(outcome.when);
  const byCause = diagram
    .support([outcome.when])
    .flatMap((level) => {
      const fault = faultAt(variables, level);
      const saved = unavailability(level) * (influences.get(level) ?? 0);
      return fault ? [{ fault, perYear: saved * minutesPerYear }] : [];
    })
    .sort((a, b) => b.perYear - a.perYear);
  return {
    outcome,
    perYear,
    byCause,
    without: tiersOf(space).map(({ label, isOf }) => ({
      tier: label,
      perYear: minutesOf(happening(isOf)),
    })),
  };
}

/** The minutes a year for which a function of a space's faults is true. */
export function minutesIn(space: FaultSpace, rates: FaultRates): (when: DiagramNode) => number {
  const probabilityOf = probabilitiesIn(space.diagram, unavailabilityIn(space, rates));
  return (when) => probabilityOf(when) * minutesPerYear;
}

/** The probability that the variable of a level is true: that a fault lasts, or that what was not read is healthy. */
function unavailabilityIn(
  { variables, model }: FaultSpace,
  rates: FaultRates,
): (level: number) => number {
  const unavailability = variables.map((variable) =>
    variable.kind === "unknown"
      ? Number(model.isHealthyAtRest(variable.unknown))
      : unavailabilityOf(rates[faultClassOf(model, variable.fault)]),
  );
  return (level) => unavailability[level] ?? 0;
}

/** The regions that a name is served from, and its static page. */
function tiersOf(space: FaultSpace): readonly Tier[] {
  const { model, faults } = space;
  const leavesWith = (isPage: boolean): readonly RecordSet[] =>
    space.leaves().filter((leaf) => isStaticPage(leaf) === isPage && valuesOf(leaf).length > 0);
  const endpointsOf = (isPage: boolean): ReturnType<typeof model.endpointsOf> =>
    leavesWith(isPage).flatMap((leaf) => model.endpointsOf(leaf));
  const regions = new Set(endpointsOf(false).flatMap(({ region }) => region ?? []));
  const pages = new Set(endpointsOf(true).map(({ urn }) => urn));
  const outsidePages = new Set(leavesWith(true).flatMap((leaf) => model.outsideOf(leaf)));
  const isPage = (fault: Fault): boolean =>
    fault.kind === "outside"
      ? outsidePages.has(fault.name)
      : fault.kind === "resource" && fault.urns.some((urn) => pages.has(urn));
  return [
    ...[...regions].map((region) => ({
      label: region,
      isOf: (fault: Fault) => fault.kind === "region" && fault.name === region,
    })),
    ...(faults.some(isPage) ? [{ label: "the static page", isOf: isPage }] : []),
  ];
}

/** A fault by its rate, and how long customers are on a dead answer before they are moved; Infinity: never moved. */
export interface Move {
  readonly rate: FaultRate;
  readonly downtimeSeconds: number;
}

/**
 * Minutes a year that customers spend on a dead answer until Route 53 and caches have moved them, or what failed is
 * repaired: then it answers again, also where no check has noticed anything.
 */
export function transitionMinutes(moves: readonly Move[]): number {
  return moves.reduce((sum, { rate, downtimeSeconds }) => {
    const minutes = Math.min(downtimeSeconds / 60, rate.hours * 60);
    return sum + Math.min(minutesPerYear, rate.perYear * minutes);
  }, 0);
}
