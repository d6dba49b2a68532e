import type { Block, Note, Row, Span, Table, Tree } from "../report/document";
import { dollars, downtimeText, seconds } from "../report/figures";
import type {
  ProofSummary,
  Rehearsal,
  ReportedBound,
  ServingTier,
  StackRehearsal,
  StoryStep,
} from "../result";
import { isLongestOpen } from "./bounds";
import { shareText } from "./shares";
import { orderText } from "./tiersFigure";
import {
  duration,
  failureModeText,
  objectiveText,
  answerPlaces,
  subjectIn,
  tierTitle,
  unreadList,
} from "./wording";

/** The arguments with which a command reads the stack, such as `--stack prod`. */
export type SourceOf = (stack: string) => string;

/** The source of a stack of this program. */
export const ownStack: SourceOf = (stack) => `--stack ${stack}`;

/** The report on one screen: a line for each stack, then the first one's tiers and story. */
export function summaryBlocks({ stacks }: Rehearsal, sourceOf: SourceOf): readonly Block[] {
  const [first] = stacks;
  if (!first) return [];
  return [
    verdictTable(stacks),
    tiersTree(first, subjectIn(stacks, first)),
    storyTable(first, subjectIn(stacks, first)),
    ...unnoticedNotes(first),
    ...openNotes(stacks),
    nextTable(first, sourceOf(first.stack)),
  ];
}

function verdictTable(stacks: readonly StackRehearsal[]): Table {
  const areStacks = stacks.every((one) => subjectIn(stacks, one) === one.stack);
  return {
    kind: "table",
    caption: "The result of each stack",
    columns: [
      { head: areStacks ? "stack" : "name" },
      { head: "under every fault" },
      { head: "worst downtime", kind: "number" },
      { head: "dead, a year", kind: "number" },
      { head: "USD a month", kind: "number" },
    ],
    rows: stacks.map((one): Row => [
      subjectIn(stacks, one),
      one.proof ? stateOf(one, one.proof) : "",
      worstText(one),
      one.proof ? minutesCell(one.proof.minutesPerYear) : "",
      one.cost ? dollars(one.cost.totals.steady) : "",
    ]),
  };
}

function stateOf(stack: StackRehearsal, { outcome, reasons }: ProofSummary): Span {
  const atRest = stack.story[0]?.answers ?? [];
  switch (outcome) {
    case "proven":
      // No fault leaves a dead answer while an endpoint works: also where none ever does.
      if (atRest.length > 0 && atRest.every(({ alive }) => !alive)) {
        return { text: "dead", tone: "bad", isState: true };
      }
      return endlessSteps(stack).length > 0
        ? { text: "served if noticed", tone: "soft", isState: true }
        : { text: "served", tone: "good", isState: true };
    case "open":
      return { text: "unknown", tone: "soft", isState: true };
    case "broken":
      return {
        text: reasons.length === 1 ? "1 problem" : `${reasons.length} problems`,
        tone: "bad",
        isState: true,
      };
  }
}

/** The objective with its worst case; without one, the longest outage of the story. */
function worstText(stack: StackRehearsal): string {
  const objective = stack.objectives.find(({ name }) => name === "zoneOrRegion.downtime");
  if (objective) return objectiveText(objective);
  const endless = endlessSteps(stack);
  if (endless.length > 0) {
    const isOpen = endless.every(({ bounds }) => isLongestOpen(bounds));
    return downtimeText(null, isOpen);
  }
  const failures = failuresOf(stack);
  return failures.length === 0
    ? "not measured"
    : seconds(Math.max(...failures.map(({ downtime }) => downtime ?? 0)));
}

function failuresOf({ story }: StackRehearsal): StackRehearsal["story"] {
  return story.filter(({ death }) => death !== "" && death !== "returns");
}

/** The failures after which customers stay on a dead answer, because no check notices. */
function endlessSteps(stack: StackRehearsal): StackRehearsal["story"] {
  return failuresOf(stack).filter(({ downtime }) => downtime === null);
}

function minutesCell({ deadAnswer: minutes, dependsOn }: ProofSummary["minutesPerYear"]): string {
  const text = minutes > 0 && minutes < 0.1 ? "< 0.1 min" : `${minutes.toFixed(1)} min`;
  return dependsOn ? `up to ${text}` : text;
}

/** The tiers of a name as a tree: what answers, and what takes over. */
function tiersTree({ hostname, servingOrder }: StackRehearsal, subject: string): Tree {
  return {
    kind: "tree",
    label: `Tiers of ${subject}, ${orderText(servingOrder)}`,
    root: {
      words: [hostname],
      children: servingOrder.map((tier) => ({ words: tierWords(tier), children: [] })),
    },
  };
}

function tierWords(tier: ServingTier): readonly string[] {
  const title = tierTitle(tier);
  return [...(title === undefined ? [] : [title]), endpointsText(tier)];
}

/** The endpoints of a tier, those with one choice together: `90 %: a, else b`, `from EU: c`. */
function endpointsText({ endpoints, chosen }: ServingTier): string {
  return endpoints
    .map((name, index): string => {
      const [choice = "", before] = [chosen[index], chosen[index - 1]];
      if (index === 0) return choice === "else" ? name : `${choice}: ${name}`;
      if (choice === "else") return `, else ${name}`;
      if (choice === "and") return ` and ${name}`;
      return choice === before ? `, ${name}` : `; ${choice}: ${name}`;
    })
    .join("");
}

function storyTable({ story }: StackRehearsal, subject: string): Table {
  return {
    kind: "table",
    caption: `Who answers in ${subject}, by event`,
    columns: [
      { head: "event", kind: "prose" },
      { head: "answer from", kind: "prose" },
      { head: "all moved in", kind: "number" },
    ],
    rows: shownSteps(story).map((step): Row => [
      step.step,
      [...perhaps(step), ...answerCell(step)],
      duration(step.death, step.downtime, isLongestOpen(step.bounds)),
    ]),
  };
}

/**
 * The failures that no check notices, where it notices others: most zones that others wrote have a check that a server
 * passes which hangs, and the worst of their steps would read like an error of the tool.
 */
function unnoticedNotes({ story }: StackRehearsal): readonly Block[] {
  const bounds = story
    .map(({ bounds = [] }) => bounds)
    .filter((some) => some.some(isNoticed) && some.some(isUnnoticed))
    .flat();
  if (bounds.length === 0) return [];
  const ways = new Set(bounds.filter(isUnnoticed).map(({ death }) => failureModeText(death)));
  const longest = Math.max(...bounds.map(({ downtime }) => downtime ?? 0));
  return [
    {
      kind: "note",
      text: `No check notices a server that ${[...ways].join(" or ")}: customers never move. Other failures take at most ${seconds(longest)}.`,
    },
  ];
}

function isNoticed({ downtime }: ReportedBound): boolean {
  return downtime !== null;
}

function isUnnoticed({ downtime, dependsOn }: ReportedBound): boolean {
  return downtime === null && dependsOn === undefined;
}

/** What is not known and decides what is said of some stacks. */
export function openNotes(stacks: readonly StackRehearsal[]): readonly Note[] {
  const names = new Set(stacks.flatMap(unreadIn));
  if (names.size === 0) return [];
  return [
    {
      kind: "note",
      text: `Not known: ${unreadList([...names])}. Answers and times are those while what was not read is healthy, and a latch released; "perhaps" says that it decides.`,
    },
  ];
}

function unreadIn({ story, proof }: StackRehearsal): readonly string[] {
  return [
    ...story.flatMap(({ dependsOn = [], bounds = [] }) => [
      ...dependsOn,
      ...bounds.flatMap((bound) => bound.dependsOn ?? []),
    ]),
    ...(proof?.minutesPerYear.dependsOn ?? []),
  ];
}

/** The steps without the first, where a later one has its answers: a screen has 24 lines. */
function shownSteps([first, ...others]: readonly StoryStep[]): readonly StoryStep[] {
  if (first === undefined) return [];
  const answersIn = ({ answers }: StoryStep): string => JSON.stringify(byPlace(answers));
  return others.some((step) => answersIn(step) === answersIn(first)) ? others : [first, ...others];
}

/** The word before answers that something that was not read decides. */
export function perhaps({ dependsOn }: StoryStep): readonly string[] {
  return dependsOn ? ["perhaps "] : [];
}

function answerCell({ answers }: StoryStep): readonly (string | Span)[] {
  if (answers.length === 0) return [{ text: "none", tone: "bad", isState: true }];
  return byPlace(answers).flatMap(({ place, share, alive }, index): (string | Span)[] => [
    `${index === 0 ? "" : ", "}${place}`,
    ...(shareText(share) === "all" ? [] : [` ${shareText(share)}`]),
    ...(alive ? [] : [" ", { text: "dead", tone: "bad" as const, isState: true as const }]),
  ]);
}

/** The answers of one place that are alike together: it may have several servers. */
function byPlace(
  answers: StoryStep["answers"],
): readonly { readonly place: string; readonly share: number; readonly alive: boolean }[] {
  const found = new Map<string, { place: string; share: number; alive: boolean }>();
  const places = answerPlaces(answers);
  for (const [index, { alive, probability }] of answers.entries()) {
    const place = places[index] ?? "";
    const key = `${place} ${String(alive)}`;
    const share = (found.get(key)?.share ?? 0) + probability;
    found.set(key, { place, share, alive });
  }
  return [...found.values()];
}

function nextTable({ policies }: StackRehearsal, source: string): Table {
  const advisory = policies?.reduce((sum, one) => sum + one.advisory, 0);
  const rows: readonly (readonly [string, string])[] = [
    [`prove ${source}`, "which faults hurt, and how long"],
    ...(advisory === undefined
      ? []
      : [
          [
            `policy ${source}`,
            advisory === 0
              ? "what the policies check"
              : `the ${advisory === 1 ? "" : `${advisory} `}advisory ${advisory === 1 ? "finding" : "findings"}`,
          ] as const,
        ]),
    ["rehearse --zone example.com", "a zone of your own, read-only"],
  ];
  return {
    kind: "table",
    caption: "Commands for more",
    columns: [{ head: "next" }, { head: "shows", kind: "prose" }],
    rows: rows.map(([command, shows]): Row => [
      { text: `npx failover ${command}`, isCode: true },
      shows,
    ]),
  };
}
