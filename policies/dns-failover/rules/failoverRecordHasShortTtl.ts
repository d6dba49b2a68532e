import type { Finding } from "../../finding";
import { violation } from "../../finding";
import type { PropertyEdit } from "../../rule";
import { stackRule } from "../../rule";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { developerGuide } from "../route53";
import { treeRecords, unknownIn } from "../trees";

/** Properties that make a record a member of a group. */
const policies = [
  "failoverRoutingPolicies",
  "weightedRoutingPolicies",
  "multivalueAnswerRoutingPolicy",
];

export const failoverRecordHasShortTtl = stackRule({
  name: "failover-record-has-short-ttl",
  description: "The TTL of a record in a failover tree is at most a minute.",
  severity: "high",
  level: "advisory",
  why: "A resolver answers from its cache until the TTL has expired, whatever Route 53 decided. A long TTL is downtime that no health check can shorten.",
  source: "T1, T3; T = N · (I + P) + δ + TTL",
  remediationSteps: "Lower `ttl`. An alias has no TTL: lower the TTL of the record it points to.",
  url: developerGuide("best-practices-dns"),
  types: [types.record],
  config: {
    maxSeconds: {
      type: "integer",
      minimum: 0,
      maximum: 86_400,
      default: 60,
      looser: "more",
      description: "The longest TTL allowed, in seconds",
    },
  },
  find: (stack, { maxSeconds }) =>
    treeRecords(stack).flatMap((record): readonly Finding[] => {
      const { target } = record;
      if (target.kind !== "values") return [];
      const unknowns = unknownIn(stack, record, "ttl");
      if (unknowns.length > 0) return unknowns;
      if (target.ttlSeconds <= maxSeconds) return [];
      return [
        violation(offenderOf(record), "ttl", {
          must: `must be at most ${maxSeconds} s`,
          got: `${target.ttlSeconds} s`,
          so: `clients use a dead answer for up to ${target.ttlSeconds} s after Route 53 has dropped it`,
          remedy: `lower it to ${maxSeconds}`,
        }),
      ];
    }),
  remedy: {
    types: [types.record],
    edits: (record, { maxSeconds }): readonly PropertyEdit[] => {
      const isMember = policies.some((policy) => record.has(policy));
      if (!isMember || record.unknownAt("ttl")) return [];
      return record.number("ttl", 0) > maxSeconds ? [{ path: ["ttl"], value: maxSeconds }] : [];
    },
  },
});
