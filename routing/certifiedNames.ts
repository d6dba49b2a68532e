/**
 * The most names that an ACM certificate can have, after a quota increase (default: 10).
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
 */
const namesPerCertificateMax = 100;

/** Names that the first hostname uses: itself, and the names of the tree below it. */
const namesOfTheFirst = 2;

/** The number of further hostnames, or of their parent names, that fit on a certificate. */
export const furtherNamesMax = namesPerCertificateMax - namesOfTheFirst;

/**
 * The names of the hostnames on certificates and in CloudFront, the first hostname first. Each
 * hostname is listed while all fit on one certificate; beyond that, one wildcard covers all names
 * directly below the same parent. Adding a name below a parent that has a wildcard then changes
 * nothing.
 */
export function certifiedNames(hostnames: readonly string[]): readonly string[] {
  const [first, ...others] = hostnames;
  if (first === undefined || others.length <= furtherNamesMax) return hostnames;
  return [first, ...new Set(others.map((name) => `*.${parentOf(name)}`))];
}

/** The name that a validation record proves: for a wildcard, its parent. */
export function provenName(name: string): string {
  return name.replace(/^\*\./, "");
}

function parentOf(name: string): string {
  return name.slice(name.indexOf(".") + 1);
}
