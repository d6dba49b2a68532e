import { createHash } from "node:crypto";
import type { Resource, Value } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";
import { isList, isObject } from "../../routing/graph/values";
import { gapsText } from "../gaps";
import { statementsOf } from "./assumptionTexts";
import type { Evidence } from "./evidenceSchema";
import { proofData } from "./json";
import type { Proof } from "./prove";
import { provenWords } from "./report";
import { outcomeOf, reasonsOf } from "./verdict";

/** The facts of a record besides the proof; all are passed in, so the same input gives the same bytes. */
export interface EvidenceFacts {
  readonly date: Date;
  readonly version: string;
  readonly commit: string | null;
  readonly owner: string | null;
  /** A date such as 2027-01-31. */
  readonly retest: string | null;
  /** The arguments that name the source. */
  readonly source: string;
  readonly resources: readonly Resource[];
}

/** What no simulation of DNS shows, whatever its subject. */
const exclusions: readonly string[] = [
  "Nothing was made to fail, and no live system was queried: only a drill shows that the deployed system does the same.",
  "Resolvers that keep an answer longer than its TTL, and connections that are open already.",
  "Whether an endpoint that takes over has the capacity for the traffic.",
  "People, runbooks and communication.",
  "Loss and restoration of data: the proof asks whether a database is reachable, not what is in it.",
  "Faults outside the scope, such as of Route 53 itself or of an account.",
];

/** A proof as a record for auditors of tests. */
export function evidenceOf(proof: Proof, facts: EvidenceFacts): Evidence {
  const { date, version, commit, owner, retest, source, resources } = facts;
  const data = proofData(proof, source);
  return {
    format: "failover-evidence/1",
    scenarioType: "simulation",
    result: outcomeOf(proof),
    date: date.toISOString().slice(0, 10),
    tool: { name: "failover", version, commit },
    graphSha256: hashOf(resources),
    owner,
    retest,
    scope: {
      subject: source === "" ? proof.stack : source,
      names: data.names.map(({ name, type, others }) => ({ name, type, others })),
      faults: [...new Set(data.names.flatMap(({ faults }) => faults))].sort(),
      properties: provenWords(proof).map((words) => `never: ${words}`),
    },
    exclusions: [...exclusions],
    objectives: proof.objectives.map(({ name, target, worst, met, dependsOn }) => ({
      name,
      objective: target,
      achieved: worst,
      met,
      ...(dependsOn ? { dependsOn: [...dependsOn] } : {}),
    })),
    gaps: [...reasonsOf(proof), ...(proof.gaps ? [gapsText(proof.gaps)] : [])],
    assumptions: [...statementsOf(proof)],
    proof: data,
  };
}

/** The hash of some resources, independent of the order of resources and properties. */
export function hashOf(resources: readonly Resource[]): string {
  const texts = resources
    .map(({ urn, type, inputs, outputs }) =>
      JSON.stringify([urn, type, ordered(inputs), ordered(outputs)]),
    )
    .sort();
  return createHash("sha256").update(texts.join("\n")).digest("hex");
}

function ordered(value: Value): unknown {
  if (value instanceof Unknown) return { unknown: value.reason };
  if (isList(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  return Object.keys(value)
    .sort()
    .map((key) => [key, ordered(value[key] ?? null)]);
}
