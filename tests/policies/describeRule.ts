import { expect } from "chai";
import type { ConfigProperties } from "../../policies/configSchema";
import { configFaults } from "../../policies/configSchema";
import { findingsOf } from "../../policies/inProcess";
import { messageOf } from "../../policies/message";
import type { Rule } from "../../policies/rule";
import { configSchemaOf } from "../../policies/rule";
import { Stack } from "../../policies/stack";
import type { Sample } from "./sample";

/** A sample, a configuration, and the full text of the findings. */
export interface RuleCase {
  readonly title: string;
  readonly sample: Sample;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly finds: readonly string[];
}

/** A sample without findings. */
export type QuietCase = Omit<RuleCase, "finds">;

/** The cases that each rule is tested with. */
export interface RuleCases {
  readonly complies: readonly QuietCase[];
  readonly violates: readonly RuleCase[];
  /** The last allowed value, and the first forbidden one. */
  readonly boundary: readonly RuleCase[];
  readonly notApplicable: readonly QuietCase[];
  readonly unknown: readonly RuleCase[];
  /** Values that its schema rejects, with the messages; none for a rule without properties. */
  readonly configuration: readonly {
    readonly values: Readonly<Record<string, unknown>>;
    readonly faults: readonly string[];
  }[];
}

/** The tests of one rule. */
export function describeRule(rule: Rule, cases: RuleCases): void {
  const find = ({ sample, config }: QuietCase): readonly string[] =>
    findingsOf(rule, new Stack(sample.resources), config).map(messageOf);

  describe(rule.name, () => {
    for (const each of [...cases.complies, ...cases.notApplicable]) {
      it(`finds nothing ${each.title}`, () => {
        expect(find(each)).to.deep.equal([]);
      });
    }
    for (const each of [...cases.violates, ...cases.boundary, ...cases.unknown]) {
      it(`${each.finds.length === 0 ? "allows" : "reports"} ${each.title}`, () => {
        expect(find(each)).to.deep.equal(each.finds);
      });
    }
    it("has every kind of case", () => {
      const { complies, violates, boundary, notApplicable, unknown, configuration } = cases;
      const counts = [complies, violates, boundary, notApplicable, unknown].map((x) => x.length);
      expect(Math.min(...counts)).to.be.greaterThan(0);
      expect(configuration.length > 0).to.equal(Object.keys(rule.config).length > 0);
      for (const each of violates) expect(each.finds).to.not.deep.equal([]);
      for (const each of unknown) {
        expect(each.finds.every((text) => text.startsWith("unknown: "))).to.equal(true);
      }
    });
    describeConfiguration(rule, configSchemaOf(rule).properties, cases.configuration);
  });
}

function describeConfiguration(
  rule: Rule,
  properties: ConfigProperties,
  cases: RuleCases["configuration"],
): void {
  it("rejects a configuration that does not match its schema", () => {
    const known = Object.keys(properties);
    expect(configFaults(properties, { reasn: "because it is so" }, rule.name)).to.have.length(1);
    expect(known).to.include("reason");
    for (const { values, faults } of cases) {
      expect(configFaults(properties, values, rule.name)).to.deep.equal(faults);
    }
  });
  it("accepts its own defaults", () => {
    const defaults = Object.fromEntries(
      Object.entries(rule.config).map(([key, property]) => [key, property.default]),
    );
    expect(configFaults(properties, defaults, rule.name)).to.deep.equal([]);
  });
}
