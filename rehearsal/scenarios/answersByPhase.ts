import type { StackModel } from "../../routing/graph/stackModel";
import { isStaticPage } from "../staticPage";
import type { PossibleAnswer } from "../simulation/asking";
import type { PhaseStates } from "../simulation/phases";
import type { Death } from "../simulation/plan";
import { isLoss, phaseAt } from "../simulation/plan";
import type { Health } from "../simulation/population";
import { patienceMs } from "../simulation/population";

/** The service that a client finds at a value. */
export type Found = "serves" | "slow" | "withoutDatabase" | "page" | "dead";

/** The endpoint behind a value, and its state in each phase. */
export interface AnsweringPlace {
  /** Its zone, region or name. */
  readonly place: string;
  readonly availabilityZone?: string;
  readonly region?: string;
  readonly isPage: boolean;
  readonly found: readonly Found[];
  readonly deaths: readonly (Death | undefined)[];
}

/** All possible answers, with their state in each phase. */
export class AnswersByPhase implements Health {
  readonly actors: readonly AnsweringPlace[];
  private readonly startsMs: readonly number[];
  /** For each value and phase, the first phase from there on in which it is dead. */
  private readonly nextDead: readonly (readonly (number | undefined)[])[];

  constructor(
    model: StackModel,
    private readonly phaseStates: PhaseStates,
    { name, values }: { readonly name: string; readonly values: readonly PossibleAnswer[] },
  ) {
    this.startsMs = phaseStates.phases.map(({ startMs }, phase) =>
      phase === 0 ? -Infinity : startMs,
    );
    this.actors = values.map(({ record, value }): AnsweringPlace => {
      const endpoint = model.endpointOfValue(record, value, name);
      const [zone, ...others] = endpoint?.availabilityZones ?? [];
      const availabilityZone = others.length === 0 ? zone : undefined;
      const isPage = isStaticPage(record);
      const server = endpoint?.urn ?? record.id;
      const deaths = this.phaseNumbers().map((phase) =>
        phaseStates.deathOf(phase, undefined, (seen) => seen.isAlive(record, value, name)),
      );
      return {
        place: isPage
          ? "static page"
          : (availabilityZone ?? endpoint?.region ?? nameOf(model, endpoint?.urn) ?? value),
        ...(availabilityZone === undefined ? {} : { availabilityZone }),
        ...(endpoint?.region === undefined ? {} : { region: endpoint.region }),
        isPage,
        deaths,
        found: deaths.map((death, phase): Found => {
          if (death !== undefined) return isAwaited(death) ? "slow" : "dead";
          if (isPage) return "page";
          const { losses } = phaseStates.seenByClients(phase);
          return model.reliance.isServerWithout(server, losses) ? "withoutDatabase" : "serves";
        }),
      };
    });
    this.nextDead = this.actors.map((actor) => this.nextDeadOf(actor));
  }

  private nextDeadOf({ found }: AnsweringPlace): readonly (number | undefined)[] {
    let next: number | undefined;
    const backwards = [...this.phaseNumbers()].reverse().map((phase) => {
      if (found[phase] === "dead") next = phase;
      return next;
    });
    return backwards.reverse();
  }

  private phaseNumbers(): readonly number[] {
    return this.phaseStates.phases.map((_, phase) => phase);
  }

  phaseAt(atMs: number): number {
    return phaseAt({ phaseStartsMs: this.startsMs }, atMs);
  }

  /** The start times of all phases except the first. */
  get changesMs(): readonly number[] {
    return this.startsMs.slice(1);
  }

  stopsMs(value: number, fromMs: number): number {
    const dead = this.nextDead[value]?.[this.phaseAt(fromMs)];
    return dead === undefined ? Infinity : Math.max(fromMs, this.startsMs[dead] as number);
  }

  refuses(value: number, atMs: number): boolean {
    const death = this.actors[value]?.deaths[this.phaseAt(atMs)];
    return death === "refused" || death === "errors";
  }

  /** Whether no second region can receive copies of the orders that a value takes in a phase. */
  isAlone(value: number, phase: number): boolean {
    const region = this.actors[value]?.region;
    return !this.actors.some(
      (other) =>
        other.region !== undefined &&
        other.region !== region &&
        ["serves", "slow"].includes(other.found[phase] as Found),
    );
  }
}

/** Whether clients wait for the answer of something slow. */
function isAwaited(death: Death): boolean {
  if (typeof death === "string" || isLoss(death)) return false;
  const { connectSeconds = 0, firstByteSeconds = 0, bodySeconds = 0 } = death;
  return (connectSeconds + firstByteSeconds + bodySeconds) * 1_000 <= patienceMs;
}

function nameOf({ graph }: StackModel, urn: string | undefined): string | undefined {
  return urn === undefined ? undefined : graph.get(urn)?.name;
}
