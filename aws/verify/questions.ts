import type {
  HealthCheckConfig,
  HealthCheckObservation,
  ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import type { Assumptions } from "../../routing/assumptions";
import { defaultAssumptions } from "../../routing/assumptions";

/** The health checks that the questions need. */
export type TestCheck = "byName" | "disabled" | "disabledInverted" | "down";

/** Answers of the test records, from the blocks for documentation (RFC 5737). */
export const addresses = {
  primary: "192.0.2.1",
  secondary: "192.0.2.2",
  zeroWeight: "192.0.2.3",
  otherWeight: "192.0.2.4",
  /** Nobody answers here. */
  silent: "203.0.113.1",
} as const;

/** Aliases between a failover record and the record with an address. */
export const depths = [5, 6, 8] as const;

/** The website endpoint of S3 in us-east-1, and its zone (AWS General Reference, S3 endpoints). */
const website = { name: "s3-website-us-east-1.amazonaws.com", zoneId: "Z3AQBSTGFJSTF" } as const;

/** What was learned. */
export interface Learned {
  readonly question: string;
  /** The assumption in routing/assumptions.ts; absent for the depth, which is none of them. */
  readonly assumption?: keyof Assumptions;
  /** The value that AWS shows; null if it cannot be told. */
  readonly value: boolean | number | null;
  readonly why: string;
}

/** The observations of a verification; absent for what was not asked or not answered. */
export interface VerifyObservations {
  /** The values of each asked name, by its first label. */
  readonly answers: ReadonlyMap<string, readonly string[]>;
  /** What the checkers report of the check by name. */
  readonly checkers: readonly HealthCheckObservation[];
  /** The TTL of the alias to an S3 website, as a name server says it. */
  readonly websiteTtlSeconds: number | undefined;
}

/** The first labels of the names that `TestDNSAnswer` is asked for. */
export const askedLabels: readonly string[] = [
  "control",
  "disabled",
  "disabled-inverted",
  "zero",
  ...depths.map((depth) => `depth${depth}`),
];

/** The configuration of a check. @param child the check by name, of which the others are calculated */
export function checkConfig(check: TestCheck, below: string, child: string): HealthCheckConfig {
  if (check === "byName") {
    return {
      Type: "HTTP",
      FullyQualifiedDomainName: `values.${below}`,
      Port: 80,
      RequestInterval: 10,
      FailureThreshold: 1,
    };
  }
  // A threshold of 0 is always reached, one above the number of children never (K1).
  const calculated = { Type: "CALCULATED" as const, ChildHealthChecks: [child] };
  switch (check) {
    case "down":
      return { ...calculated, HealthThreshold: 0, Inverted: true };
    case "disabled":
      return { ...calculated, HealthThreshold: 2, Disabled: true };
    case "disabledInverted":
      return { ...calculated, HealthThreshold: 0, Disabled: true, Inverted: true };
  }
}

/**
 * The records of all questions, targets before the aliases to them.
 *
 * @param living an address that answers HTTP on port 80
 */
export function testRecords(
  below: string,
  zoneId: string,
  checks: Readonly<Record<TestCheck, string>>,
  living: string,
): readonly ResourceRecordSet[] {
  const plain = (
    label: string,
    values: readonly string[],
    more: object = {},
  ): ResourceRecordSet => ({
    Name: `${label}.${below}`,
    Type: "A",
    TTL: 10,
    ResourceRecords: values.map((Value) => ({ Value })),
    ...more,
  });
  const alias = (label: string, target: string, more: object = {}): ResourceRecordSet => ({
    Name: `${label}.${below}`,
    Type: "A",
    AliasTarget: {
      HostedZoneId: zoneId,
      DNSName: `${target}.${below}`,
      EvaluateTargetHealth: true,
    },
    ...more,
  });
  const first = { SetIdentifier: "primary", Failover: "PRIMARY" };
  const second = (label: string): ResourceRecordSet =>
    plain(label, [addresses.secondary], { SetIdentifier: "secondary", Failover: "SECONDARY" });
  const pair = (label: string, HealthCheckId: string): readonly ResourceRecordSet[] => [
    plain(label, [addresses.primary], { ...first, HealthCheckId }),
    second(label),
  ];
  const weighted = (
    id: string,
    Weight: number,
    value: string,
    more: object = {},
  ): ResourceRecordSet => plain("weights", [value], { SetIdentifier: id, Weight, ...more });
  const longest = Math.max(...depths) - 1;
  return [
    ...pair("control", checks.down),
    ...pair("disabled", checks.disabled),
    ...pair("disabled-inverted", checks.disabledInverted),
    weighted("zero", 0, addresses.zeroWeight),
    weighted("one", 1, addresses.otherWeight, { HealthCheckId: checks.down }),
    alias("zero", "weights", first),
    second("zero"),
    plain("level0", [addresses.primary], {
      SetIdentifier: "only",
      Weight: 1,
      HealthCheckId: checks.down,
    }),
    ...Array.from({ length: longest }, (_, index) => alias(`level${index + 1}`, `level${index}`)),
    ...depths.flatMap((depth) => [
      alias(`depth${depth}`, `level${depth - 1}`, first),
      second(`depth${depth}`),
    ]),
    plain("values", [living, addresses.silent]),
    websiteAlias(`website.${below}`),
  ];
}

function websiteAlias(Name: string): ResourceRecordSet {
  return {
    Name,
    Type: "A",
    AliasTarget: {
      HostedZoneId: website.zoneId,
      DNSName: website.name,
      EvaluateTargetHealth: false,
    },
  };
}

/** Whether the control shows that answers follow the health of checks. */
export function isControlled({ answers }: VerifyObservations): boolean {
  return only(answers.get("control")) === addresses.secondary;
}

/** What the observations show. Without the control, no answer shows anything. */
export function learnedFrom(seen: VerifyObservations): readonly Learned[] {
  return [
    disabledInverted(seen),
    zeroWeight(seen),
    depth(seen),
    dialling(seen),
    {
      question: "TTL of an alias to an S3 website",
      assumption: "s3WebsiteTtlSeconds",
      value: seen.websiteTtlSeconds ?? null,
      why:
        seen.websiteTtlSeconds === undefined
          ? "no name server answered"
          : "as a name server of the zone says it",
    },
  ];
}

const uncontrolled =
  "the control did not move: TestDNSAnswer does not show the health of checks, or a check has no status yet";

function disabledInverted(seen: VerifyObservations): Learned {
  const answer = only(seen.answers.get("disabled-inverted"));
  const plain = only(seen.answers.get("disabled"));
  const base = {
    question: "is a check that is disabled and inverted unhealthy",
    assumption: "invertedDisabledIsUnhealthy",
  } as const;
  if (!isControlled(seen)) return { ...base, value: null, why: uncontrolled };
  if (plain !== addresses.primary) {
    return { ...base, value: null, why: `a check that is only disabled answered ${words(plain)}` };
  }
  const value = answer === addresses.secondary ? true : answer === addresses.primary ? false : null;
  return { ...base, value, why: `its failover record answered ${words(answer)}` };
}

function zeroWeight(seen: VerifyObservations): Learned {
  const answer = only(seen.answers.get("zero"));
  const base = {
    question: "does a healthy member of weight 0 keep its branch healthy",
    assumption: "zeroWeightKeepsBranchHealthy",
  } as const;
  if (!isControlled(seen)) return { ...base, value: null, why: uncontrolled };
  const value =
    answer === addresses.zeroWeight ? true : answer === addresses.secondary ? false : null;
  return { ...base, value, why: `the name above answered ${words(answer)}` };
}

function depth(seen: VerifyObservations): Learned {
  const question = "through how many aliases is health evaluated, at least";
  if (!isControlled(seen)) return { question, value: null, why: uncontrolled };
  const answers = depths.map((one) => ({ one, answer: only(seen.answers.get(`depth${one}`)) }));
  const why = answers.map(({ one, answer }) => `${one}: ${words(answer)}`).join(", ");
  if (answers.some(({ answer }) => answer === undefined)) return { question, value: null, why };
  const failed = answers.findIndex(({ answer }) => answer !== addresses.secondary);
  const good = failed < 0 ? answers : answers.slice(0, failed);
  return { question, value: good.at(-1)?.one ?? 0, why };
}

function dialling({ checkers }: VerifyObservations): Learned {
  // A checker that has not resolved the name yet has dialled nothing.
  const statuses = checkers
    .flatMap(({ StatusReport }) => StatusReport?.Status ?? [])
    .filter((status) => !/DNS|resol/i.test(status));
  const good = statuses.filter((status) => /^Success/i.test(status)).length;
  const base = {
    question: "does a checker dial each of several values alike",
    assumption: "checkersDialValuesAlike",
  } as const;
  const why = `${good} of ${statuses.length} checkers found the living one of two values`;
  // With 16 checkers that dial alike, all find the living one in 1 of 65,536 cases.
  const isTold = statuses.length >= checkersMin && good > 0;
  return { ...base, value: isTold ? good < statuses.length : null, why };
}

/** Fewer checkers than this do not tell chance from choice. */
const checkersMin = 8;

function only(values: readonly string[] | undefined): string | undefined {
  return values?.length === 1 ? values[0] : undefined;
}

function words(answer: string | undefined): string {
  return answer ?? "nothing, or not one value";
}

/** What to do about something that was learned, in a sentence. */
export function adviceOn(learned: Learned): string {
  const { assumption, value } = learned;
  if (value === null) return "cannot tell";
  if (assumption === undefined) {
    const todo = isAsAssumed(learned) ? "nothing to do" : "it must not be deployed";
    return `the tree of this project has ${treeDepth}: ${todo}`;
  }
  return isAsAssumed(learned)
    ? `${assumption} is ${String(value)} already: nothing to do`
    : `set ${assumption} to ${String(value)} in routing/assumptions.ts`;
}

/** Whether an answer is as this project has it, so that there is nothing to do. */
export function isAsAssumed({ assumption, value }: Learned): boolean {
  return assumption === undefined
    ? Number(value) >= treeDepth
    : defaultAssumptions[assumption] === value;
}

/** Aliases in a row in this project's tree (docs/route53.md). */
const treeDepth = 5;
