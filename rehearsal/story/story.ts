import { failureModes } from "../../routing/checker";
import type { Fault } from "../../routing/graph/faults";
import type { PlacedAnswer, StackModel } from "../../routing/graph/stackModel";
import type { PublicStackFacts } from "../../routing/graph/stackOutputs";
import { answerOf } from "../answer";
import type { ReportedBound, StoryStep } from "../result";
import { longestOf } from "./bounds";

/** The record type of the story. */
export const storyType = "A";

/** A stack under faults. */
export interface Stage {
  readonly model: StackModel;
  readonly facts: PublicStackFacts;
}

/** The faults before and after an event, by name, and the failure modes. */
interface Event {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly deaths: readonly ((typeof failureModes)[number] | "returns")[];
}

/**
 * First the serving zone fails, then its region, then the next region; then all recover, and a
 * database fails.
 */
export function storyOf(stage: Stage): readonly StoryStep[] {
  const { availabilityZone } = leader(stage, []);
  const zone = availabilityZone === undefined ? [] : [availabilityZone];
  const { region: primary } = leader(stage, zone);
  const region = primary === undefined ? zone : [...zone, primary];
  const { region: standby } = leader(stage, region);
  const regions = standby === undefined ? region : [...region, standby];
  const fails = (name: string | undefined): string =>
    name === undefined ? "nothing left to fail" : `${titleOf(stage, name)} fails`;
  const database = databaseOf(stage, primary);
  const databaseFails = `${primary === undefined ? "the" : `${titleOf(stage, primary)}'s`} database fails`;
  return [
    stepOf(stage, "no fault", { from: [], to: [], deaths: [] }),
    stepOf(stage, fails(availabilityZone), { from: [], to: zone, deaths: failureModes }),
    stepOf(stage, fails(primary), { from: zone, to: region, deaths: failureModes }),
    stepOf(stage, fails(standby), { from: region, to: regions, deaths: failureModes }),
    stepOf(stage, "all recover", { from: regions, to: [], deaths: ["returns"] }),
    ...(database === undefined
      ? []
      : [
          stepOf(stage, databaseFails, {
            from: [],
            to: [database.name],
            deaths: failureModes,
          }),
        ]),
  ];
}

/** The database whose loss moves most customers out of a region. */
function databaseOf(stage: Stage, region: string | undefined): Fault | undefined {
  const databases = stage.model.reliance
    .faults(stage.facts.hostname, storyType)
    .filter(({ kind }) => kind === "resource");
  return databases.find(({ name }) => leader(stage, [name]).region !== region) ?? databases[0];
}

/** The answer to most queries. */
function leader({ model, facts }: Stage, faults: readonly string[]): Partial<PlacedAnswer> {
  const { answers } = model.under(model.faults(faults)).resolve(facts.hostname, storyType);
  return [...answers].sort((a, b) => b.probability - a.probability)[0] ?? {};
}

/** The display name of a region; otherwise its code. */
function titleOf({ facts }: Stage, name: string): string {
  const title = facts.regionNames.get(name);
  if (title === undefined) return name;
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}

function stepOf(stage: Stage, step: string, event: Event): StoryStep {
  const { model, facts } = stage;
  const { answers } = model.under(model.faults(event.to)).resolve(facts.hostname, storyType);
  const bounds = boundsOf(stage, event);
  const worst = longestOf(bounds);
  return {
    step,
    faults: event.to,
    answers: answers.map(answerOf),
    death: worst?.death ?? "",
    detection: worst?.detection ?? null,
    downtime: worst?.downtime ?? null,
    bounds,
  };
}

function boundsOf(
  { model, facts }: Stage,
  { from, to, deaths: ways }: Event,
): readonly ReportedBound[] {
  return ways.map((death) => {
    const bound = model.worstCase(
      facts.hostname,
      storyType,
      model.faults(from),
      model.faults(to),
      death,
    );
    return {
      death,
      detection: bound.detectionSeconds ?? null,
      downtime: bound.downtimeSeconds ?? null,
      terms: bound.terms,
    };
  });
}
