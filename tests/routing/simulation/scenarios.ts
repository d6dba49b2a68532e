import { defaultAssumptions } from "../../../routing/assumptions";
import { failureModes } from "../../../routing/checker";
import type {
  EndpointHealthCheck,
  EndpointCheckType,
  HealthCheck,
  RecordSet,
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

export const scenarios: readonly Scenario[] = [
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
