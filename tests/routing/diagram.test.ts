import { expect } from "chai";
import { Diagram } from "../../routing/diagram";
import type { DiagramNode } from "../../routing/diagram";
import { booleans } from "../../routing/logic";
import type { Logic } from "../../routing/logic";
import { Draws } from "./random/draws";

/** A random expression over the variables, the same in every logic. */
function drawn<B>(logic: Logic<B>, variables: readonly B[], draws: Draws, depth: number): B {
  if (depth === 0) return draws.of(variables);
  const next = (): B => drawn(logic, variables, draws, depth - 1);
  const [a, b, c] = [next(), next(), next()];
  switch (draws.below(6)) {
    case 0:
      return logic.not(a);
    case 1:
      return logic.and(a, () => b);
    case 2:
      return logic.or(a, () => b);
    case 3:
      return logic.choose(
        a,
        () => b,
        () => c,
      );
    case 4:
      return logic.atLeast(draws.below(5), [a, b, c]);
    default:
      return logic.some([a, logic.every([b, c], (one) => one)], (one) => one);
  }
}

describe("a diagram", () => {
  const variablesCount = 6;

  it("has the same value as the booleans for every assignment, and one node for each function", () => {
    const diagram = new Diagram();
    const variables = Array.from({ length: variablesCount }, () => diagram.variable());
    const byMeaning = new Map<string, DiagramNode>();
    for (let seed = 1; seed <= 300; seed += 1) {
      const node = drawn(diagram, variables, new Draws(seed), 3);
      let meaning = "";
      for (let bits = 0; bits < 2 ** variablesCount; bits += 1) {
        const at = (level: number): boolean => ((bits >> level) & 1) === 1;
        const values = variables.map((_, level) => at(level));
        const expected = drawn(booleans, values, new Draws(seed), 3);
        expect(diagram.evaluate(node, at), `seed ${seed}, ${bits}`).to.equal(expected);
        meaning += expected ? "1" : "0";
      }
      expect(byMeaning.get(meaning) ?? node, `seed ${seed}`).to.equal(node);
      byMeaning.set(meaning, node);
    }
    expect(byMeaning.size).to.be.greaterThan(100);
  });

  it("knows the variables that a node depends on, and what remains when some are set", () => {
    const diagram = new Diagram();
    const [a, b, c] = [diagram.variable(), diagram.variable(), diagram.variable()];
    const node = diagram.or(
      diagram.and(a, () => b),
      () => diagram.and(diagram.not(a), () => c),
    );
    expect(diagram.support([node])).to.deep.equal([0, 1, 2]);
    expect(diagram.support([diagram.or(b, () => diagram.not(b))])).to.deep.equal([]);
    expect(diagram.restrict(node, (level) => (level === 0 ? true : undefined))).to.equal(b);
    expect(diagram.restrict(node, (level) => (level === 0 ? false : undefined))).to.equal(c);
    expect(diagram.known(diagram.restrict(node, () => true))).to.equal(true);
  });

  it("fails with a one-line remedy when it has too many nodes or variables", () => {
    const small = new Diagram(10);
    const make = (): void => {
      const variables = Array.from({ length: 8 }, () => small.variable());
      small.atLeast(4, variables);
    };
    expect(make).to.throw(
      /^the diagram has too many nodes, got more than 10; ask with fewer faults, or for a smaller part$/,
    );
    const wide = new Diagram();
    expect(() => Array.from({ length: 4_001 }, () => wide.variable())).to.throw(
      /^the diagram has too many variables, got more than 4000; /,
    );
  });

  it("joins the maximum number of variables without a stack overflow", () => {
    const diagram = new Diagram();
    const variables = Array.from({ length: 4_000 }, () => diagram.variable());
    const all = diagram.every(variables, (one) => one);
    expect(diagram.support([all])).to.have.length(4_000);
    const none = diagram.not(diagram.some(variables, (one) => one));
    expect(diagram.known(diagram.and(all, () => none))).to.equal(false);
  });
});
