import type { Outage } from "../../../routing/graph/outages";
import type { FaultState } from "../../../routing/graph/stackModel";
import { InputError } from "../../../routing/inputError";
import type { Finding } from "../../finding";
import { unknown, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { hasCause } from "../causes";
import { regionsOf } from "../places";
import { developerGuide } from "../route53";
import type { HostnameTree } from "../trees";
import { treesOf } from "../trees";

export const failoverHappens = stackRule({
  name: "failover-happens",
  description:
    "Each public name fails over from whatever an outage takes down, as long as one tier survives.",
  severity: "critical",
  level: "mandatory",
  why: "A failover that never happens looks like one that works, until the outage. This rule runs each outage through the model, because no single record or check shows the fault.",
  source: "A1, A7, C1 to C7, H1 to H18; the model of docs/route53.md",
  remediationSteps:
    "Find out why nothing notices the outage that the message names: `failover resolve NAME --fail OUTAGE` shows each decision.",
  url: developerGuide("dns-failover-problems"),
  types: [types.record],
  config: {},
  find: (stack) =>
    treesOf(stack)
      // The rule on a faulty record or check reports it, with its own remedy.
      .filter((tree) => !hasCause(stack, tree))
      .flatMap((tree) => treeFindings(stack, tree)),
});

function treeFindings(stack: Stack, tree: HostnameTree): readonly Finding[] {
  const { name, type } = tree.root;
  const [record] = stack.model.route53.group(name, type) ?? [];
  if (!record) return [];
  const { outages } = stack;
  try {
    const endless = outages
      .of(name, type)
      .filter((outage) => isSurvivable(stack, tree, outage))
      .filter(({ to }) => isStranded(stack, tree, outages.under(to)));
    const unseen = endless.map((outage) => unreadUnder(stack, tree, outage));
    const [first] = endless.filter((_, index) => unseen[index] === undefined);
    if (first) return [neverFinding(stack, tree, first)];
    const [why] = unseen;
    return why === undefined
      ? []
      : [unknown(offenderOf(record), "name", `whether ${name} fails over is unknown: ${why}`)];
  } catch (error) {
    // Other rules report the records of an invalid tree.
    if (error instanceof InputError) return [];
    throw error;
  }
}

/** Whether a tier survives an outage; the rules on tiers report what all tiers share. */
function isSurvivable(stack: Stack, { records }: HostnameTree, { to }: Outage): boolean {
  const lost = new Set(to.map(({ name }) => name));
  const leaves = records.filter((record) => stack.trees.isLeaf(record, record.type));
  return leaves.some((leaf) => {
    const endpoints = stack.model.endpointsOf(leaf);
    const regions = regionsOf(stack, [leaf]);
    const zones = endpoints.flatMap(({ availabilityZones }) => availabilityZones);
    const hasRegion = regions.size === 0 || [...regions].some((region) => !lost.has(region));
    return hasRegion && (zones.length === 0 || zones.some((zone) => !lost.has(zone)));
  });
}

/** Whether anyone gets a dead answer after all checks have settled. */
function isStranded(stack: Stack, { root }: HostnameTree, state: FaultState): boolean {
  return stack.model
    .askersOf(root.name, root.type)
    .some((asker) =>
      state.resolve(root.name, root.type, asker).answers.some(({ alive }) => !alive),
    );
}

/** An unknown that the answer depends on, in words. */
function unreadUnder(stack: Stack, { root }: HostnameTree, { to }: Outage): string | undefined {
  const state = stack.outages.under(to);
  const [open] = stack.model
    .askersOf(root.name, root.type)
    .flatMap((asker) => state.unknownsOf(root.name, root.type, asker));
  return open && `${open.name}: ${open.why}`;
}

function neverFinding(stack: Stack, { root }: HostnameTree, { from, to }: Outage): Finding {
  const { name, type } = root;
  const [record] = stack.model.route53.group(name, type) ?? [];
  if (!record) throw new Error(`${name} ${type}: the tree has no record`);
  const before = new Set(from.map((fault) => fault.name));
  const lost = to.map((fault) => fault.name).filter((each) => !before.has(each));
  const after = from.length > 0 ? ` after ${[...before].join(" and ")}` : "";
  const words = `${lost.join(" and ")}${after}`;
  return violation(offenderOf(record), "name", {
    must: `must fail over with ${words} lost`,
    got: `the same answer for ${name} ${type}, because no check or balancer on its path notices the loss`,
    so: `${name} answers with a dead address until someone changes the record`,
    remedy: "give the record that points there a check of its own endpoint",
  });
}
