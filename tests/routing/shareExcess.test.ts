import { expect } from "chai";
import { Diagram } from "../../routing/diagram";
import type { DiagramNode } from "../../routing/diagram";
import type { RecordSet } from "../../routing/model";
import { shareExcess } from "../../routing/shareExcess";
import { View } from "../../routing/view";
import { address, endpointCheck, route53Of, weight } from "./sample";

/** Weighted records whose checks were not read, before and after the first one returns. */
class Group {
  readonly diagram = new Diagram();
  private readonly records: readonly RecordSet[];
  private readonly statuses: readonly DiagramNode[];
  private readonly noticed: DiagramNode;

  constructor(private readonly weights: readonly number[]) {
    this.noticed = this.diagram.variable();
    this.statuses = weights.map(() => this.diagram.variable());
    this.records = weights.map((one, n) => address("a.test", `192.0.2.${n}`, weight(one), `c${n}`));
  }

  private view(isNoticed: DiagramNode): View<DiagramNode> {
    const checks = this.weights.map((_, n) => endpointCheck(`c${n}`));
    return new View(route53Of({ records: this.records, checks }), this.diagram, {
      passes: (id) => (id === "c0" ? isNoticed : (this.statuses[Number(id.slice(1))] ?? isNoticed)),
      targetGroups: () => undefined,
      unread: () => this.diagram.constant(true),
    });
  }

  /** When a larger share of the answers has each value than in the end. */
  excess(): readonly (DiagramNode | undefined)[] {
    const [now, inEnd] = [this.noticed, this.diagram.constant(true)].map((one) => this.view(one));
    if (!now || !inEnd) throw new Error("no views");
    return this.records.map(({ id }) =>
      shareExcess(now, inEnd, {
        name: "a.test",
        root: this.records,
        type: "A",
        counts: (leaf) => [this.diagram.constant(leaf.id === id)],
      }),
    );
  }

  /** The same by division, with everything that the nodes depend on given; the first variable is `noticed`. */
  isMore(value: number, given: (level: number) => boolean): boolean {
    const share = (isUp: (n: number) => boolean): number => {
      const up = this.weights.map((one, n) => (one > 0 && isUp(n) ? one : 0));
      const all = up.some((one) => one > 0) ? up : this.weights;
      return (all[value] ?? 0) / all.reduce((sum, one) => sum + one, 0);
    };
    const later = (n: number): boolean => n === 0 || given(n + 1);
    return share((n) => (n === 0 ? given(0) : given(n + 1))) > share(later);
  }
}

describe("a share that is larger than in the end", () => {
  it("is that of division, for every status", () => {
    const group = new Group([2, 1, 3, 1, 2]);
    group.excess().forEach((node, value) => {
      for (let bits = 0; bits < 2 ** 6; bits += 1) {
        const given = (level: number): boolean => (bits & (1 << level)) !== 0;
        const found = node !== undefined && group.diagram.evaluate(node, given);
        expect(found, `value ${value}, ${bits}`).to.equal(group.isMore(value, given));
      }
    });
  });

  it("takes the sums of all weights once, not for each value", () => {
    const group = new Group(Array.from({ length: 20 }, () => 1));
    expect(group.excess()).not.to.include(undefined);
    // Some 41,000; 380,000 if each value sums the weights of the others.
    expect(group.diagram.nodesCount).to.be.lessThan(60_000);
  });
});
