import type { Group, RecordSet } from "../../routing/model";
import { allZero, weightOf } from "../../routing/weights";
import { valuesOf } from "../../routing/view";
import { answerOf } from "../answer";
import type { ServingTier } from "../result";
import type { StackModel } from "../../routing/graph/stackModel";
import type { StackFacts } from "../../routing/graph/stackOutputs";
import { shareText } from "./shares";
import { policyWord } from "./tree";
import { placeOf } from "./wording";

/** A public name, the type that is asked for, and how its regions are called. */
interface AskedName {
  readonly model: StackModel;
  readonly facts: { readonly hostname: string } & Pick<StackFacts, "regionNames">;
  readonly type: string;
}

/**
 * The places below the public name in the order of its tree, each at its first occurrence. Neighbours in one region
 * are a tier. A failover record takes over from the one before it; any other routing policy makes its own choice.
 */
export function servingOrderOf({ model, facts, type }: AskedName): readonly ServingTier[] {
  const { hostname: name, regionNames } = facts;
  const { route53 } = model;
  const state = model.under([]);
  const path = [{ record: `${name} ${type}`, reason: "" }];
  const root = route53.rootOf(name, type);
  const nextOf = (record: RecordSet): Group | undefined => route53.next(record, type);
  const waysTo = waysBelow(root, nextOf);
  const seen = new Set<RecordSet>();
  const tiers: Tier[] = [];
  visit(root);
  return tiers.map(({ region, endpoints, chosen }) => ({
    ...(region === undefined ? {} : { region, name: regionNames.get(region) ?? region }),
    ...{ endpoints, chosen },
  }));

  function visit(group: Group): void {
    for (const record of group) {
      if (seen.has(record)) continue;
      seen.add(record);
      const next = nextOf(record);
      if (next) visit(next);
      else add(record);
    }
  }

  function add(record: RecordSet): void {
    valuesOf(record).forEach((value, index) => {
      const placed = state.place({ value, ttlSeconds: 0, record, probability: 1, path });
      const endpoint = placeOf(answerOf(placed));
      const last = tiers.at(-1);
      const isInLast = last !== undefined && last.region === placed.region;
      // Several servers may be in one place.
      if (isInLast && last.endpoints.includes(endpoint)) return;
      const tier = isInLast ? last : { region: placed.region, endpoints: [], chosen: [] };
      tier.chosen.push(index > 0 && isInLast ? "and" : waysText(waysTo.get(record)));
      tier.endpoints.push(endpoint);
      if (!isInLast) tiers.push(tier);
    });
  }
}

interface Tier {
  readonly region: string | undefined;
  readonly endpoints: string[];
  readonly chosen: string[];
}

/** The choices that lead to a record, in words, each with the share of customers that it is for. */
type Ways = ReadonlyMap<string, number>;

/** How the records at the ends of a tree come to answer while all is well; those that only take over are absent. */
function waysBelow(
  root: Group,
  nextOf: (record: RecordSet) => Group | undefined,
): ReadonlyMap<RecordSet, Ways> {
  const known = new Map<Group, ReadonlyMap<RecordSet, Ways>>();
  return below(root);

  function below(group: Group): ReadonlyMap<RecordSet, Ways> {
    const found = known.get(group);
    if (found) return found;
    const ends = new Map<RecordSet, Map<string, number>>();
    for (const record of takesTurns(group) ? group.slice(0, 1) : group) {
      const next = nextOf(record);
      const share = shareOf(record, group);
      for (const [end, ways] of next ? below(next) : new Map([[record, new Map([["", 1]])]])) {
        const all = ends.get(end) ?? new Map<string, number>();
        for (const [words, part] of ways) {
          const key = [choiceWord(record, group), words].filter(Boolean).join(", ");
          all.set(key, (all.get(key) ?? 0) + share * part);
        }
        ends.set(end, all);
      }
    }
    known.set(group, ends);
    return ends;
  }
}

/** Whether the members of a group take over from one another, and nothing else chooses. */
function takesTurns([first]: Group): boolean {
  return first?.policy.kind === "failover";
}

/** What chooses a member of a group, in words; empty for failover, for weights, and without a choice. */
function choiceWord(record: RecordSet, group: Group): string {
  const { kind } = record.policy;
  if (kind === "failover" || kind === "simple" || kind === "weighted") return "";
  return group.length === 1 && (kind === "latency" || kind === "multivalue")
    ? ""
    : policyWord(record);
}

/** The share of a group's customers that a member gets. */
function shareOf(record: RecordSet, group: Group): number {
  if (record.policy.kind !== "weighted") return 1;
  if (allZero(group)) return 1 / group.length;
  return weightOf(record) / group.reduce((sum, one) => sum + weightOf(one), 0);
}

function waysText(ways: Ways | undefined): string {
  const texts = [...(ways ?? [])].map(([words, share]) =>
    [words, ...(shareText(share) === "all" ? [] : [shareText(share)])].filter(Boolean).join(", "),
  );
  return texts.filter(Boolean).join(" and ") || "else";
}
