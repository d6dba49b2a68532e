import { html } from "hono/html";
import type { Answer, StackRehearsal, Step } from "../rehearsal";
import { formulas, groupByBounds, longestOf, termNames, termOf } from "./bounds";
import type { BoundGroup } from "./bounds";
import type { Markup } from "./picture";
import {
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
} from "./wording";

/** A column of a table. */
export interface Column {
  readonly head: string;
  readonly kind?: "number";
}

/** What stands in a row: its name, and the other columns. */
export interface Row {
  readonly name: string;
  readonly cells: readonly unknown[];
}

/**
 * A table whose rows become blocks on a narrow screen. The roles are said, because browsers forget
 * them when a table is not laid out as one.
 */
export function stackedTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly Row[],
): Markup {
  const [, ...others] = columns;
  return html`<table class="stacked" role="table">
    <caption>
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(
          ({ head, kind }) =>
            html`<th scope="col" role="columnheader" class="${kind ?? "text"}">${head}</th>`,
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        ({ name, cells }) =>
          html`<tr role="row">
            <th scope="row" role="rowheader">${name}</th>
            ${others.map(
              ({ head, kind }, index) =>
                html`<td role="cell" data-label="${head}" class="${kind ?? "text"}">
                  ${cells[index]}
                </td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Who answers, step by step. */
export function storyTable({ stack, story }: StackRehearsal): Markup {
  const columns: readonly Column[] = [
    { head: "What happens" },
    { head: "Who answers" },
    { head: "With" },
    { head: "TTL" },
    { head: "Noticed in", kind: "number" },
    { head: "All moved in", kind: "number" },
  ];
  return stackedTable(`Who answers in ${stack}`, columns, story.map(storyRow));
}

function storyRow({ step, answers, death, detection, downtime }: Step): Row {
  const each = (cell: (answer: Answer) => Markup): Markup[] =>
    answers.map((answer) => html`<div>${cell(answer)}</div>`);
  const who = each((answer) => {
    const dead = answer.alive ? "" : html` <span class="bad">dead</span>`;
    return html`${placeOf(answer)} <span class="soft">${share(answer)}</span>${dead}`;
  });
  return {
    name: step,
    cells: [
      answers.length > 0 ? who : html`<span class="bad">nobody</span>`,
      each(({ value }) => html`<code>${value}</code>`),
      each(({ ttl }) => html`${seconds(ttl)}`),
      duration(death, detection),
      duration(death, downtime),
    ],
  };
}

/** What was promised, and what was found. */
export function objectiveTable({ stack, objectives }: StackRehearsal): Markup {
  return stackedTable(
    `Objectives of ${stack}, against the worst case found`,
    [{ head: "Objective" }, { head: "Worst case" }, { head: "State" }],
    objectives.map((objective) => {
      const state = objectiveState(objective);
      const { kind, text } = {
        met: { kind: "good", text: "✓ met" },
        MISSED: { kind: "bad", text: "✗ missed" },
        open: { kind: "soft", text: "open" },
      }[state];
      return {
        name: objective.name,
        cells: [objectiveText(objective), html`<span class="${kind}">${text}</span>`],
      };
    }),
  );
}

/** What the policy packs say; nothing where they were not asked. */
export function policyTable({ stack, policies }: StackRehearsal): Markup | "" {
  if (!policies) return "";
  return stackedTable(
    `What the policy packs say of ${stack}`,
    [{ head: "Pack" }, { head: "Findings" }, { head: "State" }],
    policies.map((report) => {
      const { kind, text } = {
        kept: { kind: "good", text: "✓ kept" },
        STOPS: { kind: "bad", text: "✗ stops an update" },
        advice: { kind: "soft", text: "advice" },
      }[packState(report)];
      return {
        name: report.pack,
        cells: [report.summary, html`<span class="${kind}">${text}</span>`],
      };
    }),
  );
}

/** What the TTL of each mode costs; nothing where the stack tells no modes. */
export function ttlTable({ stack, ttlModes }: StackRehearsal): Markup | "" {
  if (!ttlModes) return "";
  return stackedTable(
    `What the TTL costs in ${stack}: the worst downtime with each mode`,
    [
      { head: "TTL" },
      { head: "Zone or region", kind: "number" },
      { head: "Database", kind: "number" },
    ],
    ttlModes.map((mode) => ({
      name: modeText(mode),
      cells: [seconds(mode.downtime.zoneOrRegion), seconds(mode.downtime.database)],
    })),
  );
}

/** The worst cases by way of dying, each set of figures once. */
export function boundTables({ story }: StackRehearsal): Markup {
  return html`${groupByBounds(story).map(boundTable)}`;
}

function boundTable({ subject, bounds }: BoundGroup): Markup {
  const names = termNames(bounds);
  const formula = formulas(longestOf(bounds));
  return html`<div class="scroll" role="region" aria-label="Worst cases: ${subject}" tabindex="0">
    <table>
      <caption>
        ${subject}, by the way it dies
      </caption>
      <thead>
        <tr>
          <th scope="col">How it dies</th>
          ${[...names, "all moved in"].map(
            (name) => html`<th scope="col" class="number">${name}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${bounds.map(
          (bound) =>
            html`<tr>
              <th scope="row">${deathText(bound.death)}</th>
              ${names.map((name) => {
                const term = termOf(bound, name)?.seconds ?? null;
                return html`<td class="number">${seconds(term)}</td>`;
              })}
              <td class="number">${lasting(bound.downtime)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${formula === "" ? "" : html`<p class="soft">The longest: ${formula}.</p>`}
  </div>`;
}

/** Why each answer is given: the records on the way to it. */
export function pathTable({ stack, story }: StackRehearsal): Markup {
  const rows = story.flatMap(({ step, answers }) =>
    answers.flatMap((answer) => answer.path.map((hop) => ({ step, hop }))),
  );
  return html`<div class="scroll" role="region" aria-label="Paths of ${stack}" tabindex="0">
    <table>
      <caption>
        The records on the way to each answer of ${stack}
      </caption>
      <thead>
        <tr>
          ${["What happens", "Record", "Member", "Why"].map(
            (text) => html`<th scope="col">${text}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ step, hop }) =>
            html`<tr>
              <th scope="row">${step}</th>
              <td><code>${hop.record}</code></td>
              <td>${hop.setIdentifier ?? "–"}</td>
              <td>${hop.reason}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
