import { expect } from "chai";
import fc from "fast-check";
import { Diagram } from "../../routing/diagram";
import type { DiagramNode } from "../../routing/diagram";
import { MinimalSets } from "../../routing/minimalSets";
import { probabilitiesIn } from "../../routing/probability";

const variablesMax = 6;

/** A function of up to six variables, given by its truth table, as a diagram. */
function diagramOf(table: readonly boolean[], variables: number): [Diagram, DiagramNode] {
  const diagram = new Diagram();
  const nodes = Array.from({ length: variables }, () => diagram.variable());
  const from = (level: number, row: number): DiagramNode => {
    if (level === variables) return diagram.constant(table[row] ?? false);
    return diagram.choose(
      nodes[level] as DiagramNode,
      () => from(level + 1, row | (1 << level)),
      () => from(level + 1, row),
    );
  };
  return [diagram, from(0, 0)];
}

const functions = fc
  .integer({ min: 0, max: variablesMax })
  .chain((variables) =>
    fc.tuple(
      fc.constant(variables),
      fc.array(fc.boolean(), { minLength: 2 ** variables, maxLength: 2 ** variables }),
    ),
  );

const membersOf = (row: number, variables: number): number[] =>
  Array.from({ length: variables }, (_, level) => level).filter((level) => (row >> level) & 1);

describe("minimal sets of a function", () => {
  it("are the sets that brute force finds, for any function", () => {
    fc.assert(
      fc.property(functions, ([variables, table]) => {
        const rows = table.flatMap((value, row) => (value ? [row] : []));
        const expected = rows
          .filter((row) => !rows.some((other) => other !== row && (other & row) === other))
          .map((row) => membersOf(row, variables));
        const [diagram, node] = diagramOf(table, variables);
        const found = new MinimalSets(diagram).smallest(node, Infinity);
        expect(found.map(String).sort()).to.deep.equal(expected.map(String).sort());
        const sizes = found.map((set) => set.length);
        expect(sizes).to.deep.equal([...sizes].sort((a, b) => a - b));
        expect(new MinimalSets(diagram).countBySize(node)).to.deep.equal(
          sizes.reduce<number[]>((counts, size) => {
            while (counts.length <= size) counts.push(0);
            counts[size] = (counts[size] ?? 0) + 1;
            return counts;
          }, []),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it("are listed up to a limit, the smallest first", () => {
    const diagram = new Diagram();
    const [a, b, c] = [diagram.variable(), diagram.variable(), diagram.variable()];
    const aAndB = diagram.and(a, () => b);
    const node = diagram.or(aAndB, () => c);
    expect(new MinimalSets(diagram).smallest(node, 1)).to.deep.equal([[2]]);
    expect(new MinimalSets(diagram).smallest(node, 2)).to.deep.equal([[2], [0, 1]]);
  });

  it("of 40 pairs are counted without being listed", () => {
    const diagram = new Diagram();
    const pairs = Array.from({ length: 40 }, () => {
      const [left, right] = [diagram.variable(), diagram.variable()];
      return diagram.or(left, () => right);
    });
    const node = diagram.every(pairs, (pair) => pair);
    expect(new MinimalSets(diagram).countBySize(node)[40]).to.equal(2 ** 40);
  });
});

describe("the probability of a function", () => {
  it("is the sum over all true rows, for any function", () => {
    fc.assert(
      fc.property(
        functions,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
          minLength: variablesMax,
          maxLength: variablesMax,
        }),
        ([variables, table], probabilities) => {
          const [diagram, node] = diagramOf(table, variables);
          const expected = table.reduce((sum, value, row) => {
            if (!value) return sum;
            return (
              sum +
              probabilities
                .slice(0, variables)
                .reduce((product, p, level) => product * ((row >> level) & 1 ? p : 1 - p), 1)
            );
          }, 0);
          const probabilityOf = probabilitiesIn(diagram, (level) => probabilities[level] ?? 0);
          expect(probabilityOf(node)).to.be.closeTo(expected, 1e-12);
        },
      ),
    );
  });
});
