import { counted, round } from "../../report/figures";
import type { DrillAnswer, DrillSubject } from "../drillRun";
import type { DrillState } from "./drillState";
import { brokenPartOf, faultLabelOf, placeLabelOf, regionLabelOf } from "./drillState";

/** The state of a drill in sentences. */
export interface DrillStatus {
  readonly tone: "good" | "bad" | "soft";
  /** Who serves customers now. */
  readonly headline: string;
  /** What is broken, and for how long. */
  readonly broken: string;
  /** The orders of the last second. */
  readonly orders: string;
}

/** The state of a drill in sentences. */
export function statusOf(state: DrillState): DrillStatus {
  const { answer, drill, lastOrders } = state;
  const answers = answer?.answers ?? [];
  const dead = answers.filter((one) => isDead(state, one));
  const tone =
    answer === undefined ? "soft" : dead.length > 0 || answers.length === 0 ? "bad" : "good";
  return {
    tone,
    headline: headlineOf(state, answers, dead),
    broken: brokenText(state),
    orders:
      lastOrders === undefined
        ? "No order yet."
        : `${ordersText(lastOrders.served, lastOrders.served + lastOrders.failed)} in the last report.`,
  };

  function headlineOf(
    { answer: event }: DrillState,
    all: readonly DrillAnswer[],
    broken: readonly DrillAnswer[],
  ): string {
    if (event === undefined) return "No answer is known yet.";
    if (all.length === 0) return `The name servers have no answer for ${drill.name}.`;
    const places = placesText(drill, all);
    if (broken.length > 0) {
      return broken.length === all.length
        ? `Customers are sent to ${places}, which is broken.`
        : `Served from ${places}; ${placesText(drill, broken, false)} is broken.`;
    }
    return `Served from ${places}${event.lastResort ? ", as a last resort" : ""}.`;
  }
}

/** Whether an answer leads to an endpoint that is broken. */
export function isDead(state: DrillState, { endpoint }: DrillAnswer): boolean {
  const found = state.drill.endpoints.find(({ id }) => id === endpoint);
  return found !== undefined && brokenPartOf(state, found) !== undefined;
}

/** Places of answers, with their shares if there are several. */
export function placesText(
  drill: DrillSubject,
  answers: readonly DrillAnswer[],
  withShares = true,
): string {
  const isShared = withShares && answers.length > 1;
  const texts = [...answers]
    .sort((a, b) => b.share - a.share)
    .map((answer) => {
      const place = answerPlaceText(drill, answer);
      return isShared ? `${place}, ${percentText(answer.share)}` : place;
    });
  return listText(texts, isShared ? "; " : ", ");
}

/** `us-west-2a (Oregon)`. */
function answerPlaceText(drill: DrillSubject, { endpoint, value }: DrillAnswer): string {
  const found = drill.endpoints.find(({ id }) => id === endpoint);
  if (!found) return value;
  const { region } = found;
  return region === undefined
    ? placeLabelOf(found)
    : `${placeLabelOf(found)} (${regionLabelOf(drill, region)})`;
}

function brokenText({ broken, atSeconds, drill }: DrillState): string {
  if (broken.length === 0) return "Nothing is broken.";
  const texts = broken.map(({ name, sinceSeconds }) => {
    const seconds = Math.floor(atSeconds - sinceSeconds);
    return `${faultLabelOf(drill, name)} has been broken for ${spanText(seconds)}`;
  });
  return `${listText(texts, ", ")}.`;
}

/** `a, b and c`. */
export function listText(texts: readonly string[], comma: string): string {
  const last = texts.at(-1) ?? "";
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(comma)} and ${last}`;
}

/** `9 of 10 orders served`. */
export function ordersText(served: number, all: number): string {
  return `${served} of ${counted(all, "order")} served`;
}

/** A share as a percentage. */
export function percentText(share: number): string {
  return `${round(share * 100)} %`;
}

/** A duration: `12 s`, `2 min 5 s`. */
export function spanText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** A time of the drill: `2:05`. */
export function clockText(atSeconds: number): string {
  const whole = Math.max(0, Math.floor(atSeconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
