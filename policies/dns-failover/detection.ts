import { detection } from "../../routing/detection";
import type { FailureMode } from "../../routing/checker";
import { failureModes } from "../../routing/checker";
import type { RecordSet } from "../../routing/model";
import type { Finding } from "../finding";
import { unknown, violation } from "../finding";
import type { Stack } from "../stack";
import { offenderOf } from "../stack";
import type { TreeCheck } from "./checks";
import { timingProperties } from "./checks";
import { treesWith, unknownIn } from "./trees";

/** Failure modes as an observer describes them. */
export const deathWords: Readonly<Record<FailureMode, string>> = {
  refused: "refuses connections",
  synDropped: "drops packets",
  connectsThenHangs: "connects, then hangs",
  hangsInBody: "hangs in the body",
  drains: "drains slowly",
};

/** A finding if a check does not detect every failure mode in time. */
export function detectionFindings(
  stack: Stack,
  { check, records }: TreeCheck,
  maxSeconds: number,
): readonly Finding[] {
  const unknowns = unknownIn(stack, check, ...timingProperties(check));
  if (unknowns.length > 0) return unknowns;
  const { route53 } = stack.model;
  if (check.kind === "alarm" && check.periodSeconds === undefined) {
    const why = "its alarm, or the alarm's period, is not known, so its detection is not checked";
    return [unknown(offenderOf(check), "cloudwatchAlarmName", why)];
  }
  // check-asks-for-health reports the failures that a check without a marker never detects.
  const found = failureModes.map((death) => ({ death, ...detection(check, death, route53) }));
  const slowest = found.reduce((a, b) => ((b.seconds ?? 0) > (a.seconds ?? 0) ? b : a));
  const seconds = slowest.seconds ?? 0;
  if (seconds <= maxSeconds) return [];
  const isAlarm = check.kind === "alarm";
  const where = isAlarm ? "" : ` when it ${deathWords[slowest.death]}`;
  return [
    violation(offenderOf(check), isAlarm ? "cloudwatchAlarmName" : "failureThreshold", {
      must: `must detect every failure of its endpoint within ${maxSeconds} s`,
      got: `${seconds} s${where} (${slowest.formula})`,
      so: downtimeWords(stack, records, seconds),
      remedy: `lower ${isAlarm ? "the alarm's period or evaluation periods" : "requestInterval or failureThreshold"}`,
    }),
  ];
}

/** The total downtime that a detection time causes, for the queried name. */
function downtimeWords(
  stack: Stack,
  records: readonly RecordSet[],
  detectionSeconds: number,
): string {
  const [record] = records;
  const name = (record && treesWith(stack, record)[0]?.root.name) ?? record?.name ?? "the name";
  const { propagationSeconds } = stack.model.route53.assumptions;
  const leaves = records.flatMap((each) => stack.trees.leavesOf(each));
  const ttlSeconds = Math.max(
    0,
    ...leaves.map(({ target }) => (target.kind === "values" ? target.ttlSeconds : 0)),
  );
  const total = detectionSeconds + propagationSeconds + ttlSeconds;
  return `${name} is down for up to ${total} s: ${detectionSeconds} s to detect, ${propagationSeconds} s to propagate (δ), ${ttlSeconds} s of TTL`;
}
