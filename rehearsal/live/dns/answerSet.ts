import { encode } from "dns-packet";
import type { Answer } from "dns-packet";
import type { Group, RecordSet } from "../../../routing/model";
import { multivalueRecordsMax, sharesOf } from "../../../routing/resolve";
import { valuesOf } from "../../../routing/view";
import type { View } from "../../../routing/view";
import { walk } from "../../../routing/walk";
import type { Draws } from "../../simulation/random";
import { dnsRecordOf, UnusableValue } from "./recordData";
import { headerBytes } from "./wire";

/** The address that stands for a declared address or an AWS name; undefined for its own. */
export type AddressOf = (value: string, type: string) => string | undefined;

/** What one query may get. */
interface Alternative {
  /** Share of the queries with this alternative or one before it, from 0 to 1. */
  readonly cumulativeShare: number;
  /** Encoded records that are answered together; their owner is the name in the question. */
  readonly sets: readonly (readonly Buffer[])[];
  /** How many of the sets an answer has. */
  readonly count: number;
  /** Whether two of the sets have the same record. */
  readonly hasRepeats: boolean;
}

/** Every answer that a group can give to one asker, encoded. */
export class AnswerSet {
  private constructor(private readonly alternatives: readonly Alternative[]) {}

  /**
   * @param type the type of the records; for a CNAME, the CNAME itself: a resolver asks again for
   *   the name in it (DG resource-record-sets-choosing-alias-non-alias, "DNS queries")
   * @throws InputError as `walk` does
   * @throws UnusableValue as `dnsRecordOf` does
   */
  static of(view: View<boolean>, root: Group, type: string, addressOf: AddressOf): AnswerSet {
    let cumulativeShare = 0;
    const alternatives = endsOf(view, root, type).map(({ share, records, isMultivalue }) => {
      const each = records.map((record) => encodedRecords(view, record, type, addressOf));
      const sets = isMultivalue ? each : each.flat().map((one) => [one]);
      cumulativeShare += share;
      return {
        cumulativeShare,
        sets,
        count: isMultivalue ? Math.min(multivalueRecordsMax, sets.length) : sets.length,
        hasRepeats: withoutRepeats(sets.flat()).length < sets.flat().length,
      };
    });
    return new AnswerSet(alternatives);
  }

  /** Records that are given to every query. */
  static fixed(records: readonly Buffer[]): AnswerSet {
    return new AnswerSet([{ cumulativeShare: 1, sets: [records], count: 1, hasRepeats: false }]);
  }

  /** The records for one query, in any order, as Route 53 orders them (DG routing-policy-simple). */
  draw(draws: Draws): readonly Buffer[] {
    const { alternatives } = this;
    const [only] = alternatives;
    let chosen = only;
    if (alternatives.length > 1) {
      const share = draws.share() * (alternatives.at(-1)?.cumulativeShare ?? 1);
      chosen = alternatives.find(({ cumulativeShare }) => share < cumulativeShare);
    }
    if (!chosen) return [];
    const { sets, count, hasRepeats } = chosen;
    const [first = []] = sets;
    if (sets.length < 2) return first;
    const drawn = someOf(sets, count, draws).flat();
    return hasRepeats ? withoutRepeats(drawn) : drawn;
  }
}

/** Some of the items, each equally often, in any order (Fisher and Yates). */
function someOf<T>(items: readonly T[], count: number, draws: Draws): readonly T[] {
  const left = [...items];
  for (let index = 0; index < count; index += 1) {
    const other = index + draws.below(left.length - index);
    [left[index], left[other]] = [left[other] as T, left[index] as T];
  }
  return left.slice(0, count);
}

/** A record set has no record twice (RFC 2181, section 5). */
function withoutRepeats(records: readonly Buffer[]): readonly Buffer[] {
  return [...new Map(records.map((record) => [record.toString("latin1"), record])).values()];
}

/** Records that answer together, and the share of queries that they answer. */
interface End {
  readonly share: number;
  readonly records: readonly RecordSet[];
  readonly isMultivalue: boolean;
}

/** Where the queries for a group end: each leaf, and each multivalue group, with its share. */
function endsOf(view: View<boolean>, root: Group, type: string): readonly End[] {
  const { groups } = walk(view, root, type);
  const shares = new Map<Group, number>([[root, 1]]);
  const ends: End[] = [];
  for (const group of groups) {
    const share = shares.get(group) ?? 0;
    const chosen = view
      .choicesOf(group)
      .members.filter(({ guard }) => guard)
      .map(({ record }) => record);
    const isMultivalue = chosen[0]?.policy.kind === "multivalue";
    // Without a member for the asker's place, there is no answer (C19).
    if (isMultivalue || chosen.length === 0) {
      ends.push({ share, records: chosen, isMultivalue });
      continue;
    }
    for (const [record, part] of sharesOf(chosen)) {
      const next = view.route53.next(record, type);
      if (next) shares.set(next, (shares.get(next) ?? 0) + share * part);
      else if (part > 0) ends.push({ share: share * part, records: [record], isMultivalue });
    }
  }
  return ends;
}

function encodedRecords(
  view: View<boolean>,
  record: RecordSet,
  type: string,
  addressOf: AddressOf,
): readonly Buffer[] {
  const ttlSeconds = view.ttlSecondsOf(record);
  const isAddress = type === "A" || type === "AAAA";
  return valuesOf(record).map((value) =>
    encodedRecord(type, ttlSeconds, isAddress ? (addressOf(value, type) ?? value) : value),
  );
}

/** A pointer to the name in the question: it keeps the case of its letters, and is short. */
const questionsName = Buffer.from([0xc0, headerBytes]);

/** A record whose owner is the name in the question. */
export function encodedRecord(type: string, ttlSeconds: number, value: string): Buffer {
  const root = 1;
  const [record] = encodedAnswers([dnsRecordOf(".", type, ttlSeconds, value)]);
  return Buffer.concat([questionsName, (record ?? Buffer.alloc(root)).subarray(root)]);
}

/** Each record encoded by itself. */
export function encodedAnswers(answers: readonly Answer[]): readonly Buffer[] {
  return answers.map((answer) => {
    try {
      return Buffer.from(encode({ type: "response", answers: [answer] }).subarray(headerBytes));
    } catch (error) {
      throw new UnusableValue(`${answer.type} of ${answer.name}: ${(error as Error).message}`);
    }
  });
}
