import type { Resource } from "../../routing/graph/resource";
import type { StackFacts } from "../../routing/graph/stackOutputs";
import type { EvidenceFacts } from "../../rehearsal/proof/evidence";
import { hashOf } from "../../rehearsal/proof/evidence";
import type { LiveEvidence } from "../../rehearsal/proof/evidenceSchema";
import { valueIn } from "../known";
import type { AlarmEvent } from "./alarms";
import { lookMs } from "./mend";
import type { GameDayResult } from "./play";
import { objectiveLabel } from "../../rehearsal/story/wording";

/** What no game day shows. */
const exclusions: readonly string[] = [
  "Other faults than this one, and this one at another time or load.",
  "Resolvers that keep an answer longer than its TTL, and connections that are open already.",
  "Loss and restoration of data: name servers and alarms were watched, no orders.",
  "People, runbooks and communication.",
];

/** The objectives that a fault of a zone or region has to meet. */
const measured = [
  ["zoneOrRegion.detection", "detection"],
  ["zoneOrRegion.downtime", "downtime"],
] as const;

/** The facts of a record besides the game day. */
export interface LiveEvidenceFacts extends Pick<
  EvidenceFacts,
  "date" | "version" | "commit" | "owner" | "retest"
> {
  readonly resources: readonly Resource[];
  /** Targets in seconds. */
  readonly objectives: StackFacts["objectives"];
  /** The TTL of the names' answers, in seconds; null if it is not known. */
  readonly ttlSeconds: number | null;
}

/** A game day as a record for auditors. It contains nothing that was computed from a model. */
export function liveEvidenceOf(result: GameDayResult, facts: LiveEvidenceFacts): LiveEvidence {
  const { plan, movements, left, events, end, isComplete } = result;
  const objectives = objectivesOf(result, facts);
  const gaps = gapsOf(result, objectives);
  const alarms = valueIn(result.alarms);
  const ofKind = (kind: AlarmEvent["kind"]): LiveEvidence["gameDay"]["alarms"] =>
    alarms === undefined
      ? null
      : alarms
          .filter((one) => one.kind === kind)
          .map(({ region, name, at, text }) => ({ region, name, at, text }));
  const isMissed =
    left.length > 0 || objectives.some(({ achieved, met }) => achieved !== null && !met);
  const isOpen = !isComplete || objectives.some(({ achieved }) => achieved === null);
  return {
    format: "failover-evidence/1",
    scenarioType: "live failover",
    result: isMissed ? "missed" : isOpen || gaps.length > 0 ? "open" : "met",
    date: facts.date.toISOString().slice(0, 10),
    tool: { name: "failover", version: facts.version, commit: facts.commit },
    graphSha256: hashOf(facts.resources),
    owner: facts.owner,
    retest: facts.retest,
    scope: {
      subject: plan.stack,
      region: plan.region,
      names: movements.map(({ name, type }) => ({ name, type })),
      fault: `${plan.name}: ${plan.effect}`,
    },
    exclusions: [...exclusions],
    objectives,
    gaps,
    gameDay: {
      startedAt: result.startedAt,
      faultSeconds: result.mendedSeconds,
      end,
      resolutionSeconds: lookMs / 1000,
      answers: movements.map((one) => ({
        ...one,
        before: [...one.before],
        after: [...one.after],
      })),
      alarms: ofKind("state"),
      notifications: ofKind("notification"),
      left: left.map(({ what, command = null }) => ({ what, command })),
      events: events.map((one) => ({ ...one })),
    },
  };
}

/**
 * Detection is the time until the first name server answers otherwise, so it includes the
 * propagation; downtime is the time until all do, and one TTL for the customers' caches.
 */
function objectivesOf(
  { movements }: GameDayResult,
  { objectives, ttlSeconds }: LiveEvidenceFacts,
): LiveEvidence["objectives"] {
  const worst = (times: readonly (number | null)[]): number | null =>
    times.length === 0 || times.includes(null)
      ? null
      : Math.max(...times.map((time) => time ?? Infinity));
  const moved = worst(movements.map(({ allMovedSeconds }) => allMovedSeconds));
  const achievedOf = {
    detection: worst(movements.map(({ firstMovedSeconds }) => firstMovedSeconds)),
    downtime: moved === null || ttlSeconds === null ? null : moved + ttlSeconds,
  };
  return measured.flatMap(([output, name]) => {
    const objective = objectives.get(output);
    if (objective === undefined) return [];
    const achieved = achievedOf[name];
    return [{ name: output, objective, achieved, met: achieved !== null && achieved <= objective }];
  });
}

function gapsOf(
  { movements, left, unseen, end, isComplete }: GameDayResult,
  objectives: LiveEvidence["objectives"],
): string[] {
  return [
    ...left.map(
      ({ what, command }) => `left: ${what}${command === undefined ? "" : `; ${command}`}`,
    ),
    ...objectives
      .filter(({ met }) => !met)
      .map(({ name, objective, achieved }) => {
        const found = achieved === null ? "was not measured" : `is ${achieved} s`;
        return `${objectiveLabel({ name })} ${found}, allowed ${objective} s`;
      }),
    ...movements
      .filter(({ allMovedSeconds }) => allMovedSeconds === null)
      .map(({ name, type }) => `${name} ${type}: not every name server moved away`),
    ...movements
      .filter((one) => one.allMovedSeconds !== null && one.returnedSeconds === null)
      .map(({ name, type }) => `${name} ${type}: its return was not seen`),
    ...(isComplete ? [] : [`the fault ended early: ${end}`]),
    ...unseen.map((why) => `not seen: ${why}`),
  ];
}
