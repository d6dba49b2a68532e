import { Diagram } from "../diagram";
import type { DiagramNode } from "../diagram";
import type { Fault } from "./faults";
import type { Observed } from "./observed";
import type { StackModel } from "./stackModel";
import { unreadVariables } from "./unreadVariables";

/** At most two faults, each by its number; 0 stands for none. */
export type Pair = readonly [number, number];

/**
 * A stack under each set of at most two of some faults, as functions in one diagram. The functions
 * choose no fault each, as `EveryFault` does, but are given the numbers of two faults in binary. So
 * they stay small where only many faults together decide, and a function under a pair is found in
 * as many steps as the two numbers have digits.
 */
export class FaultPairs {
  readonly diagram = new Diagram();
  readonly observed: Observed<DiagramNode>;
  private readonly digitsCount: number;

  /** @param faults The possible faults; the number of the first is 1. */
  constructor(
    model: StackModel,
    private readonly faults: readonly Fault[],
  ) {
    const { diagram } = this;
    this.digitsCount = 32 - Math.clz32(faults.length);
    const [first, second] = [0, 1].map(() =>
      Array.from({ length: this.digitsCount }, () => diagram.variable()),
    ) as [DiagramNode[], DiagramNode[]];
    const numberOf = new Map(faults.map((fault, index) => [fault, index + 1]));
    this.observed = model.under(faults).under(diagram, unreadVariables(model, diagram), (fault) => {
      const number = numberOf.get(fault) ?? 0;
      return diagram.some([first, second], (digits) =>
        diagram.every(digits.keys(), (place) =>
          ((number >> place) & 1) === 1
            ? (digits[place] as DiagramNode)
            : diagram.not(digits[place] as DiagramNode),
        ),
      );
    });
  }

  /** Whether a function depends on something that was not read. */
  get asksUnread(): boolean {
    return this.diagram.levelsCount > 2 * this.digitsCount;
  }

  /** Whether a function that asks nothing unread is true under a pair of faults. */
  holds(node: DiagramNode, [first, second]: Pair): boolean {
    const digits = first | (second << this.digitsCount);
    return this.diagram.evaluate(node, (level) => ((digits >> level) & 1) === 1);
  }

  /** The numbers of the faults that change a function, alone or with another one. */
  decidersOf(node: DiagramNode): readonly number[] {
    const { diagram, digitsCount } = this;
    if (diagram.known(node) !== undefined) return [];
    const given = (number: number): DiagramNode =>
      diagram.below(node, digitsCount, (level) => ((number >> level) & 1) === 1);
    const without = given(0);
    return this.faults.flatMap((_, index) => (given(index + 1) === without ? [] : index + 1));
  }
}
