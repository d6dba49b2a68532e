import { gapsText } from "../gaps";
import type { Span, Verdict } from "../report/document";
import { counted, durationText, lasting, round, seconds } from "../report/figures";
import type {
  ReportedAnswer,
  ObjectiveResult,
  PackReport,
  ProofSummary,
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

/** The places of answers. Of a record with several values at which no resource is, each value is a place. */
export function answerPlaces(answers: readonly ReportedAnswer[]): readonly string[] {
  return answers.map((answer) => {
    const isOneOfSeveral = answers.some(
      ({ target, value }) => target === answer.target && value !== answer.value,
    );
    const place = placeOf(answer);
    return isOneOfSeveral && answer.availabilityZone === undefined
      ? `${place} ${answer.value}`
      : place;
  });
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

/** The duration of a step: a dash without a failure, "never" without an end, as far as that is known. */
export function duration(death: string, value: number | null, isOpen = false): string {
  return death === "" ? seconds(value) : lasting(value, isOpen);
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
  const { worst, target, dependsOn } = objective;
  const promised = figure(objective, target);
  if (dependsOn) return `${durationText(objective.name, null, true)}, target ${promised}`;
  if (objective.isEndless) return `${durationText(objective.name, null)}, target ${promised}`;
  return worst === null
    ? `not measured here, target ${promised}`
    : `${figure(objective, worst)} of ${promised}`;
}

/** A missed objective in words. */
export function missedText(objective: ObjectiveResult): string {
  const { worst, target, dependsOn } = objective;
  const endless = durationText(objective.name, null, dependsOn !== undefined);
  const without = dependsOn
    ? `${endless} (${dependsText(dependsOn)})`
    : objective.isEndless
      ? endless
      : "not measured";
  const found = worst === null ? without : figure(objective, worst);
  return `${objectiveLabel(objective)} is ${found}, allowed ${figure(objective, target)}`;
}

/** A mode of the TTL in words. */
export function modeText({ mode, ttl, inForce }: TtlMode): string {
  return `${mode}, ${seconds(ttl)}${inForce ? ", in force" : ""}`;
}

/** The state of an objective. */
export function objectiveState({
  met,
  worst,
  dependsOn,
}: Pick<ObjectiveResult, "dependsOn" | "met" | "worst">): Span {
  if (dependsOn) return { text: "unknown", tone: "soft", isState: true };
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

/** The most names of what is not known that a text lists. */
const unreadShown = 3;

/** Some of the names of what is not known. */
export function unreadList(unread: readonly string[]): string {
  const more = unread.length - unreadShown;
  return unread.slice(0, unreadShown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** What is not known and decides, by name, in words. */
export function dependsText(unread: readonly string[]): string {
  return `unknown: depends on ${unreadList(unread)}`;
}

/** A text, with what is not known and decides, by name. */
export function withDepends(text: string, unread: readonly string[]): string {
  return unread.length > 0 ? `${text}; ${dependsText(unread)}` : text;
}

/** The share of queries of an answer, unless it is all of them. */
export function share({ probability }: ReportedAnswer): string {
  return probability === 1 ? "" : `${round(probability * 100)} %`;
}

/** What a rehearsal is of, apart from the others: its stack; of one with several names or places, the name and place. */
export function subjectIn(stacks: readonly StackRehearsal[], one: StackRehearsal): string {
  const names = new Set(stacks.map(({ stack }) => stack));
  if (names.size === stacks.length) return one.stack;
  return names.size === 1 ? placedName(one) : `${one.stack}: ${placedName(one)}`;
}

/** A name, with the places where it has this answer if there are others. */
function placedName({ hostname, from }: StackRehearsal): string {
  return from === undefined ? hostname : `${hostname} from ${from.join("; ")}`;
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
  for (const { step, answers, dependsOn } of story.filter(
    ({ isDeadOpen = false }) => !isDeadOpen,
  )) {
    if (answers.length === 0) news.push(`no answer after "${step}"${asked}`);
    const dead = answers.filter(({ alive }) => !alive);
    if (dependsOn && dead.length > 0) {
      const whatever = `whatever the status of ${unreadList(dependsOn)}`;
      news.push(`after "${step}" the answer${asked} is dead, ${whatever}`);
    }
    const places = answerPlaces(answers).filter((_, index) => answers[index]?.alive === false);
    for (const place of dependsOn ? [] : places) {
      news.push(`after "${step}" the answer${asked} is ${place}, which is dead`);
    }
  }
  if (proof?.outcome === "broken") news.push(...shownReasons(proof));
  news.push(...objectives.filter(({ met }) => !met).map(missedText));
  news.push(...policies.flatMap(({ stops }) => stops));
  // Several servers may be in one place, and a name may have the same problems wherever it is asked.
  return [...new Set(news)];
}

/** What is not known of a stack, a sentence each. */
function unknownsOf({
  story,
  proof,
  policies = [],
  notPlayed = [],
  gaps = [],
}: StackRehearsal): readonly string[] {
  const findings = policies.reduce((sum, { unknown }) => sum + unknown, 0);
  return [
    ...story.flatMap(({ step, isDeadOpen = false, dependsOn = [] }) =>
      isDeadOpen
        ? [`whether the answer after "${step}" is dead depends on ${unreadList(dependsOn)}`]
        : [],
    ),
    ...(proof?.outcome === "open" ? shownReasons(proof) : []),
    ...(findings > 0
      ? [`${counted(findings, "unknown finding")}, which \`failover policy\` lists`]
      : []),
    ...(gaps.length > 0 ? [gapsText(gaps)] : []),
    ...(notPlayed.length > 0
      ? [`${namesText(notPlayed)}: not played; --name plays one, and \`failover prove\` has all`]
      : []),
  ];
}

/** The first names, and how many more there are. */
function namesText(names: readonly string[]): string {
  const shown = names.slice(0, reasonsShown).join(", ");
  return names.length > reasonsShown ? `${shown} and ${names.length - reasonsShown} more` : shown;
}

/** The outcome in one sentence, with the problems, or with what is unknown if there are none. */
export function verdictOf(rehearsal: Rehearsal): Verdict {
  const problems = newsOf(rehearsal, badNewsOf);
  if (problems.length > 0) {
    return { isGood: false, text: badNews(problems.length), reasons: problems };
  }
  const unknowns = newsOf(rehearsal, unknownsOf);
  return unknowns.length > 0
    ? {
        isGood: false,
        isUnknown: true,
        text: "No problem found, but not everything is known.",
        reasons: unknowns,
      }
    : { isGood: true, text: goodNews(rehearsal), reasons: [] };
}

/** The sentences about all stacks, each with its stack if there are several. */
function newsOf(
  { stacks }: Rehearsal,
  newsOfStack: (stack: StackRehearsal) => readonly string[],
): readonly string[] {
  const areSeveral = new Set(stacks.map(({ stack }) => stack)).size > 1;
  const all = stacks.flatMap((one) =>
    newsOfStack(one).map((news) => (areSeveral ? `${one.stack}: ${news}` : news)),
  );
  return [...new Set(all)];
}

/** The first reasons of a proof, and how many more there are. */
function shownReasons({ reasons }: ProofSummary): readonly string[] {
  const more = reasons.length - reasonsShown;
  return [
    ...reasons.slice(0, reasonsShown),
    ...(more > 0 ? [`${more} more, which \`failover prove\` lists`] : []),
  ];
}

/** What was judged and is well; an objective that nobody set is not met. */
function goodNews({ stacks }: Rehearsal): string {
  const parts = [
    ...(stacks.some(({ objectives }) => objectives.length > 0) ? ["every objective is met"] : []),
    ...(stacks.some(({ policies }) => policies) ? ["no policy blocks an update"] : []),
  ];
  const last = parts.pop();
  const rest = ["Every answer is alive", ...parts].join(", ");
  return last === undefined ? `${rest}.` : `${rest}, and ${last}.`;
}

function badNews(count: number): string {
  return count === 1 ? "1 problem found." : `${count} problems found.`;
}
