import type { DiagramNode } from "../../routing/diagram";
import type { Fault } from "../../routing/graph/faults";
import { probabilityOf } from "../../routing/probability";
import { valuesOf } from "../../routing/view";
import type { FaultRate, FaultRates } from "./faultRates";
import { faultClassOf, minutesPerYear, unavailabilityOf } from "./faultRates";
import type { FaultSpace } from "./faultSpace";
import { faultAt } from "./faultSpace";
import type { Outcome } from "./outcomes";
import { isStaticPage } from "./outcomes";

/** How long something hurts in a year, by what is wrong. */
export interface ExpectedMinutes {
  readonly outcome: Outcome;
  /** While faults last and Route 53 has noticed them. */
  readonly perYear: number;
  /** The causes, the dearest first: the minutes that would go if one of them never happened. */
  readonly byCause: readonly { readonly fault: Fault; readonly perYear: number }[];
  /** The minutes if a tier were not there at all. */
  readonly without: readonly { readonly tier: string; readonly perYear: number }[];
}

/** Of what a name loses when a tier is not there. */
interface Tier {
  readonly label: string;
  readonly isOf: (fault: Fault) => boolean;
}

/**
 * The minutes a year in which an outcome is expected: exact, for faults that are independent of each
 * other but for a region, which takes its zones along. What was not read is taken to be healthy.
 */
export function expectedMinutes(
  space: FaultSpace,
  outcome: Outcome,
  rates: FaultRates,
): ExpectedMinutes {
  const { diagram, variables, model } = space;
  const unavailability = variables.map((variable) =>
    variable.kind === "unknown" ? 1 : unavailabilityOf(rates[faultClassOf(model, variable.fault)]),
  );
  const minutesOf = (node: DiagramNode): number =>
    probabilityOf(diagram, node, (level) => unavailability[level] ?? 0) * minutesPerYear;
  const given = (is: (fault: Fault) => boolean, happens: boolean): DiagramNode =>
    diagram.restrict(outcome.when, (level) => {
      const fault = faultAt(variables, level);
      return fault && is(fault) ? happens : undefined;
    });
  const perYear = minutesOf(outcome.when);
  const byCause = diagram
    .support([outcome.when])
    .flatMap((level) => faultAt(variables, level) ?? [])
    .map((fault) => ({
      fault,
      perYear: perYear - minutesOf(given((other) => other === fault, false)),
    }))
    .sort((a, b) => b.perYear - a.perYear);
  return {
    outcome,
    perYear,
    byCause,
    without: tiersOf(space).map(({ label, isOf }) => ({
      tier: label,
      perYear: minutesOf(given(isOf, true)),
    })),
  };
}

/** The regions that a name is served from, and its static page. */
function tiersOf(space: FaultSpace): readonly Tier[] {
  const { model, faults } = space;
  const endpointsOf = (isPage: boolean): ReturnType<typeof model.endpointsOf> =>
    space
      .leaves()
      .filter((leaf) => isStaticPage(leaf) === isPage && valuesOf(leaf).length > 0)
      .flatMap((leaf) => model.endpointsOf(leaf));
  const regions = new Set(endpointsOf(false).flatMap(({ region }) => region ?? []));
  const pages = new Set(endpointsOf(true).map(({ urn }) => urn));
  const isPage = (fault: Fault): boolean =>
    fault.kind === "resource" && fault.urns.some((urn) => pages.has(urn));
  return [
    ...[...regions].map((region) => ({
      label: region,
      isOf: (fault: Fault) => fault.kind === "region" && fault.name === region,
    })),
    ...(faults.some(isPage) ? [{ label: "the static page", isOf: isPage }] : []),
  ];
}

/** How long customers are on a dead answer in a year while Route 53 and caches move them. */
export function transitionMinutes(
  transitions: readonly { readonly rate: FaultRate; readonly downtimeSeconds: number }[],
): number {
  return transitions.reduce(
    (sum, { rate, downtimeSeconds }) => sum + (rate.perYear * downtimeSeconds) / 60,
    0,
  );
}
