import type { Diagram, DiagramNode } from "./diagram";
import type { Held } from "./held";
import type { Group, RecordSet } from "./model";
import type { Signal } from "./signals";

/**
 * A value that a resolver may hold, and when it is bad. Both are functions of what had been noticed
 * when the resolver asked, and of what is unknown.
 */
export interface HeldValue extends Pick<
  Held<DiagramNode>,
  "leaf" | "guard" | "next" | "ttlSeconds"
> {
  /** When it is held and bad; for a CNAME: when it has more than its final share of the queries. */
  readonly when: DiagramNode;
}

/** What a resolver may hold for one question. */
export interface AskedRecords {
  readonly root: Group;
  readonly values: readonly HeldValue[];
}

/** What ends a bad answer: the expiry of a record. */
export interface LeftAnswer {
  readonly leaf: RecordSet;
  readonly ttlSeconds: number;
  /** From then on, no order of noticing gives the record, or it is good. */
  readonly moment: number;
}

/** When the last resolver has dropped a record that is given until a moment. */
export function endOf({ moment, ttlSeconds }: LeftAnswer): number {
  return moment + ttlSeconds;
}

/**
 * What resolvers hold of a name behind CNAMEs. They ask for each record again when its own TTL runs
 * out (T1), so what they hold for one question says nothing about the others: each is from a moment
 * of its own. An answer is over when some record on the way to it must have expired.
 */
export class Chain {
  /**
   * @param questions each before those that it leads to
   * @param possiblyOnce whether something is possible once some signals have been noticed, as a
   *   function of what is unknown
   */
  constructor(
    private readonly diagram: Diagram,
    private readonly questions: readonly AskedRecords[],
    private readonly possiblyOnce: (node: DiagramNode, noticed: readonly Signal[]) => DiagramNode,
  ) {}

  /** What ends each bad answer; undefined where one may last for ever. */
  left(signals: readonly Signal[]): readonly LeftAnswer[] | undefined {
    const values = this.questions.flatMap((question) => question.values);
    const ofCnames = values.filter(({ next }) => next).flatMap((one) => this.ends(one, signals));
    const badAt = new Map<number, readonly DiagramNode[]>();
    const isOver = (value: number, seconds: number): boolean => {
      const bad = badAt.get(seconds) ?? this.possiblyBad(heldAt(seconds, signals));
      badAt.set(seconds, bad);
      return bad[value] === this.diagram.constant(false);
    };
    const left: LeftAnswer[] = [];
    for (const [index, value] of values.entries()) {
      if (isOver(index, 0)) continue;
      const ends = [...(value.next ? [] : this.ends(value, signals)), ...ofCnames];
      const last = ends
        .sort((a, b) => endOf(a) - endOf(b))
        .find((one) => isOver(index, endOf(one)));
      if (!last) return undefined;
      left.push(last);
    }
    return left;
  }

  /**
   * For each value of each question, whether some resolver may answer with it, and it is bad, as a
   * function of what is unknown.
   *
   * @param noticedFor what must have been noticed when a resolver asked for a record with a TTL that
   *   it still holds
   */
  possiblyBad(noticedFor: (ttlSeconds: number) => readonly Signal[]): readonly DiagramNode[] {
    const { diagram } = this;
    const no = diagram.constant(false);
    /** Whether a resolver may come to a question, and through a CNAME that is bad. */
    const reached = new Map([[this.questions[0]?.root, { at: diagram.constant(true), badly: no }]]);
    return this.questions.flatMap(({ root, values }) => {
      const { at, badly } = reached.get(root) ?? { at: no, badly: no };
      return values.map(({ guard, when, next, ttlSeconds }) => {
        const noticed = noticedFor(ttlSeconds);
        const isHeld = (): DiagramNode => this.possiblyOnce(guard, noticed);
        const isBad = diagram.or(
          diagram.and(at, () => this.possiblyOnce(when, noticed)),
          () => diagram.and(badly, isHeld),
        );
        if (!next) return isBad;
        const before = reached.get(next) ?? { at: no, badly: no };
        reached.set(next, {
          at: diagram.or(before.at, () => diagram.and(at, isHeld)),
          badly: diagram.or(before.badly, () => isBad),
        });
        return no;
      });
    });
  }

  /** The moments that end that a value is given, or that it is bad. */
  private ends(
    { leaf, ttlSeconds, guard, when }: HeldValue,
    signals: readonly Signal[],
  ): readonly LeftAnswer[] {
    const moments = [
      ...new Set(signals.flatMap(({ seconds = 0 }) => (seconds > 0 ? seconds : []))),
    ];
    return moments
      .filter((moment) => {
        const [before, after] = [
          signals.filter(({ seconds = Infinity }) => seconds < moment),
          signals.filter(({ seconds = Infinity }) => seconds <= moment),
        ] as const;
        return [guard, when].some(
          (node) => this.possiblyOnce(node, before) !== this.possiblyOnce(node, after),
        );
      })
      .map((moment) => ({ leaf, ttlSeconds, moment }));
  }
}

/** What must have been noticed when a resolver asked for what it holds so long after the change. */
function heldAt(
  afterSeconds: number,
  signals: readonly Signal[],
): (ttlSeconds: number) => readonly Signal[] {
  return (ttlSeconds) =>
    signals.filter(
      ({ seconds = Infinity }) => seconds <= 0 || seconds + ttlSeconds <= afterSeconds,
    );
}
