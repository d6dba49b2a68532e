import type { Asker } from "../../routing/asker";
import { failureModes } from "../../routing/checker";
import type { Fault } from "../../routing/graph/faults";
import type { Resource } from "../../routing/graph/resource";
import type { HealthOf } from "../../routing/graph/assumedHealth";
import { leaderOf } from "../../routing/graph/leader";
import { normalHealth } from "../../routing/graph/normalHealth";
import type { FaultState, PlacedAnswer, StackModel } from "../../routing/graph/stackModel";
import type { PublicStackFacts } from "../../routing/graph/stackOutputs";
import type { RecordSet } from "../../routing/model";
import { answerOf } from "../answer";
import type { ReportedBound, StoryStep } from "../result";
import { failingNameOf } from "../failingNames";
import { watchedText } from "../watchedText";
import { longestOf } from "./bounds";
import { openAnswerOf } from "./openAnswer";
import { titled } from "./wording";

/** A stack under faults. */
export interface Stage {
  readonly model: StackModel;
  readonly facts: PublicStackFacts;
  /** The record type that is queried. */
  readonly type: string;
  /** Where queries come from; absent where the answer does not depend on it. */
  readonly asker?: Asker;
}

/** The faults before and after an event, by name, and the failure modes. */
interface Event {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly deaths: readonly ((typeof failureModes)[number] | "returns")[];
}

/** The maximum number of checks that fail in turn if no place is known. */
const failingChecksMax = 4;

/**
 * The events of a name: its places fail in turn, or its checks if its places are unknown.
 */
export function storyOf(stage: Stage): readonly StoryStep[] {
  const { availabilityZone, region } = leader(stage, []);
  const isPlaced = availabilityZone !== undefined || region !== undefined;
  return isPlaced ? storyOfPlaces(stage) : storyOfChecks(stage);
}

/**
 * What the check of the serving endpoint watches fails, then the same of its successor, and so on while another one
 * works; finally all are healthy again.
 */
function storyOfChecks(stage: Stage): readonly StoryStep[] {
  const steps = [stepOf(stage, "no fault", { from: [], to: [], deaths: [] })];
  let failed: readonly string[] = [];
  while (failed.length < failingChecksMax) {
    const check = checkOfLeader(stage, failed);
    if (check === undefined) break;
    const to = [...failed, check.fault];
    // The loss of the last that works is no failover: `failover prove` has it among the sets of faults.
    if (failed.length > 0 && !works(stage, to)) break;
    const title = `${check.fails} fails`;
    // Two checks may watch one address.
    const isTold = steps.some(({ step }) => step === title);
    steps.push(
      stepOf(stage, isTold ? `${title} (${check.name})` : title, {
        from: failed,
        to,
        deaths: failureModes,
      }),
    );
    failed = to;
  }
  return failed.length === 0
    ? steps
    : [...steps, stepOf(stage, "all recover", { from: failed, to: [], deaths: ["returns"] })];
}

/** Whether anything that is answered under some faults lives. */
function works({ model, facts, type, asker }: Stage, faults: readonly string[]): boolean {
  const { answers } = model.under(model.faults(faults)).resolve(facts.hostname, type, asker);
  return answers.some(({ alive }) => alive);
}

/** A check of an answer, the fault that makes it fail, and what fails in words. */
interface LeadersCheck {
  readonly name: string;
  readonly fault: string;
  readonly fails: string;
}

/** The check nearest to the answer of most queries that has not failed yet. */
function checkOfLeader(stage: Stage, failed: readonly string[]): LeadersCheck | undefined {
  const { model, type } = stage;
  const { path = [] } = leader(stage, failed);
  const checks = path.flatMap(({ record, setIdentifier }): readonly LeadersCheck[] => {
    const [recordName = ""] = record.split(" ");
    const found = model.route53
      .group(recordName, type)
      ?.find((one) => one.setIdentifier === setIdentifier);
    const check = found?.checkId === undefined ? undefined : model.graph.get(found.checkId);
    if (!found || !check) return [];
    const fault = faultOf(model, check);
    // What fails already cannot fail in the story.
    if (failed.includes(fault) || failingNameOf(model, check.urn) !== undefined) return [];
    return [{ name: check.name, fault, fails: failingText(found, model, check.urn) }];
  });
  return checks.at(-1);
}

/** The loss of the address or name that a check watches, since its customers then have no answer; else its own report. */
function faultOf(model: StackModel, { urn, name }: Resource): string {
  const check = model.route53.checks.get(urn);
  const outside = check?.kind === "endpoint" ? model.outsideOfCheck(check) : undefined;
  return outside ?? `check:${name}`;
}

/** What fails where a check does: what it watches, else the record. */
function failingText({ label }: RecordSet, model: StackModel, checkId: string): string {
  const check = model.route53.checks.get(checkId);
  return check?.kind === "endpoint" ? watchedText(model, check) : label;
}

/**
 * The serving zone fails first, then its region, then the next region. Then all recover, and a
 * database fails.
 */
function storyOfPlaces(stage: Stage): readonly StoryStep[] {
  const { availabilityZone } = leader(stage, []);
  const zone = availabilityZone === undefined ? [] : [availabilityZone];
  const { region: primary } = leader(stage, zone);
  const region = primary === undefined ? zone : [...zone, primary];
  const { region: next } = leader(stage, region);
  // What has failed may still be answered: it does not fail again.
  const standby = next !== undefined && region.includes(next) ? undefined : next;
  const regions = standby === undefined ? region : [...region, standby];
  const database = databaseOf(stage, primary);
  const databaseFails = `${primary === undefined ? "the" : `${titleOf(stage, primary)}'s`} database fails`;
  const fails = (
    name: string,
    from: readonly string[],
    to: readonly string[],
    too = "",
  ): StoryStep =>
    stepOf(stage, `${titleOf(stage, name)} fails${too}`, { from, to, deaths: failureModes });
  return [
    stepOf(stage, "no fault", { from: [], to: [], deaths: [] }),
    // Of something that is in no one zone, the region is what fails first.
    ...(availabilityZone === undefined ? [] : [fails(availabilityZone, [], zone)]),
    ...(primary === undefined ? [] : [fails(primary, zone, region)]),
    ...(standby === undefined ? [] : [fails(standby, region, regions, " too")]),
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
    .faults(stage.facts.hostname, stage.type)
    .filter(({ kind }) => kind === "resource");
  return databases.find(({ name }) => leader(stage, [name]).region !== region) ?? databases[0];
}

/** The answer where most customers are. */
function leader(
  { model, facts, type, asker }: Stage,
  faults: readonly string[],
): Partial<PlacedAnswer> {
  const { answers } = model.under(model.faults(faults)).resolve(facts.hostname, type, asker);
  return leaderOf(answers) ?? {};
}

/** The display name of a region; otherwise its code. */
function titleOf({ facts }: Pick<Stage, "facts">, name: string): string {
  const title = facts.regionNames.get(name);
  return title === undefined ? name : titled(title);
}

function stepOf(stage: Stage, step: string, event: Event): StoryStep {
  const { model, facts, type, asker } = stage;
  const state = model.under(model.faults(event.to));
  const { answers } = state.resolve(facts.hostname, type, asker);
  const bounds = boundsOf(stage, event);
  const worst = longestOf(bounds);
  return {
    step,
    faults: event.to,
    answers: answers.map(answerOf),
    ...openAnswerOf(model, { name: facts.hostname, type, ...(asker ? { asker } : {}) }, state),
    death: worst?.death ?? "",
    detection: worst?.detection ?? null,
    downtime: worst?.downtime ?? null,
    bounds,
  };
}

/**
 * The bounds of an event. As in the answers, what was not read is at rest; each says what it depends on.
 */
function boundsOf(
  { model, facts, type, asker }: Stage,
  { from, to, deaths: ways }: Event,
): readonly ReportedBound[] {
  const name = facts.hostname;
  const [before, after] = statesOf(normalHealth(model.route53, new Map()));
  const [openBefore, openAfter] = statesOf();
  const isOpen = [openBefore, openAfter].some(
    (state) => state.unreadBy(name, type, asker).length > 0,
  );
  return ways.map((death) => {
    const bound = model.worstCaseBetween(name, type, before, after, death, asker);
    const open = isOpen
      ? model.worstCaseBetween(name, type, openBefore, openAfter, death, asker)
      : bound;
    const dependsOn = open.unread ?? [];
    return {
      death,
      detection: bound.detectionSeconds ?? null,
      downtime: bound.downtimeSeconds ?? null,
      ...(dependsOn.length > 0 ? { dependsOn } : {}),
      terms: bound.terms,
    };
  });

  function statesOf(assumed?: HealthOf): readonly [FaultState, FaultState] {
    return [model.under(model.faults(from), assumed), model.under(model.faults(to), assumed)];
  }
}
