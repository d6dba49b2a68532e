import type { RecordSet } from "../../routing/model";
import type { StackModel } from "../../routing/graph/stackModel";
import { valuesOf } from "../../routing/view";
import type { KnownOrNot } from "../known";
import type { Fact } from "./fact";
import { badFact, unknownFact } from "./fact";
import type { PossibleAnswers, NameTree } from "./nameTree";
import { leavesWith, recordWords } from "./nameTree";

/** Whether the model answers a question as Route 53 does. */
export interface Agreement {
  readonly name: string;
  readonly type: string;
  readonly state: "agrees" | "differs" | "unknown";
  /** The values that the model allows. */
  readonly model: readonly string[];
  /** The values that `TestDNSAnswer` gave; null where it gave none. */
  readonly route53: readonly string[] | null;
  /** The difference with its record and reason, or why nothing is known. */
  readonly why?: string;
}

/** An answer of Route 53, and who gave it. */
export interface GivenAnswer {
  /** `Route 53`, or the names of servers. */
  readonly by: string;
  readonly values: readonly string[];
  /** What the model decides for a query from there. */
  readonly decision: PossibleAnswers;
}

/** What an agreement is computed from. */
export interface AgreementInput {
  readonly model: StackModel;
  readonly tree: NameTree;
  /** The answer of `TestDNSAnswer`. */
  readonly test: KnownOrNot<readonly string[]>;
  /** What the model decides for it. */
  readonly decision: PossibleAnswers;
  /** The answers of the name servers. */
  readonly served: readonly GivenAnswer[];
  readonly addresses: ReadonlyMap<string, readonly string[]>;
}

/** Compares the answers of Route 53 with those of the model. */
export function judgeAgreement(input: AgreementInput): {
  readonly agreement: Agreement;
  readonly facts: readonly Fact[];
} {
  const { tree, test, decision, served } = input;
  const title = `${tree.name} ${tree.type}`;
  const tested = "value" in test ? test.value : null;
  const given = sameAnswers([
    ...(tested === null ? [] : [{ by: "Route 53", values: tested, decision }]),
    ...served,
  ]);
  const differences = given.flatMap((one) => differenceIn(input, one));
  const untold = given.filter(({ values }) => leavesOf(input, values) === undefined);
  const base = {
    name: tree.name,
    type: tree.type,
    model: [...new Set([...decision.possible].flatMap(valuesOf))],
    route53: tested,
  };
  if (differences.length > 0) {
    const why = differences.join("; ");
    return {
      agreement: { ...base, state: "differs", why },
      facts: [badFact("model-differs", `${title}: ${why}`)],
    };
  }
  const reasons = [
    ...("unknown" in test ? [test.unknown] : []),
    ...decision.unknown.map(({ name, why }) => `it depends on ${name}: ${why}`),
    ...untold.map(({ by, values }) => `${by} answers ${values.join(", ")}, which no record has`),
  ];
  if (reasons.length === 0) return { agreement: { ...base, state: "agrees" }, facts: [] };
  const why = reasons.join("; ");
  return {
    agreement: { ...base, state: "unknown", why },
    facts: [unknownFact("model", `${title}: cannot tell whether the model agrees: ${why}`)],
  };
}

function leavesOf(
  { tree, addresses }: AgreementInput,
  values: readonly string[],
): readonly RecordSet[] | undefined {
  return leavesWith(values, tree, addresses);
}

/** The difference of an answer, with the record where the ways part and the model's reason. */
function differenceIn(
  input: AgreementInput,
  { by, values, decision }: GivenAnswer,
): readonly string[] {
  const leaves = leavesOf(input, values);
  const others = leaves?.filter((leaf) => !decision.possible.has(leaf)) ?? [];
  const isNone = values.length === 0 && decision.possible.size > 0;
  if (others.length === 0 && !isNone) return [];
  const got = isNone ? "nothing" : `${values.join(", ")} (${others.map(recordWords).join(", ")})`;
  const wanted = [...decision.possible].map(
    (leaf) => `${valuesOf(leaf).join(", ")} (${recordWords(leaf)})`,
  );
  const parting = isNone ? undefined : partingOf(input, others, decision);
  return [
    `answer of ${by}: ${got}, of the model: ${wanted.join(" or ")}${parting === undefined ? "" : `; ${parting}`}`,
  ];
}

/** The answers with the same values as one, where the model allows the same for all of them. */
function sameAnswers(given: readonly GivenAnswer[]): readonly GivenAnswer[] {
  const byAnswer = new Map<string, GivenAnswer>();
  for (const one of given) {
    const allowed = [...one.decision.possible].map(({ id }) => id).sort();
    const key = JSON.stringify([one.values, allowed]);
    const known = byAnswer.get(key);
    byAnswer.set(key, known ? { ...known, by: `${known.by}, ${one.by}` } : one);
  }
  return [...byAnswer.values()];
}

/** The first choice of the model that does not lead to the records that Route 53 answers with. */
function partingOf(
  { model: { route53 }, tree }: AgreementInput,
  others: readonly RecordSet[],
  { path }: PossibleAnswers,
): string | undefined {
  const records = route53.reachable(tree.name, tree.type);
  const step = path.find(({ record, setIdentifier }) => {
    const chosen = records.find(
      (one) => `${one.name} ${one.type}` === record && one.setIdentifier === setIdentifier,
    );
    const below = chosen && route53.next(chosen, tree.type);
    const reached = below ? route53.reachableFrom(below, tree.type) : chosen ? [chosen] : [];
    return !others.some((other) => reached.includes(other));
  });
  if (step === undefined) return undefined;
  const set = step.setIdentifier === undefined ? "" : ` [${step.setIdentifier}]`;
  return `the model chooses ${step.record}${set}: ${step.reason}`;
}
