import { expect } from "chai";
import { defaultFaultRates } from "../../../rehearsal/proof/faultRates";
import { prove } from "../../../rehearsal/proof/prove";
import { withSimulation } from "../../../rehearsal/simulation/ofProof";
import { failureModes } from "../../../routing/checker";
import { evaluated } from "../../program/evaluated";
import { worstOf, boundOf } from "../../routing/simulation/boundOf";
import { scenarios } from "../../routing/simulation/scenarios";
import type { StackChange } from "./stacks";
import {
  alarmPair,
  balancerPair,
  cnamePair,
  namedPair,
  namedRegion,
  planned,
  simulated,
  webPair,
} from "./stacks";
import { itWithEveryCase } from "../../sampled";

const runsCount = 500;

describe("simulated changes of the program's stacks", () => {
  for (const stack of ["dev", "prod"]) {
    // The changes below, of small stacks, are compared in each run.
    itWithEveryCase(
      `never take longer than the bound, and at worst at least 90 % of it: ${stack}`,
      async () => {
        const { resources } = await evaluated(stack);
        const proven = prove({ stack, resources, names: [], rates: defaultFaultRates });
        const options = { runs: runsCount, seed: 1, threads: 1 };
        const { names, simulation } = await withSimulation(proven, options);
        const classes = names.flatMap(({ transitions }) => transitions.classes);
        expect(classes.length).to.be.greaterThan(30);
        for (const { bound, example, simulated: times } of classes) {
          const { downtimeSeconds = NaN } = bound;
          const title = JSON.stringify([example.death, example.from, example.to]);
          expect(times?.worst, title).to.be.at.most(downtimeSeconds);
          expect(times?.worst, title).to.be.at.least(downtimeSeconds * 0.9);
          expect(times?.p50, title).to.be.at.most(times?.p99 ?? NaN);
          expect(times?.p99, title).to.be.at.most(times?.worst ?? NaN);
        }
        expect(simulation).to.deep.equal({ runs: runsCount, seed: 1 });
      },
    );
  }
});

/** The same changes as scenarios of the tests' own simulator, which shares no code with this one. */
const twins: readonly (readonly [scenario: string, change: StackChange])[] = [
  ...failureModes.map((death): readonly [string, StackChange] => [
    `a pair, HTTPS_STR_MATCH 10 s × 2, ${death}`,
    {
      resources: webPair({ type: "HTTPS_STR_MATCH", requestInterval: 10, failureThreshold: 2 }),
      to: ["web"],
      death,
    },
  ]),
  ...["HTTP", "HTTP_STR_MATCH", "TCP"].flatMap((type): (readonly [string, StackChange])[] => [
    [
      `a pair, ${type} 30 s × 3, drains`,
      { resources: webPair({ type }), to: ["web"], death: "drains" },
    ],
    [
      `a pair, ${type} 10 s × 2, returns`,
      {
        resources: webPair({ type, requestInterval: 10, failureThreshold: 2 }),
        from: ["web"],
        death: "returns",
      },
    ],
  ]),
  [
    "a pair, HTTP 30 s × 1, synDropped",
    { resources: webPair({ failureThreshold: 1 }), to: ["web"], death: "synDropped" },
  ],
  ...[1, 3].flatMap((periods): (readonly [string, StackChange])[] => [
    [
      `a check of an alarm over ${periods} periods, refused`,
      { resources: alarmPair(periods), to: ["web"], death: "refused" },
    ],
    [
      `a check of an alarm over ${periods} periods, returns`,
      {
        resources: alarmPair(periods),
        from: ["web"],
        death: "returns",
        // The metric then shows the failure instead of ending.
        assumptions: { metricOfLostResourceIsSilent: false },
      },
    ],
  ]),
  [
    "CNAMEs, a pair of them to addresses that are kept for long",
    { resources: cnamePair(), to: ["web"], death: "hangsInBody" },
  ],
  [
    "CNAMEs, one that is kept for long to a pair",
    { resources: namedPair(), to: ["web"], death: "hangsInBody" },
  ],
  [
    "a check by name, of a region that is lost, hangsInBody",
    { resources: namedRegion(), to: ["web-0", "web-1"], death: "hangsInBody" },
  ],
  [
    "a check by name, of a region that is lost, drains",
    { resources: namedRegion(), to: ["web-0", "web-1"], death: "drains" },
  ],
  [
    "a check by name, of a region that is back, returns",
    { resources: namedRegion(), from: ["web-0", "web-1"], death: "returns" },
  ],
  [
    "a check by name, of a name that has to come back to its second address first, returns",
    { resources: namedRegion(), from: ["web-0", "web-1"], to: ["web-0"], death: "returns" },
  ],
  [
    "a check by name, that probes too rarely to be misled before its name has failed over, hangsInBody",
    { resources: namedRegion(), to: ["web-0"], death: "hangsInBody" },
  ],
];

describe("the simulation compared with a second simulator", () => {
  for (const [name, change] of twins) {
    it(`finds the same worst case: ${name}`, async () => {
      const twin = scenarios.find((scenario) => scenario.name === name);
      if (!twin) throw new Error(`no scenario ${name}`);
      const { boundSeconds = NaN } = planned(change);
      expect(boundSeconds).to.equal(boundOf(twin).downtimeSeconds);
      const [own, other] = [(await simulated(change, 5_000)).worst, worstOf(twin, 500)];
      expect(own).to.be.at.most(boundSeconds);
      expect(Math.abs(own - other) / other, `${own} s and ${other} s`).to.be.below(0.02);
    });
  }

  for (const [death, targets, minimum] of [
    ["synDropped", 1, 1],
    ["drains", 1, 1],
    ["refused", 3, 2],
    ["returns", 1, 1],
    ["returns", 3, 2],
  ] as const) {
    it(`stays within the bound of ${targets} targets behind a balancer, ${death}`, async () => {
      const lost = Array.from({ length: targets }, (_, index) => `target-${index}`);
      const resources = balancerPair(targets, minimum);
      const change: StackChange =
        death === "returns" ? { resources, from: lost, death } : { resources, to: lost, death };
      const { boundSeconds = NaN } = planned(change);
      const { worst } = await simulated(change, 2_000);
      expect(worst).to.be.within(boundSeconds * 0.9, boundSeconds);
    });
  }

  it("C23 stays within the bound where clients of one value are to use another as well", async () => {
    const records = ["198.51.100.1", "203.0.113.99"];
    const change: StackChange = {
      resources: webPair({}, { records }),
      from: ["web"],
      death: "returns",
    };
    const { boundSeconds = NaN } = planned(change);
    const { worst } = await simulated(change, 500);
    expect(worst).to.be.within(boundSeconds * 0.9, boundSeconds);
  });

  it("notices a balancer lost with its region once its targets are lost", async () => {
    const resources = balancerPair(2, 1);
    for (const change of [
      { resources, to: ["us-west-2"], death: "synDropped" },
      { resources, from: ["us-west-2"], death: "returns" },
    ] as const) {
      const { boundSeconds = NaN } = planned(change);
      const { worst } = await simulated(change, 2_000);
      expect(worst).to.be.within(boundSeconds * 0.9, boundSeconds);
    }
  });

  it("H13 asks a name from the checkers' regions if the answer depends on the place", async () => {
    const byLatency = namedRegion().map((one) => {
      const place = { "west-0": "us-west-2", "west-1": "eu-west-1" }[one.name];
      if (place === undefined) return one;
      const outputs = {
        ...one.outputs,
        failoverRoutingPolicies: [],
        latencyRoutingPolicies: [{ region: place }],
      };
      return { ...one, inputs: outputs, outputs };
    });
    const change: StackChange = {
      resources: byLatency,
      to: ["web-0", "web-1"],
      death: "hangsInBody",
    };
    const { plan, boundSeconds = NaN } = planned(change);
    // One question of each checker region, beside that of the clients of each place.
    expect(new Set(plan.plan.checks.find(({ questions }) => questions)?.questions).size).to.equal(
      8,
    );
    expect((await simulated(change, 2_000)).worst).to.be.within(boundSeconds * 0.9, boundSeconds);
  });
});
