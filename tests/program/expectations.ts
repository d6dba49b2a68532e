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
  readonly ttlSeconds: number;
  /** Worst detection by the endpoint checks, for each way of dying. */
  readonly detectionSeconds: readonly number[];
}

export const figures: Readonly<Record<"dev" | "prod", StackFigures>> = {
  dev: {
    hostname: "orders.dev.cafe.com",
    ttlSeconds: 60,
    // 3 × (30 s + 0, 4, 6, 8 s)
    detectionSeconds: [90, 102, 108, 114],
  },
  prod: {
    hostname: "orders.cafe.com",
    ttlSeconds: 10,
    // 2 × (10 s + 0, 4, 6, 8 s)
    detectionSeconds: [20, 28, 32, 36],
  },
};

/** Worst detection by the region checks: 6 × (30 s + 0, 4, 6, 8 s). */
const deepDetectionSeconds = [180, 204, 216, 228];
/** δ, the project's assumption. */
const propagationSeconds = 10;
/** The TTL of an alias to an S3 website (T2). */
const websiteTtlSeconds = 60;

/** The answer table of the design: faults, where the answer is, and the names on the way. */
const table: readonly (readonly [string, string, readonly string[]])[] = [
  ["", "us-west-2a", ["any", "live", "oregon"]],
  ["us-west-2a", "us-west-2b", ["any", "live", "oregon"]],
  ["us-west-2", "eu-west-1a", ["any", "live", "dublin"]],
  ["us-west-2,eu-west-1a", "eu-west-1b", ["any", "live", "dublin"]],
  ["us-west-2,eu-west-1", "us-east-2", []],
  ["check:oregon-deep-check", "eu-west-1a", ["any", "live", "dublin"]],
  ["check:oregon-deep-check,check:dublin-deep-check", "us-west-2a", ["any", "oregon"]],
  ["eu-west-1", "us-west-2a", ["any", "live", "oregon"]],
  ["us-east-2", "us-west-2a", ["any", "live", "oregon"]],
  ["us-west-2a,eu-west-1", "us-west-2b", ["any", "live", "oregon"]],
  ["check:oregon-deep-check,eu-west-1", "us-west-2a", ["any", "oregon"]],
  ["check:oregon-deep-check,eu-west-1,us-west-2a", "us-west-2b", ["any", "oregon"]],
];

export function expectations(stack: "dev" | "prod"): readonly Expectation[] {
  const { hostname, ttlSeconds, detectionSeconds } = figures[stack];
  return [
    ...table.map(([faults, place, names]): Expectation => ({
      title: `${faults === "" ? "no fault" : faults}: ${place} answers`,
      verify(resources) {
        const { answers, lastResort } = resolve(resources, hostname, faults);
        expect(
          answers.map((answer) => ({
            place: answer.availabilityZone ?? answer.region,
            ttlSeconds: answer.ttlSeconds,
            alive: answer.alive,
            path: answer.path.map(({ record }) => record),
          })),
        ).to.deep.equal([
          {
            place,
            ttlSeconds: place === "us-east-2" ? websiteTtlSeconds : ttlSeconds,
            alive: true,
            path: ["", ...names.map((name) => `${name}.`)].map((name) => `${name}${hostname} A`),
          },
        ]);
        expect(lastResort).to.equal(false);
      },
    })),
    ...[
      ["us-west-2a dies", "", "us-west-2a"],
      ["us-west-2 dies", "", "us-west-2"],
      ["us-west-2b dies after us-west-2a", "us-west-2a", "us-west-2"],
      ["eu-west-1a dies after us-west-2", "us-west-2", "us-west-2,eu-west-1a"],
      ["eu-west-1 dies after us-west-2", "us-west-2", "us-west-2,eu-west-1"],
      ["both regions die", "", "us-west-2,eu-west-1"],
    ].map(([title = "", from = "", to = ""]): Expectation => ({
      title: `${title}: within the bound of the endpoint checks`,
      verify: (resources) => {
        verifyBounds(resources, hostname, [from, to], detectionSeconds, ttlSeconds);
      },
    })),
    ...["oregon", "dublin"].map((region): Expectation => ({
      title: `${region}'s deep check fails: within the bound of the region checks`,
      verify(resources) {
        const [from, to] =
          region === "oregon"
            ? ["", "check:oregon-deep-check"]
            : ["check:oregon-deep-check", "check:oregon-deep-check,check:dublin-deep-check"];
        verifyBounds(resources, hostname, [from, to], deepDetectionSeconds, ttlSeconds);
      },
    })),
  ];
}

function resolve(
  resources: readonly Resource[],
  hostname: string,
  faults: string,
): ReturnType<ReturnType<World["under"]>["resolve"]> {
  const world = new World(resources);
  return world.under(world.faults(split(faults))).resolve(hostname, "A");
}

function verifyBounds(
  resources: readonly Resource[],
  hostname: string,
  [from, to]: readonly [string, string],
  detectionSeconds: readonly number[],
  ttlSeconds: number,
): void {
  const world = new World(resources);
  const bounds = deaths.map((death) =>
    world.worstCase(hostname, "A", world.faults(split(from)), world.faults(split(to)), death),
  );
  expect(bounds.map((bound) => bound.detectionSeconds)).to.deep.equal(detectionSeconds);
  expect(bounds.map((bound) => bound.downtimeSeconds)).to.deep.equal(
    detectionSeconds.map((seconds) => seconds + propagationSeconds + ttlSeconds),
  );
}

function split(faults: string): readonly string[] {
  return faults.split(",").filter((fault) => fault !== "");
}
