import { expect } from "chai";
import type { VpcPlace } from "../../../routing/affinity";
import type { Asker } from "../../../routing/asker";
import type { Variable } from "../../../routing/graph/everyFault";
import { EveryFault, everyFaultOf } from "../../../routing/graph/everyFault";
import type { Fault } from "../../../routing/graph/faults";
import { StackModel } from "../../../routing/graph/stackModel";
import { Draws } from "./draws";
import type { Event } from "./oracle";
import { Oracle } from "./oracle";
import { addressOf, nameOf, recordOf, resourcesOf } from "./resources";
import type { DrawnAsker, Drawing } from "./zone";
import { drawZone } from "./zone";

/** The size of the comparison for one drawing. */
export interface Compared {
  readonly assignments: number;
  /** Faults that the answer depends on, and unknowns. */
  readonly faults: number;
  readonly unknowns: number;
  /** Addresses and names outside, by name, that can be lost. */
  readonly outside: readonly string[];
}

/**
 * Draws a zone and compares, under every assignment of its variables, the diagram with the boolean
 * logic and with the second model.
 */
export function compare(seed: number, faultsMax: number): Compared {
  const draws = new Draws(seed);
  const drawing = drawZone(draws, "all");
  const stackModel = new StackModel(resourcesOf(drawing));
  const faults = drawFaults(draws, stackModel, faultsMax);
  const every = new EveryFault(stackModel, faults);
  const asker = askerOf(drawing.asker);
  const { answers, lastResort } = every.answers(nameOf(0), "A", asker);
  const { variables, diagram } = every;
  const unknowns = variables.filter(({ kind }) => kind === "unknown").length;
  expect(variables.length - unknowns).to.be.at.most(faultsMax);
  const lives = answers
    .flatMap(({ leaf }) =>
      leaf.target.kind === "values" && leaf.type === "A"
        ? leaf.target.values.map((value) => [value, every.observed.isAlive(leaf, value)] as const)
        : [],
    )
    .map(([value, node]) => ({ server: serverAt(drawing, value), node }));
  const count = 2 ** variables.length;
  for (let bits = 0; bits < count; bits += 1) {
    const holds = (level: number): boolean => ((bits >> level) & 1) === 1;
    const oracle = new Oracle(drawing, eventOf(variables, holds));
    const expected = textOf(bySecond(oracle));
    const found = textOf({
      members: answers
        .filter(({ guard }) => diagram.evaluate(guard, holds))
        .map(({ leaf }) => leaf.label),
      lastResort: diagram.evaluate(lastResort, holds),
    });
    const wrongly = lives.filter(
      ({ server, node }) => diagram.evaluate(node, holds) !== oracle.serverLives(server),
    );
    const byBooleans = textOf(resolved(stackModel, variables, holds, asker));
    // An assertion for each assignment would take longer than everything else.
    if (found === expected && byBooleans === expected && wrongly.length === 0) continue;
    const title = `seed ${seed}, assignment ${bits}`;
    expect({ found, byBooleans, wrongly }, title).to.deep.equal({
      found: expected,
      byBooleans: expected,
      wrongly: [],
    });
  }
  const outside = variables.flatMap((variable) =>
    variable.kind === "fault" && variable.fault.kind === "outside" ? variable.fault.name : [],
  );
  return { assignments: count, faults: variables.length - unknowns, unknowns, outside };
}

/** A drawn asker in the model's form. */
export function askerOf({ region, location, address, vpc }: DrawnAsker): Asker {
  const [country = "", subdivision] = location.split("-");
  const continents: Readonly<Record<string, string>> = { US: "NA", MX: "NA", DE: "EU", JP: "AS" };
  const continent = continents[country];
  return {
    region,
    address,
    vpc: vpcPlaceIn(vpc),
    location: continent ? { continent, country, ...(subdivision ? { subdivision } : {}) } : null,
  };
}

function vpcPlaceIn(drawn: string): VpcPlace | null {
  const [zone = "", group, region = "", partition = ""] = drawn.split("/");
  if (zone === "") return null;
  return {
    partition,
    region,
    availabilityZoneId: zone,
    ...(group ? { zoneGroup: group } : {}),
  };
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

function textOf({ members, lastResort }: Found): string {
  return `${[...members].sort().join(" ")}${lastResort ? ", a last resort" : ""}`;
}

function resolved(
  stackModel: StackModel,
  variables: readonly Variable[],
  holds: (level: number) => boolean,
  asker: Asker,
): Found {
  const happening = variables.flatMap((variable, level) =>
    variable.kind === "fault" && holds(level) ? [variable.fault] : [],
  );
  const assumed = new Map(
    variables.flatMap((variable, level): [string, boolean][] =>
      variable.kind === "unknown" ? [[variable.unknown.name, holds(level)]] : [],
    ),
  );
  const { answers, lastResort } = stackModel
    .under(happening, assumed)
    .leavesOf(nameOf(0), "A", asker);
  return { members: answers.map(({ label }) => label), lastResort };
}

function bySecond(oracle: Oracle): Found {
  const { members, lastResort } = oracle.answers();
  const labels = [...members].map((key) => {
    const [name = 0, place = 0] = key.split("-").map(Number);
    return recordOf(name, place);
  });
  return { members: labels, lastResort };
}

/** The server that has an address; a negative one for an address outside. */
function serverAt(drawing: Drawing, value: string): number {
  const all = [...drawing.servers.keys(), -1, -2];
  return all.find((index) => addressOf(index) === value) ?? NaN;
}

/** The event that the variables describe, by the names in the drawing. */
export function eventOf(variables: readonly Variable[], holds: (level: number) => boolean): Event {
  const lost = new Set<string>();
  const possible = new Set(
    variables.map((variable) => (variable.kind === "fault" ? variable.fault.name : "")),
  );
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
    canBeLost: (thing) => possible.has(thing),
    isLost: (thing) => lost.has(thing) || lost.has(thing.replace(/[ab]$/, "")),
    lie: (check) => lies.get(`check-${check}`) ?? { up: false, down: false },
    unknown: (name) => unknown.get(name),
  };
}
