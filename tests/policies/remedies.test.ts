import type { Policies } from "@pulumi/policy";
import { expect } from "chai";
import { cloudfrontAliasDoesNotEvaluateTarget } from "../../policies/dns-failover/rules/cloudfrontAliasDoesNotEvaluateTarget";
import { failoverRecordHasShortTtl } from "../../policies/dns-failover/rules/failoverRecordHasShortTtl";
import { treeAliasEvaluatesTarget } from "../../policies/dns-failover/rules/treeAliasEvaluatesTarget";
import { findingsOf } from "../../policies/inProcess";
import { policiesOf } from "../../policies/policy";
import type { Rule } from "../../policies/rule";
import { Stack } from "../../policies/stack";
import { types } from "../../policies/types";
import { instanceRequiresImdsv2 } from "../../policies/workload/rules/instanceRequiresImdsv2";
import { unknownWire } from "../../rehearsal/engine/wire";
import type { Properties } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";
import { alias, cafe } from "./cafe";
import type { Sample } from "./sample";
import { nothing } from "./sample";
import { remediate } from "./server";

/** A resource after a rule at level `remediate`; undefined if the rule does not change it. */
function mended(rule: Rule, sample: Sample, name: string): Promise<unknown> {
  const policies = policiesOf([rule]).map((policy) => ({
    ...policy,
    enforcementLevel: "remediate",
  })) as Policies;
  return remediate(policies, sample, name);
}

/** Whether a rule has no findings in a sample after its remedy. */
async function heals(rule: Rule, sample: Sample, name: string): Promise<boolean> {
  const properties = (await mended(rule, sample, name)) as Properties;
  const healed = sample.change(name, (resource) => ({
    ...resource,
    inputs: properties,
    outputs: properties,
  }));
  return findingsOf(rule, new Stack(healed.resources)).length === 0;
}

const cloudFront = (evaluates: boolean): Sample =>
  cafe.set("record-www-secondary", alias("d1.cloudfront.net", evaluates, "Z2FDTNDATAQYW2"));

describe("remediation by the rules", () => {
  const cases: readonly (readonly [string, Rule, Sample, string])[] = [
    [
      "a TTL over the cap",
      failoverRecordHasShortTtl,
      cafe.set("record-oregon-primary", { ttl: 300 }),
      "record-oregon-primary",
    ],
    [
      "an alias that does not evaluate its target",
      treeAliasEvaluatesTarget,
      cafe.set("record-www-primary", alias("live.www.cafe.test", false)),
      "record-www-primary",
    ],
    [
      "an alias to CloudFront that evaluates its target",
      cloudfrontAliasDoesNotEvaluateTarget,
      cloudFront(true),
      "record-www-secondary",
    ],
    [
      "an instance with IMDSv1",
      instanceRequiresImdsv2,
      nothing.add({
        type: types.instance,
        name: "it",
        properties: { metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 1 } },
      }),
      "it",
    ],
    [
      "a template without metadata options",
      instanceRequiresImdsv2,
      nothing.add({ type: types.launchTemplate, name: "it" }),
      "it",
    ],
  ];
  for (const [title, rule, sample, name] of cases) {
    it(`fixes ${title}`, async () => {
      expect(findingsOf(rule, new Stack(sample.resources))).to.have.length(1);
      expect(await heals(rule, sample, name)).to.equal(true);
    });
  }

  it("fixes an alias into a zone that does not exist yet, but not an alias with an unknown name", async () => {
    const into = (name: string | Unknown): Sample =>
      cafe.set("record-www-primary", {
        aliases: [{ name, zoneId: new Unknown("computed"), evaluateTargetHealth: false }],
      });
    const mendedAliases = async (name: string | Unknown): Promise<unknown> => {
      const all = await mended(treeAliasEvaluatesTarget, into(name), "record-www-primary");
      return (all as Properties | undefined)?.["aliases"];
    };
    expect(await mendedAliases("live.www.cafe.test")).to.deep.equal([
      { name: "live.www.cafe.test", zoneId: unknownWire, evaluateTargetHealth: true },
    ]);
    expect(await mendedAliases(new Unknown("computed"))).to.equal(undefined);
  });

  it("does not change what complies", async () => {
    expect(await mended(failoverRecordHasShortTtl, cafe, "record-oregon-primary")).to.equal(
      undefined,
    );
    expect(await mended(treeAliasEvaluatesTarget, cafe, "record-www-primary")).to.equal(undefined);
    expect(await mended(treeAliasEvaluatesTarget, cafe, "record-www-secondary")).to.equal(
      undefined,
    );
    expect(
      await mended(cloudfrontAliasDoesNotEvaluateTarget, cloudFront(false), "record-www-secondary"),
    ).to.equal(undefined);
    expect(await mended(cloudfrontAliasDoesNotEvaluateTarget, cafe, "record-www-primary")).to.equal(
      undefined,
    );
    const safe = nothing.add({
      type: types.instance,
      name: "it",
      properties: { metadataOptions: { httpTokens: "required" } },
    });
    expect(await mended(instanceRequiresImdsv2, safe, "it")).to.equal(undefined);
  });

  it("does not change records outside a group, or unknown values", async () => {
    const simple = nothing.add({
      type: types.record,
      name: "it",
      properties: { ttl: 3600, ...alias("a.test", false) },
    });
    expect(await mended(failoverRecordHasShortTtl, simple, "it")).to.equal(undefined);
    expect(await mended(treeAliasEvaluatesTarget, simple, "it")).to.equal(undefined);
    const hidden = cafe.hide("record-oregon-primary", "ttl").hide("record-www-primary", "aliases");
    expect(await mended(failoverRecordHasShortTtl, hidden, "record-oregon-primary")).to.equal(
      undefined,
    );
    expect(await mended(treeAliasEvaluatesTarget, hidden, "record-www-primary")).to.equal(
      undefined,
    );
    expect(
      await mended(cloudfrontAliasDoesNotEvaluateTarget, hidden, "record-www-primary"),
    ).to.equal(undefined);
  });

  it("changes nothing if the configuration is invalid", async () => {
    const [policy] = policiesOf([failoverRecordHasShortTtl]);
    if (!policy || !("remediateResource" in policy)) throw new Error("no remedy");
    const long = cafe.resources.find(({ name }) => name === "record-oregon-primary");
    const args = {
      type: types.record,
      urn: long?.urn ?? "",
      name: "it",
      props: { ttl: 300, failoverRoutingPolicies: [{ type: "PRIMARY" }] },
      opts: {},
      getConfig: () => ({ maxSeconds: "60" }),
    };
    expect(await policy.remediateResource(args as never)).to.equal(undefined);
    expect(await policy.remediateResource({ ...args, type: types.zone } as never)).to.equal(
      undefined,
    );
  });
});
