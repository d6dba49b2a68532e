import { expect } from "chai";
import type { Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { isLeft, pair, record, resource } from "./stack";

const component = resource("shop:index:Tier", "tier", {}, { custom: false });
const stack = [
  ...pair({ records: ["198.51.100.7"] }, { ipAddress: "198.51.100.7" }),
  component,
  resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" }, { parent: component.urn }),
  resource("aws:ec2/eip:Eip", "ip", { publicIp: "198.51.100.7", instance: "web" }),
];

describe("a fault", () => {
  it("is an availability zone, a region, a resource, a component with its children, or a check", () => {
    for (const name of ["us-west-2a", "us-west-2", "web", "tier", component.urn, "check:check"]) {
      expect(isLeft(stack, name), name).to.equal(true);
    }
    expect(isLeft(stack, "us-west-2b")).to.equal(false);
  });

  it("that the stack does not have is refused, each on one line, with the possible faults", () => {
    expect(() => new StackModel(stack).faults(["us-west-2c", "check:chek"])).to.throw(
      [
        "--fail us-west-2c: no such fault in the stack; did you mean us-west-2? It has the regions us-west-2, the availability zones us-west-2a, us-west-2b, the outside addresses 203.0.113.99 and the checks check:check; a resource is given by its name",
        "--fail check:chek: no such fault in the stack; did you mean check:check? It has the regions us-west-2, the availability zones us-west-2a, us-west-2b, the outside addresses 203.0.113.99 and the checks check:check; a resource is given by its name",
      ].join("\n"),
    );
  });

  it("of a check is suggested for the check's name, URN or id, which is no part that can fail", () => {
    const check = resource("aws:route53/healthCheck:HealthCheck", "own", {}, { id: "0c-1" });
    const model = new StackModel([...stack, check]);
    for (const [given, meant] of [
      ["own", "check:own"],
      [check.urn, "check:own"],
      ["0c-1", "check:own"],
      ["check:0c-1=healthy", "check:own=healthy"],
    ] as const) {
      expect(() => model.faults([given]), given).to.throw(
        `--fail ${given}: no such fault in the stack; did you mean ${meant}? It has the regions us-west-2`,
      );
    }
    expect(model.faults(["check:own=healthy"])).to.deep.equal([
      { kind: "check", name: "check:own=healthy", urns: [check.urn], says: "healthy" },
    ]);
  });

  it("that resembles nothing gets no suggestion, and long lists end after eight names", () => {
    const checks = Array.from({ length: 10 }, (_, index) =>
      resource("aws:route53/healthCheck:HealthCheck", `check-${index}`, { type: "HTTP" }),
    );
    expect(() => new StackModel(checks).faults(["mars"])).to.throw(
      "--fail mars: no such fault in the stack; it has the regions (none), the availability zones (none) and the checks check:check-0, check:check-1, check:check-2, check:check-3, check:check-4, check:check-5, check:check-6, check:check-7 (and 2 more); a resource is given by its name",
    );
  });

  it("is of a place rather than of a resource with the same name, such as a provider", () => {
    const provider = resource("pulumi:providers:aws", "us-west-2", { region: "us-west-2" });
    const kinds = ["us-west-2", "us-west-2b", "web"].map(
      (name) => new StackModel([provider, ...stack]).faults([name])[0]?.kind,
    );
    expect(kinds).to.deep.equal(["region", "availabilityZone", "resource"]);
  });

  it("of a region does not affect global services", () => {
    const model = new StackModel(stack);
    expect(model.placements.regions).to.deep.equal(["us-west-2"]);
    const [zone] = stack;
    expect(zone && model.placements.of(zone)).to.deep.equal({ availabilityZones: [] });
  });

  it("of a check can be that it is healthy, whatever it watches", () => {
    expect(isLeft(stack, "ip")).to.equal(true);
    expect(isLeft(stack, "ip", "check:check=healthy")).to.equal(false);
  });

  it("of a disabled check changes nothing, because it is always healthy (H16)", () => {
    const disabled = stack.map((each) =>
      each.name === "check" ? { ...each, outputs: { ...each.outputs, disabled: true } } : each,
    );
    expect(isLeft(disabled, "check:check")).to.equal(false);
  });
});

describe("a check by name", () => {
  const byName = (fqdn: string): typeof stack => [
    ...pair({ records: ["198.51.100.7"] }, { fqdn, type: "HTTP" }),
    ...stack.filter(({ name }) => ["tier", "web", "ip"].includes(name)),
    resource("aws:route53/record:Record", "inner", {
      name: "inner.a.test",
      type: "A",
      zoneId: "Z1",
      ttl: 60,
      records: ["198.51.100.7"],
    }),
  ];

  it("sees the answer of the name (H13)", () => {
    expect(isLeft(byName("inner.a.test"))).to.equal(false);
    expect(isLeft(byName("inner.a.test"), "web")).to.equal(true);
  });

  it("H5 passes while more than 18 % of the answers are alive", () => {
    const livesWith = (weight: number): boolean => {
      const weighted = (name: string, address: string, own: number): Resource =>
        record(name, {
          name: "inner.a.test",
          setIdentifier: name,
          weightedRoutingPolicies: [{ weight: own }],
          records: [address],
        });
      return !isLeft(
        [
          ...byName("inner.a.test").filter(({ name }) => name !== "inner"),
          weighted("dying", "198.51.100.7", 100 - weight),
          weighted("living", "203.0.113.7", weight),
        ],
        "web",
      );
    };
    expect([18, 19].map(livesWith)).to.deep.equal([false, true]);
  });

  const unknowns = (resources: typeof stack, ...faults: readonly string[]): readonly string[] => {
    const model = new StackModel(resources);
    const state = model.under(model.faults(faults));
    return state.unknownsOf("www.a.test", "A").map(({ name, why }) => `${name}: ${why}`);
  };

  it("is unknown when it watches a name whose answer depends on it", () => {
    expect(isLeft(byName("www.a.test"))).to.equal(false);
    expect(unknowns(byName("www.a.test"))).to.deep.equal([
      "check: it watches www.a.test, whose answer depends on this check (H13); let it watch an endpoint instead",
    ]);
  });

  it("of a name outside the stack is unknown until a fault or an assumption settles it", () => {
    expect(isLeft(byName("elsewhere.test"), "web")).to.equal(false);
    expect(unknowns(byName("elsewhere.test"), "web")).to.deep.equal([
      "check: it watches elsewhere.test, which is outside this stack",
    ]);
    expect(isLeft(byName("elsewhere.test"), "check:check")).to.equal(true);
    expect(unknowns(byName("elsewhere.test"), "check:check")).to.deep.equal([]);
    const model = new StackModel(byName("elsewhere.test"));
    const settled = model.under([], new Map([["check", false]]));
    expect(settled.resolve("www.a.test", "A").answers[0]?.value).to.equal("203.0.113.99");
    expect(settled.unknownsOf("www.a.test", "A")).to.deep.equal([]);
  });
});
