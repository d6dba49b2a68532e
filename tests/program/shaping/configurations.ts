import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { evaluate } from "../../../rehearsal/engine/evaluate";
import type { Evaluation } from "../../../rehearsal/engine/evaluate";
import { inProdsPlaces } from "../places";

/** Weights of the two sides of a region; absent: it has one side. */
export type Weights = (Readonly<Record<"blue" | "green", number>> & Pinned) | undefined;

interface Pinned {
  /** The releases that sides run instead of the newest one. */
  readonly pinned?: Readonly<Partial<Record<"blue" | "green", { readonly siteSha256: string }>>>;
}

/** One way to shape the traffic of a stack. */
export interface Shape {
  readonly title: string;
  readonly stack: "dev" | "prod";
  readonly oregon: Weights;
  readonly dublin: Weights;
  readonly warmPercent: number;
  readonly hostnames: readonly string[];
  /** The running machines in Dublin, if they do not carry the full load. */
  readonly capacity?: { readonly runningPerZone: number; readonly reservedPerZone: number };
}

const projectDirectory = join(__dirname, "../../..");

/** The regions in the file of a stack, except that dev is in prod's places. */
export function regionsOf(stack: Shape["stack"]): Readonly<Record<"primary" | "standby", object>> {
  const file = readFileSync(join(projectDirectory, `Pulumi.${stack}.yaml`), "utf8");
  const { config } = parse(file) as {
    config: { "failover:regions": ReturnType<typeof regionsOf> };
  };
  return { ...config, ...inProdsPlaces(stack) }["failover:regions"];
}

const releases: readonly Weights[] = [
  undefined,
  { blue: 95, green: 5 },
  { blue: 50, green: 50 },
  { blue: 100, green: 0 },
  { blue: 0, green: 100 },
];
const hostnames = ["orders.cafe.com", "menu.cafe.com", "shop.cafe.com"];

const worded = (weights: Weights): string =>
  weights === undefined ? "no release" : `${weights.blue}/${weights.green}`;

/** Every combination of releases, of a warm standby and of hostnames, in prod. */
export const shapes: readonly Shape[] = releases.flatMap((oregon) =>
  [0, 10].flatMap((warmPercent) =>
    [1, 3].map((names) => ({
      title: `${worded(oregon)}, ${warmPercent} % warm, ${names} hostname${names > 1 ? "s" : ""}`,
      stack: "prod" as const,
      oregon,
      dublin: undefined,
      warmPercent,
      hostnames: hostnames.slice(0, names),
    })),
  ),
);

/** The shape with a title. */
export function shapeOf(title: string): Shape {
  const found = shapes.find((shape) => shape.title === title);
  if (!found) throw new Error(`no shape has the title ${title}`);
  return found;
}

/** A release in both regions at once, with weights that are no percentages. */
export const both: Shape = {
  title: "3/1 in Oregon and 1/2 in Dublin, 50 % warm",
  stack: "prod",
  oregon: { blue: 3, green: 1 },
  dublin: { blue: 1, green: 2 },
  warmPercent: 50,
  hostnames: hostnames.slice(0, 1),
};

/** The same with plain instances and S3 websites, one for each hostname. */
export const inDev: Shape = {
  title: "dev, 50/50, 10 % warm, 3 hostnames",
  stack: "dev",
  oregon: { blue: 50, green: 50 },
  dublin: undefined,
  warmPercent: 10,
  hostnames: ["orders.dev.cafe.com", "menu.dev.cafe.com", "shop.dev.cafe.com"],
};

/** Fewer machines than carry the load, with reserved capacity for all of them. */
export const reserved: Shape = {
  ...both,
  title: "fewer machines run in Dublin, and capacity is reserved",
  capacity: { runningPerZone: 1, reservedPerZone: 2 },
};

const known = new Map<string, Promise<Evaluation>>();

/** A stack in a shape, evaluated once for all tests. */
export function evaluatedIn(shape: Shape): Promise<Evaluation> {
  let found = known.get(shape.title);
  if (!found) {
    found = evaluate({ projectDirectory, stack: shape.stack, config: configOf(shape) });
    known.set(shape.title, found);
  }
  return found;
}

/** The configuration that gives a stack its shape. */
export function configOf(shape: Shape): Readonly<Record<string, unknown>> {
  const { primary, standby } = regionsOf(shape.stack);
  const { capacity } = shape;
  const region = (settings: object, release: Weights, more = {}): object =>
    release === undefined ? { ...settings, ...more } : { ...settings, release, ...more };
  return {
    ...inProdsPlaces(shape.stack),
    "failover:hostnames": shape.hostnames,
    "failover:standby": { warmPercent: shape.warmPercent },
    "failover:regions": {
      primary: region(primary, shape.oregon),
      standby: region(standby, shape.dublin, capacity ? { capacity } : {}),
    },
  };
}
