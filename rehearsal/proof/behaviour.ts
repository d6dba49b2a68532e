import type { Fault } from "../../routing/graph/faults";
import type { Document, Row, Section } from "../report/document";
import { lasting } from "../report/figures";
import { failureModeText } from "../story/wording";
import { answersText } from "./compare";
import { FaultNames } from "../../routing/graph/faultNames";
import type { MatrixRow } from "./faultMatrix";
import { faultClassOf } from "../../routing/graph/faultClass";
import type { NameProof, Proof } from "./prove";
import { situationText } from "./situationWords";
import { longestDeath } from "./transitions";

/** What no proof of DNS can promise, whichever fault occurs. */
const neverPromised =
  "Not promised in any row: clients that keep an answer longer than its TTL, connections that are open already, and requests in flight.";

/** What customers see of each fault, from a proof: the page `docs/behaviour.md`. */
export function behaviourPage(proof: Proof): Document {
  return {
    title: `What customers see when something fails in ${proof.stack}`,
    lead: "Generated from the proof; a stale copy fails a test. Times are the worst case for a client that honours the TTL, over every way of dying.",
    blocks: [
      { kind: "note", text: neverPromised },
      ...proof.names.map((one): Section => ({
        kind: "section",
        title: `${one.name} ${one.type}`,
        blocks: [singles(proof, one), outcomes(proof, one)],
      })),
    ],
  };
}

/** Each fault alone; faults with the same effect share one row. */
function singles(proof: Proof, { matrix }: NameProof): Section {
  const names = new FaultNames(proof.model);
  const alike = new Map<string, { cells: readonly string[]; faults: Fault[] }>();
  for (const row of matrix) {
    if (!row.fault) continue;
    const cells = [
      answersText({ answers: [...row.answers], dependsOn: [...row.unread] }),
      boundText(row),
      promiseText(proof, row),
    ];
    const key = JSON.stringify([row.fault.kind === "check", ...cells]);
    const known = alike.get(key) ?? { cells, faults: [] };
    known.faults.push(row.fault);
    alike.set(key, known);
  }
  return {
    kind: "section",
    title: "One fault",
    blocks: [
      {
        kind: "table",
        caption: "One fault",
        columns: [
          { head: "fault", kind: "prose" },
          { head: "customers reach", kind: "prose" },
          { head: "at the latest after", kind: "prose" },
          { head: "not promised", kind: "prose" },
        ],
        rows: [
          ...matrix
            .filter(({ fault }) => !fault)
            .map(({ answers, unread }): Row => [
              "none",
              answersText({ answers: [...answers], dependsOn: [...unread] }),
              "",
              "",
            ]),
          ...[...alike.values()].map(({ cells, faults }): Row => [
            listed(faults.map((fault) => names.of(fault))),
            ...cells,
          ]),
        ],
      },
    ],
  };
}

/** The most faults with the same effect that one row names. */
const namesShown = 6;

function listed(names: readonly string[]): string {
  const more = names.length - namesShown;
  return names.slice(0, namesShown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function boundText({ bounds }: MatrixRow): string {
  const slowest = longestDeath(bounds);
  if (!slowest) return "nothing is down";
  const { downtimeSeconds, unread } = slowest.bound;
  if (downtimeSeconds === 0) return "nobody has to move";
  return `${lasting(downtimeSeconds ?? null, unread !== undefined)}, if it ${failureModeText(slowest.death)}`;
}

/** What a fault costs that DNS failover cannot restore. */
function promiseText({ model }: Proof, { fault, bounds }: MatrixRow): string {
  const slowest = longestDeath(bounds);
  if (!fault || !slowest || slowest.bound.downtimeSeconds === 0) return "";
  switch (faultClassOf(model, fault)) {
    case "region":
      return "orders answered 202 and not yet copied, if the region's storage is lost; data other than orders and sessions";
    case "database":
      return "orders until customers have moved; those answered 201 are kept";
    default:
      return "an answer until customers have moved";
  }
}

/** How many of the likeliest sets are listed for each outcome. */
const setsShown = 3;

/** What several faults do together. */
function outcomes(proof: Proof, { cutSets }: NameProof): Section {
  const names = new FaultNames(proof.model);
  return {
    kind: "section",
    title: "Several faults",
    blocks: [
      {
        kind: "table",
        caption: "Several faults",
        columns: [
          { head: "what customers see", kind: "prose" },
          { head: "fewest faults", kind: "number" },
          { head: "the likeliest set of them", kind: "prose" },
        ],
        rows: cutSets.map(({ outcome, countBySize, sets }): Row => [
          outcome.label,
          String(countBySize.findIndex((count) => count > 0)),
          sets
            .slice(0, setsShown)
            .map((set) => situationText(set, names))
            .join("; "),
        ]),
      },
    ],
  };
}
