import type { ServedName } from "../status/serving";

/** What the name servers answered at a time. */
export interface DnsSample {
  /** Seconds from the start of the fault; negative before it. */
  readonly seconds: number;
  readonly served: readonly ServedName[];
}

/** How the answers of a name and type moved. */
export interface Movement {
  readonly name: string;
  readonly type: "A" | "AAAA";
  /** The values before the fault. */
  readonly before: readonly string[];
  /** The last other values while the fault lasted; empty if the answers did not move. */
  readonly after: readonly string[];
  /**
   * Until the first name server answered otherwise, in seconds from the fault, and until all did.
   * Null if that was not seen. A figure is late by at most the time between two samples.
   */
  readonly firstMovedSeconds: number | null;
  readonly allMovedSeconds: number | null;
  /** Until every name server answered as before, in seconds from the mending. */
  readonly returnedSeconds: number | null;
}

/**
 * Measures the movement of each name.
 *
 * @param samples in order of time, the first from before the fault
 * @param mendedSeconds when the fault ended
 */
export function movementsOf(
  [first, ...samples]: readonly DnsSample[],
  mendedSeconds: number,
): readonly Movement[] {
  return (first?.served ?? [])
    .filter(({ answers }) => answers.some(({ values }) => values.length > 0))
    .map(({ name, type }) => {
      const before = answersIn(first, name, type);
      const during = samples.filter(({ seconds }) => seconds >= 0 && seconds <= mendedSeconds);
      const firstMoved = during.find((sample) => {
        const now = answersIn(sample, name, type);
        return [...now].some(([server, values]) => hasMoved(before.get(server), values));
      });
      const allMoved = during.find((sample) => allHaveMoved(before, answersIn(sample, name, type)));
      const returned = samples.find(
        (sample) =>
          sample.seconds > mendedSeconds && isAsBefore(before, answersIn(sample, name, type)),
      );
      const last = [...during]
        .reverse()
        .flatMap((sample) =>
          [...answersIn(sample, name, type)].filter(([server, values]) =>
            hasMoved(before.get(server), values),
          ),
        )[0];
      return {
        name,
        type,
        before: [...new Set([...before.values()].flat())].sort(),
        after: last?.[1] ?? [],
        firstMovedSeconds: firstMoved?.seconds ?? null,
        allMovedSeconds: allMoved?.seconds ?? null,
        returnedSeconds: returned ? returned.seconds - mendedSeconds : null,
      };
    });
}

type ByServer = ReadonlyMap<string, readonly string[]>;

/** The values of each server that answered. */
function answersIn(sample: DnsSample | undefined, name: string, type: string): ByServer {
  const served = sample?.served.find((one) => one.name === name && one.type === type);
  return new Map(
    (served?.answers ?? []).flatMap(({ values, servers }) =>
      servers.map((server) => [server, values] as const),
    ),
  );
}

/** Whether a server answers with other values only. An answer without values is not a move. */
function hasMoved(before: readonly string[] = [], now: readonly string[]): boolean {
  return before.length > 0 && now.length > 0 && !now.some((value) => before.includes(value));
}

/** A server that is silent does not show that it has moved. */
function allHaveMoved(before: ByServer, now: ByServer): boolean {
  return [...before].every(([server, values]) => hasMoved(values, now.get(server) ?? []));
}

function isAsBefore(before: ByServer, now: ByServer): boolean {
  return [...before].every(([server, values]) => {
    const answered = now.get(server) ?? [];
    return answered.length === values.length && answered.every((value) => values.includes(value));
  });
}

/** Whether every server answers as in an earlier sample. */
export function hasReturned(first: DnsSample, now: DnsSample): boolean {
  return first.served.every(({ name, type }) =>
    isAsBefore(answersIn(first, name, type), answersIn(now, name, type)),
  );
}
