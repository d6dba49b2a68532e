import { expect } from "chai";
import { rehearseSource } from "../../../rehearsal/rehearseSource";
import { ownStack, summaryBlocks } from "../../../rehearsal/story/summary";
import { tiersFigure } from "../../../rehearsal/story/tiersFigure";
import type { StackRehearsal } from "../../../rehearsal/result";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { record, resource, zone } from "../../routing/graph/stack";

const one = (id: string, policy: Properties, values: readonly string[], name?: string): Resource =>
  record(`${name ?? "www.a.test"}-${id}`, {
    ...{ setIdentifier: id, records: values, ...(name === undefined ? {} : { name }) },
    ...policy,
  });
const alias = (id: string, policy: Properties, to: string): Resource =>
  record(`www-${id}`, {
    ...{ setIdentifier: id, aliases: [{ name: to, zoneId: "Z1", evaluateTargetHealth: true }] },
    ...policy,
  });
const failover = (type: string): Properties => ({ failoverRoutingPolicies: [{ type }] });
const weight = (value: number): Properties => ({ weightedRoutingPolicies: [{ weight: value }] });
const latency = (region: string): Properties => ({ latencyRoutingPolicies: [{ region }] });
const from = (place: Properties): Properties => ({ geolocationRoutingPolicies: [place] });
const pairAt = (name: string, first: string, second: string): readonly Resource[] => [
  one("primary", { ...failover("PRIMARY"), healthCheckId: "check" }, [first], name),
  one("secondary", failover("SECONDARY"), [second], name),
];
const check = resource("aws:route53/healthCheck:HealthCheck", "check", {
  ...{ type: "HTTP", ipAddress: "203.0.113.1", port: 80 },
  ...{ requestInterval: 30, failureThreshold: 3 },
});
const [a, b, c, d] = ["203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.4"] as const;

function rehearsed(...resources: readonly Resource[]): StackRehearsal {
  const source = { title: "t", resources: [zone, check, ...resources], notes: [] };
  const [stack] = rehearseSource(source, "www.a.test").stacks;
  if (!stack) throw new Error("nothing is played");
  return stack;
}

/** The lines below the name on the first screen. */
function linesOf(...resources: readonly Resource[]): readonly string[] {
  const blocks = summaryBlocks({ stacks: [rehearsed(...resources)] }, ownStack);
  const [tree] = blocks.flatMap((block) => (block.kind === "tree" ? [block.root] : []));
  return tree?.children.map(({ words }) => words.join("  ")) ?? [];
}

/** How a record is called in a report. */
const w = (id: string, name = "www.a.test"): string => `${name}-${id}`;

describe("the tree on the first screen", () => {
  it("says else of a failover record only", () => {
    expect(linesOf(...pairAt("www.a.test", a, b))).to.deep.equal([
      `${w("primary")}, else ${w("secondary")}`,
    ]);
  });

  it("says the shares of weights, in sum below other weights, and the same for all of none", () => {
    expect(
      linesOf(one("x", weight(90), [a]), one("y", weight(30), [b]), one("z", weight(0), [c])),
    ).to.deep.equal([`75 %: ${w("x")}; 25 %: ${w("y")}; 0 %: ${w("z")}`]);
    expect(linesOf(one("x", weight(0), [a]), one("y", weight(0), [b]))).to.deep.equal([
      `50 %: ${w("x")}, ${w("y")}`,
    ]);
    // Two of four ways lead to each of a pair.
    expect(
      linesOf(
        alias("x", weight(1), "left.a.test"),
        alias("y", weight(1), "right.a.test"),
        one("p", weight(1), [a], "left.a.test"),
        one("q", weight(1), [b], "left.a.test"),
        one("p", weight(3), [a], "right.a.test"),
        one("q", weight(1), [c], "right.a.test"),
      ),
    ).to.deep.equal([
      `25 %: ${w("p", "left.a.test")}, ${w("q", "left.a.test")}; 37.5 %: ${w("p", "right.a.test")}; 12.5 %: ${w("q", "right.a.test")}`,
    ]);
  });

  it("says what a policy by place or latency chooses", () => {
    expect(
      linesOf(one("x", latency("us-east-1"), [a]), one("y", latency("eu-west-1"), [b])),
    ).to.deep.equal([`latency us-east-1: ${w("x")}; latency eu-west-1: ${w("y")}`]);
    expect(
      linesOf(
        one("x", from({ continent: "EU" }), [a]),
        one("y", from({ country: "*" }), [b]),
        one("z", from({ country: "US", subdivision: "CA" }), [c]),
      ),
    ).to.deep.equal([`from EU: ${w("x")}; elsewhere: ${w("y")}; from US-CA: ${w("z")}`]);
  });

  it("says it of the record that answers below a choice, and else of the one that takes over from it", () => {
    expect(
      linesOf(
        alias("x", weight(3), "left.a.test"),
        alias("y", weight(1), "right.a.test"),
        ...pairAt("left.a.test", a, b),
        ...pairAt("right.a.test", c, d),
      ),
    ).to.deep.equal([
      `75 %: ${w("primary", "left.a.test")}, else ${w("secondary", "left.a.test")}; 25 %: ${w("primary", "right.a.test")}, else ${w("secondary", "right.a.test")}`,
    ]);
  });

  it("says that several answer at once", () => {
    const multivalue = { multivalueAnswerRoutingPolicy: true };
    expect(linesOf(one("x", multivalue, [a]), one("y", multivalue, [b]))).to.deep.equal([
      `multivalue: ${w("x")}, ${w("y")}`,
    ]);
  });

  it("tells the page what the order means", () => {
    const [panel] = tiersFigure(rehearsed(...pairAt("www.a.test", a, b))).panels;
    expect(panel?.description).to.contain("in the order in which its places take over");
    const chosen = rehearsed(one("x", weight(1), [a]), one("y", weight(1), [b]));
    expect(tiersFigure(chosen).panels[0]?.description).to.contain(
      "in the order of its records, of which a routing policy chooses",
    );
  });
});
