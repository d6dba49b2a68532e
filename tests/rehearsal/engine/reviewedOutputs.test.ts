import { join } from "node:path";
import { expect } from "chai";
import { evaluate } from "../../../rehearsal/engine/evaluate";
import { configurations } from "../../program/configurations";
import { settings as gameDay } from "../../program/gameDay/playing";
import { both, configOf } from "../../program/shaping/configurations";
import { evaluateFixture } from "./fixtureProgram";
import { readDuring } from "./readOutputs";
import type { ReadOutputs } from "./readOutputs";
import { components, reviewedCalls, reviewedOutputs } from "./reviewedOutputs";
import { inProdsPlaces } from "../../program/places";

/** The values that a program read without a review, `type.output` or a call, sorted. */
function unreviewed({ outputs, calls }: ReadOutputs): readonly string[] {
  const whole = [...Object.keys(components), ...Object.values(components).flat()];
  return [...readOf({ outputs, calls })]
    .filter((one) => !whole.some((type) => one.startsWith(`${type}.`)))
    .filter((one) => !reviewed().has(one) && reviewedCalls[one] === undefined)
    .sort();
}

function readOf({ outputs, calls }: ReadOutputs): ReadonlySet<string> {
  const properties = [...outputs].flatMap(([type, keys]) =>
    [...keys].map((key) => `${type}.${key}`),
  );
  return new Set([...properties, ...calls]);
}

function reviewed(): ReadonlySet<string> {
  return new Set(
    Object.entries(reviewedOutputs).flatMap(([type, rows]) =>
      Object.keys(rows).map((key) => `${type}.${key}`),
    ),
  );
}

/**
 * Both stacks with game days, a release on both sides, and every form of serving, each with one
 * kind of last tier.
 */
async function evaluateAll(): Promise<void> {
  const projectDirectory = join(__dirname, "../../..");
  const tiers: Readonly<Record<string, string>> = { alias: "s3Website" };
  // The largest variant of each: with a metric, and with IPv6 if possible.
  const served = configurations.filter(
    ({ compute, metric, staticTier, ipv6 }) =>
      metric &&
      staticTier === (tiers[compute] ?? "cloudFront") &&
      ipv6 === (staticTier === "cloudFront"),
  );
  const inProd = [configOf(both), ...served.map(({ config }) => config)];
  const runs = [
    { stack: "dev", config: { ...inProdsPlaces("dev"), "failover:gameDay": gameDay } },
    { stack: "prod", config: { "failover:gameDay": gameDay } },
    ...inProd.map((config) => ({ stack: "prod", config })),
  ];
  for (const { stack, config } of runs) await evaluate({ projectDirectory, stack, config });
  // The zone's own project, with every option.
  await evaluate({ projectDirectory: join(projectDirectory, "zone"), stack: "prod" });
}

describe("the values of AWS that this program reads", function () {
  this.timeout(300_000);
  let read: ReadOutputs;
  before(async () => {
    read = await readDuring(evaluateAll);
  });

  it("are each reviewed against the provider's source", () => {
    expect(unreviewed(read)).to.deep.equal([]);
  });

  it("include every reviewed one", () => {
    const all = readOf(read);
    expect([...reviewed()].filter((one) => !all.has(one))).to.deep.equal([]);
  });

  it("are found, whatever reads them", async () => {
    const one = await readDuring(() => evaluateFixture("unreviewedOutput"));
    expect(unreviewed(one)).to.deep.equal([
      "aws:s3/bucket:Bucket.bucketDomainName",
      "aws:s3/bucketObjectv2:BucketObjectv2.versionId",
    ]);
  });
});
