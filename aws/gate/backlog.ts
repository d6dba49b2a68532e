import type { ControllerSettings, RegionRole } from "./controllerSettings";

/** How long a region's status may take to answer, in milliseconds. */
const statusTimeoutMs = 5_000;

/** The orders of a region that wait to be copied. Null is unknown, which counts as old. */
export interface RegionBacklog {
  readonly role: RegionRole;
  readonly url: string;
  /** Age of the oldest row that waits in the outbox, in seconds; 0 where none waits. */
  readonly outboxOldestSeconds: number | null;
  /** Age of the oldest order in the journal that the region's database lacks, in seconds. */
  readonly journalOldestSeconds: number | null;
  /** Whether the regions have different orders. */
  readonly regionsDiffer: boolean | null;
  /** Why nothing is known; absent where the region answered. */
  readonly why?: string;
}

/** Fetches the text of a URL. */
export type FetchText = (url: string) => Promise<string>;

/** Fetches over HTTP. @throws Error with the reason in words */
export const fetchText: FetchText = async (url) => {
  const response = await fetch(url, { signal: AbortSignal.timeout(statusTimeoutMs) });
  if (!response.ok) throw new Error(`it answered with status ${response.status}`);
  return response.text();
};

/** Asks each region for its backlog. */
export function backlogsOf(
  { statusUrls }: ControllerSettings,
  fetchOne: FetchText,
): Promise<readonly RegionBacklog[]> {
  return Promise.all([...statusUrls].map(([role, url]) => backlogAt(role, url, fetchOne)));
}

async function backlogAt(
  role: RegionRole,
  url: string,
  fetchOne: FetchText,
): Promise<RegionBacklog> {
  const nothing = { outboxOldestSeconds: null, journalOldestSeconds: null, regionsDiffer: null };
  try {
    const status = JSON.parse(await fetchOne(url)) as Status;
    return {
      role,
      url,
      outboxOldestSeconds: numberOrNull(status?.outbox?.oldestSeconds),
      journalOldestSeconds: numberOrNull(status?.journal?.oldestSeconds),
      regionsDiffer: typeof status?.regionsDiffer === "boolean" ? status.regionsDiffer : null,
    };
  } catch (error) {
    return { role, url, ...nothing, why: reasonOf(error) };
  }
}

/** The answer of the application's status page (app/src/Status.php), as far as it is read. */
type Status = {
  readonly outbox?: { readonly oldestSeconds?: unknown };
  readonly journal?: { readonly oldestSeconds?: unknown };
  readonly regionsDiffer?: unknown;
} | null;

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

/** The reason in words; `fetch` keeps that of the network in the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
