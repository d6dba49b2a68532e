import { expect } from "chai";
import type { Variable } from "../../../routing/graph/everyFault";
import { EveryFault, everyFaultOf } from "../../../routing/graph/everyFault";
import type { Fault } from "../../../routing/graph/faults";
import { StackModel } from "../../../routing/graph/stackModel";
import { Draws } from "./draws";
import type { Answers, Event } from "./oracle";
import { Oracle } from "./oracle";
import { addressOf, nameOf, recordOf, resourcesOf } from "./resources";
import type { Drawing } from "./zone";
import { drawZone } from "./zone";

/** What was compared for one drawing. */
export interface Compared {
  readonly assignments: number;
  readonly variables: number;
  readonly unknowns: number;
}

/**
 * Draws a zone and compares, under every assignment of its variables, the diagram with the boolean
 * logic and with the second model.
 */
export function compare(seed: number, variablesMax: number): Compared {
  const draws = new Draws(seed);
  const drawing = drawZone(draws);
  const stackModel = new StackModel(resourcesOf(drawing));
  const faults = drawFaults(draws, stackModel, variablesMax);
  const every = new EveryFault(stackModel, faults);
  const { answers, lastResort } = every.answers(nameOf(0), "A");
  const { variables, diagram } = every;
  expect(variables.length).to.be.at.most(variablesMax + 12);
  const alive = answers.map(({ leaf }) =>
    leaf.target.kind === "values"
      ? leaf.target.values.map((value) => [value, every.observed.isAlive(leaf, value)] as const)
      : [],
  );
  const count = 2 ** variables.length;
  for (let bits = 0; bits < count; bits += 1) {
    const holds = (level: number): boolean => ((bits >> level) & 1) === 1;
    const expected = second(drawing, variables, holds);
    const found = answers.filter(({ guard }) => diagram.evaluate(guard, holds));
    const title = `seed ${seed}, assignment ${bits}`;
    const members = found.map(({ leaf }) => leaf.label).sort();
    expect(members, title).to.deep.equal([...expected.members].sort());
    expect(diagram.evaluate(lastResort, holds), title).to.equal(expected.lastResort);
    const booleans = resolved(stackModel, variables, holds);
    expect(booleans.members, title).to.deep.equal(members);
    expect(booleans.lastResort, title).to.equal(expected.lastResort);
    for (const [value, node] of alive.flat()) {
      expect(diagram.evaluate(node, holds), title).to.equal(expected.lives(value));
    }
  }
  const unknowns = variables.filter(({ kind }) => kind === "unknown").length;
  return { assignments: count, variables: variables.length, unknowns };
}

function drawFaults(draws: Draws, stackModel: StackModel, most: number): readonly Fault[] {
  const all = [...everyFaultOf(stackModel, nameOf(0), "A")];
  const chosen: Fault[] = [];
  while (all.length > 0 && chosen.length < most) {
    chosen.push(...all.splice(draws.below(all.length), 1));
  }
  return chosen;
}

interface Found {
  readonly members: readonly string[];
  readonly lastResort: boolean;
}

function resolved(
  stackModel: StackModel,
  variables: readonly Variable[],
  holds: (level: number) => boolean,
): Found {
  const happening = variables.flatMap((variable, level) =>
    variable.kind === "fault" && holds(level) ? [variable.fault] : [],
  );
  const assumed = new Map(
    variables.flatMap((variable, level): [string, boolean][] =>
      variable.kind === "unknown" ? [[variable.unknown.name, holds(level)]] : [],
    ),
  );
  const { answers, lastResort } = stackModel.under(happening, assumed).leavesOf(nameOf(0), "A");
  return { members: answers.map(({ label }) => label).sort(), lastResort };
}

function second(
  drawing: Drawing,
  variables: readonly Variable[],
  holds: (level: number) => boolean,
): { members: readonly string[]; lastResort: boolean; lives: (value: string) => boolean } {
  const oracle = new Oracle(drawing, eventOf(variables, holds));
  const { members, lastResort }: Answers = oracle.answers();
  const names = [...members].map((key) => {
    const [name = 0, place = 0] = key.split("-").map(Number);
    return recordOf(name, place);
  });
  const servers = drawing.servers.map((_, index) => index);
  return {
    members: names,
    lastResort,
    lives: (value) => oracle.serverLives(servers.find((one) => addressOf(one) === value) ?? -1),
  };
}

/** What the variables say, by the names that the drawing has for things. */
function eventOf(variables: readonly Variable[], holds: (level: number) => boolean): Event {
  const lost = new Set<string>();
  const lies = new Map<string, { up: boolean; down: boolean }>();
  const unknown = new Map<string, boolean>();
  variables.forEach((variable, level) => {
    if (variable.kind === "unknown") {
      unknown.set(variable.unknown.name, holds(level));
      return;
    }
    if (!holds(level)) return;
    const { fault } = variable;
    if (fault.kind === "resource") lost.add(fault.name.split("::").at(-1) ?? "");
    else if (fault.kind !== "check") lost.add(fault.name);
    else {
      const check = fault.urns[0]?.split("::").at(-1) ?? "";
      const before = lies.get(check) ?? { up: false, down: false };
      lies.set(check, fault.says ? { ...before, up: true } : { ...before, down: true });
    }
  });
  return {
    isLost: (thing) => lost.has(thing) || lost.has(thing.replace(/[ab]$/, "")),
    lie: (check) => lies.get(`check-${check}`) ?? { up: false, down: false },
    unknown: (name) => unknown.get(name),
  };
}
