import { z } from "zod";
import * as rules from "../constraints/rules";
import { parse } from "../config/parse";
import type { Conflict, Known } from "../config/parse";
import { email, flag, leaf, section, wholeError } from "../config/schemaParts";

/**
 * The configuration of a stack's zone: the keys of the namespace `failover-zone` in
 * `zone/Pulumi.<stack>.yaml`. A setting without a default is required; an unknown key is an error.
 */
export interface ZoneSettings {
  /**
   * Name of the zone, such as `cafe.com`: the same as `failover:hostedZone` of the main program.
   */
  readonly hostedZone: string;
  /** Id of an existing zone with another owner. Default: none; a zone is created. */
  readonly existingZoneId?: string;
  /**
   * The authorities that may issue certificates for all names of the zone, by their domains in CAA
   * records. Default `[amazon.com]`: only ACM may issue. `[]` publishes no such record: any
   * authority may issue, unless the zone already has a record.
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
   * false. For a created zone only; such a zone cannot be deleted until it is off.
   */
  readonly acceleratedRecovery: boolean;
  /**
   * Whether Pulumi refuses to delete the zone and its signing. Default false. For a created zone
   * only.
   */
  readonly protect: boolean;
  readonly alerts: {
    /**
     * Recipient of alerts and owner of the resources (their tag `Contact`). AWS asks for
     * confirmation.
     */
    readonly email: string;
    /** Name of the topic for a signed zone. Default `CafeZoneAlerts`. */
    readonly topicName: string;
    /** Where docs/runbook.md is published. Default `docs/runbook.md`, the file in the repository. */
    readonly runbookUrl: string;
  };
}

/**
 * Amazon's authorities; ACM needs one of them.
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
 * Parses the configuration of a zone.
 *
 * @param raw the values by key, without the namespace
 * @throws InputError with a line per fault, all faults at once
 */
export function parseZoneSettings(raw: Readonly<Record<string, unknown>>): ZoneSettings {
  return parse<ZoneSettings>(schema, raw, [ownersConflicts, authorityConflicts]);
}

/** Options that do not apply to a zone with another owner. */
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

/** Authorities without ACM's: certificates would wait 75 minutes in vain. */
function authorityConflicts({
  certificateAuthorities: given = [],
}: Known<ZoneSettings>): readonly Conflict[] {
  if (given.length === 0 || given.some((one) => authoritiesOfAcm.includes(one ?? ""))) return [];
  const must = `a list with one of ${authoritiesOfAcm.join(", ")}`;
  const remedy = "ACM needs it to issue certificates; add amazon.com";
  return [{ path: ["certificateAuthorities"], must, remedy }];
}
