import { globalRegion } from "../../routing/globalRegion";
import { callerOf, orAwsFault } from "../caller";
import type { Account } from "../clients";
import type { PublicDns } from "../publicDns";
import { accountQuotas } from "./checks/accountQuotas";
import { boundary } from "./checks/boundary";
import { buckets } from "./checks/buckets";
import { caa } from "./checks/caa";
import { caches } from "./checks/caches";
import { certificates } from "./checks/certificates";
import { credentials } from "./checks/credentials";
import { databases } from "./checks/databases";
import { delegation } from "./checks/delegation";
import { dnssec } from "./checks/dnssec";
import { images } from "./checks/images";
import { machines } from "./checks/machines";
import { organisation } from "./checks/organisation";
import { permissions } from "./checks/permissions";
import { quotas } from "./checks/quotas";
import { records } from "./checks/records";
import { zone } from "./checks/zone";
import { zoneRecords } from "./checks/zoneRecords";
import type { Check, PreflightFinding, Place } from "./finding";
import { publicZones, recordSetsOf } from "./hostedZone";
import type { Needs } from "./needs";
import { unknownBy } from "./orCannotTell";

/** All checks, in display order. */
export const checks: readonly Check[] = [
  credentials,
  permissions,
  boundary,
  organisation,
  quotas,
  accountQuotas,
  machines,
  databases,
  caches,
  images,
  buckets,
  zone,
  zoneRecords,
  delegation,
  dnssec,
  caa,
  certificates,
  records,
];

/** The result of a preflight. */
export interface Preflight {
  readonly stack: string;
  /** The account's number. `caller` is the ARN of the credentials. */
  readonly account: string;
  readonly caller: string;
  readonly findings: readonly PreflightFinding[];
}

/** The inputs of a preflight. */
export interface PreflightOptions {
  readonly stack: string;
  readonly account: Account;
  readonly dns: PublicDns;
  readonly needs: Needs;
  readonly now: Date;
}

/**
 * Asks an account whether an update would succeed in it, without changing anything.
 *
 * @throws InputError if there are no credentials, or AWS rejects them
 */
export async function preflight(options: PreflightOptions): Promise<Preflight> {
  const { stack, account, dns, needs, now } = options;
  return orAwsFault(account, async () => {
    const caller = await callerOf(account, globalRegion);
    const hostedZones = once(async () =>
      needs.zone === undefined ? [] : publicZones(needs.zone, account),
    );
    const recordSets = once(async () => {
      const [first] = await hostedZones();
      return first === undefined ? [] : recordSetsOf(first, account);
    });
    const place: Place = { account, dns, needs, now, caller, hostedZones, recordSets };
    const findings = await Promise.all(checks.map((check) => findingsOf(check, place)));
    return { stack, account: caller.account, caller: caller.arn, findings: findings.flat() };
  });
}

async function findingsOf(check: Check, place: Place): Promise<readonly PreflightFinding[]> {
  try {
    return (await check.run(place)).map((found) => ({ check: check.name, ...found }));
  } catch (error) {
    return [{ check: check.name, ...unknownBy(check.subject, error) }];
  }
}

/** Shares one call to AWS between several checks. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}
