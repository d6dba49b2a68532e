import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { rules as dnsRules } from "../../policies/dns-failover/pack";
import { findAll } from "../../policies/inProcess";
import { messageOf } from "../../policies/message";
import { rules as workloadRules } from "../../policies/workload/pack";
import { evaluate } from "../../rehearsal/engine/evaluate";
import type { Resource } from "../../routing/graph/resource";
import { configurations, evaluatedWith } from "./configurations";
import { evaluated } from "./evaluated";
import { sourceLoader } from "../childProcess";
import { inProdsPlaces } from "./places";
import { itWithEveryCase } from "../sampled";

const projectDirectory = join(__dirname, "../..");
const halves = ["dublin-bake-arrival", "dublin-bake-soak"];

/**
 * The resources that the primary's provider creates before the bake, because both regions use them:
 * global ones, the tables that each region has a replica of, and certificates, which listeners use
 * after the bake.
 */
const shared: Readonly<Record<string, readonly string[]>> = {
  dev: ["us-west-2", "orders-tables-journal", "orders-tables-sessions"],
  prod: [
    "us-west-2",
    "tls-us-west-2",
    "tls-validation-orders.cafe.com",
    "tls-issued-us-west-2",
    "orders-tables-journal",
    "orders-tables-sessions",
  ],
};

type Registered = Pick<Resource, "name" | "region">;

/** The resources of the primary region, or for it elsewhere, without those that both share. */
function ofOregon(stack: string, resources: readonly Registered[]): readonly string[] {
  return resources
    .filter(({ name, region }) => name.startsWith("oregon") || region === "us-west-2")
    .map(({ name }) => name)
    .filter((name) => shared[stack]?.includes(name) !== true);
}

/**
 * The resources of the standby region, without the bake's own invocations and without the gate, which
 * guards Oregon and serves nobody.
 */
function ofDublin(resources: readonly Registered[]): readonly string[] {
  return resources
    .filter(({ region }) => region === "eu-west-1")
    .map(({ name }) => name)
    .filter((name) => !halves.includes(name) && !isOfGate(name));
}

function isOfGate(name: string): boolean {
  return name.startsWith("gate-");
}

function indexOf(resources: readonly Registered[], name: string): number {
  const index = resources.findIndex((one) => one.name === name);
  if (index < 0) throw new Error(`${name}: must be there`);
  return index;
}

/** All dependencies of a resource, direct and indirect, including those of its parents. */
function waitedFor(resources: readonly Resource[], name: string): ReadonlySet<string> {
  const byUrn = new Map(resources.map((one) => [one.urn, one]));
  const urns = new Set<string>();
  const visit = (urn: string): void => {
    const one = byUrn.get(urn);
    if (!one || urns.has(urn)) return;
    urns.add(urn);
    [...one.dependencies, ...(one.parent === undefined ? [] : [one.parent])].forEach(visit);
  };
  visit(resources.find((one) => one.name === name)?.urn ?? "");
  return new Set([...urns].map((urn) => urn.split("::").at(3) ?? ""));
}

for (const stack of ["dev", "prod"]) {
  for (const preview of [false, true]) {
    describe(`the rollout of ${stack}${preview ? ", at a first preview" : ""}`, () => {
      let resources: readonly Resource[];
      before(async () => {
        ({ resources } = await evaluated(stack, preview, inProdsPlaces(stack)));
      });

      it("has all of Dublin before the bake, and all of Oregon after it", () => {
        const [arrival, soak] = halves.map((name) => indexOf(resources, name));
        expect(ofDublin(resources.slice(arrival))).to.deep.equal([]);
        expect(ofOregon(stack, resources.slice(0, soak))).to.deep.equal([]);
        expect(ofOregon(stack, resources.slice(soak))).to.include.members([
          "oregon",
          "oregon-alerts",
          "oregon-orders-database",
          "oregon-releases-release",
          "oregon-vpc",
        ]);
      });

      it("creates only what both regions share in Oregon before that", () => {
        const soak = indexOf(resources, "dublin-bake-soak");
        const early = resources
          .slice(0, soak)
          .filter(({ name, region }) => name === "us-west-2" || region === "us-west-2");
        expect(early.map(({ name }) => name)).to.have.members([...(shared[stack] ?? [])]);
      });

      it("makes every resource of Oregon wait for the bake, by its dependencies", () => {
        const late = ofOregon(stack, resources).filter((name) => {
          const names = waitedFor(resources, name);
          return !halves.every((half) => names.has(half));
        });
        expect(late).to.deep.equal([]);
      });

      it("makes the bake wait for all of Dublin and its alarms", () => {
        const names = waitedFor(resources, "dublin-bake-arrival");
        const others = resources.filter(
          ({ region, type, name }) =>
            region === "eu-west-1" &&
            type.startsWith("aws:") &&
            !halves.includes(name) &&
            !isOfGate(name),
        );
        // awsx's components represent their resources. No machine waits for its bucket's settings.
        const left = others.filter(({ name }) => !names.has(name) && !name.includes("-vpc"));
        expect(left.map(({ name }) => name)).to.have.members([
          "dublin-releases-bucket-access",
          "dublin-releases-bucket-encryption",
          "dublin-releases-bucket-ownership",
        ]);
      });

      it("makes the public names wait for both regions", () => {
        expect([...waitedFor(resources, "orders")]).to.include.members([...halves, "oregon"]);
      });
    });
  }
}

describe("a bake that fails", () => {
  interface Run {
    readonly registered: readonly Registered[];
    readonly faults: readonly string[];
    readonly errors: readonly string[];
  }
  /** The program up to the point where a resource cannot be created. */
  const runWith = (stack: string, failing: string): Run => {
    // Its exit status is not 0, because the SDK counts operations that never end.
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [...sourceLoader, join(__dirname, "failedStep.ts"), stack, failing],
      { cwd: projectDirectory, encoding: "utf8" },
    );
    if (!stdout.startsWith("{")) throw new Error(stderr);
    return JSON.parse(stdout) as Run;
  };

  for (const [stack, failing, missing] of [
    ["dev", "dublin-bake-arrival", halves],
    ["prod", "dublin-bake-soak", ["dublin-bake-soak"]],
  ] as const) {
    const itOfStack = stack === "prod" ? itWithEveryCase : it;
    itOfStack(`leaves Oregon untouched: ${failing} of ${stack}`, async () => {
      const { registered, faults, errors } = runWith(stack, failing);
      expect(ofOregon(stack, registered)).to.deep.equal([]);
      expect([faults, new Set(errors)]).to.deep.equal([
        [],
        new Set([
          `Error: failed to register new resource ${failing} [aws:lambda/invocation:Invocation]: it failed`,
        ]),
      ]);
      // All resources that do not wait for it exist: the program itself did not fail.
      const { resources } = await evaluated(stack, false, inProdsPlaces(stack));
      const names = new Set(registered.map(({ name }) => name));
      expect(ofDublin(registered)).to.have.members([...ofDublin(resources)]);
      expect(halves.filter((half) => !names.has(half))).to.deep.equal(missing);
    });
  }

  it("is the reason: if another resource fails, Oregon is created", () => {
    const { registered } = runWith("dev", "maintenance-page");
    expect(ofOregon("dev", registered)).to.include("oregon-us-west-2a-instance");
  });
});

describe("the invocation of the bake", () => {
  type Settings = Readonly<Record<string, unknown>>;
  const zonesOf = (region: string): readonly string[] => [`${region}a`, `${region}b`];
  const regions = (primary: Settings = {}, standby: Settings = {}): Settings => ({
    primary: {
      name: "oregon",
      region: "us-west-2",
      availabilityZones: zonesOf("us-west-2"),
      cidrBlock: "10.10.0.0/16",
      ...primary,
    },
    standby: {
      name: "dublin",
      region: "eu-west-1",
      availabilityZones: zonesOf("eu-west-1"),
      cidrBlock: "10.20.0.0/16",
      ...standby,
    },
  });
  const callsWith = async (config: Settings): Promise<readonly unknown[]> => {
    const { resources } = await evaluate({
      projectDirectory,
      stack: "dev",
      config: { ...inProdsPlaces("dev"), ...config },
    });
    return halves.map((half) => {
      const { inputs } = resources[indexOf(resources, half)] ?? {};
      return [inputs?.["triggers"], inputs?.["input"]];
    });
  };
  let usual: readonly unknown[];
  // Not before the tests run: an evaluation loads its own modules, and others are still loading.
  before(async () => {
    usual = await callsWith({});
  });

  const others: readonly (readonly [title: string, config: Settings])[] = [
    ["nothing has changed", {}],
    [
      "the bake's minutes, the TTL, the recipient, and Oregon's machines have changed",
      {
        "failover:rollout": { bakeMinutes: 7 },
        "failover:ttl": { mode: "maintenance", maintenanceSeconds: 10 },
        "failover:alerts": { email: "ops-team@cafe.com", topicName: "Other" },
        "failover:regions": regions({ instanceType: "t4g.large" }),
      },
    ],
  ];
  for (const [title, config] of others) {
    it(`is the same when ${title}`, async () => {
      expect(await callsWith(config)).to.deep.equal(usual);
    });
  }

  const changes: readonly (readonly [title: string, config: Settings])[] = [
    [
      "the type of Dublin's machines",
      { "failover:regions": regions({}, { instanceType: "t4g.large" }) },
    ],
    ["their user data", { "failover:checks": { endpoint: { token: "another" } } }],
    [
      "the sides of Dublin's release",
      { "failover:regions": regions({}, { release: { blue: 95, green: 5 } }) },
    ],
  ];
  for (const [title, config] of changes) {
    it(`differs when ${title} has changed`, async () => {
      const calls = await callsWith(config);
      calls.forEach((call, index) => {
        expect(call).not.to.deep.equal(usual[index]);
      });
    });
  }
});

describe("the policies", () => {
  for (const stack of ["dev", "prod"]) {
    it(`have no findings about the bake of ${stack}, by both packs`, async () => {
      const { resources } = await evaluated(stack, false, inProdsPlaces(stack));
      const found = [...dnsRules, ...workloadRules].flatMap((rule) =>
        findAll([rule], resources).map(({ finding }) => `${rule.name}: ${messageOf(finding)}`),
      );
      expect(found.filter((message) => message.includes("-bake"))).to.deep.equal([]);
    });
  }
});

describe("the rollout of a release", () => {
  it("bakes both sides of Dublin, and makes both sides of Oregon wait", async () => {
    const sides = { release: { blue: 95, green: 5 } };
    const region = (name: string, code: string, cidrBlock: string): object => ({
      name,
      region: code,
      availabilityZones: [`${code}a`, `${code}b`],
      cidrBlock,
      ...sides,
    });
    const { resources } = await evaluate({
      projectDirectory,
      stack: "prod",
      config: {
        "failover:regions": {
          primary: region("oregon", "us-west-2", "10.30.0.0/16"),
          standby: region("dublin", "eu-west-1", "10.40.0.0/16"),
        },
      },
    });
    const [arrival = -1, soak = -1] = halves.map((name) => indexOf(resources, name));
    expect(Object.keys(resources[arrival]?.inputs["triggers"] as object)).to.deep.equal([
      "eu-west-1a",
      "eu-west-1b",
      "green-eu-west-1a",
      "green-eu-west-1b",
    ]);
    const { variables } = resources[indexOf(resources, "dublin-bake-function")]?.inputs[
      "environment"
    ] as { variables: Record<string, string> };
    // Lambda's limit for all variables together.
    expect(JSON.stringify(variables).length).to.be.below(4_096);
    expect(Object.keys(JSON.parse(variables["CHECK_IDS_BY_NAME"] ?? "") as object)).to.deep.equal([
      "of orders",
      "of orders, green",
    ]);
    expect(ofOregon("prod", resources.slice(0, soak))).to.deep.equal([]);
    expect(ofOregon("prod", resources)).to.include("oregon-green-us-west-2a-group");
  });
});

describe("the message of a failed bake", () => {
  it("links to an existing section of the runbook", async () => {
    const { resources } = await evaluated("prod");
    const { variables } = resources[indexOf(resources, "dublin-bake-function")]?.inputs[
      "environment"
    ] as { variables: Record<string, string> };
    expect(variables["RUNBOOK"]).to.equal("docs/runbook.md#bake-failed");
    const runbook = readFileSync(join(projectDirectory, "docs/runbook.md"), "utf8");
    expect(runbook).to.contain("\n## Bake failed\n");
  });
});

describe("the rollout in an emergency", () => {
  it("makes Oregon wait for nothing of Dublin, and invokes no bake", async () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const { resources } = await evaluate({
      projectDirectory,
      stack: "dev",
      config: {
        ...inProdsPlaces("dev"),
        "failover:rollout": { skipBakeUntil: `${inAnHour.slice(0, 16)}Z` },
      },
    });
    const names = resources.map(({ name }) => name);
    expect(names.filter((name) => halves.includes(name))).to.deep.equal([]);
    expect(names).to.include.members(["dublin-bake-function", "dublin-bake-log"]);
    const waited = [...waitedFor(resources, "oregon-us-west-2a-instance")];
    expect(waited.filter((name) => name.startsWith("dublin"))).to.deep.equal([]);
  });
});

describe("the rollout of external endpoints", () => {
  it("has no bake, and changes Dublin's names first", async () => {
    const configuration = configurations.find(({ compute }) => compute === "addresses");
    if (!configuration) throw new Error("there is such a configuration");
    const { resources } = await evaluatedWith(configuration);
    expect(resources.filter(({ name }) => name.includes("bake"))).to.deep.equal([]);
    const oregon = indexOf(resources, "oregon");
    expect(ofDublin(resources.slice(oregon))).to.deep.equal([]);
    expect([...waitedFor(resources, "oregon-records")]).to.include("dublin-region-check");
  });
});
