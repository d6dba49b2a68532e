import type { GroupFault } from "./groupFault";
import type { HealthCheck } from "./model";

/** What Route 53 accepts as the value of one argument of a check. */
export interface CheckLimit {
  /** The rule in `docs/route53.md`. */
  readonly rule: string;
  readonly must: string;
  readonly holds: (value: unknown) => boolean;
}

/** Maximum number of children of a calculated check (K2; DG:DNSLimitations). */
export const childrenMax = 255;

/** Maximum length of a path, and of a searched string (API:HealthCheckConfig). */
const charactersMax = 255;

/** The limits of single arguments, by the argument's name in a program (API:HealthCheckConfig). */
export const checkLimits = {
  requestInterval: {
    rule: "H3",
    must: "must be 10 or 30 s",
    holds: (value) => value === 10 || value === 30,
  },
  failureThreshold: {
    rule: "H4",
    must: "must be a whole number from 1 to 10",
    holds: wholeNumber(1, 10),
  },
  regions: {
    rule: "H1",
    must: "must be at least 3",
    holds: (value) => typeof value === "number" && value >= 3,
  },
  port: {
    rule: "H21",
    must: "must be a port from 1 to 65535",
    holds: wholeNumber(1, 65_535),
  },
  resourcePath: {
    rule: "H21",
    must: `must have at most ${charactersMax} characters`,
    holds: isShort,
  },
  searchString: {
    rule: "H8",
    must: `must have at most ${charactersMax} characters`,
    holds: isShort,
  },
  childHealthThreshold: {
    rule: "K1",
    must: "must be a whole number from 0 to 256",
    holds: wholeNumber(0, 256),
  },
  childHealthchecks: {
    rule: "K2",
    must: `must be at most ${childrenMax}`,
    holds: wholeNumber(0, childrenMax),
  },
} as const satisfies Readonly<Record<string, CheckLimit>>;

type Limited = Partial<Record<keyof typeof checkLimits, number | string | undefined>>;

/**
 * Arguments of a check that Route 53 refuses, although it is clear what a check with them would do.
 */
export function limitFaults(check: HealthCheck): readonly GroupFault[] {
  const values: Limited = limitedOf(check);
  return (Object.keys(checkLimits) as (keyof typeof checkLimits)[]).flatMap((property) => {
    const { rule, must, holds } = checkLimits[property];
    const value = values[property];
    if (value === undefined || holds(value)) return [];
    const got = typeof value === "string" ? `${value.length}` : `${value}`;
    return {
      rule,
      subject: check.id,
      message: `${check.label}.${property}: ${must} (${rule}), got ${got}; Route 53 refuses the check, so correct it`,
      isComputable: true,
    };
  });
}

function limitedOf(check: HealthCheck): Limited {
  switch (check.kind) {
    case "endpoint":
      return {
        requestInterval: check.intervalSeconds,
        failureThreshold: check.failureThreshold,
        regions: check.regions?.length,
        port: check.port,
        resourcePath: check.path,
        searchString: check.searchString,
      };
    case "calculated":
      return {
        childHealthThreshold: check.healthThreshold,
        childHealthchecks: check.children.length,
      };
    default:
      return {};
  }
}

function wholeNumber(least: number, most: number): CheckLimit["holds"] {
  return (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}

function isShort(value: unknown): boolean {
  return typeof value === "string" && value.length <= charactersMax;
}
