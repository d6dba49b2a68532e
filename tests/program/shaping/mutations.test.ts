import { expect } from "chai";
import { rules } from "../../../policies/dns-failover/pack";
import { findAll } from "../../../policies/inProcess";
import type { Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { Sample } from "../../policies/sample";
import { mutationsOf } from "../mutations";
import { compare, compareBranches } from "./compare";
import { evaluatedIn, shapeOf } from "./configurations";
import { pairsOf, singleFaults } from "./faults";
import type { SingleFault } from "./faults";
import { isEveryCase } from "../../sampled";

const shape = shapeOf("95/5, 10 % warm, 1 hostname");
const families = ["A", "AAAA"] as const;
/** By the slowest failure mode: 2 × (10 s + 8 s). */
const worstDetectionSeconds = 36;

type Look = (model: StackModel) => void;

/**
 * The most effective comes first: each fault alone, then durations, then two faults at the same
 * time.
 */
const looks: readonly Look[] = [
  ...families.map((family) => looksAt(family, singleFaults(shape, family))),
  ...families.flatMap((family) =>
    [["us-west-2a"], ["us-west-2"], ["eu-west-1"], ["us-west-2", "eu-west-1"]].map(
      (lost): Look =>
        (model) => {
          const to = model.faults(lost);
          const bound = model.worstCase("orders.cafe.com", family, [], to, "hangsInBody");
          expect(bound.detectionSeconds).to.equal(worstDetectionSeconds);
        },
    ),
  ),
  ...families.map((family) => looksAt(family, pairsOf(singleFaults(shape, family)))),
];

function looksAt(family: "A" | "AAAA", faults: readonly SingleFault[]): Look {
  return (model) => {
    for (const fault of faults) {
      compare(model, shape, family, fault);
      compareBranches(model, shape, family, fault);
    }
  };
}

/** Whether an answer differs from the oracle's, under one fault or two, or comes too late. */
function isNoticed(resources: readonly Resource[]): boolean {
  try {
    const model = new StackModel(resources);
    for (const look of looks) look(model);
    return false;
  } catch {
    return true;
  }
}

describe("leaving something out of a release with a warm standby", function () {
  it("is not detected in the unchanged stack", async () => {
    expect(isNoticed((await evaluatedIn(shape)).resources)).to.equal(false);
  });

  it("changes an answer or a bound in every case", async () => {
    const { resources } = await evaluatedIn(shape);
    const mutations = mutationsOf(resources).filter((_, index) => isEveryCase || index % 3 === 0);
    const unnoticed = mutations.filter(({ apply }) => !isNoticed(apply(resources)));
    expect(unnoticed.map(({ title }) => title)).to.deep.equal([]);
    console.log(`      ${mutations.length} mutations, all noticed`);
  });
});

describe("the rules on an incorrect weighted node", function () {
  const release = "release.oregon.orders.cafe.com";
  const member = (side: string): string => `oregon-release-records-${release}-A-${side}`;

  /** The rules with new findings after a mutation. */
  async function fired(apply: (sample: Sample) => Sample): Promise<readonly string[]> {
    const { resources } = await evaluatedIn(shape);
    const linesOf = (all: readonly Resource[]): ReadonlySet<string> =>
      new Set(
        findAll(rules, all)
          .filter(({ finding }) => finding.kind === "violation")
          .map(({ rule, finding }) => `${rule.name} ${JSON.stringify(finding)}`),
      );
    const before = linesOf(resources);
    const after = linesOf(apply(new Sample(resources)).resources);
    const names = [...after].filter((line) => !before.has(line)).map((line) => line.split(" ")[0]);
    return [...new Set(names.filter((name) => name !== undefined))].sort();
  }

  it("report a side of weight 0 that has a record", async () => {
    const names = await fired((sample) =>
      sample.set(member("green"), { weightedRoutingPolicies: [{ weight: 0 }] }),
    );
    expect(names).to.deep.equal(["weighted-record-has-weight"]);
  });

  it("report weights that are all 0", async () => {
    const zero = { weightedRoutingPolicies: [{ weight: 0 }] };
    const names = await fired((sample) =>
      sample.set(member("green"), zero).set(member("blue"), zero),
    );
    expect(names).to.deep.equal(["weighted-record-has-weight"]);
  });

  it("report a zone of the green side without a check", async () => {
    const green = "oregon-green-records-green.oregon.orders.cafe.com-A-secondary";
    const names = await fired((sample) => sample.set(green, { healthCheckId: undefined }));
    expect(names).to.include("tree-leaf-has-health-check");
  });

  for (const [title, name] of [
    ["the release's blue side", member("blue")],
    ["the release's green side", member("green")],
    ["a share", "orders-split.orders.cafe.com-A-reversed"],
  ] as const) {
    it(`report ${title} whose alias does not evaluate its target`, async () => {
      const names = await fired((sample) => {
        const record = sample.resources.find((each) => each.name === name);
        const [alias] = (record?.inputs["aliases"] ?? []) as readonly object[];
        return sample.set(name, { aliases: [{ ...alias, evaluateTargetHealth: false }] });
      });
      expect(names).to.include("tree-alias-evaluates-target");
    });
  }

  it("report a failover record among the weighted ones", async () => {
    const names = await fired((sample) =>
      sample.set(member("green"), {
        weightedRoutingPolicies: undefined,
        failoverRoutingPolicies: [{ type: "PRIMARY" }],
      }),
    );
    expect(names).to.include("record-name-has-one-routing-policy");
  });
});
