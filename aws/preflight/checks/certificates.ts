import type { CertificateSummary, KeyAlgorithm } from "@aws-sdk/client-acm";
import { allOf } from "../../clients";
import type { Check, CheckFinding, Place } from "../finding";
import { cannotTell, ok } from "../finding";
import type { CertificateNeed } from "../needs";
import { each } from "../orCannotTell";

/** An existing certificate of the account for one of the names. */
export interface Certificate {
  readonly arn: string;
  readonly status: string;
  /** Why it was not issued, by ACM's code. */
  readonly reason?: string;
  /** ARNs of the resources that present it. */
  readonly inUseBy: readonly string[];
}

/**
 * Checks earlier certificates of the names for signs of trouble: a failed request, or a
 * distribution that may hold the name, which CloudFront assigns to only one distribution.
 */
export const certificates: Check = {
  name: "certificates",
  subject: "certificates in the way",
  run: (place) =>
    each(place.needs.certificates, subjectOf, async (need) =>
      judge(need, await fetch(need, place)),
    ),
};

/** Every kind of key: without a filter ACM lists only certificates with short RSA keys (API:Filters). */
const keyTypes: readonly KeyAlgorithm[] = [
  "EC_prime256v1",
  "EC_secp384r1",
  "EC_secp521r1",
  "RSA_1024",
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
];

const subjectOf = ({ names, region }: CertificateNeed): string =>
  `certificate of ${names[0] ?? ""} in ${region}`;

async function fetch(
  { names, region }: CertificateNeed,
  { account, needs }: Place,
): Promise<readonly Certificate[]> {
  const acm = await account.client("acm", region);
  const all = await allOf(
    (NextToken) => acm.listCertificates({ Includes: { keyTypes: [...keyTypes] }, NextToken }),
    ({ CertificateSummaryList }) => CertificateSummaryList,
    ({ NextToken }) => NextToken,
  );
  const own = new Set(needs.deployed.resources.map(({ id }) => id));
  const alike = all.filter(
    (one) => !own.has(one.CertificateArn) && namesOf(one).some((name) => names.includes(name)),
  );
  return Promise.all(
    alike.map(async ({ CertificateArn = "" }) => {
      const { Certificate: found } = await acm.describeCertificate({ CertificateArn });
      return {
        arn: CertificateArn,
        status: found?.Status ?? "",
        ...(found?.FailureReason === undefined ? {} : { reason: found.FailureReason }),
        inUseBy: found?.InUseBy ?? [],
      };
    }),
  );
}

function namesOf(summary: CertificateSummary): readonly string[] {
  const { DomainName, SubjectAlternativeNameSummaries = [] } = summary;
  return [...(DomainName === undefined ? [] : [DomainName]), ...SubjectAlternativeNameSummaries];
}

/** @internal */
export function judge(need: CertificateNeed, found: readonly Certificate[]): CheckFinding {
  const subject = subjectOf(need);
  const [failed] = found.filter(({ status }) => /^(?:FAILED|VALIDATION_TIMED_OUT)$/.test(status));
  if (failed !== undefined) {
    const why = failed.reason === undefined ? "" : ` (${failed.reason})`;
    return cannotTell(
      subject,
      `an earlier request for the name ended as ${failed.status}${why}: ${failed.arn}`,
      "check the delegation and the CAA records, then delete it",
    );
  }
  const distributions = found.flatMap(({ inUseBy }) =>
    inUseBy.filter((arn) => arn.startsWith("arn:aws:cloudfront:")),
  );
  return distributions.length === 0
    ? ok(subject, `none of ${found.length} other certificates for the name blocks it`)
    : cannotTell(
        subject,
        `a distribution uses one, and may hold the name, which CloudFront assigns only once: ${distributions.join(", ")}`,
        "remove the name from it first; if this stack created it, pass --deployed",
      );
}
