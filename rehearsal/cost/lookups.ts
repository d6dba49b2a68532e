import type { Asker } from "../../routing/asker";
import type { FaultState, StackModel } from "../../routing/graph/stackModel";
import type { Group } from "../../routing/model";
import { canonicalNameOf } from "../../routing/model";
import type { Answer } from "../../routing/resolve";

/**
 * The record types that a customer's device queries: addresses, and connection parameters (RFC
 * 9460).
 */
export const askedTypes = ["A", "AAAA", "HTTPS"] as const;

/** One question of resolvers, and the possible answers. */
export interface Lookup {
  /** The name that a customer's device looks up. */
  readonly hostname: string;
  /** The name in the question: the hostname, or the name in a CNAME on the way. */
  readonly asked: string;
  /** CNAME for the question that a CNAME answers, whatever type was asked for. */
  readonly type: string;
  /** Empty if the name has no record of this type. */
  readonly answers: readonly LookupAnswer[];
  /** The share of the resolvers whose question has no answer, from 0 to 1. */
  readonly unanswered: number;
}

/** One answer of a question. */
export interface LookupAnswer {
  readonly ttlSeconds: number;
  /** The share of the resolvers that keep it. */
  readonly probability: number;
  /**
   * Whether Route 53 does not charge for it: the name and type in the question match an alias, whose target is an AWS
   * resource other than another record (aws.amazon.com/route53/pricing).
   */
  readonly isFree: boolean;
  /** Whether the TTL is the record's own, so that a setting can change it. */
  readonly isOwnTtl: boolean;
}

/**
 * The questions that resolvers send for a hostname. A CNAME answers a question of any type; a resolver then asks for
 * the name in it, and keeps each for its own TTL (N5, T1).
 */
export function lookupsOf(
  { route53 }: StackModel,
  state: FaultState,
  hostname: string,
  asker: Asker | undefined,
): readonly Lookup[] {
  return askedTypes.flatMap((type) => ask(hostname, route53.group(hostname, type), type, 1));

  function ask(
    asked: string,
    group: Group | undefined,
    type: string,
    share: number,
  ): readonly Lookup[] {
    const about = { hostname, asked };
    if (group === undefined) return [{ ...about, type, answers: [], unanswered: share }];
    const { answers, unanswered } = state.resolveQuestion(group, asker);
    const isCname = group[0]?.type === "CNAME";
    const question = {
      ...about,
      type: isCname ? "CNAME" : type,
      answers: answers.map((answer) => lookupAnswer(answer, share)),
      unanswered: share * unanswered,
    };
    // A resolver keeps a CNAME for all types: it asks for it once.
    return [
      ...(isCname && type !== askedTypes[0] ? [] : [question]),
      ...answers.flatMap(({ record, probability }) => {
        const name = canonicalNameOf(record) ?? "";
        const next = route53.behindCname(record, type);
        return next || route53.isDeadEnd(record, type)
          ? ask(name, next, type, share * probability)
          : [];
      }),
    ];
  }
}

function lookupAnswer(
  { record: { target }, path, ttlSeconds, probability }: Answer,
  share: number,
): LookupAnswer {
  const isAlias = target.kind === "alias";
  return {
    ttlSeconds,
    probability: share * probability,
    isFree: isAlias && path.length === 1,
    isOwnTtl: !isAlias,
  };
}
