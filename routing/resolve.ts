import type { Asker } from "./asker";
import type { Step } from "./explain";
import { stepOf } from "./explain";
import { booleans } from "./logic";
import type { Group, Observations, RecordSet } from "./model";
import type { Route53 } from "./route53";
import type { Choice } from "./view";
import { valuesOf, View } from "./view";
import { walk } from "./walk";
import { weightOf } from "./weights";

/** One value that may be answered. */
export interface Answer {
  /** An address, or the DNS name of an AWS resource. */
  readonly value: string;
  /** How long a resolver may keep the value, in seconds. */
  readonly ttlSeconds: number;
  /** The CNAMEs on the way to it, each of which a resolver keeps for its own TTL (T1); absent: none. */
  readonly cnames?: readonly RecordSet[];
  /** The record that contains the value. */
  readonly record: RecordSet;
  /**
   * Share of the clients that use this value, from 0 to 1: of the values in an answer, a client
   * takes one, each equally often (C12, C23).
   */
  readonly probability: number;
  readonly path: readonly Step[];
  /** The name in the client's request (A15); absent: any that leads to the record. */
  readonly asked?: string;
}

export interface Resolution {
  readonly answers: readonly Answer[];
  /** Whether a group on the way had no healthy member, so that all counted as healthy (C3). */
  readonly lastResort: boolean;
  /** Share of the queries that get no answer, from 0 to 1 (N5, C19). */
  readonly unanswered: number;
}

/** The most records that answer a multivalue query (C12). */
export const multivalueRecordsMax = 8;

/** What Route 53 decides at one moment, and its answer. */
export class AnsweringView extends View<boolean> {
  constructor(route53: Route53, observations: Observations<boolean>) {
    super(route53, booleans, observations);
  }

  /**
   * Who answers a query, with every possible answer, its probability and the path to it.
   *
   * @throws InputError for a name or type that does not exist, and for records anywhere below the
   *   name that Route 53 would refuse or the model does not cover
   */
  resolve(name: string, type: string, asker?: Asker): Resolution {
    const { answers, ...how } = this.resolveFrom(this.route53.rootOf(name, type), type, asker);
    return { answers: answers.map((answer) => ({ ...answer, asked: name })), ...how };
  }

  /** The same for records that were found already. */
  resolveFrom(root: Group, type: string, asker: Asker = this.asker): Resolution {
    const view = this.askedFrom(asker);
    const { groups, leaves, pathTo } = walk(view, root, type);
    const shares = new Map<Group | RecordSet, number>([[groups[0] ?? [], 1]]);
    const groupOf = new Map<RecordSet, Group>();
    for (const group of groups) {
      for (const [record, share] of sharesOf(chosen(view, group))) {
        const to = this.route53.next(record, type) ?? record;
        shares.set(to, (shares.get(to) ?? 0) + (shares.get(group) ?? 0) * share);
        groupOf.set(record, group);
      }
    }
    const step = (record: RecordSet): Step => {
      const group = groupOf.get(record) ?? [];
      return stepOf(view, group, record, view.choicesOf(group).lastResort);
    };
    const lost = [
      ...leaves.filter((record) => this.route53.isDeadEnd(record, type)),
      ...groups.filter((group) => chosen(view, group).length === 0),
    ];
    const answers = leaves
      .filter((record) => !lost.includes(record))
      .flatMap((record) => {
        const path = [...pathTo(groupOf.get(record) ?? []), record];
        const cnames = path.filter((one) => this.route53.behindCname(one, type));
        const values = valuesOf(record);
        const answer = {
          record,
          ttlSeconds: this.ttlSecondsOf(record),
          ...(cnames.length > 0 ? { cnames } : {}),
          probability: (shares.get(record) ?? 0) / values.length,
          path: path.map(step),
        };
        return values.map((value) => ({ value, ...answer }));
      });
    return {
      answers: merge(answers),
      lastResort: groups.some((group) => view.choicesOf(group).lastResort),
      unanswered: lost.reduce((sum, end) => sum + (shares.get(end) ?? 0), 0),
    };
  }
}

function chosen(view: View<boolean>, group: Group): readonly RecordSet[] {
  const { members } = view.choicesOf(group);
  return members.filter(({ guard }: Choice<boolean>) => guard).map(({ record }) => record);
}

/** The share of the clients that use each answering record: C8, C9, C12. */
export function sharesOf(chosen: readonly RecordSet[]): readonly (readonly [RecordSet, number])[] {
  switch (chosen[0]?.policy.kind) {
    case "weighted": {
      const total = chosen.reduce((sum, record) => sum + weightOf(record), 0);
      return chosen.map((record) => [
        record,
        total > 0 ? weightOf(record) / total : 1 / chosen.length,
      ]);
    }
    case "multivalue":
      return chosen.map((record) => [record, 1 / chosen.length]);
    default:
      return chosen.map((record) => [record, 1]);
  }
}

/** Merges answers with the same value: adds their probabilities and takes the longest TTL. */
function merge(answers: readonly Answer[]): readonly Answer[] {
  const byValue = new Map<string, Answer>();
  for (const answer of answers) {
    const known = byValue.get(answer.value);
    byValue.set(
      answer.value,
      known
        ? {
            ...known,
            probability: known.probability + answer.probability,
            ttlSeconds: Math.max(known.ttlSeconds, answer.ttlSeconds),
          }
        : answer,
    );
  }
  return [...byValue.values()];
}
