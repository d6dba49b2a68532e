import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluate } from "../rehearsal/engine/evaluate";
import { Diagram } from "../routing/diagram";
import { everyFaultOf } from "../routing/graph/everyFault";
import { fromExport } from "../routing/graph/fromExport";
import type { Resource } from "../routing/graph/resource";
import { StackModel } from "../routing/graph/stackModel";
import { guardsOf } from "../routing/guards";
import { bundled, extract } from "./commit";
import type { Figures } from "./figures";
import { median } from "./measure";

const root = join(__dirname, "..");
const fixture = join(root, "tests", "fixtures", "dev-export.json");

const turnsCount = 41;
/** Each side runs this long before the measurement, so that V8 has compiled it. */
const warmUpMs = 500;
/**
 * The duration of a turn: long enough to hide the clock's resolution, short enough that both sides
 * see the same load.
 */
const turnMs = 10;

/** A query costs no more with booleans than with diagrams, and no more than at a commit. */
const timesMax = 1;

/** The part of a model that exists at every commit. */
interface AnyModel {
  faults(names: readonly string[]): readonly never[];
  under(faults: readonly never[]): { resolve(name: string, type: string): unknown };
}
type AnyModelClass = new (resources: readonly Resource[]) => AnyModel;

/** The file of the model and its class, under every name that they have had. */
const modelNames = [
  ["stackModel", "StackModel"],
  ["world", "World"],
] as const;

/** A stack, a name in it, and the faults of each query. */
interface Asked {
  readonly stack: string;
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly faults: readonly (readonly string[])[];
}

/**
 * The cost of `resolve` in the boolean logic, compared with the same query in a diagram, and with
 * the model of a commit.
 *
 * @param commit a git commit; undefined: only the comparison with the diagram
 */
export async function resolveFigures(figures: Figures, commit: string | undefined): Promise<void> {
  const asked = [
    await evaluated("prod", "orders.cafe.com"),
    await evaluated("dev", "orders.dev.cafe.com"),
    askedOf("dev-export", "orders.dev.cafe.com", fromExport(readFileSync(fixture), fixture)),
  ];
  for (const one of asked) besideDiagram(figures, one);
  if (commit === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), "resolve-bench-"));
  try {
    extract(commit, folder, "routing");
    const models = [modelOf(root, folder), modelOf(folder, folder)] as const;
    for (const one of asked) besideCommit(figures, one, models, commit);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function evaluated(stack: string, name: string): Promise<Asked> {
  const { resources } = await evaluate({ projectDirectory: root, stack });
  return askedOf(stack, name, resources);
}

/** No fault, then the failure of each place that serves the name. */
function askedOf(stack: string, name: string, resources: readonly Resource[]): Asked {
  const places = everyFaultOf(new StackModel(resources), name, "A").filter(
    ({ kind }) => kind === "region" || kind === "availabilityZone",
  );
  return { stack, name, resources, faults: [[], ...places.map((place) => [place.name])] };
}

function besideDiagram(figures: Figures, { stack, name, resources, faults }: Asked): void {
  const model = new StackModel(resources);
  const parsed = faults.map((names) => model.faults(names));
  const [boolean, symbolic] = takeTurns(
    () => {
      for (const some of parsed) model.under(some).leavesOf(name, "A");
    },
    () => {
      for (const some of parsed) {
        const diagram = new Diagram();
        guardsOf(model.under(some).under(diagram, () => diagram.variable()).view, name, "A");
      }
    },
  );
  figures.print(`logic.${stack}.leaves.ofDiagram`, boolean / symbolic, "ratio", { most: timesMax });
}

function besideCommit(
  figures: Figures,
  { stack, name, resources, faults }: Asked,
  [Now, Then]: readonly [AnyModelClass, AnyModelClass],
  commit: string,
): void {
  const resolving = (Model: AnyModelClass): (() => void) => {
    const model = new Model(resources);
    const parsed = faults.map((names) => model.faults(names));
    return () => {
      for (const some of parsed) model.under(some).resolve(name, "A");
    };
  };
  const [now, then] = takeTurns(resolving(Now), resolving(Then));
  figures.print(`logic.${stack}.resolve`, now / faults.length / 1000, "ms");
  figures.print(`logic.${stack}.resolve.of.${commit}`, now / then, "ratio", { most: timesMax });
  const reading = (Model: AnyModelClass): (() => void) => {
    return () => {
      const model = new Model(resources);
      for (const names of faults) model.under(model.faults(names)).resolve(name, "A");
    };
  };
  const [first, firstThen] = takeTurns(reading(Now), reading(Then));
  figures.print(`logic.${stack}.readAndResolve.of.${commit}`, first / firstThen, "ratio");
}

/** Compiles the model of a source tree, in the same way for every tree. */
function modelOf(tree: string, folder: string): AnyModelClass {
  const names = modelNames.find(([file]) =>
    existsSync(join(tree, "routing", "graph", `${file}.ts`)),
  );
  if (!names) throw new Error(`${tree}: no model in routing/graph`);
  const [file, className] = names;
  const outfile = join(folder, `${tree === root ? "now" : "then"}.cjs`);
  const exported = bundled(join(tree, "routing", "graph", `${file}.ts`), outfile) as Record<
    string,
    AnyModelClass
  >;
  const Model = exported[className];
  if (!Model) throw new Error(`${tree}: no ${className} in routing/graph/${file}.ts`);
  return Model;
}

/**
 * Runs two implementations alternately, so that other load on the machine affects both alike. The
 * CPU time of this process is measured.
 *
 * @returns the median time of each, in microseconds
 */
function takeTurns(one: () => void, other: () => void): readonly [number, number] {
  const works = [one, other] as const;
  for (const work of works) {
    for (let used = 0; used < warmUpMs * 1000;) used += microsecondsOf(work, 1);
  }
  const repeats = Math.ceil((turnMs * 1000) / microsecondsOf(one, 10));
  const times: readonly [number[], number[]] = [[], []];
  for (let turn = 0; turn < turnsCount; turn += 1) {
    const order = turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
    for (const side of order) times[side].push(microsecondsOf(works[side], repeats));
  }
  return [median(times[0]), median(times[1])];
}

function microsecondsOf(work: () => void, repeats: number): number {
  const before = process.cpuUsage();
  for (let n = 0; n < repeats; n += 1) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / repeats;
}
