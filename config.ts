import * as pulumi from "@pulumi/pulumi";
import { distance } from "fastest-levenshtein";
import { z } from "zod";
import * as rules from "./components/rules";
import type { Rule } from "./components/rules";
import { pathOf, relationFaults, valueAt } from "./configRelations";
import { InputError } from "./routing/inputError";

/**
 * The configuration of a stack: the keys of the namespace `failover` in `Pulumi.<stack>.yaml`. A
 * setting without a default is required; a key that is not here is refused.
 */
export interface Settings {
  /** Hosted zone to create, such as `cafe.com`. All names of the tree are in it. */
  readonly hostedZone: string;
  /**
   * Public names, below the hosted zone, 63 characters at most each, since the bucket of the
   * maintenance page has the same name. The names of the tiers hang below the first.
   */
  readonly hostnames: readonly [string, ...string[]];
  /** How long resolvers may keep an answer. */
  readonly ttl: TtlSettings;
  /** The two regions that serve. */
  readonly regions: {
    /** Serves while it is healthy. */
    readonly primary: RegionSettings;
    /** Serves when the primary is not. */
    readonly standby: RegionSettings;
  };
  readonly staticTier: {
    /** AWS region of the maintenance page: neither of the two that serve. */
    readonly region: string;
  };
  /** How health is probed. */
  readonly checks: {
    /** The check of each zone's endpoint, by its address: shallow and quick. */
    readonly endpoint: EndpointCheckSettings;
    /** The check of a region, by its own name: deep, and slower than a database's own failover. */
    readonly region: RegionCheckSettings;
  };
  /** What the stack promises; `failover rehearse` compares it with the worst case. */
  readonly objectives: ObjectiveSettings;
  readonly alerts: {
    /** Who is told, and who owns the resources (their tag `Contact`). */
    readonly email: string;
  };
  /** What nobody publishes and a bound needs all the same. */
  readonly assumptions: {
    /**
     * Seconds from the checkers' agreement until every Route 53 name server answers by it. Default
     * 10. AWS names no figure (T5), so it is printed beside every bound.
     */
    readonly propagationSeconds: number;
  };
}

/** TTL of the records that hold addresses, in seconds, 0 to 300. */
export interface TtlSettings {
  /** Which of the two is in force. Default `normal`. */
  readonly mode: "normal" | "maintenance";
  /** Default 60, the longest that AWS advises for records with health checks (T3). */
  readonly normalSeconds: number;
  /** To be set some time before a planned switch. Default 60. */
  readonly maintenanceSeconds: number;
}

/** A region that serves. */
export interface RegionSettings {
  /** What people call it, such as `oregon`: a label of its record name, and the prefix of its resources. */
  readonly name: string;
  /** AWS region code. */
  readonly region: string;
  /** Two zones of the region, the one that serves first. */
  readonly availabilityZones: readonly [string, string];
  /** IPv4 network, /16 to /24, apart from the other region's so that the two can be connected. */
  readonly cidrBlock: string;
  /** Graviton instance type of each zone's endpoint. Default `t4g.micro`, the smallest that is useful. */
  readonly instanceType: string;
}

/** How each zone's endpoint is checked. */
export interface EndpointCheckSettings {
  /** Default `http`; the instances have no certificate. The region check uses the same. */
  readonly scheme: "http";
  /** Path that answers without a dependency. Default `/healthcheck`. */
  readonly path: string;
  /** 10 or 30. Default 30; 10 costs extra for each check. */
  readonly intervalSeconds: 10 | 30;
  /** Failed (or passed) probes in a row that count, 1 to 10. Default 3. */
  readonly failureThreshold: number;
  /** Marker in the body of every healthy answer; no secret. Default `cafe-orders-ok`. */
  readonly token: string;
}

/** How a region is checked; its scheme and token are those of the endpoints. */
export interface RegionCheckSettings {
  /** Path that answers only when orders can be written. Default `/health.php`. */
  readonly path: string;
  /** 10 or 30. Default 30. */
  readonly intervalSeconds: 10 | 30;
  /** 1 to 10. Default 6: 30 s × 6 is longer than a Multi-AZ database takes to fail over (60–120 s). */
  readonly failureThreshold: number;
}

/** Worst cases that are promised, for clients that obey the TTL. */
export interface ObjectiveSettings {
  /** From the death of a zone or region until its checks agree, in seconds. */
  readonly zoneOrRegionDetectionSeconds: number;
  /** From the death of a zone or region until the last client has moved, in seconds. */
  readonly zoneOrRegionDowntimeSeconds: number;
  /** The same where a region's database dies and its web servers live. */
  readonly databaseDowntimeSeconds: number;
  /** Orders lost among those that were answered 201. */
  readonly ordersLost: number;
}

const objectiveSecondsMax = 3600;
const propagationSecondsMax = 300;

const wholeSeconds = (most: number): Rule => ({
  must: `a whole number of seconds from 0 to ${most}`,
  remedy: "write the bare number, such as 60",
  holds: rules.wholeNumber(0, most),
});
const oneOf = (...choices: readonly string[]): Rule => ({
  must: choices.map((choice) => JSON.stringify(choice)).join(" or "),
  remedy: "write one of the words that it knows",
  holds: (value) => typeof value === "string" && choices.includes(value),
});
const email: Rule = {
  must: "an e-mail address",
  remedy: "write it such as ops-team@cafe.com",
  holds: rules.textOf(z.regexes.email),
};
const lostOrders: Rule = {
  must: "a whole number from 0",
  remedy: "write how many orders may be lost, such as 0",
  holds: rules.wholeNumber(0, Number.MAX_SAFE_INTEGER),
};

/** A value that obeys one rule. */
function leaf<T>(rule: Rule): z.ZodCustom<T, T> {
  return z.custom<T>(rule.holds, { error: ({ input }) => rules.reasonOf(rule, input) });
}

/** A list that is refused as a whole, whatever is wrong with its length. */
function listError(rule: Omit<Rule, "holds">): { error: (issue: { input?: unknown }) => string } {
  return { error: ({ input }) => rules.reasonOf(rule, input) };
}

/** A mapping whose keys are all known. */
function section<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape);
  const rule = { must: `a mapping of ${known.join(", ")}`, remedy: "write the keys below it" };
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => unknownKey(key, issue.input, known)).join("\n")
        : rules.reasonOf(rule, issue.input),
  });
}
const regionSchema = section({
  name: leaf<string>(rules.regionName),
  region: leaf<string>(rules.region),
  availabilityZones: z.tuple(
    [leaf<string>(rules.availabilityZone), leaf<string>(rules.availabilityZone)],
    listError({
      must: "a list of two availability zones",
      remedy: "name the one that serves first, then the one that takes over",
    }),
  ),
  cidrBlock: leaf<string>(rules.cidrBlock),
  instanceType: leaf<string>(rules.instanceType).default("t4g.micro"),
});

const schema = section({
  hostedZone: leaf<string>(rules.zoneName),
  hostnames: z.tuple(
    [leaf<string>(rules.hostname)],
    leaf<string>(rules.hostname),
    listError({
      must: "a list of at least one name",
      remedy: "write it such as [orders.cafe.com]",
    }),
  ),
  ttl: section({
    mode: leaf<"normal" | "maintenance">(oneOf("normal", "maintenance")).default("normal"),
    normalSeconds: leaf<number>(rules.ttlSeconds).default(60),
    maintenanceSeconds: leaf<number>(rules.ttlSeconds).default(60),
  }).prefault({}),
  regions: section({ primary: regionSchema, standby: regionSchema }),
  staticTier: section({ region: leaf<string>(rules.region) }),
  checks: section({
    endpoint: section({
      scheme: leaf<"http">(oneOf("http")).default("http"),
      path: leaf<string>(rules.path).default("/healthcheck"),
      intervalSeconds: leaf<10 | 30>(rules.intervalSeconds).default(30),
      failureThreshold: leaf<number>(rules.failureThreshold).default(3),
      token: leaf<string>(rules.token).default("cafe-orders-ok"),
    }).prefault({}),
    region: section({
      path: leaf<string>(rules.path).default("/health.php"),
      intervalSeconds: leaf<10 | 30>(rules.intervalSeconds).default(30),
      failureThreshold: leaf<number>(rules.failureThreshold).default(6),
    }).prefault({}),
  }).prefault({}),
  objectives: section({
    zoneOrRegionDetectionSeconds: leaf<number>(wholeSeconds(objectiveSecondsMax)),
    zoneOrRegionDowntimeSeconds: leaf<number>(wholeSeconds(objectiveSecondsMax)),
    databaseDowntimeSeconds: leaf<number>(wholeSeconds(objectiveSecondsMax)),
    ordersLost: leaf<number>(lostOrders),
  }),
  alerts: section({ email: leaf<string>(email) }),
  assumptions: section({
    propagationSeconds: leaf<number>(wholeSeconds(propagationSecondsMax)).default(10),
  }).prefault({}),
}) satisfies z.ZodType<Settings>;

/**
 * The settings that a stack's configuration means.
 *
 * @param raw the values by key, without the namespace
 * @throws InputError with a line per fault, all faults at once
 */
export function parseSettings(raw: Readonly<Record<string, unknown>>): Settings {
  const parsed = schema.safeParse(raw);
  const faults = [...(parsed.error?.issues ?? []).flatMap(issueFaults), ...relationFaults(raw)];
  if (!parsed.success || faults.length > 0) throw new InputError(faults);
  return parsed.data;
}

/**
 * The settings of the stack that runs.
 *
 * @throws pulumi.RunError, which the Pulumi CLI shows without a stack trace, with a line per fault
 */
export function loadSettings(): Settings {
  const namespace = `${pulumi.getProject()}:`;
  const raw = Object.entries(pulumi.runtime.allConfig())
    .filter(([key]) => key.startsWith(namespace))
    .map(([key, value]) => [key.slice(namespace.length), parsedValue(value)] as const);
  try {
    return parseSettings(Object.fromEntries(raw));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const file = `Pulumi.${pulumi.getStack()}.yaml`;
    throw new pulumi.RunError(error.faults.map((fault) => `${file}: ${fault}`).join("\n"));
  }
}

/** The TTL that is in force, in seconds. */
export function currentTtlSeconds({
  mode,
  normalSeconds,
  maintenanceSeconds,
}: TtlSettings): number {
  return mode === "normal" ? normalSeconds : maintenanceSeconds;
}

/** Pulumi hands over lists and mappings as JSON, and everything else as text. */
function parsedValue(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Faults of single values and of keys; a fault of several keys has a line for each. */
function issueFaults({ code, path, message }: z.core.$ZodIssue): readonly string[] {
  const at = pathOf(path);
  if (code !== "unrecognized_keys") return [`${at}: ${message}`];
  return message.split("\n").map((line) => (at === "" ? line : `${at}.${line}`));
}

function unknownKey(key: string, section: unknown, known: readonly string[]): string {
  const near = nearest(key, known);
  const remedy = near ? `did you mean ${near}?` : `the keys here are ${known.join(", ")}`;
  return `${key}: is no known key, got ${rules.shown(valueAt(section, [key]))}; ${remedy}`;
}

/**
 * The known key that was probably meant: one that contains what was typed, or is in it, or is like it
 * in whole or in one of its words.
 */
function nearest(key: string, known: readonly string[]): string | undefined {
  const typed = key.toLowerCase();
  const likeness = known.map((name) => {
    const whole = name.toLowerCase();
    if (whole.includes(typed) || typed.includes(whole)) return { name, slips: 0 };
    const words = name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
    return { name, slips: Math.min(...[whole, ...words].map((text) => distance(typed, text))) };
  });
  const [best] = likeness.sort((a, b) => a.slips - b.slips);
  return best && best.slips <= Math.max(2, key.length / 4) ? best.name : undefined;
}
