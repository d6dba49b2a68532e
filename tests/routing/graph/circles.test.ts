import { expect } from "chai";
import { componentsOf } from "../../../routing/graph/circles";
import type { Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { record, resource, urnOf, zone } from "./stack";

const checkType = "aws:route53/healthCheck:HealthCheck";

/** A name whose records have checks; the check with the name's letter watches another name. */
function watching(
  letter: string,
  watched: string,
  ...more: readonly string[]
): readonly Resource[] {
  const checks = [letter, ...more];
  return [
    ...checks.map((id) =>
      record(`record-${letter}-${id}`, {
        name: `${letter}.a.test`,
        setIdentifier: id,
        weightedRoutingPolicies: [{ weight: 1 }],
        records: [`192.0.2.${id.charCodeAt(0)}`],
        healthCheckId: `check-${id}`,
      }),
    ),
    resource(checkType, `check-${letter}`, { type: "HTTP", fqdn: `${watched}.a.test` }),
  ];
}

/** The checks that are treated as unknown when they are evaluated in this order. */
function cutIn(resources: readonly Resource[], order: readonly string[]): readonly string[] {
  const { circles, route53 } = new StackModel([zone, ...resources]);
  return order
    .filter((letter) => {
      const check = route53.checks.get(urnOf(checkType, `check-${letter}`));
      return check?.kind === "endpoint" && circles.cuts(check);
    })
    .sort();
}

describe("checks by name that watch one another", () => {
  const everyOrder = (letters: readonly string[]): readonly (readonly string[])[] =>
    letters.length < 2
      ? [letters]
      : letters.flatMap((first) =>
          everyOrder(letters.filter((one) => one !== first)).map((rest) => [first, ...rest]),
        );

  const cases: readonly (readonly [string, readonly Resource[], readonly string[]])[] = [
    [
      "in a chain: none",
      [
        ...watching("a", "b"),
        ...watching("b", "c"),
        record("c", { name: "c.a.test", records: ["192.0.2.9"] }),
      ],
      [],
    ],
    ["in a circle of one: that one", watching("a", "a"), ["a"]],
    [
      "in a circle of three: one",
      ["ab", "bc", "ca"].flatMap(([x = "", y = ""]) => watching(x, y)),
      ["a"],
    ],
    [
      "behind a circle: only the circle's",
      [...watching("a", "b"), ...watching("b", "c"), ...watching("c", "b")],
      ["b"],
    ],
    [
      "in two circles with one name in common: one of each circle",
      // The name b has the checks b and c: a and b watch each other, and c watches b.
      [...watching("a", "b"), ...watching("b", "a", "c"), ...watching("c", "b").slice(-1)],
      ["a", "c"],
    ],
  ];
  for (const [title, resources, cut] of cases) {
    it(`are unknown ${title}, whichever is evaluated first`, () => {
      const letters = ["a", "b", "c"].filter((letter) =>
        resources.some(({ name }) => name === `check-${letter}`),
      );
      for (const order of everyOrder(letters)) {
        expect(cutIn(resources, order), order.join()).to.deep.equal(cut);
      }
    });
  }

  it("give one unknown for a circle", () => {
    const model = new StackModel([zone, ...watching("a", "b"), ...watching("b", "a")]);
    for (const name of ["a.a.test", "b.a.test"]) {
      const unread = model.under([]).unreadBy(name, "A");
      expect(unread.map(({ name: check }) => check)).to.deep.equal(["check-a"]);
    }
  });
});

describe("strongly connected components", () => {
  it("come after the components that they lead to", () => {
    const next: Readonly<Record<string, readonly string[]>> = {
      a: ["b"],
      b: ["c", "d"],
      c: ["b"],
      d: ["e"],
      e: ["e"],
    };
    const components = componentsOf(["a"], (id) => next[id] ?? []);
    expect(components.map((one) => [...one].sort())).to.deep.equal([
      ["e"],
      ["d"],
      ["b", "c"],
      ["a"],
    ]);
  });
});
