import { faultClassOf } from "../../../routing/graph/faultClass";
import { expect } from "chai";
import { expectedMinutes, transitionMinutes } from "../../../rehearsal/proof/availability";
import {
  defaultFaultRates,
  faultRatesFrom,
  minutesPerYear,
  unavailabilityOf,
} from "../../../rehearsal/proof/faultRates";
import { FaultSpace } from "../../../rehearsal/proof/faultSpace";
import { outcomesOf } from "../../../rehearsal/proof/outcomes";
import type { NameVerdict } from "../../../rehearsal/proof/prove";
import { judgeNames, proveNames } from "../../../rehearsal/proof/prove";
import { minutesText } from "../../../rehearsal/proof/report";
import { proofSummaryOf } from "../../../rehearsal/proof/summary";
import { StackModel } from "../../../routing/graph/stackModel";
import { stackFactsOf } from "../../../routing/graph/stackOutputs";
import { InputError } from "../../../routing/inputError";
import { evaluated } from "../../program/evaluated";
import { itWithEveryCase } from "../../sampled";
import type { Resource } from "../../../routing/graph/resource";
import { pair, resource } from "../../routing/graph/stack";

/** A primary in an availability zone of us-west-2, checked by address, and a secondary elsewhere. */
const twoTiers = [
  ...pair({ records: ["198.51.100.1"] }, { ipAddress: "198.51.100.1" }),
  resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" }),
  resource("aws:ec2/eip:Eip", "ip", { publicIp: "198.51.100.1", instance: "web" }),
];

describe("the expected minutes a year", () => {
  it("equal the sum over all sets of faults, by brute force", () => {
    const space = new FaultSpace(new StackModel(twoTiers), "www.a.test", "A");
    for (const outcome of outcomesOf(space)) {
      const { perYear, byCause } = expectedMinutes(space, outcome, defaultFaultRates);
      const { faults, model } = space;
      const p = faults.map((one) => unavailabilityOf(defaultFaultRates[faultClassOf(model, one)]));
      const minutesWithout = (never: number | undefined): number =>
        Array.from({ length: 2 ** faults.length }, (_, bits) => bits)
          .filter((bits) => never === undefined || !((bits >> never) & 1))
          .filter((bits) =>
            space.holdsIn(outcome.when, {
              faults: faults.filter((_, index) => (bits >> index) & 1),
              unknown: new Map(),
            }),
          )
          .map((bits) =>
            p.reduce((product, share, index) => {
              if (index === never) return product;
              return product * ((bits >> index) & 1 ? share : 1 - share);
            }, minutesPerYear),
          )
          .reduce((sum, minutes) => sum + minutes, 0);
      expect(perYear, outcome.label).to.be.closeTo(minutesWithout(undefined), 1e-6);
      for (const { fault, perYear: minutes } of byCause) {
        expect(minutes, `${outcome.label}, ${fault.name}`).to.be.closeTo(
          perYear - minutesWithout(faults.indexOf(fault)),
          1e-6,
        );
      }
    }
  });

  it("are the same in a verdict as in the proof with all details", async () => {
    const { resources, outputs } = await evaluated("dev");
    const { assumptions, hostname = "" } = stackFactsOf(outputs);
    const model = new StackModel(resources, assumptions);
    const groups = [{ hostname, others: [] }];
    const order = { rates: defaultFaultRates };
    const [verdicts, proofs] = [judgeNames(model, groups, order), proveNames(model, groups, order)];
    expect(proofSummaryOf(verdicts)).to.deep.equal(proofSummaryOf(proofs));
    const figuresOf = ({ type, movingMinutes, minutes }: NameVerdict): unknown => [
      type,
      movingMinutes,
      minutes.map(({ outcome, perYear }) => [outcome.label, perYear]),
    ];
    expect(verdicts.map(figuresOf)).to.deep.equal(proofs.map(figuresOf));
  });

  it("of moving equal each fault's rate times its downtime, until the repair at most", () => {
    const { region, endpoint } = defaultFaultRates;
    // Two half hours a year, however late anybody notices them.
    for (const downtimeSeconds of [1_800, 3_646, Infinity]) {
      expect(transitionMinutes([{ rate: endpoint, downtimeSeconds }])).to.equal(60);
    }
    // What never works is down all year.
    const always = { ...endpoint, perYear: 8_760, hours: 8_760 };
    expect(transitionMinutes([{ rate: always, downtimeSeconds: Infinity }])).to.equal(
      minutesPerYear,
    );
    expect(
      transitionMinutes([
        { rate: { ...region, perYear: 2 }, downtimeSeconds: 90 },
        { rate: { ...region, perYear: 0.5 }, downtimeSeconds: 120 },
      ]),
    ).to.equal(4);
  });
});

describe("the causes of the minutes", () => {
  const address = (index: number): string =>
    `198.51.${100 + Math.floor(index / 250)}.${index % 250}`;
  const checkType = "aws:route53/healthCheck:HealthCheck";
  /** A primary that is healthy while half of its many checks are. */
  const calculatedOf = (children: number): readonly Resource[] => [
    ...Array.from({ length: children }, (_, index) =>
      resource(checkType, `c${index}`, {
        ...{ type: "HTTP", ipAddress: address(index), port: 80 },
        ...{ requestInterval: 30, failureThreshold: 3 },
      }),
    ),
    ...pair(
      { records: ["192.0.2.1"] },
      {
        type: "CALCULATED",
        childHealthThreshold: Math.ceil(children / 2),
        childHealthchecks: Array.from({ length: children }, (_, index) => `c${index}`),
      },
    ),
  ];

  it("are found without a new node in the diagram, of which many checks make one too large", () => {
    const space = new FaultSpace(new StackModel(calculatedOf(12)), "www.a.test", "A");
    const [dead] = outcomesOf(space);
    if (dead === undefined) throw new Error("no outcome");
    const before = space.diagram.nodesCount;
    const { byCause } = expectedMinutes(space, dead, defaultFaultRates);
    expect(byCause).to.have.length(space.faults.length);
    expect(space.diagram.nodesCount).to.equal(before);
  });

  // Route 53 takes no more children (K2).
  itWithEveryCase("K2 are found of a check with as many children as Route 53 takes", function () {
    this.timeout(120_000);
    const resources = calculatedOf(255);
    const groups = [{ hostname: "www.a.test", others: [] }];
    const [proof] = proveNames(new StackModel(resources), groups, { rates: defaultFaultRates });
    expect(proof?.minutes[0]?.byCause).to.have.length(proof?.space.faults.length ?? 0);
  });
});

describe("the minutes of a name that nothing moves", () => {
  const minutesOf = (resources: readonly Resource[]): readonly number[] => {
    const order = { rates: defaultFaultRates };
    const groups = [{ hostname: "www.a.test", others: [] }];
    const verdicts = judgeNames(new StackModel(resources), groups, order);
    const [verdict] = verdicts;
    const dead = verdict?.minutes.find(({ outcome }) => outcome.kind === "deadAnswer")?.perYear;
    const { deadAnswer } = proofSummaryOf(verdicts).minutesPerYear;
    return [verdict?.movingMinutes ?? NaN, dead ?? NaN, deadAnswer];
  };
  const primary = "198.51.100.1";
  const outside = (check: object): readonly Resource[] =>
    pair({ records: [primary] }, { ipAddress: primary, ...check });

  it("are the hours of its faults: of one that a hanging body hides, and of one without a check", () => {
    // A check over HTTP does not see a body that hangs: two half hours of the primary a year.
    const [moving = 0, dead = 0, sum = 0] = minutesOf(outside({}));
    expect(moving).to.equal(60);
    expect(sum).to.equal(moving + dead);
    // A disabled check counts as healthy, so the answer is dead while the fault lasts: counted there, and only once.
    const [none, hours, all] = minutesOf(outside({ disabled: true }));
    expect(none).to.equal(0);
    expect(hours).to.be.closeTo(60, 1);
    expect(all).to.equal(hours);
  });
});

describe("minutes in words", () => {
  it("have three digits, and mark very small values that are not zero", () => {
    expect([0, 0.0001, 0.1234, 1.234, 12.34, 123.4, 525_600].map(minutesText)).to.deep.equal([
      ...["0", "< 0.001", "0.123", "1.23", "12.3", "123", "525,600"],
    ]);
  });
});

describe("a fault rate that is set", () => {
  it("replaces the assumed one, and names its source", () => {
    expect(faultRatesFrom(["region.hours=8"]).region).to.deep.equal({
      perYear: 0.2,
      hours: 8,
      source: "set by --rate",
    });
  });

  it("is refused if it is unknown or impossible, with all errors together", () => {
    expect(() => faultRatesFrom(["zone.hours=8", "region.hours=-1", "check"])).to.throw(
      InputError,
      [
        "--rate: no such rate, got zone.hours=8; write <what>.<figure>=<number>, with what of region, availabilityZone, endpoint, database, check and figure of perYear, hours",
        "--rate region.hours: must be a number from 0 to 8760, got region.hours=-1; for example region.hours=4",
        "--rate: no such rate, got check; write <what>.<figure>=<number>, with what of region, availabilityZone, endpoint, database, check and figure of perYear, hours",
      ].join("\n"),
    );
  });
});
