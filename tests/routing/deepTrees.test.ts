import { expect } from "chai";
import { Diagram } from "../../routing/diagram";
import { fractionOf } from "../../routing/fraction";
import { guardsOf } from "../../routing/guards";
import type { HealthCheck, RecordSet } from "../../routing/model";
import { shareExceeds } from "../../routing/shares";
import { View } from "../../routing/view";
import {
  address,
  alias,
  endpointCheck,
  primary,
  route53Of,
  secondary,
  viewOf,
  weight,
} from "./sample";

const chainLength = 2_000;
const diamondLevels = 30;

const named = (index: number): string => `n${index}.test`;

/** A chain of aliases, each a primary with an address as secondary, with a pair at its end. */
const chain: readonly RecordSet[] = [
  ...Array.from({ length: chainLength }, (_, index) => [
    alias(named(index), named(index + 1), primary),
    address(named(index), `last-${index}`, secondary),
  ]).flat(),
  address(named(chainLength), "end", primary, "end"),
  address(named(chainLength), "other", secondary, "other"),
];
const chainChecks: readonly HealthCheck[] = [endpointCheck("end"), endpointCheck("other")];

/** Each level leads to the next by two paths, which makes 2³⁰ paths in all. */
const diamond: readonly RecordSet[] = [
  ...Array.from({ length: diamondLevels }, (_, index) =>
    ["a", "b"].map((side) => ({
      ...alias(named(index), named(index + 1), weight(1)),
      id: `${index}${side}`,
      setIdentifier: side,
    })),
  ).flat(),
  address(named(diamondLevels), "left", primary, "end"),
  address(named(diamondLevels), "right", secondary),
];

describe("a chain of 2,000 aliases", () => {
  it("is answered from its end, and from its last link when the end is dead", () => {
    const at = (...dead: readonly string[]): unknown => {
      const seen = Object.fromEntries(dead.map((id) => [id, "unhealthy" as const]));
      const { answers } = viewOf({ records: chain, checks: chainChecks, seen }).resolve(
        named(0),
        "A",
      );
      return answers.map(({ value, path }) => [value, path.length]);
    };
    expect(at()).to.deep.equal([["end", chainLength + 1]]);
    expect(at("end")).to.deep.equal([["other", chainLength + 1]]);
    expect(at("end", "other")).to.deep.equal([[`last-${chainLength - 1}`, chainLength]]);
  });

  it("has guards and a living share as functions of all faults", () => {
    const diagram = new Diagram();
    const [end, other] = [diagram.variable(), diagram.variable()];
    const view = new View(route53Of({ records: chain, checks: chainChecks }), diagram, {
      passes: (id) => (id === "end" ? end : other),
      targetGroups: () => undefined,
      unread: () => diagram.constant(true),
    });
    const { answers } = guardsOf(view, named(0), "A");
    expect(answers.map(({ leaf }) => leaf.setIdentifier)).to.deep.equal([
      "end",
      "other",
      `last-${chainLength - 1}`,
    ]);
    expect(answers[0]?.guard).to.equal(end);
    const counts = (leaf: RecordSet): readonly number[] => [
      diagram.constant(leaf.setIdentifier === "end"),
    ];
    const living = shareExceeds(view, { name: named(0), type: "A", counts }, fractionOf(0.18));
    expect(living).to.equal(end);
  });
});

describe("a diamond of 30 levels", () => {
  it("is answered once for each value, whatever the number of paths", () => {
    const { answers } = viewOf({ records: diamond, checks: chainChecks }).resolve(named(0), "A");
    expect(answers.map(({ value, probability }) => [value, probability])).to.deep.equal([
      ["left", 1],
    ]);
  });

  it("has one guard for each value", () => {
    const diagram = new Diagram();
    const end = diagram.variable();
    const view = new View(route53Of({ records: diamond, checks: chainChecks }), diagram, {
      passes: () => end,
      targetGroups: () => undefined,
      unread: () => diagram.constant(true),
    });
    const { answers } = guardsOf(view, named(0), "A");
    expect(answers.map(({ guard }) => guard)).to.deep.equal([end, diagram.not(end)]);
  });

  it("that leads back to an upper level is refused, and the message shows the circle", () => {
    const round = [...diamond, alias(named(diamondLevels + 1), named(0), primary)];
    const back = round.map((record) =>
      record.id === "29b" && record.target.kind === "alias"
        ? {
            ...record,
            target: {
              ...record.target,
              target: { kind: "record" as const, zoneId: "zone", name: named(28) },
            },
          }
        : record,
    );
    expect(() => viewOf({ records: back, checks: chainChecks }).resolve(named(0), "A")).to.throw(
      "n29.test→n30.test: its alias points back to itself, got n28.test → n29.test → n28.test; point it to a record below its own",
    );
  });
});
