import { defaultAssumptions } from "../../../routing/assumptions";
import { failureModes } from "../../../routing/checker";
import type {
  EndpointHealthCheck,
  EndpointCheckType,
  HealthCheck,
  RecordSet,
  RoutingPolicy,
} from "../../../routing/model";
import {
  address,
  alarmCheck,
  alias,
  calculatedCheck,
  endpointCheck,
  primary,
  secondary,
  weight,
} from "../sample";
import type { Death, Scenario } from "./scenario";

const propagationMs = defaultAssumptions.propagationSeconds * 1_000;

const simple: RoutingPolicy = { kind: "simple" };

const withTtl = (record: RecordSet, ttlSeconds: number): RecordSet =>
  record.target.kind === "values"
    ? { ...record, target: { ...record.target, ttlSeconds } }
    : record;

/** A pair of addresses; the first dies or recovers. */
function pairScenario(
  type: EndpointCheckType,
  intervalSeconds: number,
  failureThreshold: number,
  happens: Death | "returns",
): Scenario {
  const check = endpointCheck("p", { type, intervalSeconds, failureThreshold });
  return {
    name: `a pair, ${type} ${intervalSeconds} s × ${failureThreshold}, ${happens}`,
    records: [address("top.test", "p", primary, "p"), address("top.test", "s", secondary)],
    checks: [check],
    affected: ["p"],
    happens,
    bad: (value) => value === (happens === "returns" ? "s" : "p"),
    propagationMs,
  };
}

/** Two regions of two addresses; the first dies or recovers. Its check needs either address. */
function regionsScenario(happens: Death | "returns", ttlSeconds: number): Scenario {
  const records = [
    alias("top.test", "west.test", primary, { checkId: "west-any" }),
    alias("top.test", "east.test", secondary),
    ...["west", "east"].flatMap((region) => [
      withTtl(address(`${region}.test`, `${region}-a`, primary, `${region}-a`), 10),
      withTtl(address(`${region}.test`, `${region}-b`, secondary, `${region}-b`), ttlSeconds),
    ]),
  ];
  const isBad = (value: string): boolean =>
    happens === "returns" ? value !== "west-a" : value.startsWith("west");
  return {
    name: `two regions, TTL ${ttlSeconds}, ${happens}`,
    records,
    checks: [
      ...["west-a", "west-b", "east-a", "east-b"].map((id) => endpointCheck(id)),
      calculatedCheck("west-any", ["west-a", "west-b"], 1),
    ],
    affected: ["west-a", "west-b"],
    happens,
    bad: isBad,
    propagationMs,
  };
}

/**
 * A weighted group of many checked members, left early for a pair whose primary is dead too: with so
 * many checks, no enumeration of combinations reaches the one that matters.
 */
export function manyChecksScenario(count: number): Scenario {
  const ids = Array.from({ length: count }, (_, index) => `w${index}`);
  const checks: readonly HealthCheck[] = [
    endpointCheck("x", { type: "HTTP", intervalSeconds: 10, failureThreshold: 1 }),
    endpointCheck("t", { type: "HTTP", intervalSeconds: 30, failureThreshold: 5 }),
    ...ids.map((id) =>
      endpointCheck(id, { type: "HTTP", intervalSeconds: 30, failureThreshold: 10 }),
    ),
  ];
  return {
    name: `${count} checks next to the two that matter`,
    records: [
      alias("top.test", "weighted.test", primary, { evaluates: false, checkId: "x" }),
      alias("top.test", "pair.test", secondary),
      ...ids.map((id) => withTtl(address("weighted.test", id, weight(1), id), 10)),
      withTtl(address("pair.test", "dead", primary, "t"), 10),
      withTtl(address("pair.test", "last", secondary), 10),
    ],
    checks,
    affected: ["x", "t", ...ids],
    happens: "refused",
    bad: (value) => value === "dead",
    propagationMs,
  };
}

/** A balancer over a last address: its targets die or recover. */
function balancerScenario(
  happens: Death | "returns",
  targetsCount: number,
  minimumHealthy: number,
): Scenario {
  const target = { kind: "balancer", dnsName: "web.test", id: "web" } as const;
  return {
    name: `a balancer that needs ${minimumHealthy} of ${targetsCount} targets, ${happens}`,
    records: [alias("top.test", target, primary), address("top.test", "last", secondary)],
    checks: [],
    affected: ["web"],
    balancers: [
      {
        id: "web",
        targetsCount,
        minimumHealthy,
        intervalSeconds: 10,
        timeoutSeconds: 5,
        healthyThreshold: 5,
        unhealthyThreshold: 2,
      },
    ],
    happens,
    bad: (value) => value === (happens === "returns" ? "last" : "web.test"),
    propagationMs,
  };
}

/** A pair whose primary is checked by an alarm. */
function alarmScenario(happens: Death | "returns", evaluationPeriods: number): Scenario {
  return {
    name: `a check of an alarm over ${evaluationPeriods} periods, ${happens}`,
    records: [address("top.test", "p", primary, "p"), address("top.test", "s", secondary)],
    checks: [alarmCheck("p", "LastKnownStatus", { periodSeconds: 60, evaluationPeriods })],
    affected: ["p"],
    happens,
    bad: (value) => value === (happens === "returns" ? "s" : "p"),
    propagationMs,
  };
}

/** A region behind a check by name, which alone decides: the alias does not evaluate its target. */
function watchedScenario(
  title: string,
  check: Partial<EndpointHealthCheck>,
  more: Pick<Scenario, "affected" | "happens" | "bad"> &
    Partial<Scenario> & { readonly was: boolean; readonly is: boolean },
): Scenario {
  const { was, is, ...rest } = more;
  return {
    name: `a check by name, ${title}, ${more.happens}`,
    records: [
      alias("top.test", "west.test", primary, { evaluates: false, checkId: "deep" }),
      address("top.test", "last", secondary),
      address("west.test", "west-a", primary, "west-a"),
      address("west.test", "west-b", secondary, "west-b"),
    ],
    checks: [
      endpointCheck("west-a"),
      endpointCheck("west-b"),
      endpointCheck("deep", { byAddress: false, fullyQualifiedDomainName: "west.test", ...check }),
    ],
    watching: [{ id: "deep", name: "west.test", was, is }],
    propagationMs,
    ...rest,
  };
}

const slow = { intervalSeconds: 30, failureThreshold: 3 };
const isWest = (value: string): boolean => value.startsWith("west");

const watchedScenarios: readonly Scenario[] = [
  ...(["hangsInBody", "drains"] as const).map((happens) =>
    watchedScenario("of a region that is lost", slow, {
      affected: ["west-a", "west-b"],
      happens,
      bad: isWest,
      was: true,
      is: false,
    }),
  ),
  watchedScenario("of a region that is back", slow, {
    affected: ["west-a", "west-b"],
    happens: "returns",
    bad: (value) => value === "last",
    was: false,
    is: true,
  }),
  watchedScenario("of a name that has to come back to its second address first", slow, {
    affected: ["west-b"],
    dead: ["west-a"],
    happens: "returns",
    bad: (value) => value === "last",
    was: false,
    is: true,
  }),
  // The name leaves a living address, because its check watches another endpoint, for a dead one.
  watchedScenario("of a name that goes over to what is dead", slow, {
    records: [
      alias("top.test", "west.test", primary, { evaluates: false, checkId: "deep" }),
      address("top.test", "last", secondary),
      address("west.test", "west-c", primary, "west-a"),
      address("west.test", "west-b", secondary),
    ],
    affected: ["west-a"],
    dead: ["west-b"],
    happens: "hangsInBody",
    bad: (value) => value === "west-b",
    was: true,
    is: false,
  }),
  watchedScenario(
    "misled until its name has failed over",
    { failureThreshold: 1 },
    {
      affected: ["west-a"],
      happens: "hangsInBody",
      bad: (value) => value !== "west-b",
      was: true,
      is: true,
    },
  ),
  watchedScenario("that probes too rarely to be misled before its name has failed over", slow, {
    affected: ["west-a"],
    happens: "hangsInBody",
    bad: (value) => value !== "west-b",
    was: true,
    is: true,
  }),
];

/** A CNAME with a TTL. */
function cname(
  name: string,
  to: string,
  ttlSeconds: number,
  policy: RoutingPolicy,
  checkId?: string,
): RecordSet {
  return withTtl(address(name, to, policy, checkId, { type: "CNAME" }), ttlSeconds);
}

/** A CNAME scenario: two levels, each of which may fail over by itself. */
function cnameScenario(
  title: string,
  records: readonly RecordSet[],
  more: Partial<Scenario> & Pick<Scenario, "affected" | "bad">,
): Scenario {
  const slowest = { intervalSeconds: 30, failureThreshold: 3 };
  return {
    name: `CNAMEs, ${title}`,
    records,
    checks: [endpointCheck("fast"), endpointCheck("slow", slowest)],
    happens: "hangsInBody",
    propagationMs,
    ...more,
  };
}

const a = (
  name: string,
  value: string,
  ttlSeconds: number,
  policy: RoutingPolicy = simple,
  checkId?: string,
): RecordSet => withTtl(address(name, value, policy, checkId), ttlSeconds);

/** Both a CNAME and the addresses behind it fail over, by a check each. */
const twoLevels = (cnameTtl: number, ttl: number, above: string, below: string): RecordSet[] => [
  cname("top.test", "west.test", cnameTtl, primary, above),
  cname("top.test", "east.test", cnameTtl, secondary),
  a("west.test", "west-a", ttl, primary, below),
  a("west.test", "west-b", ttl, secondary),
  a("east.test", "east", ttl),
];

const cnameScenarios: readonly Scenario[] = [
  cnameScenario(
    "a pair of them to addresses that are kept for long",
    [
      cname("top.test", "west.test", 10, primary, "fast"),
      cname("top.test", "east.test", 10, secondary),
      a("west.test", "west", 86_400),
      a("east.test", "east", 86_400),
    ],
    { affected: ["fast"], bad: (value) => value === "west" },
  ),
  cnameScenario(
    "one that is kept for long to a pair",
    [
      cname("top.test", "west.test", 3600, simple),
      a("west.test", "west-a", 10, primary, "fast"),
      a("west.test", "west-b", 10, secondary),
    ],
    { affected: ["fast"], bad: (value) => value === "west-a" },
  ),
  ...(["hangsInBody", "returns"] as const).map((happens) =>
    cnameScenario(
      `three in a row, each by itself, ${happens}`,
      [
        cname("top.test", "one.test", 300, simple),
        cname("one.test", "two.test", 60, primary, "slow"),
        cname("one.test", "spare.test", 60, secondary),
        cname("two.test", "west.test", 120, primary, "fast"),
        cname("two.test", "east.test", 120, secondary),
        a("west.test", "west", 5),
        a("east.test", "east", 5),
        a("spare.test", "spare", 5),
      ],
      {
        affected: ["fast", "slow"],
        happens,
        bad: (value) => (happens === "returns" ? value !== "west" : value !== "spare"),
      },
    ),
  ),
  // A resolver that still holds the CNAME may ask again for the address behind it, and get the other dead one.
  cnameScenario("one check for both, and both addresses die", twoLevels(300, 20, "fast", "fast"), {
    affected: ["fast"],
    bad: (value) => value !== "east",
  }),
  cnameScenario("the address is noticed later than the CNAME", twoLevels(60, 60, "fast", "slow"), {
    affected: ["fast", "slow"],
    bad: (value) => value === "west-a",
  }),
  cnameScenario("the CNAME is noticed later", twoLevels(60, 60, "slow", "fast"), {
    affected: ["fast", "slow"],
    bad: (value) => value !== "east",
  }),
  cnameScenario(
    "to an alias that fails over",
    [
      cname("top.test", "live.test", 30, simple),
      alias("live.test", "west.test", primary),
      alias("live.test", "east.test", secondary),
      a("west.test", "west-a", 300, primary, "fast"),
      a("west.test", "west-b", 10, secondary, "slow"),
      a("east.test", "east", 60),
    ],
    { affected: ["fast", "slow"], bad: (value) => value !== "east" },
  ),
];

export const scenarios: readonly Scenario[] = [
  ...cnameScenarios,
  ...failureModes.map((death) => pairScenario("HTTPS_STR_MATCH", 10, 2, death)),
  ...(["HTTP", "HTTP_STR_MATCH", "TCP"] as const).flatMap((type) => [
    pairScenario(type, 30, 3, "drains"),
    pairScenario(type, 10, 2, "returns"),
  ]),
  pairScenario("HTTP", 30, 1, "synDropped"),
  pairScenario("HTTP_STR_MATCH", 30, 3, "hangsInBody"),
  ...failureModes.map((death) => regionsScenario(death, 10)),
  regionsScenario("hangsInBody", 300),
  regionsScenario("returns", 10),
  ...[11, 12, 25, 40].map(manyChecksScenario),
  ...(["synDropped", "drains", "returns"] as const).flatMap((happens) => [
    balancerScenario(happens, 1, 1),
    balancerScenario(happens, 3, 2),
  ]),
  ...(["refused", "returns"] as const).flatMap((happens) => [
    alarmScenario(happens, 1),
    alarmScenario(happens, 3),
  ]),
  ...watchedScenarios,
];
