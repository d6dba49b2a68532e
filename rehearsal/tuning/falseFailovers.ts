import type { Fault } from "../../routing/graph/faults";
import type { StackModel } from "../../routing/graph/stackModel";
import { instancesOf, targetGroupsOf, timesOf, isBalancer } from "../../routing/graph/targetGroups";
import { checkerRegions } from "../../routing/graph/checkerRegions";
import { roleFaultsOf } from "../scenarios/roles";
import { AnswerStates } from "../simulation/answers";
import type { Death } from "../simulation/plan";
import type { Planned } from "../simulation/planOf";
import { planOf } from "../simulation/planOf";
import type { Draws } from "../simulation/random";
import { streamOf } from "../simulation/random";
import type { Run } from "../simulation/simulator";
import { Simulator } from "../simulation/simulator";
import type { BlipModel } from "./blips";
import { blipSeconds } from "./blips";
import type { BlipEffect } from "./moves";
import { Moves } from "./moves";

/** False failovers a year, by what is left. */
export interface FalseFailovers {
  /** A zone is left for another of its region, or an address in an unknown place for another. */
  readonly zoneMoves: number;
  /** A region is left. */
  readonly regionMoves: number;
  /** A region is left for so long that a latch would hold it. */
  readonly latches: number;
}

/** A failure that ends without intervention. */
interface Cause {
  readonly perYear: number;
  readonly fault: Fault;
  readonly death: Death;
  /** Its duration, and how many checker regions see it; absent: all of them. */
  readonly draw: (draws: Draws) => { readonly seconds: number; readonly regions?: number };
}

/** Blips from a history, which replace the assumed ones of a zone. */
export interface MeasuredBlips {
  readonly perYear: number;
  readonly seconds: readonly number[];
}

/** Time until a balancer removes a dead target, if its own settings are unknown: assumed. */
const balancerSeconds = 30;
/** After a blip the checks need a while to come back. */
const settlingMs = 3_600_000;

/** The effect of a year of blips on a name. */
export class BlipYear {
  private readonly moves: Moves;
  private readonly plans = new Map<string, { planned: Planned; states: AnswerStates }>();

  constructor(
    private readonly model: StackModel,
    private readonly name: string,
    private readonly type: string,
    private readonly options: { readonly runs: number; readonly seed: number },
  ) {
    this.moves = new Moves(model, name, type);
  }

  /** The false failovers that a model of blips causes in a year. */
  under(blips: BlipModel, measured?: MeasuredBlips): FalseFailovers {
    const total = { zoneMoves: 0, regionMoves: 0, latches: 0 };
    this.causesOf(blips, measured).forEach((cause, number) => {
      const counts = this.play(cause, number, blips.latchSeconds);
      const weight = cause.perYear / this.options.runs;
      total.zoneMoves += counts.zone * weight;
      total.regionMoves += counts.region * weight;
      total.latches += counts.latch * weight;
    });
    return total;
  }

  private causesOf(blips: BlipModel, measured: MeasuredBlips | undefined): readonly Cause[] {
    const roleFaults = roleFaultsOf(this.model, this.name, this.type);
    // An address in an unknown place stands for its zone.
    const [zone] = [...roleFaults["@zone"], ...this.moves.unplaced];
    const [region] = roleFaults["@region"];
    const tailed = (draws: Draws): { readonly seconds: number } => ({
      seconds: blipSeconds(blips, draws.share()),
    });
    const known = measured?.seconds ?? [];
    const zoneBlip = (draws: Draws): { readonly seconds: number } =>
      known.length > 0 ? { seconds: known[draws.below(known.length)] as number } : tailed(draws);
    const { count, seconds: noticedSeconds } = this.instances();
    const lost: Death = { lossShare: 1 / Math.max(1, count), death: "refused" };
    return [
      ...(zone
        ? [
            {
              perYear: measured?.perYear ?? blips.zoneBlipsPerYear,
              fault: zone,
              death: "synDropped" as const,
              draw: zoneBlip,
            },
            {
              perYear: blips.checkerBlipsPerYear,
              fault: zone,
              death: "synDropped" as const,
              draw: (draws: Draws) => ({
                ...tailed(draws),
                regions: checkerRegions.filter(() => draws.isIn(blips.checkerRegionShare)).length,
              }),
            },
            // A single instance is its whole zone, whose loss is not a false alarm.
            ...(count > 1
              ? [
                  {
                    perYear: blips.instanceDeathsPerYear * count,
                    fault: zone,
                    death: lost,
                    draw: () => ({ seconds: noticedSeconds }),
                  },
                  {
                    perYear: blips.replacementsPerYear * count,
                    fault: zone,
                    death: lost,
                    draw: () => ({ seconds: blips.replacementGapSeconds }),
                  },
                ]
              : []),
          ]
        : []),
      ...(region
        ? [
            {
              perYear: blips.regionBlipsPerYear,
              fault: region,
              death: "synDropped" as const,
              draw: tailed,
            },
          ]
        : []),
    ];
  }

  /** The instances behind the serving balancer, and how long it takes to notice a dead one. */
  private instances(): { readonly count: number; readonly seconds: number } {
    const { graph } = this.model;
    const balancer = graph.get(this.moves.serving?.target ?? "");
    if (!balancer || !isBalancer(balancer)) return { count: 1, seconds: balancerSeconds };
    const groups = targetGroupsOf(graph, balancer);
    const count = Math.max(
      1,
      ...groups.map(({ targets }) => targets.reduce((sum, one) => sum + instancesOf(one), 0)),
    );
    const seconds = Math.max(
      ...groups.map(({ group }) => timesOf(group).detectionSeconds ?? balancerSeconds),
    );
    return { count, seconds: Number.isFinite(seconds) ? seconds : balancerSeconds };
  }

  private play(cause: Cause, number: number, latchSeconds: number): Record<BlipEffect, number> {
    const draws = streamOf(this.options.seed, number);
    const counts = { none: 0, zone: 0, region: 0, latch: 0 };
    for (let run = 0; run < this.options.runs; run += 1) {
      const { seconds, regions = checkerRegions.length } = cause.draw(draws);
      if (seconds <= 0 || regions === 0) continue;
      const { planned, states } = this.planFor(cause, regions);
      const phaseStartsMs = [0, 0, Math.round(seconds * 1_000)];
      const simulator = new Simulator({ ...planned.plan, phaseStartsMs }, states);
      const played: Run = simulator.run("ordinary", draws);
      const outcome = this.moves.outcomeOf(played, states, planned, latchSeconds);
      counts[outcome] += 1;
      // A latch holds a region that was left.
      if (outcome === "latch") counts.region += 1;
    }
    return counts;
  }

  /** The plan of a cause that some checker regions see; each run sets its duration. */
  private planFor(
    { fault, death }: Cause,
    regions: number,
  ): { planned: Planned; states: AnswerStates } {
    const key = JSON.stringify([fault, death, regions]);
    let known = this.plans.get(key);
    if (!known) {
      const seen =
        regions < checkerRegions.length ? { seenFrom: checkerRegions.slice(0, regions) } : {};
      const planned = planOf(this.model, {
        name: this.name,
        type: this.type,
        phases: [
          { startMs: 0, happenings: [] },
          { startMs: 0, happenings: [{ fault, death, ...seen }] },
          { startMs: 0, happenings: [] },
        ],
        endMs: settlingMs,
      });
      const { plan, asking } = planned;
      const states = new AnswerStates(
        plan.signals.map(({ initial }) => initial),
        (vector) => asking.answersFor(vector),
      );
      known = { planned, states };
      this.plans.set(key, known);
    }
    return known;
  }
}
