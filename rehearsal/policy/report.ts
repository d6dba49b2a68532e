import { nameOf } from "../../routing/graph/fromExport";
import type { Document, FindingEntry, Section, Span, Verdict } from "../report/document";
import { counted } from "../report/figures";
import type { NotJudged } from "./notJudged";
import type {
  PackVerdict,
  PoliciesVerdict,
  PolicyBroken,
  PolicyRemediated,
  PolicyUnknown,
  PolicyViolation,
  ViolationCause,
} from "./verdict";
import { jsonText } from "../report/jsonText";

/** The report of `failover policy`: each pack with its findings and unknowns. */
export function policyReport({ subject, packs }: PoliciesVerdict): Document {
  return {
    title: `Policies for ${subject}`,
    verdict: verdictOf(packs),
    blocks: packs.map(packSection),
  };
}

function verdictOf(packs: readonly PackVerdict[]): Verdict {
  const own = packs.flatMap(({ violations }) => violations).filter(({ cause }) => !cause);
  const mandatory = own.filter(({ level }) => level === "mandatory").length;
  const broken = packs.reduce((sum, pack) => sum + pack.broken.length, 0);
  const bad = [
    ...(broken > 0 ? [`${counted(broken, "rule")} ${broken === 1 ? "is" : "are"} broken.`] : []),
    ...(mandatory > 0
      ? [
          `${counted(mandatory, "mandatory finding")} ${mandatory === 1 ? "blocks" : "block"} an update.`,
        ]
      : []),
  ];
  if (bad.length > 0) return { isGood: false, text: bad.join(" "), reasons: [] };
  const unknown = packs.reduce((sum, pack) => sum + pack.unknown.length, 0);
  return unknown === 0
    ? { isGood: true, text: "No policy blocks an update.", reasons: [] }
    : {
        ...{ isGood: false, isUnknown: true },
        text: `No policy blocks an update, but ${counted(unknown, "finding")} ${unknown === 1 ? "is" : "are"} unknown.`,
        reasons: [],
      };
}

/** The output of `failover policy --json`. */
export interface PolicyOutput {
  readonly violations: readonly PolicyViolation[];
  readonly unknown: readonly Omit<PolicyUnknown, "why">[];
  readonly broken: readonly PolicyBroken[];
  /** Present only if a rule changes something. */
  readonly remediated?: readonly PolicyRemediated[];
  /** Present only if the stack has types that no rule reads. */
  readonly notJudged?: readonly ({ readonly pack: string } & NotJudged)[];
}

export function policyJson(verdicts: readonly PoliciesVerdict[]): string {
  const packs = verdicts.flatMap((verdict) => verdict.packs);
  const remediated = packs.flatMap((pack) => pack.remediated);
  const notJudged = packs.flatMap(({ info, notJudged: types }) =>
    types.map((each) => ({ pack: info.name, ...each })),
  );
  const output: PolicyOutput = {
    violations: packs.flatMap(({ violations }) => violations),
    unknown: packs.flatMap(({ unknown }) =>
      unknown.map(({ pack, policy, urn, property }) => ({ pack, policy, urn, property })),
    ),
    broken: packs.flatMap(({ broken }) => broken),
    ...(remediated.length > 0 ? { remediated } : {}),
    ...(notJudged.length > 0 ? { notJudged } : {}),
  };
  return jsonText(output);
}

function packSection(verdict: PackVerdict): Section {
  const { info, levelsSource } = verdict;
  const entries = entriesOf(verdict);
  return {
    kind: "section",
    title: `${info.name} ${info.version}, ${levelsSource}: ${summaryOf(verdict)}`,
    blocks: entries.length > 0 ? [{ kind: "entries", entries }] : [],
  };
}

function entriesOf(verdict: PackVerdict): readonly FindingEntry[] {
  const { violations, unknown, broken, remediated, exceptions, notJudged } = verdict;
  return [
    ...broken.map(({ policy, urn, error }) =>
      entry(bad("broken"), urn === undefined ? policy : `${policy} at ${nameOf(urn)}`, error),
    ),
    ...alike(violations.filter(({ cause }) => !cause)).flatMap(([violation, ...others]) => [
      violationEntry(violation),
      ...(others.length > 0 ? [alsoEntry(violation.policy, others)] : []),
      ...[violation, ...others].flatMap((each) => consequencesOf(each, violations)),
    ]),
    ...unknown.map(({ policy, property, why }) =>
      entry({ text: "unknown" }, `${policy}, ${property}`, why),
    ),
    ...notJudged.map(({ type, count }) =>
      entry({ text: "unread" }, type, `${count} of this type, which no rule reads`),
    ),
    ...remediated.map(({ policy, urn }) =>
      entry({ text: "remediated" }, policy, `${nameOf(urn)} is remediated by the rule`),
    ),
    ...exceptions.map(({ policy, level, reason }) =>
      entry({ text: "exception", tone: "soft" }, `${policy} is ${level}`, reason),
    ),
  ];
}

function violationEntry({ policy, level, message }: PolicyViolation): FindingEntry {
  return entry(level === "mandatory" ? bad(level) : { text: level }, policy, message);
}

type Alike = readonly [PolicyViolation, ...PolicyViolation[]];

/** Violations grouped by message, apart from the resource's own name: often they are one mistake. */
export function alike(violations: readonly PolicyViolation[]): readonly Alike[] {
  const groups = new Map<string, [PolicyViolation, ...PolicyViolation[]]>();
  for (const violation of violations) {
    const { policy, level, message, urn } = violation;
    const key = JSON.stringify([policy, level, message.replaceAll(nameOf(urn), "")]);
    const known = groups.get(key);
    if (known) known.push(violation);
    else groups.set(key, [violation]);
  }
  return [...groups.values()];
}

function alsoEntry(policy: string, others: readonly PolicyViolation[]): FindingEntry {
  return entry({ text: "also", tone: "soft" }, policy, sameText(others));
}

/** The resources of violations that are like another one. */
export function sameText(others: readonly PolicyViolation[]): string {
  return `the same for ${others.map(({ urn }) => nameOf(urn)).join(", ")}`;
}

/** The consequences of a violation, listed under the first violation of its rule and resource. */
function consequencesOf(
  violation: PolicyViolation,
  all: readonly PolicyViolation[],
): readonly FindingEntry[] {
  const isAt = ({ policy, urn }: ViolationCause): boolean =>
    policy === violation.policy && urn === violation.urn;
  if (all.find(isAt) !== violation) return [];
  return all
    .filter(({ cause }) => cause && isAt(cause))
    .map(({ policy, message }) => entry({ text: "thus", tone: "soft" }, policy, message));
}

function entry(word: Span, head: string, text: string): FindingEntry {
  return { word, head, text };
}

function bad(text: string): Span {
  return { text, tone: "bad" };
}

/** A summary of a pack's verdict. */
export function summaryOf(verdict: PackVerdict): string {
  const { checkedCount, enabledCount, unknown, broken, remediated, notJudged } = verdict;
  const unread = notJudged.reduce((sum, { count }) => sum + count, 0);
  if (checkedCount === 0 && broken.length === 0) {
    return unread > 0 ? `${unread} not judged; no rule applied` : "nothing to check";
  }
  const own = verdict.violations.filter(({ cause }) => !cause);
  const mandatory = own.filter(({ level }) => level === "mandatory").length;
  const counts = [
    [broken.length, "broken"],
    [mandatory, "mandatory"],
    [own.length - mandatory, "advisory"],
    [unknown.length, "unknown"],
    [unread, "not judged"],
    [remediated.length, "remediated"],
  ] as const;
  const found = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const rules = `${checkedCount} of ${enabledCount} rules applied`;
  return found.length === 0 ? `no findings; ${rules}` : `${found.join(", ")}; ${rules}`;
}
