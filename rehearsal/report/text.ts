import type { Rehearsal, StackRehearsal, Step } from "../rehearsal";
import { formulas, groupByBounds, longestOf, termNames, termOf } from "./bounds";
import type { Brush, Paint } from "./paint";
import { printable } from "./printable";
import {
  badNewsOf,
  deathText,
  duration,
  lasting,
  objectiveState,
  objectiveText,
  placeOf,
  seconds,
  share,
  verdict,
} from "./wording";

/** Width of the page in characters. */
const columns = 100;
/** A column that gives way keeps this many characters, which is room for an IPv4 address. */
const narrowest = 15;

/** The rehearsal as a page for a terminal: every stack's tree, story, worst cases and objectives. */
export function renderText(rehearsal: Rehearsal, paint: Paint): string {
  const names = rehearsal.stacks.map(({ stack }) => stack).join(" and ");
  const bad = rehearsal.stacks.flatMap(badNewsOf);
  const lines = [
    paint.title(printable(`Failover rehearsal of ${names}: offline, from the program itself`)),
    ...rehearsal.stacks.flatMap((stack) => ["", ...renderStack(stack, paint)]),
    "",
    bad.length === 0 ? paint.good(verdict(rehearsal)) : paint.bad(verdict(rehearsal)),
    ...bad.map((line) => paint.bad(printable(`  ${line}`))),
  ];
  return `${lines.join("\n")}\n`;
}

function renderStack(rehearsal: StackRehearsal, paint: Paint): readonly string[] {
  const { stack, hostname, tree, story, objectives, notes } = rehearsal;
  const heading = printable(`── ${stack} · ${hostname} `);
  return [
    paint.title(heading.padEnd(columns, "─")),
    ...tree.map((line) => printable(`  ${line}`)),
    "",
    ...renderStory(story, paint),
    ...renderBounds(story, paint),
    "",
    ...table(
      objectives.map((objective) => {
        const state = objectiveState(objective);
        const brush = state === "MISSED" ? paint.bad : state === "met" ? paint.good : paint.faint;
        return [
          { text: state, brush },
          { text: objective.name },
          { text: objectiveText(objective) },
        ];
      }),
    ),
    ...notes.flatMap((note) => wrap(printable(note), columns - 4)).map(paint.faint),
  ];
}

function renderStory(story: readonly Step[], paint: Paint): readonly string[] {
  const head = ["what happens", "who answers", "with", "", "", "noticed in", "all moved in"];
  const right = head.map((text) => /^(?:noticed|all)/.test(text));
  const rows = story.flatMap(({ step, answers, death, detection, downtime }) => {
    const all = answers.length > 0 ? answers : [undefined];
    return all.map((answer, index): readonly Cell[] => {
      const first = index === 0;
      const dead = answer?.alive === false;
      return [
        { text: first ? step : "" },
        answer ? { text: placeOf(answer) } : { text: "NOBODY", brush: paint.bad },
        { text: answer?.value ?? "" },
        { text: answer ? `TTL ${seconds(answer.ttl)}` : "" },
        {
          text: [answer ? share(answer) : "", dead ? "DEAD" : ""].filter(Boolean).join(" "),
          brush: dead ? paint.bad : paint.faint,
        },
        { text: first ? duration(death, detection) : "" },
        { text: first ? duration(death, downtime) : "" },
      ];
    });
  });
  return table([head.map((text) => ({ text, brush: paint.faint })), ...rows], { right, narrow: 2 });
}

/** Worst cases by way of dying, term by term; steps that share all figures share the lines. */
function renderBounds(story: readonly Step[], paint: Paint): readonly string[] {
  return groupByBounds(story).flatMap(({ subject, bounds }) => {
    const names = termNames(bounds);
    const head = [`${subject}, by how it dies`, ...names, "all moved in"];
    const rows = bounds.map((bound) => [
      { text: deathText(bound.death) },
      ...names.map((name) => ({ text: seconds(termOf(bound, name)?.seconds ?? null) })),
      { text: lasting(bound.downtime) },
    ]);
    const heading = head.map((text) => ({ text, brush: paint.faint }));
    return [
      "",
      ...table([heading, ...rows], { right: [false, ...names.map(() => true), true] }),
      ...wrap(printable(formulas(longestOf(bounds))), columns - 4).map(paint.faint),
    ];
  });
}

interface TableOptions {
  /** Columns whose text ends at the right. */
  readonly right?: readonly boolean[];
  /** The column that gives way where a row is too wide. */
  readonly narrow?: number;
}

interface Cell {
  readonly text: string;
  readonly brush?: Brush;
}

/** Rows in columns as wide as their widest cell, two spaces apart, indented by two. */
function table(
  rows: readonly (readonly Cell[])[],
  { right = [], narrow = 0 }: TableOptions = {},
): readonly string[] {
  const clean = rows.map((row) => row.map((cell) => ({ ...cell, text: printable(cell.text) })));
  const widths = fit(
    (clean[0] ?? []).map((_, column) =>
      Math.max(...clean.map((row) => row[column]?.text.length ?? 0)),
    ),
    narrow,
  );
  return clean.map((row) => {
    const cells = row.map(({ text, brush }, column) => {
      const width = widths[column] ?? 0;
      const clipped = text.length > width ? `${text.slice(0, width - 1)}…` : text;
      const padding = " ".repeat(width - clipped.length);
      const painted = brush ? brush(clipped) : clipped;
      return right[column] ? `${padding}${painted}` : `${painted}${padding}`;
    });
    // A column without any text takes no room.
    const kept = cells.filter((_, column) => widths[column] !== 0);
    return `  ${kept.join("  ")}`.trimEnd();
  });
}

/** The same widths, so that a row fits on the page: first `narrow` gives way, then the widest. */
function fit(widths: readonly number[], narrow: number): readonly number[] {
  const fitted = [...widths];
  const gaps = widths.filter((width) => width > 0).length * 2;
  let excess = fitted.reduce((sum, width) => sum + width, gaps) - columns;
  for (; excess > 0; excess -= 1) {
    const gives = (fitted[narrow] ?? 0) > narrowest;
    const column = gives ? narrow : fitted.indexOf(Math.max(...fitted));
    fitted[column] = Math.max(1, (fitted[column] ?? 0) - 1);
  }
  return fitted;
}

/** Lines of at most `width` characters, indented by two. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `  ${each}`);
}
