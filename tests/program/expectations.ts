import { expect } from "chai";
import { failureModes } from "../../routing/checker";
import type { Resource } from "../../routing/graph/resource";
import { StackModel } from "../../routing/graph/stackModel";
import { inDevsPlaces } from "./places";

/** One promise of the deployed system, as a test of a stack's resources. */
export interface Expectation {
  readonly title: string;
  /** Throws if the resources do not keep the promise. */
  readonly verify: (resources: readonly Resource[]) => void;
}

/** The differences between the stacks. */
export interface StackFigures {
  readonly hostname: string;
  /** The hostname above the tiers' names, if it is another one. */
  readonly tree?: string;
  /** The address families of all names. */
  readonly families: readonly ("A" | "AAAA")[];
  /** The place of the last tier: its region, or a resource without a region. */
  readonly lastTier: string;
  readonly ttlSeconds: number;
  /** Worst detection by the endpoint checks, for each failure mode. */
  readonly detectionSeconds: readonly number[];
  /** Whether synthetic orders affect a region's health. */
  readonly hasMetricChecks: boolean;
  /** Share of the traffic that goes to Dublin first. */
  readonly warmPercent: number;
  /** Whether it is in dev's regions, and not in Oregon and Dublin as the tables below. */
  readonly isInDevsPlaces: boolean;
}

export const figures: Readonly<Record<"dev" | "prod", StackFigures>> = {
  dev: {
    hostname: "orders.dev.cafe.com",
    families: ["A"],
    lastTier: "us-west-2",
    ttlSeconds: 60,
    // 3 × (30 s + 0, 4, 6, 8 s)
    detectionSeconds: [90, 102, 108, 114, 110],
    hasMetricChecks: false,
    warmPercent: 0,
    isInDevsPlaces: true,
  },
  prod: {
    hostname: "orders.cafe.com",
    families: ["A", "AAAA"],
    lastTier: "maintenance-distribution",
    ttlSeconds: 10,
    // 2 × (10 s + 0, 4, 6, 8 s)
    detectionSeconds: [20, 28, 32, 36, 36],
    hasMetricChecks: true,
    warmPercent: 10,
    isInDevsPlaces: false,
  },
};

/** Worst detection by the region checks: 6 × (30 s + 0, 4, 6, 8 s). */
const deepDetectionSeconds = [180, 204, 216, 228, 212];
/**
 * By the metric checks, the same for each failure mode: the period of the event, 4 more of 60 s, and
 * CloudWatch's delay of 120 s.
 */
const metricDetectionSeconds = [420, 420, 420, 420, 420];
/** δ, the project's assumption. */
const propagationSeconds = 10;
/** The TTL of an alias to an S3 website (T2), and to CloudFront. */
const lastTierTtlSeconds = 60;

/** A branch above the regions and its answer: the name of a region, and a zone of it. */
type Branch = readonly [region: string, place: string];

/** Faults, and the answers of the branches alone; both undefined: neither is healthy. */
interface Row {
  readonly faults: string;
  readonly live?: Branch;
  readonly reversed?: Branch;
  /** The place of the answer if neither branch is healthy: without its check, or the last tier. */
  readonly rather?: string;
}

const row = (faults: string, live: Branch, reversed: Branch): Row => ({ faults, live, reversed });
const rather = (faults: string, place: string): Row => ({ faults, rather: place });
const lastTierWords = "the last tier";

/** The answer table of the design, with a share for Dublin: `reversed` applies if that is on. */
const table: readonly Row[] = [
  row("", ["oregon", "us-west-2a"], ["dublin", "eu-west-1a"]),
  row("us-west-2a", ["oregon", "us-west-2b"], ["dublin", "eu-west-1a"]),
  row("eu-west-1a", ["oregon", "us-west-2a"], ["dublin", "eu-west-1b"]),
  row("us-west-2", ["dublin", "eu-west-1a"], ["dublin", "eu-west-1a"]),
  row("us-west-2,eu-west-1a", ["dublin", "eu-west-1b"], ["dublin", "eu-west-1b"]),
  rather("us-west-2,eu-west-1", lastTierWords),
  row("check:oregon-deep-check", ["dublin", "eu-west-1a"], ["dublin", "eu-west-1a"]),
  row("check:dublin-deep-check", ["oregon", "us-west-2a"], ["oregon", "us-west-2a"]),
  rather("check:oregon-deep-check,check:dublin-deep-check", "us-west-2a"),
  row("eu-west-1", ["oregon", "us-west-2a"], ["oregon", "us-west-2a"]),
  row("us-east-2", ["oregon", "us-west-2a"], ["dublin", "eu-west-1a"]),
  row("us-west-2a,eu-west-1", ["oregon", "us-west-2b"], ["oregon", "us-west-2b"]),
  rather("check:oregon-deep-check,eu-west-1", "us-west-2a"),
  rather("check:oregon-deep-check,eu-west-1,us-west-2a", "us-west-2b"),
];

/** The same for the checks on synthetic orders, if there are some. */
const metricTable: typeof table = [
  row("check:oregon-metric-check", ["dublin", "eu-west-1a"], ["dublin", "eu-west-1a"]),
  row("check:dublin-metric-check", ["oregon", "us-west-2a"], ["oregon", "us-west-2a"]),
  rather("check:oregon-metric-check,check:dublin-metric-check", "us-west-2a"),
  rather("check:oregon-metric-check,check:dublin-deep-check", "us-west-2a"),
];

export function expectations(stack: "dev" | "prod"): readonly Expectation[] {
  return expectationsOf(figures[stack]);
}

export function expectationsOf(of: StackFigures): readonly Expectation[] {
  return of.families.flatMap((family) => [
    ...answers(of, family),
    ...branches(of, family),
    ...bounds(of, family),
  ]);
}

type Family = StackFigures["families"][number];

/** An answer that a row promises: its place, its probability, and the names on its path. */
interface Promised {
  readonly place: string;
  readonly probability: number;
  readonly names: readonly string[];
}

function promisedBy({ live, reversed, rather: place }: Row, of: StackFigures): readonly Promised[] {
  const { warmPercent } = of;
  const primary = placed(of, "oregon");
  if (!live || !reversed) {
    const names = place === lastTierWords ? [] : ["any", primary];
    return [{ place: place ?? "", probability: 1, names }];
  }
  const share = warmPercent === 0 ? [] : ["split"];
  const first = { place: live[1], names: ["any", ...share, "live", live[0]] };
  // Answers of one place are merged, with the first path.
  if (warmPercent === 0 || live[1] === reversed[1]) return [{ ...first, probability: 1 }];
  const second = { place: reversed[1], names: ["any", ...share, "reversed", reversed[0]] };
  return [
    { ...first, probability: 1 - warmPercent / 100 },
    { ...second, probability: warmPercent / 100 },
  ];
}

function rowsOf(of: StackFigures): readonly Row[] {
  return placed(of, [...table, ...(of.hasMetricChecks ? metricTable : [])]);
}

/** A table with the places of the stack. */
function placed<T>({ isInDevsPlaces }: StackFigures, rows: T): T {
  return isInDevsPlaces ? inDevsPlaces(rows) : rows;
}

function answers(of: StackFigures, family: Family): readonly Expectation[] {
  const { hostname, tree = hostname, ttlSeconds, lastTier } = of;
  return rowsOf(of).map((each) => {
    const promised = promisedBy(each, of);
    const words = promised.map(({ place }) => place).join(" and ");
    return {
      title: `${family}, ${each.faults === "" ? "no fault" : each.faults}: ${words} answers`,
      verify(resources) {
        const { answers, lastResort } = resolve(resources, hostname, family, each.faults);
        expect(
          answers.map((answer) => ({
            place: answer.availabilityZone ?? answer.region ?? answer.target.split("::").at(-1),
            probability: Math.round(answer.probability * 1e9) / 1e9,
            ttlSeconds: answer.ttlSeconds,
            alive: answer.alive,
            path: answer.path.map(({ record }) => record),
          })),
        ).to.deep.equal(
          promised.map(({ place, probability, names }) => ({
            place: place === lastTierWords ? lastTier : place,
            probability,
            ttlSeconds: place === lastTierWords ? lastTierTtlSeconds : ttlSeconds,
            alive: true,
            path: [hostname, ...names.map((name) => `${name}.${tree}`)].map(
              (name) => `${name} ${family}`,
            ),
          })),
        );
        expect(lastResort).to.equal(false);
      },
    };
  });
}

/** The answers of the branches alone: with shared traffic, each hides a fault of the other. */
function branches(of: StackFigures, family: Family): readonly Expectation[] {
  const labels = ["live", ...(of.warmPercent === 0 ? [] : ["reversed"])] as ("live" | "reversed")[];
  return labels.flatMap((label) =>
    rowsOf(of).map((each): Expectation => ({
      title: `${family}, ${each.faults === "" ? "no fault" : each.faults}: ${label} by itself`,
      verify(resources) {
        const name = `${label}.${of.tree ?? of.hostname}`;
        const { answers, lastResort } = resolve(resources, name, family, each.faults);
        const branch = each[label];
        expect(lastResort).to.equal(branch === undefined);
        if (!branch) return;
        expect(answers.map(({ availabilityZone }) => availabilityZone)).to.deep.equal([branch[1]]);
      },
    })),
  );
}

function bounds(of: StackFigures, family: Family): readonly Expectation[] {
  return [
    ...placed(of, [
      ["us-west-2a dies", "", "us-west-2a"],
      ["us-west-2 dies", "", "us-west-2"],
      ["us-west-2b dies after us-west-2a", "us-west-2a", "us-west-2"],
      ["eu-west-1a dies after us-west-2", "us-west-2", "us-west-2,eu-west-1a"],
      ["eu-west-1 dies after us-west-2", "us-west-2", "us-west-2,eu-west-1"],
      ["both regions die", "", "us-west-2,eu-west-1"],
      // A region without traffic needs no detection.
      ...(of.warmPercent === 0
        ? []
        : [
            ["eu-west-1a dies", "", "eu-west-1a"],
            ["eu-west-1 dies", "", "eu-west-1"],
          ]),
    ]).map(([title = "", from = "", to = ""]): Expectation => ({
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
  return placed(of, [
    ["oregon", "", `${oregon}`],
    ["dublin", `${oregon}`, `${oregon},${dublin}`],
  ]).map(([region = "", from = "", to = ""]) => ({
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
): ReturnType<ReturnType<StackModel["under"]>["resolve"]> {
  const model = modelOf(resources);
  return model.under(model.faults(split(faults))).resolve(hostname, family);
}

function verifyBounds(
  resources: readonly Resource[],
  { hostname, ttlSeconds }: StackFigures,
  family: Family,
  [from, to]: readonly [string, string],
  detectionSeconds: readonly number[],
): void {
  const model = modelOf(resources);
  const found = failureModes.map((death) =>
    model.worstCase(hostname, family, model.faults(split(from)), model.faults(split(to)), death),
  );
  expect(found.map((bound) => bound.detectionSeconds)).to.deep.equal(detectionSeconds);
  expect(found.map((bound) => bound.downtimeSeconds)).to.deep.equal(
    detectionSeconds.map((seconds) => seconds + propagationSeconds + ttlSeconds),
  );
}

const models = new WeakMap<readonly Resource[], StackModel>();

/** The model of the resources, built once for all tests of them. */
function modelOf(resources: readonly Resource[]): StackModel {
  const model = models.get(resources) ?? new StackModel(resources);
  models.set(resources, model);
  return model;
}

function split(faults: string): readonly string[] {
  return faults.split(",").filter((fault) => fault !== "");
}
