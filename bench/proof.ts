import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultFaultRates } from "../rehearsal/proof/faultRates";
import type { ProofOrder } from "../rehearsal/proof/prove";
import { prove } from "../rehearsal/proof/prove";
import type { Properties, Resource } from "../routing/graph/resource";
import { record, resource, zone } from "../tests/routing/graph/stack";
import { bundled, extract } from "./commit";
import type { Figures } from "./figures";
import { median } from "./measure";

/** Route 53 allows this many records of one name and type, unless a quota is raised. */
const recordsCount = 100;
const proofMaxSeconds = 5;
/** The proof of an earlier commit of many more records may take minutes. */
const comparedRecordsCount = 20;
const turnsCount = 3;
const hostnamesCount = 1_000;

type Prove = (order: ProofOrder) => unknown;

/** The policy and weight of one record among others of its name. */
const policies: Readonly<Record<string, (index: number) => Properties>> = {
  weighted: (index) => ({ weightedRoutingPolicies: [{ weight: index + 1 }] }),
  multivalue: () => ({ multivalueAnswerRoutingPolicy: true }),
};

/**
 * The CPU time to prove many records of one name, each with a check, and many names of two records.
 *
 * @param commit a git commit to compare with; undefined: no comparison
 */
export function proofFigures(figures: Figures, commit: string | undefined): void {
  const folder = mkdtempSync(join(tmpdir(), "proof-bench-"));
  try {
    const then = commit === undefined ? undefined : proveAt(commit, folder);
    for (const [policy, routing] of Object.entries(policies)) {
      const all = cpuSeconds(prove, recordsOf(routing, recordsCount));
      figures.print(`logic.proof.${policy}.${recordsCount}`, all, "s", { most: proofMaxSeconds });
      if (then)
        compare(
          figures,
          `${policy}.${comparedRecordsCount}`,
          then,
          recordsOf(routing, comparedRecordsCount),
        );
    }
    const hostnames = hostnamesOf(hostnamesCount);
    figures.print(`logic.proof.hostnames.${hostnamesCount}`, cpuSeconds(prove, hostnames), "s");
    if (then) compare(figures, `hostnames.${hostnamesCount}`, then, hostnames);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Both in turns, so that other load on the machine affects them alike. */
function compare(
  figures: Figures,
  what: string,
  then: Prove,
  resources: readonly Resource[],
): void {
  const turns = Array.from({ length: turnsCount }, () => [
    cpuSeconds(prove, resources),
    cpuSeconds(then, resources),
  ]);
  const [now, before] = [0, 1].map((side) => median(turns.map((turn) => turn[side] ?? NaN)));
  figures.print(`logic.proof.${what}.then`, before ?? NaN, "s");
  figures.print(`logic.proof.${what}.ofThen`, (now ?? NaN) / (before ?? NaN), "ratio", { most: 1 });
}

function cpuSeconds(work: Prove, resources: readonly Resource[]): number {
  const before = process.cpuUsage();
  work({ stack: "bench", resources, names: [], rates: defaultFaultRates });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function recordsOf(routing: (index: number) => Properties, count: number): readonly Resource[] {
  const servers = Array.from({ length: count }, (_, index) => checked(index, routing(index)));
  return [zone, ...servers.flat()];
}

function hostnamesOf(count: number): readonly Resource[] {
  const pairs = Array.from({ length: count }, (_, index) =>
    ["PRIMARY", "SECONDARY"].flatMap((type, place) =>
      checked(2 * index + place, {
        name: `shop${index}.a.test`,
        failoverRoutingPolicies: [{ type }],
      }),
    ),
  );
  return [zone, ...pairs.flat()];
}

/** A record of an address of its own, and the check that probes it. */
function checked(index: number, more: Properties): readonly Resource[] {
  const ipAddress = `198.51.${Math.floor(index / 250)}.${index % 250}`;
  const check = { type: "HTTP", port: 80, ipAddress, requestInterval: 30, failureThreshold: 3 };
  return [
    resource("aws:route53/healthCheck:HealthCheck", `check-${index}`, check),
    record(`record-${index}`, {
      setIdentifier: `${index}`,
      records: [ipAddress],
      healthCheckId: `check-${index}`,
      ...more,
    }),
  ];
}

/** The proof of an earlier commit. */
function proveAt(commit: string, folder: string): Prove {
  extract(commit, folder);
  const entry = join(folder, "rehearsal", "proof", "prove.ts");
  return (bundled(entry, join(folder, "prove.cjs")) as { prove: Prove }).prove;
}
