import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { rules as dnsRules } from "../../policies/dns-failover/pack";
import type { Rule } from "../../policies/rule";
import { rules as workloadRules } from "../../policies/workload/pack";

/** The rules of the published packs: a removed, added or renamed rule fails the test. */
const packs: readonly (readonly [string, readonly Rule[], readonly string[]])[] = [
  [
    "dns-failover",
    dnsRules,
    [
      "failover-group-is-complete",
      "record-name-has-one-routing-policy",
      "record-has-own-set-identifier",
      "record-is-accepted-by-route53",
      "alias-names-its-targets-zone",
      "record-target-is-owned",
      "record-address-is-held",
      "geolocation-has-default",
      "zone-is-signed-and-logged",
      "primary-record-has-health-check",
      "tree-leaf-has-health-check",
      "tree-alias-evaluates-target",
      "cloudfront-alias-does-not-evaluate-target",
      "every-choice-has-a-check",
      "weighted-record-has-weight",
      "failover-record-has-short-ttl",
      "last-tier-is-static",
      "last-tier-is-in-another-region",
      "https-tree-ends-in-https",
      "website-bucket-is-named-like-record",
      "tiers-fail-apart",
      "region-tier-crosses-regions",
      "tier-carries-full-load",
      "record-is-checked-at-its-own-endpoint",
      "check-watches-no-name-above-it",
      "check-address-is-public",
      "checker-is-let-in",
      "check-speaks-its-endpoints-protocol",
      "check-agrees-with-target-group",
      "check-asks-for-health",
      "zone-check-is-shallow",
      "check-arguments-are-valid",
      "check-is-enabled",
      "check-is-not-inverted",
      "check-withstands-a-blip",
      "check-is-replaced-before-deleted",
      "endpoint-check-detects-in-time",
      "branch-check-detects-in-time",
      "branch-check-outlasts-database-failover",
      "failover-happens",
      "failover-budget-is-kept",
      "alarm-check-answers-missing-data",
      "alarm-check-has-usable-alarm",
      "failback-is-gated",
      "latch-is-readable",
      "latch-is-protected",
      "check-has-alarm",
      "route53-alarm-is-where-its-metric-is",
      "alarm-topic-is-encrypted-and-heard",
      "experiment-stops-on-harm-elsewhere",
    ],
  ],
  [
    "workload",
    workloadRules,
    [
      "resource-has-explicit-provider",
      "resource-has-resilience-tags",
      "instance-requires-imdsv2",
      "administration-port-is-closed",
      "policy-grants-no-wildcard",
      "bucket-blocks-public-access",
      "data-is-encrypted-at-rest",
      "traffic-is-encrypted-in-transit",
      "balancer-is-protected",
      "database-requires-tls",
      "database-is-private",
      "database-is-multi-az",
      "database-has-backups",
      "data-has-copies-elsewhere",
      "data-is-protected-from-deletion",
    ],
  ],
];

/** Rules that are advisory for any stack, because they depend on the stack's purpose. */
const advisory = new Set([
  "record-target-is-owned",
  "geolocation-has-default",
  "zone-is-signed-and-logged",
  "every-choice-has-a-check",
  "balancer-is-protected",
  "failover-record-has-short-ttl",
  "last-tier-is-in-another-region",
  "region-tier-crosses-regions",
  "tier-carries-full-load",
  "check-agrees-with-target-group",
  "check-asks-for-health",
  "zone-check-is-shallow",
  "check-withstands-a-blip",
  "check-is-replaced-before-deleted",
  "endpoint-check-detects-in-time",
  "branch-check-detects-in-time",
  "failover-budget-is-kept",
  "check-has-alarm",
  "alarm-topic-is-encrypted-and-heard",
  "experiment-stops-on-harm-elsewhere",
  "instance-requires-imdsv2",
  "database-requires-tls",
  "database-is-multi-az",
  "data-is-protected-from-deletion",
]);
/** Conventions of this program, which are disabled for other stacks. */
const conventions = new Set([
  "last-tier-is-static",
  "branch-check-outlasts-database-failover",
  "failback-is-gated",
  "latch-is-protected",
  "resource-has-explicit-provider",
  "resource-has-resilience-tags",
  "data-has-copies-elsewhere",
]);
const levelOf = (name: string): string =>
  conventions.has(name) ? "disabled" : advisory.has(name) ? "advisory" : "mandatory";

const kebab = (file: string): string =>
  file
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();

for (const [pack, rules, names] of packs) {
  describe(`the pack ${pack}`, () => {
    it("has these rules, in this order, at these levels for any stack", () => {
      expect(rules.map(({ name }) => name)).to.deep.equal(names);
      expect(rules.map(({ level }) => level)).to.deep.equal(names.map(levelOf));
    });

    it("has a file for each rule, and a test for each file", () => {
      const files = (folder: string, ending: string): readonly string[] =>
        readdirSync(folder)
          .filter((file) => file.endsWith(ending))
          .map((file) => file.slice(0, -ending.length));
      const sources = files(join(__dirname, "../../policies", pack, "rules"), ".ts");
      expect(sources.map(kebab).sort()).to.deep.equal([...names].sort());
      expect([...files(join(__dirname, pack), ".test.ts")].sort()).to.deep.equal(
        [...sources].sort(),
      );
    });

    it("gives the description, reason, source and remedy of each rule", () => {
      for (const { name, description, why, source, remediationSteps, url } of rules) {
        expect(description, name).to.match(/^[A-Z][^.]*(\.[^. ][^.]*)*\.$/);
        expect(why, name).to.match(/\.$/);
        expect(remediationSteps, name).to.match(/\.$/);
        expect(source, name).to.not.equal("");
        expect(url, name).to.match(/^https:\/\//);
      }
    });

    it("describes every configuration property, with a default within its bounds", () => {
      for (const { name, config } of rules) {
        for (const [key, property] of Object.entries(config)) {
          expect(property.description, `${name}.${key}`).to.match(/^[A-Z].*[^.]$/);
          expect(property.default, `${name}.${key}`).to.not.equal(undefined);
        }
      }
    });
  });
}
