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

/** The objectives, with the output of a stack that promises them (`outputs.ts`). */
const outputs = {
  zoneOrRegionDetectionSeconds: { cause: "zoneOrRegion", measure: "detection" },
  zoneOrRegionDowntimeSeconds: { cause: "zoneOrRegion", measure: "downtime" },
  databaseDowntimeSeconds: { cause: "database", measure: "downtime" },
} as const;

type ObjectiveKey = keyof typeof outputs;

const seconds = (description: string, fallback: number) =>
  ({ type: "integer", minimum: 1, maximum: 86_400, default: fallback, description }) as const;

export const failoverBudgetIsKept = stackRule({
  name: "failover-budget-is-kept",
  description:
    "Each public name is back within its objectives, whatever zone or region dies and how.",
  severity: "critical",
  level: "mandatory",
  why: "The sum is what customers feel: detection, propagation and the TTL of the dead answer, through the whole tree, for the slowest way of dying. No single setting shows it.",
  source: "T = N · (I + P) + δ + TTL: H3, H4, H6–H8, T1, T5",
  remediationSteps:
    "Shorten the largest term of the message: detection by the interval or the threshold, the TTL by `ttl`.",
  url: developerGuide("dns-failover-complex-configs"),
  types: [types.record],
  config: {
    zoneOrRegionDetectionSeconds: seconds(
      "Until checks agree that a zone or region is dead, in seconds",
      120,
    ),
    zoneOrRegionDowntimeSeconds: seconds(
      "Until the last client that obeys the TTL has left a dead zone or region, in seconds",
      190,
    ),
    databaseDowntimeSeconds: seconds(
      "The same where a region's database dies and its web servers live, in seconds",
      360,
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

/** The bound of the environment, or the stack's own promise where that is tighter. */
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
      : excesses.map((excess) => excessFinding(offenderOf(record), root, excess));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [notJudged(record, error.faults)];
  }
}

/** What is not known of a tree: with it, the worst case is that of the worst that it can be. */
function openIn({ model: { route53 } }: Stack, { name, type }: Root): readonly string[] {
  return route53
    .groupsBelow(name, type)
    .flatMap((group) => groupFaults(group, route53))
    .filter(({ leavesOpen }) => leavesOpen)
    .map(({ message }) => message);
}

function notJudged(record: RecordSet, faults: readonly string[]): Finding {
  const why = `the worst case of ${record.name} is not judged while its tree does not hold together: ${faults.join("; ")}`;
  return unknown(offenderOf(record), "name", why);
}

function excessFinding(offender: Offender, { name, type }: Root, excess: Excess): Finding {
  const { objective, when, gotSeconds, terms } = excess;
  const what = objective.measure === "detection" ? "be noticed" : "be over for every client";
  return violation(offender, "name", {
    must: `must ${what} within ${objective.targetSeconds} s for ${name} ${type} when ${when}`,
    got: gotSeconds === undefined ? "never" : `${gotSeconds} s (${terms})`,
    so:
      gotSeconds === undefined
        ? `${name} keeps answering what is dead`
        : `customers of ${name} are without an answer ${gotSeconds - objective.targetSeconds} s longer than promised`,
    remedy:
      gotSeconds === undefined
        ? "let a check notice it: one that searches the body for a marker"
        : "shorten the largest of the terms",
  });
}
