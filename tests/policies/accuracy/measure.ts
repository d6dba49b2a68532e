import { findAll } from "../../../policies/inProcess";
import type { Severity, Rule } from "../../../policies/rule";
import { rules as dnsRules } from "../../../policies/dns-failover/pack";
import { messageOf } from "../../../policies/message";
import { rules as workloadRules } from "../../../policies/workload/pack";
import type { Sample } from "../sample";
import type { Fault, Scenario } from "./scenario";

/** The measured accuracy of one rule. */
export interface Accuracy {
  readonly rule: string;
  readonly severity: Severity;
  /** The mistakes that it must report, and those that it reported. */
  readonly planted: number;
  readonly caught: number;
  /** Its findings, and those that are right. */
  readonly findings: number;
  readonly right: number;
}

/** A missed mistake or a false finding, in words. */
export interface Slip {
  readonly rule: string;
  readonly kind: "missed" | "false";
  readonly text: string;
}

/** The rules that are enabled for any stack. */
export const rulesForAny: readonly Rule[] = [...dnsRules, ...workloadRules].filter(
  ({ level }) => level !== "disabled",
);

/** The findings of the packs at their own levels, as `rule at resource`, with the message. */
function found(sample: Sample): ReadonlyMap<string, string> {
  return new Map(
    findAll(rulesForAny, sample.resources)
      .filter(({ finding }) => finding.kind === "violation")
      .map(({ rule, finding }) => [`${rule.name} at ${finding.name}`, messageOf(finding)]),
  );
}

const none: Fault = { title: "no mistake", apply: (sample) => sample, finds: [] };

/** The accuracy of each rule over all stacks and their mistakes, and all slips. */
export function measure(scenarios: readonly Scenario[]): {
  readonly accuracies: readonly Accuracy[];
  readonly slips: readonly Slip[];
} {
  const slips: Slip[] = [];
  const counts = new Map(
    rulesForAny.map(({ name }) => [name, { planted: 0, caught: 0, findings: 0, right: 0 }]),
  );
  const count = (line: string, key: "planted" | "caught" | "findings" | "right"): void => {
    const entry = counts.get(ruleOf(line));
    if (entry) entry[key] += 1;
  };
  for (const { title, sample, faults } of scenarios) {
    for (const { title: mistake, apply, finds, also = [] } of [none, ...faults]) {
      const lines = found(apply(sample));
      for (const line of finds) {
        count(line, "planted");
        if (lines.has(line)) count(line, "caught");
        else
          slips.push({ rule: ruleOf(line), kind: "missed", text: `${title}; ${mistake}: ${line}` });
      }
      for (const [line, message] of lines) {
        count(line, "findings");
        if (finds.includes(line) || also.includes(line)) count(line, "right");
        else
          slips.push({
            rule: ruleOf(line),
            kind: "false",
            text: `${title}; ${mistake}: ${line}: ${message}`,
          });
      }
    }
  }
  const accuracies = rulesForAny.map(({ name, severity }) => ({
    rule: name,
    severity,
    ...(counts.get(name) ?? { planted: 0, caught: 0, findings: 0, right: 0 }),
  }));
  return { accuracies, slips };
}

function ruleOf(line: string): string {
  return line.split(" at ")[0] ?? line;
}
