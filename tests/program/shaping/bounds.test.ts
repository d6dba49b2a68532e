import { expect } from "chai";
import { failureModes } from "../../../routing/checker";
import { StackModel } from "../../../routing/graph/stackModel";
import { rehearse } from "../../../rehearsal/rehearse";
import { both, evaluatedIn, inDev, shapeOf } from "./configurations";
import type { Shape } from "./configurations";

/** By the endpoint checks of prod: 2 × (10 s + 0, 4, 6, 8 s). */
const endpointSeconds = [20, 28, 32, 36, 36];
/** By the checks by name: 6 × (30 s + 0, 4, 6, 8 s). */
const deepSeconds = [180, 204, 216, 228, 212];
/** δ and the TTL. */
const restSeconds = 20;

interface Row {
  readonly from?: readonly string[];
  readonly to: readonly string[];
  readonly detection: readonly number[];
}

/** Worst cases of one change, for each failure mode. */
async function bounds(
  shape: Shape,
  { from = [], to }: Row,
): Promise<readonly (readonly [number | undefined, number | undefined])[]> {
  const model = new StackModel((await evaluatedIn(shape)).resources);
  return ["A", "AAAA"].flatMap((family) =>
    failureModes.map((death) => {
      const bound = model.worstCase(
        "orders.cafe.com",
        family,
        model.faults(from),
        model.faults(to),
        death,
      );
      return [bound.detectionSeconds, bound.downtimeSeconds] as const;
    }),
  );
}

const twice = <T>(items: readonly T[]): readonly T[] => [...items, ...items];

describe("the bound of shared traffic", function () {
  const warm: readonly Row[] = [
    { to: ["us-west-2a"], detection: endpointSeconds },
    { to: ["us-west-2"], detection: endpointSeconds },
    // A tenth of the customers are there, so its loss is an outage now.
    { to: ["eu-west-1a"], detection: endpointSeconds },
    { to: ["eu-west-1"], detection: endpointSeconds },
    { to: ["us-west-2", "eu-west-1"], detection: endpointSeconds },
    { from: ["eu-west-1"], to: ["us-west-2", "eu-west-1"], detection: endpointSeconds },
    { to: ["check:dublin-deep-check"], detection: deepSeconds },
    { to: ["dublin-orders-database"], detection: deepSeconds },
    { to: ["oregon-orders-database"], detection: deepSeconds },
  ];
  for (const title of ["no release, 10 % warm, 1 hostname", "95/5, 10 % warm, 1 hostname"]) {
    for (const row of warm) {
      it(`${title}: ${row.to.join(" and ")} is over for every customer within the objective`, async () => {
        expect(await bounds(shapeOf(title), row)).to.deep.equal(
          twice(row.detection.map((seconds) => [seconds, seconds + restSeconds])),
        );
      });
    }
  }

  it("is zero for a standby without traffic", async () => {
    const row = { to: ["eu-west-1"], detection: [] };
    expect(await bounds(shapeOf("no release, 0 % warm, 1 hostname"), row)).to.deep.equal(
      twice(failureModes.map(() => [0, 0])),
    );
  });

  it("is that of the endpoint checks when a side dies, and of its own check when it cannot take orders", async () => {
    const shape = shapeOf("95/5, 0 % warm, 1 hostname");
    const seconds = (detection: readonly number[]): unknown =>
      twice(detection.map((each) => [each, each + restSeconds]));
    const green = ["oregon-green-us-west-2a-group", "oregon-green-us-west-2b-group"];
    expect(await bounds(shape, { to: green, detection: [] })).to.deep.equal(
      seconds(endpointSeconds),
    );
    const blue = ["oregon-us-west-2a-group", "oregon-us-west-2b-group"];
    expect(await bounds(shape, { to: blue, detection: [] })).to.deep.equal(
      seconds(endpointSeconds),
    );
    const deep = { to: ["check:oregon-green-deep-check"], detection: [] };
    expect(await bounds(shape, deep)).to.deep.equal(seconds(deepSeconds));
  });

  it("covers every order in which a dozen checks of two releases detect the fault", async () => {
    const model = new StackModel((await evaluatedIn(both)).resources);
    const lost = model.faults(["us-west-2", "eu-west-1"]);
    const bound = model.worstCase("orders.cafe.com", "A", [], lost, "hangsInBody");
    expect([bound.detectionSeconds, bound.downtimeSeconds]).to.deep.equal([36, 56]);
  });

  it("counts a return as complete only when each place has its share again", async () => {
    const model = new StackModel(
      (await evaluatedIn(shapeOf("no release, 10 % warm, 1 hostname"))).resources,
    );
    const faults = model.faults(["us-west-2", "eu-west-1"]);
    const { detectionSeconds } = model.worstCase("orders.cafe.com", "A", faults, [], "returns");
    // 8 s + 6 × (30 s + 8 s) until the deep checks agree; the endpoint checks alone take 44 s.
    expect(detectionSeconds).to.equal(236);
  });
});

describe("the story of shared traffic", function () {
  it("reports each place's share, and loses the database of the region that serves most", async () => {
    const evaluation = await evaluatedIn(shapeOf("95/5, 10 % warm, 1 hostname"));
    const [{ story, objectives } = { story: [], objectives: [] }] = rehearse([evaluation]).stacks;
    expect(
      story.map(({ step, answers, detection, downtime }) => [
        step,
        answers.map(({ target, probability }) => [
          target
            .split("::")
            .at(-1)
            ?.replace(/-balancer$/, ""),
          Math.round(probability * 1000) / 10,
        ]),
        detection,
        downtime,
      ]),
    ).to.deep.equal([
      [
        "no fault",
        [
          ["oregon-us-west-2a", 85.5],
          ["oregon-green-us-west-2a", 4.5],
          ["dublin-eu-west-1a", 10],
        ],
        null,
        null,
      ],
      [
        "us-west-2a fails",
        [
          ["oregon-us-west-2b", 85.5],
          ["oregon-green-us-west-2b", 4.5],
          ["dublin-eu-west-1a", 10],
        ],
        36,
        56,
      ],
      ["Oregon fails", [["dublin-eu-west-1a", 100]], 36, 56],
      ["Dublin fails too", [["maintenance-distribution", 100]], 36, 56],
      [
        "all recover",
        [
          ["oregon-us-west-2a", 85.5],
          ["oregon-green-us-west-2a", 4.5],
          ["dublin-eu-west-1a", 10],
        ],
        236,
        256,
      ],
      ["Oregon's database fails", [["dublin-eu-west-1a", 100]], 228, 248],
    ]);
    expect(objectives.map(({ target, worst, met }) => [target, worst, met])).to.deep.equal([
      [45, 36, true],
      [60, 56, true],
      [300, 248, true],
    ]);
  });

  it("meets the objectives of dev as well", async () => {
    const [{ objectives } = { objectives: [] }] = rehearse([await evaluatedIn(inDev)]).stacks;
    expect(objectives.map(({ target, worst, met }) => [target, worst, met])).to.deep.equal([
      [120, 114, true],
      [190, 184, true],
      [360, 298, true],
    ]);
  });
});
