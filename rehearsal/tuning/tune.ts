import type { Resource } from "../../routing/graph/resource";
import type { Assumed } from "../../routing/graph/assumedHealth";
import { normalHealth } from "../../routing/graph/normalHealth";
import { StackModel } from "../../routing/graph/stackModel";
import { factsOfResources } from "../../routing/graph/stackOutputs";
import { InputError } from "../../routing/inputError";
import { billOf } from "../cost/bill";
import { addressTypesOf, outageBoundsOf } from "../outageBounds";
import type { OpenStatus } from "../scenarios/openStatuses";
import { openStatuses } from "../scenarios/openStatuses";
import { roleFaultsOf } from "../scenarios/roles";
import type { BlipRange } from "./blips";
import type { FalseFailovers } from "./falseFailovers";
import { BlipYear } from "./falseFailovers";
import type { HistoryBlips } from "./history";
import { Moves } from "./moves";
import type { Setting } from "./settings";
import { sameSetting, settingsOf, tunableOf, withSetting } from "./settings";

/** The assumed worst value of δ, in addition to the value that all other figures use. */
export const worstPropagationSeconds = 20;

/** A setting and its figures. */
export interface TunedPoint {
  readonly setting: Setting;
  readonly isNow: boolean;
  /** No other setting is at least as good in every figure and better in one. */
  readonly isEfficient: boolean;
  /** Worst downtime of a lost zone or region; null: it never ends. */
  readonly worstSeconds: number | null;
  /** Why a downtime never ends, in words; absent where each one ends. */
  readonly whyNever?: string;
  /** The same with δ at its worst. */
  readonly worstCornerSeconds: number | null;
  readonly usdPerMonth: number;
  readonly few: FalseFailovers;
  readonly many: FalseFailovers;
}

export interface Tuning {
  readonly stack: string;
  readonly name: string;
  readonly points: readonly TunedPoint[];
  readonly blips: BlipRange;
  readonly measured?: HistoryBlips;
  /** What was not read and decides who answers while nothing or the serving place has failed. */
  readonly unknown: readonly OpenStatus[];
  readonly runs: number;
  readonly seed: number;
}

export interface TuneOrder {
  readonly stack: string;
  readonly resources: readonly Resource[];
  readonly name: string;
  readonly blips: BlipRange;
  readonly measured?: Tuning["measured"];
  /** The health of unread things, by name. */
  readonly assumed?: Assumed;
  readonly runs: number;
  readonly seed: number;
}

/**
 * The figures of each setting of a name's endpoint checks: worst downtime, false failovers and dollars.
 *
 * @throws InputError if the name has no check of an endpoint, or for an assumption that decides nothing
 */
export function tune(order: TuneOrder): Tuning {
  const { resources, name, stack, blips, measured, assumed = new Map(), runs, seed } = order;
  const { assumptions } = factsOfResources(resources);
  const { route53 } = new StackModel(resources, assumptions);
  const health = normalHealth(route53, assumed);
  const present = new StackModel(resources, assumptions, { assumed: health });
  const tunable = tunableOf(present, name);
  if (tunable.checks.length === 0) {
    throw new InputError(
      `${name}: no record of it has a check of an endpoint, so that nothing can be tuned; name another with --name`,
    );
  }
  const [type = "A"] = addressTypesOf(present, name);
  const roleFaults = roleFaultsOf(present, name, type);
  const { unplaced } = new Moves(present, name, type);
  const lost = [...roleFaults["@zone"], ...roleFaults["@region"], ...unplaced];
  const years = new Map<string, { few: FalseFailovers; many: FalseFailovers }>();
  const points = settingsOf(tunable).map((setting) => {
    const changed = withSetting(resources, tunable, setting);
    const modelWith = (propagationSeconds: number): StackModel =>
      new StackModel(changed, { ...assumptions, propagationSeconds }, { assumed });
    const model = modelWith(assumptions.propagationSeconds);
    // The TTL does not affect checks.
    const key = JSON.stringify({ ...setting, ttlSeconds: 0 });
    let year = years.get(key);
    if (!year) {
      const read = new StackModel(changed, assumptions, { assumed: health });
      const playing = new BlipYear(read, name, type, { runs, seed });
      year = {
        few: playing.under(blips.few, measured?.few),
        many: playing.under(blips.many, measured?.many),
      };
      years.set(key, year);
    }
    return {
      setting,
      isNow: tunable.now !== undefined && sameSetting(setting, tunable.now),
      ...worstOf(model, name),
      worstCornerSeconds: worstOf(modelWith(worstPropagationSeconds), name).worstSeconds,
      usdPerMonth: billOf(stack, changed, { model, bounds: [] }).totals.steady,
      ...year,
    };
  });
  return {
    ...{ stack, name, blips, runs, seed },
    ...(measured ? { measured } : {}),
    unknown: openStatuses(present, { name, type }, lost, assumed),
    points: points
      .map((point) => ({ ...point, isEfficient: isEfficient(point, points) }))
      .sort(byWorst),
  };
}

function worstOf(model: StackModel, name: string): Pick<TunedPoint, "worstSeconds" | "whyNever"> {
  const bounds = outageBoundsOf(model, name).filter(({ cause }) => cause === "zoneOrRegion");
  const endless = bounds.find(({ downtimeSeconds }) => downtimeSeconds === undefined);
  if (endless) return { worstSeconds: null, whyNever: endless.why() };
  const worst = Math.max(...bounds.map(({ downtimeSeconds = Infinity }) => downtimeSeconds));
  return Number.isFinite(worst)
    ? { worstSeconds: worst }
    : { worstSeconds: null, whyNever: "no zone or region that may be lost is known" };
}

type Worth = Omit<TunedPoint, "isEfficient">;

/** All false failovers of a year, of zones and regions together. */
export function totalOf({ zoneMoves, regionMoves }: FalseFailovers): number {
  return zoneMoves + regionMoves;
}

/** Whether no other point dominates it; a point that never leaves a dead answer is not efficient. */
function isEfficient(point: Worth, all: readonly Worth[]): boolean {
  const worth = ({ worstSeconds, many, usdPerMonth }: Worth): readonly number[] => [
    worstSeconds ?? Infinity,
    totalOf(many),
    usdPerMonth,
  ];
  if (point.worstSeconds === null) return false;
  const own = worth(point);
  return !all.some((other) => {
    const theirs = worth(other);
    return (
      theirs.every((value, index) => value <= (own[index] as number)) &&
      theirs.some((value, index) => value < (own[index] as number))
    );
  });
}

function byWorst(a: Worth, b: Worth): number {
  return (
    (a.worstSeconds ?? Infinity) - (b.worstSeconds ?? Infinity) ||
    a.usdPerMonth - b.usdPerMonth ||
    totalOf(a.many) - totalOf(b.many)
  );
}
