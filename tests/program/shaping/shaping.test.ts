import { expect } from "chai";
import { StackModel } from "../../../routing/graph/stackModel";
import type { Evaluation } from "../../../rehearsal/engine/evaluate";
import { compare, compareBranches, found, nameOf } from "./compare";
import { both, evaluatedIn, inDev, shapeOf, shapes } from "./configurations";
import type { Shape } from "./configurations";
import { ills, singleFaults } from "./faults";
import { sharesOf } from "./oracle";

const families = ["A", "AAAA"] as const;

const models = new WeakMap<Evaluation, StackModel>();

async function worldIn(shape: Shape): Promise<StackModel> {
  const evaluation = await evaluatedIn(shape);
  const model = models.get(evaluation) ?? new StackModel(evaluation.resources);
  models.set(evaluation, model);
  return model;
}

describe("every shape of the traffic of prod", function () {
  let compared = 0;
  let states = 0;
  for (const shape of [...shapes, both]) {
    it(`${shape.title}: shares are the products of the weights, even after any single fault`, async () => {
      const model = await worldIn(shape);
      for (const family of families) {
        for (const fault of singleFaults(shape, family)) {
          compared += compare(model, shape, family, fault);
          compareBranches(model, shape, family, fault);
          states += 1;
        }
      }
    });
  }

  after(() => {
    console.log(
      `      ${shapes.length + 1} shapes, ${states} situations, ${compared} shares compared with exact fractions`,
    );
  });
});

describe("the sides of a release", function () {
  const shapeWith = (blue: number, green: number, warmPercent = 0): Shape =>
    shapeOf(`${blue}/${green}, ${warmPercent} % warm, 1 hostname`);
  const bluePlaces = ["oregon-us-west-2a", "oregon-us-west-2b"];
  const answers = async (
    shape: Shape,
    faults: readonly string[],
  ): Promise<readonly (readonly [string, number])[]> => [
    ...found(await worldIn(shape), "orders.cafe.com", "A", faults),
  ];
  /** The endpoints themselves die, so that their checks fail. */
  const dead = (...places: readonly string[]): readonly string[] =>
    places.map((place) => `${place}-group`);

  it("a dead blue side never sends users to an idle green", async () => {
    expect(await answers(shapeWith(100, 0), dead(...bluePlaces))).to.deep.equal([
      ["dublin-eu-west-1a", 1],
    ]);
  });

  it("nor a region away while green carries them", async () => {
    expect(await answers(shapeWith(95, 5), dead(...bluePlaces))).to.deep.equal([
      ["oregon-green-us-west-2a", 1],
    ]);
    expect(
      await answers(shapeWith(95, 5), dead(...bluePlaces, "oregon-green-us-west-2a")),
    ).to.deep.equal([["oregon-green-us-west-2b", 1]]);
  });

  it("a green side that fails its checks gets no traffic", async () => {
    const toBlue = [["oregon-us-west-2a", 1]];
    const green = ["oregon-green-us-west-2a", "oregon-green-us-west-2b"];
    expect(await answers(shapeWith(50, 50), dead(...green))).to.deep.equal(toBlue);
    const shallow = green.map((place) => `check:${place}-check`);
    expect(await answers(shapeWith(50, 50), shallow)).to.deep.equal(toBlue);
    expect(await answers(shapeWith(50, 50), ["check:oregon-green-deep-check"])).to.deep.equal(
      toBlue,
    );
  });

  it("an idle blue side gets nothing either, when green is dead", async () => {
    const green = dead("oregon-green-us-west-2a", "oregon-green-us-west-2b");
    expect(await answers(shapeWith(0, 100), green)).to.deep.equal([["dublin-eu-west-1a", 1]]);
  });

  it("with any weights, Oregon answers when the databases of both regions are lost", async () => {
    const databases = ["oregon-orders-database", "dublin-orders-database"];
    for (const [blue, green, place] of [
      [95, 5, "oregon-us-west-2a"],
      [50, 50, "oregon-us-west-2a"],
      [100, 0, "oregon-us-west-2a"],
      [0, 100, "oregon-green-us-west-2a"],
    ] as const) {
      expect(await answers(shapeWith(blue, green), databases)).to.deep.equal([[place, 1]]);
    }
  });

  it("and the page answers when both sides of Oregon and Dublin are dead", async () => {
    const faults = ["us-west-2", "eu-west-1"];
    for (const shape of [shapeWith(95, 5, 10), shapeWith(100, 0, 10), both]) {
      expect(await answers(shape, faults)).to.deep.equal([["page", 1]]);
    }
  });

  it("can be tested by its own name before it gets traffic", async () => {
    const model = await worldIn(shapeWith(100, 0));
    expect([...found(model, "green.oregon.orders.cafe.com", "A", [])]).to.deep.equal([
      ["oregon-green-us-west-2a", 1],
    ]);
    expect([...found(model, "green.oregon.orders.cafe.com", "A", ["us-west-2a"])]).to.deep.equal([
      ["oregon-green-us-west-2b", 1],
    ]);
  });
});

describe("the oracle", () => {
  it("matches a share that was computed by hand", () => {
    // 50 % live: Oregon 3/4 blue, 1/4 green; 50 % reversed: Dublin 1/3 blue, 2/3 green.
    expect(sharesOf(both, ills({}))).to.deep.equal(
      new Map([
        ["oregon-us-west-2a", [3n, 8n]],
        ["oregon-green-us-west-2a", [1n, 8n]],
        ["dublin-eu-west-1a", [1n, 6n]],
        ["dublin-green-eu-west-1a", [1n, 3n]],
      ]),
    );
  });
});

describe("several hostnames", function () {
  it("share the tiers, and each has its own page: in prod by an alternate name", async () => {
    const shape = shapes.find(({ hostnames }) => hostnames.length === 3);
    if (!shape) throw new Error("no shape has three hostnames");
    const { resources } = await evaluatedIn(shape);
    const served = resources
      .filter(({ type }) => type === "aws:cloudfront/distribution:Distribution")
      .flatMap(({ inputs }) => inputs["aliases"]);
    expect(served).to.deep.equal(shape.hostnames);
    const model = await worldIn(shape);
    for (const hostname of shape.hostnames) {
      const bothRegions = found(model, hostname, "A", ["us-west-2", "eu-west-1"]);
      expect([...bothRegions]).to.deep.equal([["page", 1]]);
    }
  });

  it("in dev by a bucket of its name, below shares that are the products of the weights", async () => {
    const model = await worldIn(inDev);
    const faults = model.faults(["us-west-2", "eu-west-1"]);
    const pages = inDev.hostnames.map((hostname) =>
      model
        .under(faults)
        .resolve(hostname, "A")
        .answers.map(({ target }) => nameOf(target)),
    );
    expect(pages).to.deep.equal(inDev.hostnames.map((name) => [`maintenance-website-${name}`]));
    expect(compare(model, inDev, "A", { names: [], ills: ills({}) })).to.equal(9);
  });
});
