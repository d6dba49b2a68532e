import { canonical } from "../../routing/domainName";
import { AwsError, credentialFault, whyUnknown } from "../awsError";
import type { BoundedCalls } from "./calls";
import { CallsSpent } from "./calls";
import type { VerifyJournal } from "./journal";

/**
 * Removes the records and checks of a verification; it may be repeated.
 *
 * @param finds whether checks are looked for that the journal does not have: one may have been made
 *   right before a crash
 * @returns what is left, in sentences; empty if everything is gone
 */
export async function cleanUp(
  journal: VerifyJournal,
  calls: BoundedCalls,
  finds: boolean,
): Promise<readonly string[]> {
  calls.cleanUp();
  const left: string[] = [];
  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    for (let tries = 1; ; tries++) {
      try {
        await work();
        return;
      } catch (error) {
        if (!(error instanceof AwsError || error instanceof CallsSpent)) throw error;
        if (error instanceof AwsError && error.is("absent")) return;
        const why = error instanceof AwsError ? whyUnknown(error) : error.message;
        const isFinal =
          tries >= triesMax || error instanceof CallsSpent || credentialFault(error) !== undefined;
        if (!isFinal) continue;
        left.push(`${what}: ${why}`);
        return;
      }
    }
  };
  await attempt(`records below ${journal.below}`, () => removeRecords(journal, calls));
  const ids = new Set(journal.checkIds);
  if (finds) {
    await attempt(`health checks of ${journal.reference}`, async () => {
      for (const id of await checksOf(journal.reference, calls)) ids.add(id);
    });
  }
  // The calculated ones first, which refer to the first.
  for (const id of [...ids].reverse()) {
    await attempt(`health check ${id}`, async () => {
      await calls.make((route53) => route53.deleteHealthCheck({ HealthCheckId: id }));
    });
  }
  return left;
}

/** A lost answer is repeated once. */
const triesMax = 2;

async function removeRecords({ zoneId, below }: VerifyJournal, calls: BoundedCalls): Promise<void> {
  const { ResourceRecordSets = [] } = await calls.make((route53) =>
    // Sorted by labels from the right, so that the own names follow one another.
    route53.listResourceRecordSets({
      HostedZoneId: zoneId,
      StartRecordName: below,
      StartRecordType: "A",
      MaxItems: 300,
    }),
  );
  const own = ResourceRecordSets.filter(({ Name = "" }) => canonical(Name).endsWith(`.${below}`));
  if (own.length === 0) return;
  await calls.make((route53) =>
    route53.changeResourceRecordSets({
      HostedZoneId: zoneId,
      // The aliases first, which refer to the others.
      ChangeBatch: {
        Changes: [...own]
          .sort(
            (one, other) => Number(Boolean(other.AliasTarget)) - Number(Boolean(one.AliasTarget)),
          )
          .map((ResourceRecordSet) => ({ Action: "DELETE", ResourceRecordSet })),
      },
    }),
  );
}

async function checksOf(reference: string, calls: BoundedCalls): Promise<readonly string[]> {
  const found: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await calls.make((route53) => route53.listHealthChecks({ Marker }));
    for (const { Id, CallerReference = "" } of page.HealthChecks ?? []) {
      if (Id !== undefined && CallerReference.startsWith(reference)) found.push(Id);
    }
    Marker = page.IsTruncated === true ? page.NextMarker : undefined;
  } while (Marker !== undefined);
  return found;
}
