import { parseMessage } from "../../policies/message";
import type { PackConfig } from "../../policies/packConfig";
import { nameOf } from "../../routing/graph/fromExport";
import type { Resource } from "../../routing/graph/resource";
import { secretText } from "../../routing/graph/secrets";
import type { NotJudged } from "./notJudged";
import { notJudgedBy } from "./notJudged";
import type { Analysis, PackInfo } from "./servedPack";

/** A state that a rule forbids. */
export interface PolicyViolation {
  readonly pack: string;
  readonly policy: string;
  readonly level: "mandatory" | "advisory";
  readonly urn: string;
  readonly message: string;
  /** The violation that causes this one; undefined if it is independent. */
  readonly cause?: ViolationCause;
}

/** The rule and the resource of another violation. */
export interface ViolationCause {
  readonly policy: string;
  readonly urn: string;
}

/** A value that a rule could not check because it is unknown. */
export interface PolicyUnknown {
  readonly pack: string;
  readonly policy: string;
  readonly urn: string;
  readonly property: string;
  /** The resource, and the reason. */
  readonly why: string;
}

/** A rule that failed to run. */
export interface PolicyBroken {
  readonly pack: string;
  readonly policy: string;
  readonly urn?: string;
  readonly error: string;
}

/** A remediation by a rule: the update continues with it. */
export interface PolicyRemediated {
  readonly pack: string;
  readonly policy: string;
  readonly urn: string;
}

/** A rule with a weaker level or a looser bound in an environment than in the pack. */
export interface PolicyException {
  readonly pack: string;
  readonly policy: string;
  readonly level: string;
  readonly reason: string;
}

/** The result of one pack on one stack. */
export interface PackVerdict {
  readonly info: PackInfo;
  /** The origin of the levels, in words. */
  readonly levelsSource: string;
  /** The number of enabled rules that applied to at least one resource. */
  readonly checkedCount: number;
  /** The number of enabled rules. */
  readonly enabledCount: number;
  readonly exceptions: readonly PolicyException[];
  readonly violations: readonly PolicyViolation[];
  readonly unknown: readonly PolicyUnknown[];
  readonly broken: readonly PolicyBroken[];
  readonly remediated: readonly PolicyRemediated[];
  /** Types in the pack's subject area that none of its rules reads. */
  readonly notJudged: readonly NotJudged[];
}

/** The results of the packs on one stack. */
export interface PoliciesVerdict {
  /** The subject: `stack prod`, or the path of an export. */
  readonly subject: string;
  readonly packs: readonly PackVerdict[];
}

/** The verdict from the reports of a pack. */
export function packVerdict(
  info: PackInfo,
  config: PackConfig,
  levelsSource: string,
  { diagnostics, applicable, remediations }: Analysis,
  resources: readonly Resource[],
): PackVerdict {
  const pack = info.name;
  const violations: PolicyViolation[] = [];
  const unknown: PolicyUnknown[] = [];
  const broken: PolicyBroken[] = [];
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  for (const { policy, level, urn, message } of diagnostics) {
    const parsed = parseMessage(message);
    if (parsed.kind === "broken") {
      broken.push({ pack, policy, ...(urn === "" ? {} : { urn }), error: parsed.error });
    } else if (parsed.kind === "unknown") {
      const { property, text } = parsed;
      const why = text.slice(property.length + 2) + encryptedNote(byUrn.get(urn), property);
      unknown.push({ pack, policy, urn, property, why });
    } else {
      const isAdvice = level === "advisory";
      violations.push({ pack, policy, level: isAdvice ? "advisory" : "mandatory", urn, message });
    }
  }
  const enabled = info.policies.filter(({ name }) => config.get(name)?.level !== "disabled");
  return {
    info,
    levelsSource,
    checkedCount: enabled.filter(({ name }) => applicable.includes(name)).length,
    enabledCount: enabled.length,
    exceptions: exceptionsOf(info, config),
    violations: withCauses(violations.sort(byLevel)),
    unknown,
    broken,
    remediated: remediations.map((each) => ({ pack, ...each })),
    notJudged: notJudgedBy(pack, resources),
  };
}

/** Rules about a sum over records and checks; their message names the source of each term. */
const sums: readonly string[] = ["failover-budget-is-kept"];

/** Links a sum that is too large to the violation of a record or check that it names. */
function withCauses(violations: readonly PolicyViolation[]): readonly PolicyViolation[] {
  const causeOf = ({ policy, message }: PolicyViolation): ViolationCause | undefined => {
    if (!sums.includes(policy)) return undefined;
    const words = new Set(message.split(/[\s;,]+/));
    const cause = violations.find(
      (other) => !sums.includes(other.policy) && words.has(nameOf(other.urn)),
    );
    return cause && { policy: cause.policy, urn: cause.urn };
  };
  return violations.map((violation) => {
    const cause = causeOf(violation);
    return cause ? { ...violation, cause } : violation;
  });
}

/** On the wire, a secret is just an unknown value; the note adds the remedy for secrets. */
function encryptedNote(resource: Resource | undefined, property: string): string {
  if (!resource) return "";
  const isEncrypted = Object.entries(resource.unknown).some(
    ([path, reason]) =>
      reason === "encrypted" && path.replace(/^(inputs|outputs)\./, "").startsWith(property),
  );
  return isEncrypted ? ` (it is ${secretText(resource)})` : "";
}

function byLevel(a: PolicyViolation, b: PolicyViolation): number {
  return Number(a.level === "advisory") - Number(b.level === "advisory");
}

function exceptionsOf({ name: pack, policies }: PackInfo, config: PackConfig): PolicyException[] {
  return policies.flatMap(({ name, level: own }) => {
    const entry = config.get(name);
    const reason = entry?.values["reason"];
    if (!entry || typeof reason !== "string") return [];
    const hasOwnLevel = entry.level !== own || entry.level === "disabled";
    const level = hasOwnLevel ? entry.level : `${entry.level}, with another bound`;
    return [{ pack, policy: name, level, reason }];
  });
}

/** The most severe finding of all packs. */
export type PolicyOutcome = "broken" | "stopped" | "fine";

/** The outcome of the verdicts; a broken rule is worse than a violation, because its result is unknown. */
export function policyOutcomeOf(verdicts: readonly PoliciesVerdict[]): PolicyOutcome {
  const packs = verdicts.flatMap((verdict) => verdict.packs);
  if (packs.some(({ broken }) => broken.length > 0)) return "broken";
  const isStopped = packs.some(({ violations }) =>
    violations.some(({ level }) => level === "mandatory"),
  );
  return isStopped ? "stopped" : "fine";
}
