import type { Block, Cell, Row, Span, Table } from "../report/document";
import { lasting, seconds } from "../report/figures";
import type { ReportedAnswer, StackRehearsal, StoryStep } from "../result";
import type { BoundGroup } from "./bounds";
import { formulas, isLongestOpen, longestOf, termLabel, termNames, termOf } from "./bounds";
import { perhaps } from "./summary";
import { duration, failureModeText, placeOf, share } from "./wording";

/** The answers, step by step. */
export function storyTable({ story }: StackRehearsal, subject: string): Table {
  return {
    kind: "table",
    caption: `Answers of ${subject}, by event`,
    columns: [
      { head: "event", kind: "prose" },
      { head: "answer from" },
      { head: "address" },
      { head: "share", kind: "number" },
      { head: "TTL", kind: "number" },
      { head: "detected in", kind: "number" },
      { head: "all moved in", kind: "number" },
    ],
    rows: story.map(storyRow),
  };
}

const dead: Span = { text: "dead", tone: "bad", isState: true };
const none: Span = { text: "none", tone: "bad", isState: true };

function storyRow(one: StoryStep): Row {
  const { step, answers, death, detection, downtime, bounds } = one;
  const [maybe = ""] = perhaps(one);
  const each = (line: (answer: ReportedAnswer) => Span | string): Cell => ({
    lines: answers.map(line),
  });
  const who: Cell = {
    lines: answers.map((answer) =>
      answer.alive ? `${maybe}${placeOf(answer)}` : [`${maybe}${placeOf(answer)} `, dead],
    ),
  };
  return [
    step,
    answers.length > 0 ? who : [maybe, none],
    each(({ value }) => ({ text: value, isCode: true })),
    each((answer) => ({ text: share(answer), tone: "soft" })),
    each(({ ttl }) => seconds(ttl)),
    duration(death, detection, isLongestOpen(bounds)),
    duration(death, downtime, isLongestOpen(bounds)),
  ];
}

/** Worst cases by failure mode, term by term; steps with the same figures share a table. */
export function boundBlocks({ subject, bounds }: BoundGroup): readonly Block[] {
  const names = termNames(bounds);
  const formula = formulas(longestOf(bounds));
  return [
    {
      kind: "table",
      caption: `${subject}, by failure mode`,
      columns: [
        { head: `${subject}, by failure mode`, kind: "prose" },
        ...[...names.map(termLabel), "all moved in"].map((head) => ({
          head,
          kind: "number" as const,
        })),
      ],
      rows: bounds.map((bound) => [
        failureModeText(bound.death),
        ...names.map((name) => seconds(termOf(bound, name)?.seconds ?? null)),
        lasting(bound.downtime, bound.dependsOn !== undefined),
      ]),
    },
    ...(formula === "" ? [] : [{ kind: "note" as const, text: `Longest: ${formula}.` }]),
  ];
}

/** The reasons for each answer: the records on the path to it. */
export function pathTable({ story }: StackRehearsal, subject: string): Table {
  return {
    kind: "table",
    caption: `The records on the path to each answer of ${subject}`,
    columns: [
      { head: "event", kind: "prose" },
      { head: "record" },
      { head: "member" },
      { head: "why", kind: "prose" },
    ],
    rows: story.flatMap(({ step, answers }) =>
      answers.flatMap(({ path }) =>
        path.map(({ record, setIdentifier = "–", reason }): Row => [
          step,
          { text: record, isCode: true },
          setIdentifier,
          reason,
        ]),
      ),
    ),
  };
}
