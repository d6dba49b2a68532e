import type { Rehearsal, StackRehearsal, Step, TtlMode } from "../rehearsal";
import { formulas, groupByBounds, longestOf, termNames, termOf } from "./bounds";
import { costLines } from "./costText";
import type { Paint } from "./paint";
import { printable } from "./printable";
import { quotaLines } from "./quotaText";
import type { Cell } from "./textTable";
import { columns, table, wrap } from "./textTable";
import {
  badNewsOf,
  deathText,
  duration,
  lasting,
  modeText,
  objectiveState,
  objectiveText,
  packState,
  placeOf,
  seconds,
  share,
  verdict,
} from "./wording";

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
  const { stack, hostname, tree, story, objectives, policies = [], cost, notes } = rehearsal;
  const { quotas = [], ttlModes = [] } = rehearsal;
  const heading = printable(`── ${stack} · ${hostname} `);
  return [
    paint.title(heading.padEnd(columns, "─")),
    ...tree.map((line) => printable(`  ${line}`)),
    "",
    ...renderStory(story, paint),
    ...renderBounds(story, paint),
    "",
    ...table([
      ...objectives.map((objective) => {
        const state = objectiveState(objective);
        const brush = state === "MISSED" ? paint.bad : state === "met" ? paint.good : paint.faint;
        return [
          { text: state, brush },
          { text: objective.name },
          { text: objectiveText(objective) },
        ];
      }),
      ...policies.map((report) => {
        const state = packState(report);
        const brush = state === "STOPS" ? paint.bad : state === "kept" ? paint.good : paint.faint;
        return [
          { text: state, brush },
          { text: `policies ${report.pack}` },
          { text: report.summary },
        ];
      }),
    ]),
    ...ttlLines(ttlModes, paint),
    ...(cost ? costLines(cost, paint) : []),
    ...quotaLines(quotas, paint),
    ...notes.flatMap((note) => wrap(printable(note), columns - 4)).map(paint.faint),
  ];
}

/** What the TTL of each mode costs, side by side. */
function ttlLines(modes: readonly TtlMode[], paint: Paint): readonly string[] {
  if (modes.length === 0) return [];
  const head = ["worst downtime by TTL", "zone or region", "database"];
  const rows = modes.map((mode) => [
    { text: modeText(mode) },
    { text: seconds(mode.downtime.zoneOrRegion) },
    { text: seconds(mode.downtime.database) },
  ]);
  const heading = head.map((text) => ({ text, brush: paint.faint }));
  return ["", ...table([heading, ...rows], { right: [false, true, true] })];
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
