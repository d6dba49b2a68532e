import { z } from "zod";
import * as rules from "../constraints/rules";
import { parse } from "../config/parse";
import type { Conflict, Known } from "../config/parse";
import { email, flag, leaf, section, wholeError } from "../config/schemaParts";

/**
 * The configuration of the zone of a stack: the keys of the namespace `failover-zone` in
 * `zone/Pulumi.<stack>.yaml`. A setting without a default is required; a key that is not here is refused.
 */
export interface ZoneSettings {
  /** Name of the zone, such as `cafe.com`: the same as `failover:hostedZone` of the stack above. */
  readonly hostedZone: string;
  /** Id of a zone that exists and is managed elsewhere. Default: none, a zone is made. */
  readonly existingZoneId?: string;
  /**
   * The authorities that may issue certificates for all names of the zone, by the domains that they go
   * by in CAA records. Default `[amazon.com]`, which lets ACM issue and nobody else. `[]` publishes no
   * such record: then everybody may, or the zone has one already.
   */
  readonly certificateAuthorities: readonly string[];
  /** Whether queries are logged, for 30 days. Default false; CloudWatch charges by the gigabyte. */
  readonly queryLogging: boolean;
  /**
   * Whether answers are signed. Default false. It takes effect when the parent zone publishes the
   * output `dsRecord`, and must be undone there first: docs/runbook.md.
   */
  readonly dnssec: boolean;
  /**
   * Whether changes of records are possible again within an hour of an outage of us-east-1. Default
   * false. For a zone that is made here; such a zone cannot be deleted until it is off.
   */
  readonly acceleratedRecovery: boolean;
  /** Whether Pulumi refuses to delete the zone and what signs it. Default false. For a zone made here. */
  readonly protect: boolean;
  readonly alerts: {
    /** Who is told, and who owns the resources (their tag `Contact`). AWS asks them to confirm. */
    readonly email: string;
    /** Name of the topic for a zone that is signed. Default `CafeZoneAlerts`. */
    readonly topicName: string;
    /** Where docs/runbook.md is published. Default `docs/runbook.md`, the file in the repository. */
    readonly runbookUrl: string;
  };
}

/**
 * Those of Amazon, one of which ACM needs to be allowed.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html
 */
const authoritiesOfAcm = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];

const schema = section({
  hostedZone: leaf<string>(rules.zoneName),
  existingZoneId: leaf<string>(rules.existingZoneId).exactOptional(),
  certificateAuthorities: z
    .array(
      leaf<string>(rules.certificateAuthority),
      wholeError({ must: "a list of domains", remedy: "for example [amazon.com]" }),
    )
    .default(["amazon.com"]),
  queryLogging: leaf<boolean>(flag).default(false),
  dnssec: leaf<boolean>(flag).default(false),
  acceleratedRecovery: leaf<boolean>(flag).default(false),
  protect: leaf<boolean>(flag).default(false),
  alerts: section({
    email: leaf<string>(email),
    topicName: leaf<string>(rules.topicName).default("CafeZoneAlerts"),
    runbookUrl: leaf<string>(rules.runbookUrl).default("docs/runbook.md"),
  }),
}) satisfies z.ZodType<ZoneSettings>;

/**
 * The settings that a stack's configuration means.
 *
 * @param raw the values by key, without the namespace
 * @throws InputError with a line per fault, all faults at once
 */
export function parseZoneSettings(raw: Readonly<Record<string, unknown>>): ZoneSettings {
  return parse<ZoneSettings>(schema, raw, [ownersConflicts, authorityConflicts]);
}

/** Options of a zone that is somebody else's. */
function ownersConflicts(known: Known<ZoneSettings>): readonly Conflict[] {
  if (known.existingZoneId === undefined) return [];
  return (["acceleratedRecovery", "protect"] as const)
    .filter((option) => known[option] === true)
    .map((option) => ({
      path: [option],
      must: "false with existingZoneId",
      remedy: "the project that creates the zone decides that",
    }));
}

/** Authorities without ACM's, whose certificates would then wait 75 minutes in vain. */
function authorityConflicts({
  certificateAuthorities: given = [],
}: Known<ZoneSettings>): readonly Conflict[] {
  if (given.length === 0 || given.some((one) => authoritiesOfAcm.includes(one ?? ""))) return [];
  const must = `a list with one of ${authoritiesOfAcm.join(", ")}`;
  const remedy = "ACM needs it to issue certificates; add amazon.com";
  return [{ path: ["certificateAuthorities"], must, remedy }];
}
