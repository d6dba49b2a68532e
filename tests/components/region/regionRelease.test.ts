import { expect } from "chai";
import { RegionTier } from "../../../components";
import type { RegionCompute, RegionTierArgs } from "../../../components";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { machines, probe, regionProbe, tags } from "../samples";

const args: RegionTierArgs = {
  recordName: "oregon.orders.cafe.com",
  zoneId: "Z1",
  ttlSeconds: 10,
  availabilityZones: ["us-west-2a", "us-west-2b"],
  compute: { kind: "instance", ...machines },
  endpointProbe: probe,
  regionProbe,
  tags,
};

const greenData = { "us-west-2a": "#!/bin/green", "us-west-2b": "#!/bin/green" };

function withWeights(blue: number, green: number): RegionCompute {
  const weights = { blue, green };
  return { kind: "instance", ...machines, release: { weights, green: { userData: greenData } } };
}

interface Built {
  readonly tier: RegionTier;
  readonly made: readonly Made[];
}

const known = new Map<string, Promise<Built>>();

/** A region, built once for each compute configuration. */
function built(compute: RegionCompute): Promise<Built> {
  const key = JSON.stringify(compute);
  const found = known.get(key) ?? build(compute);
  known.set(key, found);
  return found;
}

async function build(compute: RegionCompute): Promise<Built> {
  const tiers: RegionTier[] = [];
  const made = await resourcesOf(() => tiers.push(new RegionTier("oregon", { ...args, compute })));
  const [tier] = tiers;
  if (!tier) throw new Error("no tier was made");
  return { tier, made };
}

const ofType = (made: readonly Made[], type: string): readonly Made[] =>
  made.filter((one) => one.type === type);

const release = "release.oregon.orders.cafe.com";
const healthCheck = "aws:route53/healthCheck:HealthCheck";

/** The weighted node: each record's name, weight, target and check. */
function nodeOf(made: readonly Made[]): readonly unknown[] {
  return ofType(made, "aws:route53/record:Record")
    .filter(({ inputs }) => inputs["name"] === release)
    .map(({ name, inputs }) => [
      name,
      inputs["weightedRoutingPolicies"],
      inputs["aliases"],
      inputs["healthCheckId"],
    ]);
}

const alias = (name: string): unknown => [{ name, zoneId: "Z1", evaluateTargetHealth: true }];
const recordOf = (side: string): string => `oregon-release-records-${release}-A-${side}`;

describe("a region with a release", () => {
  it("does not change existing resources, except the name that the deep check probes", async () => {
    const [before, after] = [
      (await built({ kind: "instance", ...machines })).made,
      (await built(withWeights(95, 5))).made,
    ];
    for (const old of before.filter(({ type }) => !type.startsWith("failover:"))) {
      const now = named(after, old.name);
      const fqdn = old.name === "oregon-deep-check" ? { fqdn: release } : {};
      expect(now.inputs, old.name).to.deep.equal({ ...old.inputs, ...fqdn });
    }
  });

  it("adds a second pair of zones, its checks, and the node over both", async () => {
    const known = new Set((await built(args.compute)).made.map(({ name }) => name));
    const added = (await built(withWeights(95, 5))).made.filter(({ name }) => !known.has(name));
    const zones = ["us-west-2a", "us-west-2b"].map((zone) => `oregon-green-${zone}`);
    expect(added.map(({ name }) => name).sort()).to.deep.equal(
      [
        "oregon-green-deep-check",
        "oregon-green-records",
        "oregon-green-records-green.oregon.orders.cafe.com-A-primary",
        "oregon-green-records-green.oregon.orders.cafe.com-A-secondary",
        "oregon-release-records",
        recordOf("blue"),
        recordOf("green"),
        ...zones.flatMap((zone) => [
          zone,
          ...["address", "association", "check", "instance"].map((role) => `${zone}-${role}`),
        ]),
      ].sort(),
    );
  });

  it("shares the traffic by weight, and checks green while blue gets traffic", async () => {
    expect(nodeOf((await built(withWeights(95, 5))).made)).to.deep.equal([
      [recordOf("blue"), [{ weight: 95 }], alias("oregon.orders.cafe.com"), undefined],
      [
        recordOf("green"),
        [{ weight: 5 }],
        alias("green.oregon.orders.cafe.com"),
        "id of oregon-green-deep-check",
      ],
    ]);
  });

  it("has no record for a side of weight 0, but all its other resources", async () => {
    const idle = (await built(withWeights(100, 0))).made;
    expect(nodeOf(idle)).to.deep.equal([
      [recordOf("blue"), [{ weight: 100 }], alias("oregon.orders.cafe.com"), undefined],
    ]);
    const turned = (await built(withWeights(0, 100))).made;
    expect(nodeOf(turned)).to.deep.equal([
      [recordOf("green"), [{ weight: 100 }], alias("green.oregon.orders.cafe.com"), undefined],
    ]);
    for (const made of [idle, turned]) {
      expect(ofType(made, "aws:ec2/instance:Instance")).to.have.length(4);
      expect(ofType(made, healthCheck)).to.have.length(7);
    }
  });

  it("gives the green machines their own release, and the green checks their own name", async () => {
    const { made } = await built(withWeights(95, 5));
    const instances = ofType(made, "aws:ec2/instance:Instance");
    expect(instances.map(({ name, inputs }) => [name, inputs["userData"]])).to.deep.equal([
      ["oregon-green-us-west-2a-instance", "#!/bin/green"],
      ["oregon-green-us-west-2b-instance", "#!/bin/green"],
      ["oregon-us-west-2a-instance", "#!/bin/bash"],
      ["oregon-us-west-2b-instance", "#!/bin/bash"],
    ]);
    const deep = named(made, "oregon-green-deep-check");
    expect(deep.inputs).to.deep.equal({
      ...named(made, "oregon-deep-check").inputs,
      fqdn: "green.oregon.orders.cafe.com",
      tags: { Project: "failover", Tier: "region", Name: "oregon-green-deep-check" },
    });
    expect(deep.dependencies).to.include.members([
      "oregon-green-records-green.oregon.orders.cafe.com-A-primary",
    ]);
  });

  it("yields the node as its entry, whose records wait for both pairs", async () => {
    const { tier, made } = await built(withWeights(95, 5));
    expect(tier.entry.name).to.equal(release);
    expect(tier.entry.published).to.equal(true);
    expect(tier.green?.recordName).to.equal("green.oregon.orders.cafe.com");
    for (const side of ["blue", "green"]) {
      expect(named(made, recordOf(side)).dependencies).to.include.members([
        "oregon-records-oregon.orders.cafe.com-A-primary",
        "oregon-green-records-green.oregon.orders.cafe.com-A-secondary",
      ]);
    }
  });

  it("accepts prebuilt images, one for each side", async () => {
    const compute = {
      ...withWeights(50, 50),
      imageId: "ami-0123456789abcdef0",
      release: {
        weights: { blue: 50, green: 50 },
        green: { userData: greenData, imageId: "ami-0fedcba9876543210" },
      },
    } as RegionCompute;
    const { made } = await built(compute);
    const instances = ofType(made, "aws:ec2/instance:Instance");
    expect(instances.map(({ inputs }) => inputs["ami"])).to.deep.equal([
      "ami-0fedcba9876543210",
      "ami-0fedcba9876543210",
      "ami-0123456789abcdef0",
      "ami-0123456789abcdef0",
    ]);
  });

  const faults: readonly (readonly [RegionCompute, readonly string[]])[] = [
    [
      withWeights(0, 0),
      [
        'compute.release.weights: must be other than 0 for both sides, got {"blue":0,"green":0}; give the serving side a weight, such as 100',
      ],
    ],
    [
      withWeights(256, 0.5),
      [
        "compute.release.weights.blue: must be a whole number from 0 to 255, got 256; write both sides' shares, such as 95 and 5",
        "compute.release.weights.green: must be a whole number from 0 to 255, got 0.5; write both sides' shares, such as 95 and 5",
      ],
    ],
    [
      {
        kind: "instance",
        ...machines,
        release: {
          weights: { blue: 1, green: 1 },
          green: { userData: { "us-west-2a": "#!/bin/green" } },
        },
      },
      ["compute.release.green.userData.us-west-2b: must be there, got nothing; give one per zone"],
    ],
  ];
  for (const [compute, lines] of faults) {
    it(`refuses ${lines.join(" and ").split(",")[0] ?? ""}`, () => {
      const { errors } = refusalOf(() => new RegionTier("oregon", { ...args, compute }));
      const found = (errors as { propertyPath: string; reason: string }[]).map(
        ({ propertyPath, reason }) => `${propertyPath}: ${reason}`,
      );
      expect(found).to.deep.equal(lines);
    });
  }
});
