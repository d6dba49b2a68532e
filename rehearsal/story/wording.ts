import type { Span, Verdict } from "../report/document";
import { lasting, round, seconds } from "../report/figures";
import type {
  ReportedAnswer,
  ObjectiveResult,
  PackReport,
  Rehearsal,
  ServingTier,
  StackRehearsal,
  TtlMode,
} from "../result";

/**
 * The display name of an answer's location: its zone, with its side if the region has two,
 * otherwise the resource's name without the queried name as a suffix.
 */
export function placeOf({ availabilityZone, target, value, path }: ReportedAnswer): string {
  // The node over the sides of a release, recognized by the first label of its name.
  const side = path.find(({ record }) => record.startsWith("release."))?.setIdentifier;
  if (availabilityZone !== undefined) {
    return side === undefined ? availabilityZone : `${availabilityZone} ${side}`;
  }
  const name = target.includes("::") ? target.split("::").at(-1) : undefined;
  // A record name includes its type: "orders.cafe.com A".
  const asked = `-${path[0]?.record.split(" ")[0] ?? ""}`;
  const short = name?.endsWith(asked) ? name.slice(0, -asked.length) : name;
  return short || value;
}

/** A name with a capital. */
export function titled(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** A tier's region in words: Oregon (us-west-2); undefined if it is not known. */
export function tierTitle({ region, name }: ServingTier): string | undefined {
  if (region === undefined || name === undefined) return undefined;
  return name === region ? region : `${titled(name)} (${region})`;
}

/** The duration of a step: a dash without a failure, "never" without an end. */
export function duration(death: string, value: number | null): string {
  return death === "" ? seconds(value) : lasting(value);
}

/** An objective's figures: durations in seconds, anything else as a count. */
export function figure({ name }: ObjectiveResult, value: number): string {
  return /\.(?:detection|downtime)$/.test(name) ? seconds(value) : round(value);
}

/** The objectives in words, by their names in the configuration. */
const objectiveLabels: ReadonlyMap<string, string> = new Map([
  ["zoneOrRegion.detection", "Zone or region: detection"],
  ["zoneOrRegion.downtime", "Zone or region: downtime"],
  ["database.downtime", "Database: downtime"],
]);

/** The name of an objective in a table. */
export function objectiveLabel({ name }: Pick<ObjectiveResult, "name">): string {
  return objectiveLabels.get(name) ?? name;
}

/** An objective in words: found and target. */
export function objectiveText(objective: ObjectiveResult): string {
  const { worst, target } = objective;
  const promised = figure(objective, target);
  return worst === null
    ? `not measured here, target ${promised}`
    : `${figure(objective, worst)} of ${promised}`;
}

/** A missed objective in words. */
export function missedText(objective: ObjectiveResult): string {
  const { worst, target } = objective;
  const found = worst === null ? "never over, or not measured" : figure(objective, worst);
  return `${objectiveLabel(objective)} is ${found}, allowed ${figure(objective, target)}`;
}

/** A mode of the TTL in words. */
export function modeText({ mode, ttl, inForce }: TtlMode): string {
  return `${mode}, ${seconds(ttl)}${inForce ? ", in force" : ""}`;
}

/** The state of an objective. */
export function objectiveState({ met, worst }: ObjectiveResult): Span {
  if (!met) return { text: "missed", tone: "bad", isState: true };
  return worst === null
    ? { text: "open", tone: "soft", isState: true }
    : { text: "met", tone: "good", isState: true };
}

/** The failure modes in words; the tokens are those of `routing/checker.ts`. */
const deathWords: ReadonlyMap<string, string> = new Map([
  ["refused", "refuses connections"],
  ["synDropped", "does not answer"],
  ["connectsThenHangs", "connects, then hangs"],
  ["hangsInBody", "hangs in the body"],
  ["drains", "drains slowly"],
  ["errors", "answers with errors"],
  ["returns", "recovers"],
]);

/** A failure mode in words. */
export function failureModeText(death: string): string {
  return deathWords.get(death) ?? death;
}

/** The share of queries of an answer, unless it is all of them. */
export function share({ probability }: ReportedAnswer): string {
  return probability === 1 ? "" : `${round(probability * 100)} %`;
}

/** The state of a pack. */
export function packState({ stops, advisory, unknown }: PackReport): Span {
  if (stops.length > 0) return { text: "blocks update", tone: "bad", isState: true };
  return advisory + unknown > 0
    ? { text: "advisory", tone: "soft", isState: true }
    : { text: "passed", tone: "good", isState: true };
}

/** The most reasons of a broken proof that the verdict lists. */
const reasonsShown = 3;

/** The problems of a stack's rehearsal, a sentence each. */
export function badNewsOf(rehearsal: StackRehearsal): readonly string[] {
  const { from, story, objectives, proof, policies = [] } = rehearsal;
  const asked = from === undefined ? "" : `, asked from ${from.join("; ")}`;
  const news = [];
  for (const { step, answers } of story) {
    if (answers.length === 0) news.push(`no answer after "${step}"${asked}`);
    for (const answer of answers.filter(({ alive }) => !alive)) {
      news.push(`after "${step}" the answer${asked} is ${placeOf(answer)}, which is dead`);
    }
  }
  if (proof?.outcome === "broken") {
    news.push(...proof.reasons.slice(0, reasonsShown));
    const more = proof.reasons.length - reasonsShown;
    if (more > 0) news.push(`${more} more, which \`failover prove\` lists`);
  }
  news.push(...objectives.filter(({ met }) => !met).map(missedText));
  news.push(...policies.flatMap(({ stops }) => stops));
  // Several servers may be in one place, and a name may have the same problems wherever it is asked.
  return [...new Set(news)];
}

/** The outcome in one sentence, with the problems. */
export function verdictOf(rehearsal: Rehearsal): Verdict {
  const { stacks } = rehearsal;
  const areSeveral = new Set(stacks.map(({ stack }) => stack)).size > 1;
  const all = stacks.flatMap((one) =>
    badNewsOf(one).map((news) => (areSeveral ? `${one.stack}: ${news}` : news)),
  );
  const reasons = [...new Set(all)];
  const isGood = reasons.length === 0;
  return { isGood, text: isGood ? goodNews(rehearsal) : badNews(reasons.length), reasons };
}

function goodNews({ stacks }: Rehearsal): string {
  return stacks.some(({ policies }) => policies)
    ? "Every answer is alive, every objective is met, and no policy blocks an update."
    : "Every answer is alive, and every objective is met.";
}

function badNews(count: number): string {
  return count === 1 ? "1 problem found." : `${count} problems found.`;
}
