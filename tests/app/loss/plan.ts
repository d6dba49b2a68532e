import { randomOf, type Random } from "./random";

/** The kinds of faults, each on one side, except `linkDown`, which affects both. */
export const FAULT_KINDS = [
  "databaseKilled",
  "databaseHung",
  "databaseRestarted",
  "databaseReset",
  "databaseUnreachable",
  "databaseFarAway",
  "databaseLocked",
  "databaseFull",
  "databaseReadOnly",
  "journalRefused",
  "journalHung",
  "journalSlow",
  "journalAnswerLost",
  "journalAnswerCut",
  "journalThrottled",
  "journalFailing",
  "localReplicaRefused",
  "localReplicaThrottled",
  "linkDown",
  "redisDead",
  "appKilled",
  "workersKilled",
  "drainKilled",
  "drainsAtOnce",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export type SideName = "oregon" | "dublin";

/** One fault on one side. */
export interface Fault {
  readonly kind: FaultKind;
  readonly side: SideName;
}

/** Faults that last for the same time, followed by a pause in which all are repaired. */
export interface Round {
  readonly faults: readonly Fault[];
  readonly holdMs: number;
  /** The delay of replication between the regions meanwhile. */
  readonly replicationMs: number;
}

/** Everything that a run draws from its seed, except the actions of clients. */
export interface Plan {
  readonly seed: number;
  readonly rounds: readonly Round[];
  readonly destroyed: SideName;
}

const SIDES: readonly SideName[] = ["oregon", "dublin"];

/** Draws a plan: first every fault alone, then combinations of two to four. */
export function planOf(seed: number, rounds: number, destroy?: SideName): Plan {
  const random = randomOf(seed);
  const drawn = random.pick(SIDES);
  const destroyed = destroy ?? drawn;
  const alone = shuffled(random, FAULT_KINDS).map((kind) => [{ kind, side: random.pick(SIDES) }]);
  const together = Array.from({ length: Math.max(0, rounds - alone.length) }, () =>
    combination(random, 2 + random.below(3)),
  );
  const all = [...alone, ...together].slice(0, rounds);
  return {
    seed,
    destroyed,
    rounds: all.map((faults) => ({
      faults,
      holdMs: 1200 + random.below(1300),
      // Sometimes as slow as it has been in bad hours.
      replicationMs: random.chance(1, 5) ? 1000 + random.below(4000) : 50 + random.below(500),
    })),
  };
}

/** A round as one line, such as `oregon databaseHung + dublin drainKilled`. */
export function describeRound({ faults }: Round): string {
  return faults.map(({ side, kind }) => `${side} ${kind}`).join(" + ");
}

function combination(random: Random, size: number): Fault[] {
  const faults: Fault[] = [];
  while (faults.length < size) {
    const fault = { kind: random.pick(FAULT_KINDS), side: random.pick(SIDES) };
    if (faults.every((other) => !excludes(other, fault))) faults.push(fault);
  }
  return faults;
}

/** Two faults of one server would interfere: a stopped server cannot also be killed. */
function excludes(one: Fault, other: Fault): boolean {
  return one.side === other.side && subjectOf(one.kind) === subjectOf(other.kind);
}

function subjectOf(kind: FaultKind): string {
  return /^(database|journal|drain|redis|link|localReplica)/.exec(kind)?.[0] ?? "web";
}

function shuffled<T>(random: Random, values: readonly T[]): T[] {
  const left = [...values];
  return values.map(() => {
    const [value] = left.splice(random.below(left.length), 1);
    if (value === undefined) throw new Error("nothing left to draw");
    return value;
  });
}
