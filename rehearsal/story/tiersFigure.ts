import type * as report from "../report/document";
import type { ServingTier, StackRehearsal, StoryStep } from "../result";
import { moveText, shareChanges, shareIn, shareText } from "./shares";
import { placeOf, tierTitle, withDepends } from "./wording";

/** The tiers of a stack at each step of its story: what is down, and where customers go. */
export function tiersFigure({
  hostname,
  servingOrder,
  story,
}: Pick<StackRehearsal, "hostname" | "servingOrder" | "story">): report.TiersBlock {
  return {
    kind: "tiers",
    root: hostname,
    panels: story.map((step, index) =>
      tiersPanel(
        step,
        withDepends(captionOf(step, story[index - 1]), step.dependsOn ?? []),
        hostname,
        servingOrder,
      ),
    ),
  };
}

/** What is down and who answers at one moment. */
type Moment = Pick<StoryStep, "step" | "faults" | "answers">;

function captionOf(step: StoryStep, before: StoryStep | undefined): string {
  return before ? (moveText(shareChanges(before, step)) ?? "no customers move") : standing(step);
}

/** The tiers of a name at one moment. */
export function tiersPanel(
  step: Moment,
  caption: string,
  hostname: string,
  tiers: readonly ServingTier[],
): report.TiersPanel {
  const areas = tiers.map((tier) => areaOf(tier, step));
  const faults = faultsBeside(tiers, step).map(faultText);
  const described = areas.map(describeArea).join(". ");
  const broken = faults.length === 0 ? "" : ` ${faults.join(", ")}.`;
  return {
    title: step.step,
    caption,
    description: `${hostname}, ${orderText(tiers)}: ${described}.${broken}`,
    areas,
    faults,
  };
}

/** What the order of tiers means: where a routing policy chooses, they do not all take over from one another. */
export function orderText(tiers: readonly ServingTier[]): string {
  const isChosen = tiers.some(({ chosen }) =>
    chosen.some((one) => one !== "else" && one !== "and"),
  );
  return isChosen
    ? "in the order of its records, of which a routing policy chooses"
    : "in the order in which its places take over";
}

/** Where customers are before anything happens. */
function standing(step: StoryStep): string {
  const places = [...new Set(step.answers.map(placeOf))];
  if (places.length === 0) return "no place answers";
  const shares = places.map((place) => `${place} (${shareText(shareIn(step, place))})`);
  return `customers are answered by ${shares.join(" and ")}`;
}

function areaOf(tier: ServingTier, step: Moment): report.TierArea {
  const { region, endpoints } = tier;
  const title = tierTitle(tier);
  const isLost = region !== undefined && step.faults.includes(region);
  return {
    ...(title === undefined ? {} : { title }),
    isLost,
    places: endpoints.map((name) => placeIn(name, isLost, step)),
  };
}

function placeIn(name: string, isAreaLost: boolean, step: Moment): report.TierPlace {
  const share = shareIn(step, name);
  if (share > 0) {
    const isAlive = step.answers.some((answer) => placeOf(answer) === name && answer.alive);
    return isAlive
      ? { name, state: "answers", share, text: `answers ${shareText(share)}` }
      : { name, state: "dead", share, text: `dead, gets ${shareText(share)}` };
  }
  const isLost = isAreaLost || step.faults.includes(name) || step.faults.includes(zoneOf(name));
  return isLost
    ? { name, state: "lost", share, text: "down" }
    : { name, state: "idle", share, text: "no customers" };
}

/** The zone of a place, which may be followed by its side. */
function zoneOf(place: string): string {
  return place.split(" ")[0] ?? place;
}

/** The faults that are no place, such as a database. */
function faultsBeside(tiers: readonly ServingTier[], { faults }: Moment): readonly string[] {
  const places = new Set(
    tiers.flatMap(({ region, endpoints }) => [
      ...(region === undefined ? [] : [region]),
      ...endpoints.flatMap((name) => [name, zoneOf(name)]),
    ]),
  );
  return faults.filter((fault) => !places.has(fault));
}

/** A fault in words; a check's begins with its kind, and may end with the health that it reports. */
function faultText(fault: string): string {
  if (!fault.startsWith("check:")) return `${fault} is down`;
  const [check = "", health] = fault.slice("check:".length).split("=");
  return health === undefined ? `${check} fails` : `${check} reports ${health}`;
}

function describeArea({ title, isLost, places }: report.TierArea): string {
  const all = places.map(({ name, text }) => `${name} ${text}`).join("; ");
  return title === undefined ? all : `${title}${isLost ? " is down" : ""}: ${all}`;
}
