import type { RecordSet } from "../../routing/model";
import { valuesOf } from "../../routing/view";
import { answerOf } from "../answer";
import type { ServingTier } from "../result";
import type { StackModel } from "../../routing/graph/stackModel";
import type { StackFacts } from "../../routing/graph/stackOutputs";
import { placeOf } from "./wording";

/** A public name, the type that is asked for, and how its regions are called. */
interface AskedName {
  readonly model: StackModel;
  readonly facts: { readonly hostname: string } & Pick<StackFacts, "regionNames">;
  readonly type: string;
}

/**
 * The places below the public name in the order of its tree, each at its first occurrence: the next one
 * answers when those before it are lost. Neighbours in one region are a tier.
 */
export function servingOrderOf({ model, facts, type }: AskedName): readonly ServingTier[] {
  const { hostname: name, regionNames } = facts;
  const { route53 } = model;
  const state = model.under([]);
  const path = [{ record: `${name} ${type}`, reason: "" }];
  const seen = new Set<RecordSet>();
  const tiers: { readonly region: string | undefined; readonly endpoints: string[] }[] = [];
  visit(route53.rootOf(name, type));
  return tiers.map(({ region, endpoints }) => ({
    ...(region === undefined ? {} : { region, name: regionNames.get(region) ?? region }),
    endpoints,
  }));

  function visit(group: readonly RecordSet[]): void {
    for (const record of group) {
      if (seen.has(record)) continue;
      seen.add(record);
      const next = route53.next(record, type);
      if (next) visit(next);
      else add(record);
    }
  }

  function add(record: RecordSet): void {
    for (const value of valuesOf(record)) {
      const placed = state.place({ value, ttlSeconds: 0, record, probability: 1, path });
      const endpoint = placeOf(answerOf(placed));
      const last = tiers.at(-1);
      if (!last || last.region !== placed.region) {
        tiers.push({ region: placed.region, endpoints: [endpoint] });
        // Several servers may be in one place.
      } else if (!last.endpoints.includes(endpoint)) last.endpoints.push(endpoint);
    }
  }
}
