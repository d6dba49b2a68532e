import { AwsError, whyUnknown } from "./awsError";
import { DnsError } from "./publicDns";

/** An answer, or the reason in words why there is none. */
export type KnownOrNot<T> = { readonly value: T } | { readonly unknown: string };

/** The value where it is known. */
export function valueIn<T>(known: KnownOrNot<T>): T | undefined {
  return "value" in known ? known.value : undefined;
}

/** The reason why a value is unknown, as a list; empty where it is known. */
export function whyIn(known: KnownOrNot<unknown>): readonly string[] {
  return "unknown" in known ? [known.unknown] : [];
}

/**
 * Asks AWS or the DNS.
 *
 * @throws AwsError if the credentials have expired or there are none, since then nothing is known
 * @throws the error itself if it comes neither from AWS nor from the DNS
 */
export async function knownBy<T>(ask: () => Promise<T>): Promise<KnownOrNot<T>> {
  try {
    return { value: await ask() };
  } catch (error) {
    if (error instanceof DnsError) return { unknown: error.message };
    if (!(error instanceof AwsError) || error.is("expired") || error.is("noCredentials"))
      throw error;
    return { unknown: whyUnknown(error) };
  }
}
