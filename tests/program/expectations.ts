import { expect } from "chai";
import { deaths } from "../../routing/checker";
import type { Resource } from "../../routing/graph/resource";
import { World } from "../../routing/graph/world";

/** One thing that the deployed system promises, as a test of a stack's resources. */
export interface Expectation {
  readonly title: string;
  /** Throws when the resources do not keep the promise. */
  readonly verify: (resources: readonly Resource[]) => void;
}

/** What differs between the stacks. */
export interface StackFigures {
  readonly hostname: string;
  /** The address families that all names answer. */
  readonly families: readonly ("A" | "AAAA")[];
  /** Where the last tier is: its region, or the resource that is in none. */
  readonly lastTier: string;
  readonly ttlSeconds: number;
  /** Worst detection by the endpoint checks, for each way of dying. */
  readonly detectionSeconds: readonly number[];
  /** Whether synthetic orders have a say in a region's health. */
  readonly hasMetricChecks: boolean;
}

export const figures: Readonly<Record<"dev" | "prod", StackFigures>> = {
  dev: {
    hostname: "orders.dev.cafe.com",
    families: ["A"],
    lastTier: "us-east-2",
    ttlSeconds: 60,
    // 3 × (30 s + 0, 4, 6, 8 s)
    detectionSeconds: [90, 102, 108, 114],
    hasMetricChecks: false,
  },
  prod: {
    hostname: "orders.cafe.com",
    families: ["A", "AAAA"],
    lastTier: "maintenance-distribution",
    ttlSeconds: 10,
    // 2 × (10 s + 0, 4, 6, 8 s)
    detectionSeconds: [20, 28, 32, 36],
    hasMetricChecks: true,
  },
};

/** Worst detection by the region checks: 6 × (30 s + 0, 4, 6, 8 s). */
const deepDetectionSeconds = [180, 204, 216, 228];
/** By the metric checks, which no way of dying changes: 4 × 60 s, and CloudWatch's delay of 120 s. */
const metricDetectionSeconds = [360, 360, 360, 360];
/** δ, the project's assumption. */
const propagationSeconds = 10;
/** The TTL of an alias to an S3 website (T2), and to CloudFront. */
const lastTierTtlSeconds = 60;

/** The answer table of the design: faults, where the answer is, and the names on the way. */
const table: readonly (readonly [string, string, readonly string[]])[] = [
  ["", "us-west-2a", ["any", "live", "oregon"]],
  ["us-west-2a", "us-west-2b", ["any", "live", "oregon"]],
  ["us-west-2", "eu-west-1a", ["any", "live", "dublin"]],
  ["us-west-2,eu-west-1a", "eu-west-1b", ["any", "live", "dublin"]],
  ["us-west-2,eu-west-1", "the last tier", []],
  ["check:oregon-deep-check", "eu-west-1a", ["any", "live", "dublin"]],
  ["check:oregon-deep-check,check:dublin-deep-check", "us-west-2a", ["any", "oregon"]],
  ["eu-west-1", "us-west-2a", ["any", "live", "oregon"]],
  ["us-east-2", "us-west-2a", ["any", "live", "oregon"]],
  ["us-west-2a,eu-west-1", "us-west-2b", ["any", "live", "oregon"]],
  ["check:oregon-deep-check,eu-west-1", "us-west-2a", ["any", "oregon"]],
  ["check:oregon-deep-check,eu-west-1,us-west-2a", "us-west-2b", ["any", "oregon"]],
];

/** The same for the checks on synthetic orders, where there are some. */
const metricTable: typeof table = [
  ["check:oregon-metric-check", "eu-west-1a", ["any", "live", "dublin"]],
  ["check:oregon-metric-check,check:dublin-metric-check", "us-west-2a", ["any", "oregon"]],
  ["check:oregon-metric-check,check:dublin-deep-check", "us-west-2a", ["any", "oregon"]],
];

export function expectations(stack: "dev" | "prod"): readonly Expectation[] {
  return figures[stack].families.flatMap((family) => [
    ...answers(figures[stack], family),
    ...bounds(figures[stack], family),
  ]);
}

type Family = StackFigures["families"][number];

function answers(of: StackFigures, family: Family): readonly Expectation[] {
  const { hostname, ttlSeconds, lastTier, hasMetricChecks } = of;
  return [...table, ...(hasMetricChecks ? metricTable : [])].map(([faults, where, names]) => ({
    title: `${family}, ${faults === "" ? "no fault" : faults}: ${where} answers`,
    verify(resources) {
      const { answers, lastResort } = resolve(resources, hostname, family, faults);
      const isLast = where === "the last tier";
      expect(
        answers.map((answer) => ({
          place: answer.availabilityZone ?? answer.region ?? answer.target.split("::").at(-1),
          ttlSeconds: answer.ttlSeconds,
          alive: answer.alive,
          path: answer.path.map(({ record }) => record),
        })),
      ).to.deep.equal([
        {
          place: isLast ? lastTier : where,
          ttlSeconds: isLast ? lastTierTtlSeconds : ttlSeconds,
          alive: true,
          path: ["", ...names.map((name) => `${name}.`)].map(
            (name) => `${name}${hostname} ${family}`,
          ),
        },
      ]);
      expect(lastResort).to.equal(false);
    },
  }));
}

function bounds(of: StackFigures, family: Family): readonly Expectation[] {
  return [
    ...[
      ["us-west-2a dies", "", "us-west-2a"],
      ["us-west-2 dies", "", "us-west-2"],
      ["us-west-2b dies after us-west-2a", "us-west-2a", "us-west-2"],
      ["eu-west-1a dies after us-west-2", "us-west-2", "us-west-2,eu-west-1a"],
      ["eu-west-1 dies after us-west-2", "us-west-2", "us-west-2,eu-west-1"],
      ["both regions die", "", "us-west-2,eu-west-1"],
    ].map(([title = "", from = "", to = ""]): Expectation => ({
      title: `${family}, ${title}: within the bound of the endpoint checks`,
      verify: (resources) => {
        verifyBounds(resources, of, family, [from, to], of.detectionSeconds);
      },
    })),
    ...regionBounds(of, family, "deep", deepDetectionSeconds),
    ...(of.hasMetricChecks ? regionBounds(of, family, "metric", metricDetectionSeconds) : []),
  ];
}

/** One of the checks behind each region's check fails, in Oregon and then in Dublin too. */
function regionBounds(
  of: StackFigures,
  family: Family,
  kind: "deep" | "metric",
  detectionSeconds: readonly number[],
): readonly Expectation[] {
  const [oregon, dublin] = ["oregon", "dublin"].map((region) => `check:${region}-${kind}-check`);
  return [
    ["oregon", "", `${oregon}`],
    ["dublin", `${oregon}`, `${oregon},${dublin}`],
  ].map(([region = "", from = "", to = ""]) => ({
    title: `${family}, ${region}'s ${kind} check fails: within the bound of the region checks`,
    verify: (resources) => {
      verifyBounds(resources, of, family, [from, to], detectionSeconds);
    },
  }));
}

function resolve(
  resources: readonly Resource[],
  hostname: string,
  family: Family,
  faults: string,
): ReturnType<ReturnType<World["under"]>["resolve"]> {
  const world = worldOf(resources);
  return world.under(world.faults(split(faults))).resolve(hostname, family);
}

function verifyBounds(
  resources: readonly Resource[],
  { hostname, ttlSeconds }: StackFigures,
  family: Family,
  [from, to]: readonly [string, string],
  detectionSeconds: readonly number[],
): void {
  const world = worldOf(resources);
  const found = deaths.map((death) =>
    world.worstCase(hostname, family, world.faults(split(from)), world.faults(split(to)), death),
  );
  expect(found.map((bound) => bound.detectionSeconds)).to.deep.equal(detectionSeconds);
  expect(found.map((bound) => bound.downtimeSeconds)).to.deep.equal(
    detectionSeconds.map((seconds) => seconds + propagationSeconds + ttlSeconds),
  );
}

const worlds = new WeakMap<readonly Resource[], World>();

/** The world of the resources, built once for all that is asked of it. */
function worldOf(resources: readonly Resource[]): World {
  const world = worlds.get(resources) ?? new World(resources);
  worlds.set(resources, world);
  return world;
}

function split(faults: string): readonly string[] {
  return faults.split(",").filter((fault) => fault !== "");
}
