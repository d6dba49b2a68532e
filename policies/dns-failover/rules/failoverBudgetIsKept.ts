import { groupFaults } from "../../../routing/group";
import { InputError } from "../../../routing/inputError";
import type { RecordSet } from "../../../routing/model";
import type { Root } from "../../../routing/trees";
import type { Finding, Offender } from "../../finding";
import { unknown, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import type { Excess, DowntimeBudget } from "../budget";
import { excessesOf } from "../budget";
import { developerGuide } from "../route53";
import { treesOf } from "../trees";

/** The objectives, by the field of the stack output `objectives` (`outputs.ts`). */
const outputs = {
  zoneOrRegionDetectionSeconds: { cause: "zoneOrRegion", measure: "detection" },
  zoneOrRegionDowntimeSeconds: { cause: "zoneOrRegion", measure: "downtime" },
  databaseDowntimeSeconds: { cause: "database", measure: "downtime" },
} as const;

type ObjectiveKey = keyof typeof outputs;

const seconds = (description: string, fallback: number) =>
  ({
    type: "integer",
    minimum: 1,
    maximum: 86_400,
    default: fallback,
    looser: "more",
    description,
  }) as const;

export const failoverBudgetIsKept = stackRule({
  name: "failover-budget-is-kept",
  description:
    "Each public name recovers within its objectives, for any zone, region and failure mode.",
  severity: "high",
  level: "advisory",
  why: "Customers experience the sum of detection, propagation and the TTL of the dead answer, through the whole tree, for the slowest failure mode. No single setting shows it.",
  source: "T = N · (I + P) + δ + TTL: H3, H4, H6–H8, T1, T5",
  remediationSteps:
    "Shorten the largest term of the message: detection with the interval or the threshold, the TTL with `ttl`.",
  url: developerGuide("dns-failover-complex-configs"),
  types: [types.record],
  config: {
    zoneOrRegionDetectionSeconds: seconds(
      "Longest time until the checks find a zone or region dead, in seconds",
      300,
    ),
    zoneOrRegionDowntimeSeconds: seconds(
      "Longest time until the last client that honours the TTL has left a dead zone or region, in seconds",
      370,
    ),
    databaseDowntimeSeconds: seconds(
      "The same if a region's database fails while its web servers work, in seconds",
      370,
    ),
  },
  find: (stack, config) => {
    const objectives = (Object.keys(outputs) as ObjectiveKey[]).map((key): DowntimeBudget => ({
      ...outputs[key],
      targetSeconds: targetOf(stack, key, config[key]),
    }));
    return treesOf(stack).flatMap(({ root }) => rootFindings(stack, root, objectives));
  },
});

/** The bound of the environment, or the stack's own objective if that is tighter. */
function targetOf(stack: Stack, key: ObjectiveKey, configured: number): number {
  return Math.min(configured, stack.exportedNumber("objectives", key) ?? configured);
}

function rootFindings(
  stack: Stack,
  root: Root,
  objectives: readonly DowntimeBudget[],
): readonly Finding[] {
  const [record] = stack.model.route53.group(root.name, root.type) ?? [];
  if (!record) return [];
  try {
    const excesses = excessesOf(stack, root, objectives);
    const open = excesses.length > 0 ? openIn(stack, root) : [];
    return open.length > 0
      ? [notJudged(record, open)]
      : excesses.flatMap((excess) => excessFindings(offenderOf(record), root, excess));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [notJudged(record, error.faults)];
  }
}

/** The unknowns of a tree; each counts with its worst case. */
function openIn({ model: { route53 } }: Stack, { name, type }: Root): readonly string[] {
  const groups = route53.reachable(name, type).map((record) => route53.groupOf(record));
  return [...new Set(groups)]
    .flatMap((group) => groupFaults(group, route53))
    .filter(({ leavesOpen }) => leavesOpen)
    .map(({ message }) => message);
}

function notJudged(record: RecordSet, faults: readonly string[]): Finding {
  const why = `the worst case of ${record.name} is not computed while its tree is invalid: ${faults.join("; ")}`;
  return unknown(offenderOf(record), "name", why);
}

/** Late recoveries; if recovery never happens, the cause's own rule or `failover-happens` reports it. */
function excessFindings(
  offender: Offender,
  { name, type }: Root,
  excess: Excess,
): readonly Finding[] {
  const { objective, when, gotSeconds, terms } = excess;
  if (gotSeconds === undefined) return [];
  const what =
    objective.measure === "detection" ? "detect an outage of" : "recover every client of";
  return [
    violation(offender, "name", {
      must: `must ${what} ${name} ${type} within ${objective.targetSeconds} s when ${when}`,
      got: `${gotSeconds} s (${terms})`,
      so: `customers of ${name} get no answer for ${gotSeconds - objective.targetSeconds} s longer than promised`,
      remedy: "shorten the largest term",
    }),
  ];
}
