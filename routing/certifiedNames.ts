/**
 * Names that a certificate of ACM can have, whatever is asked of AWS (10 until then).
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
 */
const namesPerCertificateMax = 100;

/** Of those, what the first hostname takes for itself and for the names of the tree below it. */
const namesOfTheFirst = 2;

/** Hostnames after the first, or names above them, that a certificate has room for. */
export const furtherNamesMax = namesPerCertificateMax - namesOfTheFirst;

/**
 * The names by which certificates and CloudFront know the hostnames, the first one first: each by
 * itself while a certificate has room for all, and beyond that one wildcard for all that are directly
 * below the same name. Names that are added below one that has a wildcard then change nothing.
 */
export function certifiedNames(hostnames: readonly string[]): readonly string[] {
  const [first, ...others] = hostnames;
  if (first === undefined || others.length <= furtherNamesMax) return hostnames;
  return [first, ...new Set(others.map((name) => `*.${parentOf(name)}`))];
}

/** The name that a record proves: of a wildcard the one above it. */
export function provenName(name: string): string {
  return name.replace(/^\*\./, "");
}

function parentOf(name: string): string {
  return name.slice(name.indexOf(".") + 1);
}
