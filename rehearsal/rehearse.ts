import type { Asker } from "../routing/asker";
import type { PublicStackFacts } from "../routing/graph/stackOutputs";
import { stackFactsOf } from "../routing/graph/stackOutputs";
import { StackModel } from "../routing/graph/stackModel";
import { billOf, costSummaryOf } from "./cost/bill";
import type { Evaluation } from "./engine/evaluate";
import { hostnameGroupsOf, hostnameNotes } from "./hostnames";
import { inventoryOf } from "./inventory";
import { objectivesOf } from "./objectives";
import { addressTypesOf, outageBoundsOf } from "./outageBounds";
import { hostnameRoom } from "./quotas/hostnameRoom";
import { quotaUsesOf } from "./quotas/quotaUses";
import type { Rehearsal, StackRehearsal } from "./result";
import { defaultFaultRates } from "./proof/faultRates";
import { judgeNames } from "./proof/prove";
import { proofSummaryOf } from "./proof/summary";
import { rehearseSource } from "./rehearseSource";
import { servingOrderOf } from "./story/servingOrder";
import { storyOf } from "./story/story";
import { treeOf } from "./story/tree";
import { ttlModesOf } from "./ttlModes";

/** The record type that the story of a stack queries. */
const storyType = "A";

/**
 * Plays the failover story on the resources of each stack; of a stack that has no output `hostname`, the stories of
 * the names found in it, as of any zone.
 *
 * @param asker where queries come from; by default each place that has a story of its own
 * @throws InputError where none of them can be asked
 */
export function rehearse(evaluations: readonly Evaluation[], asker?: Asker): Rehearsal {
  return {
    stacks: evaluations.flatMap((evaluation): readonly StackRehearsal[] => {
      const { stack, resources, outputs, gaps = [] } = evaluation;
      const facts = stackFactsOf(outputs);
      const { hostname } = facts;
      const played =
        hostname === undefined
          ? rehearseSource({ title: stack, resources, notes: [] }, undefined, asker).stacks
          : [rehearseStack(evaluation, { ...facts, hostname }, asker)];
      if (gaps.length === 0) return played;
      return played.map((one, index) => (index === 0 ? { ...one, gaps } : one));
    }),
  };
}

function rehearseStack(
  { stack, resources }: Evaluation,
  facts: PublicStackFacts,
  asker: Asker | undefined,
): StackRehearsal {
  const { hostname, hostnames, ttl } = facts;
  const asked = asker ? { asker } : {};
  const model = new StackModel(resources, facts.assumptions);
  const stage = { model, facts, type: storyType, ...asked };
  const groups = hostnameGroupsOf(stage.model, hostnames);
  // One of each group represents the others, which have the same tree.
  const bounds = groups.flatMap(({ hostname }) => outageBoundsOf(stage.model, hostname));
  return {
    stack,
    hostname: facts.hostname,
    ...(asker
      ? { from: model.placesOf(hostname, storyType, asker).flatMap((place) => place.from) }
      : {}),
    tree: treeOf(stage.model, facts.hostname, storyType),
    story: storyOf(stage),
    servingOrder: servingOrderOf(stage),
    objectives: objectivesOf(facts, bounds),
    proof: proofSummaryOf(judgeNames(stage.model, groups, { ...asked, rates: defaultFaultRates })),
    ...(ttl
      ? {
          ttlModes: ttlModesOf(ttl, {
            resources,
            hostname: facts.hostname,
            model: stage.model,
            bounds,
          }),
        }
      : {}),
    cost: costSummaryOf(billOf(stack, resources, { model: stage.model, bounds, ...asked })),
    ...(hostnames.length > 1 ? { hostnames: groups } : {}),
    quotas: quotaUsesOf(stage.model.graph),
    notes: [
      `Contains ${inventoryOf(resources)}.`,
      `The story covers A; the objectives cover ${addressTypesOf(stage.model, facts.hostname).join(" and ")}.`,
      `Worst cases for a client that honours the TTL. They assume that Route 53 propagates a decision within ${facts.assumptions.propagationSeconds} s (δ, a parameter): AWS publishes no figure.`,
      "Resolvers and clients that cache beyond the TTL take longer; DNS never moves open connections.",
      ...hostnameNotes(groups, hostnameRoom(stage.model, hostnames)),
    ],
  };
}
