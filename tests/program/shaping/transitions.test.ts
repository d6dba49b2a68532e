import { expect } from "chai";
import type { Resource } from "../../../routing/graph/resource";
import { Account } from "../standIn/account";
import { sampled } from "../../sampled";
import { update } from "../standIn/planner";
import { both, evaluatedIn, shapes } from "./configurations";

const all = [...shapes, both];
const pairCount = all.length * (all.length - 1);

/** The resources of every shape, each with the title of its shape. */
async function everywhere(): Promise<readonly { readonly title: string; resource: Resource }[]> {
  const found = await Promise.all(
    all.map(async (shape) => {
      const { resources } = await evaluatedIn(shape);
      return resources.map((resource) => ({ title: shape.title, resource }));
    }),
  );
  return found.flat();
}

const recordType = "aws:route53/record:Record";

/** A value as comparable text, even if it is undefined. */
const textOf = (value: unknown): string => (value === undefined ? "none" : JSON.stringify(value));

/** The values of each key: more than one is a fault of some transition. */
function valuesBy(
  pairs: readonly (readonly [key: string, value: string])[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const values = new Map<string, Set<string>>();
  for (const [key, value] of pairs) values.set(key, (values.get(key) ?? new Set()).add(value));
  return values;
}

function several(values: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  return [...values]
    .filter(([, each]) => each.size > 1)
    .map(([key, each]) => `${key}: ${[...each].join(" and ")}`);
}

function policyOf({ inputs }: Resource): string {
  const policies = ["failoverRoutingPolicies", "weightedRoutingPolicies"];
  return policies.filter((policy) => inputs[policy] !== undefined).join("+") || "simple";
}

/**
 * Pulumi creates before it deletes, so that between two shapes all resources of both exist. A
 * property that is the same in all shapes is the same in any two of them, and in between.
 */
describe("any change of the shape of the traffic", function () {
  it("gives no name two policies, and no record two owners, even during the update", async () => {
    const records = (await everywhere())
      .map(({ resource }) => resource)
      .filter(({ type }) => type === recordType);
    const group = ({ inputs: { name, type } }: Resource): string =>
      `${textOf(name)} ${textOf(type)}`.replaceAll('"', "");
    const policies = valuesBy(records.map((one) => [group(one), policyOf(one)]));
    const owners = valuesBy(
      records.map((one) => [`${group(one)} ${textOf(one.inputs["setIdentifier"])}`, one.urn]),
    );
    expect([...several(policies), ...several(owners)]).to.deep.equal([]);
    const weighted = [...policies].filter(([, [policy]]) => policy === "weightedRoutingPolicies");
    expect(weighted.map(([name]) => name).sort()).to.deep.equal(
      ["release.dublin.", "release.oregon.", "split."].flatMap((name) => [
        `${name}orders.cafe.com A`,
        `${name}orders.cafe.com AAAA`,
      ]),
    );
    console.log(
      `      ${all.length} shapes, ${pairCount} transitions, ${policies.size} names and types`,
    );
  });

  it("is never refused, and replaces no instance group, database, balancer, record or check", async () => {
    const shown = new Set<string>();
    const refused = new Set<string>();
    for (const from of all.slice(0, sampled(all.length, 6))) {
      const account = new Account();
      const first = update(account, (await evaluatedIn(from)).resources);
      expect(first.refused, from.title).to.deep.equal([]);
      for (const to of all.filter((one) => one !== from)) {
        const outcome = update(account.copy(), (await evaluatedIn(to)).resources);
        for (const one of outcome.refused) refused.add(`${from.title} → ${to.title}: ${one}`);
        for (const { action, resource, properties } of outcome.steps) {
          if (action === "replace") shown.add(`${resource.type} ${properties.join()}`);
        }
      }
    }
    expect([...refused]).to.deep.equal([]);
    // More hostnames are more names in the certificate and in its validation. An invocation is
    // repeated when its subject changes: the bake of the versions that the standby region runs.
    expect([...shown].sort()).to.deep.equal([
      "aws:acm/certificate:Certificate subjectAlternativeNames",
      "aws:acm/certificateValidation:CertificateValidation certificateArn,validationRecordFqdns",
      "aws:lambda/invocation:Invocation input,triggers",
    ]);
  });

  it("changes nothing of a blue side, so that no release restarts serving machines", async () => {
    const blue = (await everywhere())
      .map(({ resource }) => resource)
      .filter(({ name }) => /^(oregon|dublin)-(us-west|eu-west)-\d[ab]/.test(name));
    const inputs = valuesBy(blue.map(({ urn, inputs: each }) => [urn, JSON.stringify(each)]));
    expect(several(inputs)).to.deep.equal([]);
    expect(inputs.size).to.be.greaterThan(40);
  });

  it("changes only the target of a record's alias, its weight, or green's check", async () => {
    const records = (await everywhere())
      .map(({ resource }) => resource)
      .filter(({ type }) => type === recordType);
    const properties = new Set(records.flatMap(({ inputs }) => Object.keys(inputs)));
    const values = valuesBy(
      records.flatMap(({ urn, inputs }) =>
        [...properties].map(
          (property) => [`${property} ${urn}`, textOf(inputs[property])] as const,
        ),
      ),
    );
    const changed = several(values).map((line) => {
      const [property = "", urn = ""] = line.split(" ");
      return property === "healthCheckId" ? `${property} ${urn.replace(/^.*-/, "")}` : property;
    });
    expect([...new Set(changed)].sort()).to.deep.equal([
      "aliases",
      "healthCheckId green:",
      "weightedRoutingPolicies",
    ]);
  });

  it("moves the deep check to the entry of the traffic, in place", async () => {
    const checks = (await everywhere()).filter(
      ({ resource: { name } }) => name === "oregon-deep-check",
    );
    const asked = new Map(checks.map(({ title, resource }) => [title, resource.inputs["fqdn"]]));
    for (const { title, oregon } of all) {
      const name =
        oregon === undefined ? "oregon.orders.cafe.com" : "release.oregon.orders.cafe.com";
      expect(asked.get(title), title).to.equal(name);
    }
    expect(new Set(checks.map(({ resource }) => resource.id)).size).to.equal(1);
  });
});
