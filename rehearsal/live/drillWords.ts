import { counted, round } from "../report/figures";
import type { DrillAnswer, DrillFault, DrillSubject } from "./drillRun";
import type { DrillState } from "./drillState";
import { brokenPartOf, faultLabelOf, placeLabelOf, regionLabelOf } from "./drillState";

/** The kinds of what can fail, in words. */
export const faultKinds: readonly (readonly [DrillFault["kind"], string])[] = [
  ["availabilityZone", "Availability zones"],
  ["region", "Regions"],
  ["database", "Databases"],
  ["endpoint", "Endpoints"],
  ["check", "Health checks that report unhealthy"],
];

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
  const { answer, lastOrders } = state;
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
}

function headlineOf(
  { answer, drill }: DrillState,
  answers: readonly DrillAnswer[],
  dead: readonly DrillAnswer[],
): string {
  if (answer === undefined) return "No answer is known yet.";
  if (answers.length === 0) return `The name servers have no answer for ${drill.name}.`;
  const how = answer.lastResort ? ", as a last resort" : "";
  if (dead.length === 0) return `Served from ${placesText(drill, answers)}${how}.`;
  const alive = answers.filter((one) => !dead.includes(one));
  const are = dead.length === 1 ? "is" : "are";
  const sent = `Customers are sent to ${placesText(drill, dead)}, which ${are} broken${how}`;
  const serve = alive.length === 1 ? "serves" : "serve";
  return alive.length === 0 ? `${sent}.` : `${sent}; ${placesText(drill, alive)} ${serve}.`;
}

/** Whether an answer leads to an endpoint that is broken. */
export function isDead(state: DrillState, { endpoint }: DrillAnswer): boolean {
  const found = state.drill.endpoints.find(({ id }) => id === endpoint);
  return found !== undefined && brokenPartOf(state, found) !== undefined;
}

/** The places of answers, each with its share if that is not all: `us-west-2a (Oregon, 90 %)`. */
export function placesText(drill: DrillSubject, answers: readonly DrillAnswer[]): string {
  const texts = answers
    .toSorted((a, b) => b.share - a.share)
    .map(({ endpoint, value, share }) => {
      const found = drill.endpoints.find(({ id }) => id === endpoint);
      const place = found ? placeLabelOf(found) : value;
      const details = [
        ...(found?.region === undefined ? [] : [regionLabelOf(drill, found.region)]),
        ...(share < 1 ? [percentText(share)] : []),
      ];
      return details.length === 0 ? place : `${place} (${details.join(", ")})`;
    });
  return listText(texts);
}

function brokenText({ broken, atSeconds, drill }: DrillState): string {
  if (broken.length === 0) return "Nothing is broken.";
  const texts = broken.map(({ name, sinceSeconds }) => {
    const seconds = Math.floor(atSeconds - sinceSeconds);
    return `${faultLabelOf(drill, name)} has been broken for ${spanText(seconds)}`;
  });
  return `${listText(texts)}.`;
}

/** `a, b and c`. */
export function listText(texts: readonly string[]): string {
  const last = texts.at(-1) ?? "";
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(", ")} and ${last}`;
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
