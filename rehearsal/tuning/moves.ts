import type { Fault } from "../../routing/graph/faults";
import { leaderOf } from "../../routing/graph/leader";
import type { PlacedAnswer, StackModel } from "../../routing/graph/stackModel";
import type { AnswerList, States } from "../simulation/answers";
import type { Planned } from "../simulation/planOf";
import type { Run } from "../simulation/simulator";

/** The effect of a blip: none, or what clients left. */
export type BlipEffect = "none" | "zone" | "region" | "latch";

/** Decides whether the answers of a run left the zone or region that serves while all is well. */
export class Moves {
  /** The place that serves most customers while all is well. */
  readonly serving: PlacedAnswer | undefined;
  private readonly known = new WeakMap<AnswerList, "there" | "zone" | "region">();

  constructor(
    private readonly model: StackModel,
    name: string,
    type: string,
  ) {
    const [asker] = model.askersOf(name, type);
    const { answers } = model.under([]).resolve(name, type, asker);
    this.serving = leaderOf(answers);
  }

  outcomeOf({ history }: Run, states: States, planned: Planned, latchSeconds: number): BlipEffect {
    const [question = 0] = planned.clientQuestions;
    let outcome: BlipEffect = "none";
    let leftMs: number | undefined;
    for (let epoch = 1; epoch < history.count; epoch += 1) {
      const list = states.answersIn(history.stateOf(epoch))[question] as AnswerList;
      const left = this.leftBy(list, planned);
      if (left === "region") {
        leftMs ??= history.timeOf(epoch);
        outcome = "region";
      } else {
        if (leftMs !== undefined && history.timeOf(epoch) - leftMs >= latchSeconds * 1_000) {
          return "latch";
        }
        leftMs = undefined;
        if (left === "zone" && outcome === "none") outcome = "zone";
      }
    }
    return leftMs === undefined ? outcome : "latch";
  }

  private leftBy(list: AnswerList, planned: Planned): "there" | "zone" | "region" {
    let left = this.known.get(list);
    if (left === undefined) {
      left = this.whatIsLeft(list, planned);
      this.known.set(list, left);
    }
    return left;
  }

  private whatIsLeft({ values }: AnswerList, planned: Planned): "there" | "zone" | "region" {
    const answers = values.flatMap((number) => {
      const value = planned.values[number];
      if (!value) return [];
      const endpoint = this.model.endpointOfValue(value.record, value.value);
      return [{ urn: endpoint?.urn ?? value.record.id, region: endpoint?.region }];
    });
    const { target, region } = this.serving ?? {};
    if (answers.some(({ urn }) => urn === target)) return "there";
    return answers.some((answer) => answer.region === region) ? "zone" : "region";
  }

  /** The loss of the address that serves, if its zone and region are unknown; empty otherwise. */
  get unplaced(): readonly Fault[] {
    const { serving } = this;
    if (!serving || serving.region !== undefined || serving.availabilityZone !== undefined)
      return [];
    const outside = this.model.outsideOfValue(serving.record, serving.value);
    return outside === undefined ? [] : [{ kind: "outside", name: outside }];
  }
}
