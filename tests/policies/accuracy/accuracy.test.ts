import { expect } from "chai";
import type { Finding } from "../../../policies/finding";
import { findAll } from "../../../policies/inProcess";
import { messageOf } from "../../../policies/message";
import { rules as workloadRules } from "../../../policies/workload/pack";
import { expectDocument } from "../../expectDocument";
import { types } from "../../../policies/types";
import type { Sample } from "../sample";
import { measure, rulesForAny } from "./measure";
import { obeyed } from "./remedies";
import { accuracyPage } from "./page";
import { fault, scenario } from "./scenario";
import { choiceStacks } from "./stacks/choices";
import { databaseStacks } from "./stacks/databases";
import { failoverStacks } from "./stacks/failover";
import { nameStacks } from "./stacks/names";
import { serviceStacks } from "./stacks/services";
import { tierStacks } from "./stacks/tiers";
import { workloadStacks } from "./stacks/workload";

const scenarios = [
  ...failoverStacks,
  ...tierStacks,
  ...choiceStacks,
  ...serviceStacks,
  ...nameStacks,
  ...workloadStacks,
  ...databaseStacks,
];
/** Minimum precision and recall, in percent. */
const precisionMin = 95;
const recallMin = { failover: 90, workload: 80 };

const workload = new Set(workloadRules.map(({ name }) => name));

type Violated = Extract<Finding, { kind: "violation" }> & { readonly message: string };

function violationsIn(sample: Sample): readonly (readonly [rule: string, finding: Violated])[] {
  return findAll(rulesForAny, sample.resources).flatMap(({ rule, finding }) =>
    finding.kind === "violation"
      ? [[rule.name, { ...finding, message: messageOf(finding) }] as const]
      : [],
  );
}

describe("the packs on stacks of other programs", () => {
  const { accuracies, slips } = measure(scenarios);

  it("are measured on at least 40 different stacks, each with at least one mistake", () => {
    expect(scenarios.length).to.be.at.least(40);
    expect(new Set(scenarios.map(({ title }) => title)).size).to.equal(scenarios.length);
    for (const { title, faults } of scenarios) expect(faults.length, title).to.be.at.least(1);
  });

  it("have a precision of at least 95 % for each rule", () => {
    for (const { rule, right, findings } of accuracies) {
      expect(100 * right, rule).to.be.at.least(precisionMin * findings);
    }
  });

  it("have a recall of at least 90 % for each rule on failover and health, and of 80 % for the others", () => {
    for (const { rule, caught, planted } of accuracies) {
      const least = workload.has(rule) ? recallMin.workload : recallMin.failover;
      expect(100 * caught, rule).to.be.at.least(least * planted);
    }
  });

  it("have no false critical findings", () => {
    const critical = new Set(
      accuracies.filter(({ severity }) => severity === "critical").map(({ rule }) => rule),
    );
    expect(slips.filter(({ kind, rule }) => kind === "false" && critical.has(rule))).to.deep.equal(
      [],
    );
  });

  it("give remedies that work: if a message names a value, setting it removes the finding and adds no other", () => {
    const tried = scenarios.flatMap(({ title, sample, faults }) =>
      faults.flatMap(({ title: mistake, apply }) => {
        const wrong = apply(sample);
        const before = violationsIn(wrong);
        const known = new Set(before.map(([, { message }]) => message));
        return [...new Set(before.map(([rule]) => rule))].flatMap((rule) => {
          const better = obeyed(
            wrong,
            before.filter(([name]) => name === rule).map(([, finding]) => finding),
          );
          if (!better) return [];
          const after = violationsIn(better);
          return [
            {
              where: `${title}; ${mistake}: ${rule}`,
              isLeft: after.some(([name]) => name === rule),
              fresh: after.filter(([, { message }]) => !known.has(message)).map(([name]) => name),
            },
          ];
        });
      }),
    );
    expect(tried.length).to.be.at.least(45);
    expect(tried.filter(({ isLeft, fresh }) => isLeft || fresh.length > 0)).to.deep.equal([]);
  });

  it("match docs/policies-accuracy.md; UPDATE_DOCS=1 regenerates it", async () => {
    const mistakes = scenarios.flatMap(({ faults }) => faults).length;
    const page = accuracyPage(scenarios.length, mistakes, accuracies, slips);
    await expectDocument("policies-accuracy.md", page);
  });

  it("count missed mistakes and false findings", () => {
    const plain = scenario(
      "a bucket",
      [{ type: types.bucket, name: "it", properties: { acl: "public-read" } }],
      fault("nothing", (sample) => sample, "check-is-enabled at it"),
    );
    const { accuracies: counted, slips: told } = measure([plain]);
    const of = (name: string) => counted.find(({ rule }) => rule === name);
    expect(of("bucket-blocks-public-access")).to.include({ findings: 2, right: 0 });
    expect(of("check-is-enabled")).to.include({ planted: 1, caught: 0 });
    expect(told.map(({ kind }) => kind)).to.deep.equal(["false", "missed", "false"]);
    expect(accuracyPage(1, 1, counted, told)).to.contain("- missed: a bucket; nothing: ");
  });
});
