import { expect } from "chai";
import type { Resource } from "../../routing/graph/resource";
import { configurations, evaluatedWith } from "./configurations";
import { replacedBetween } from "./replacements";

interface Pair {
  readonly title: string;
  readonly from: readonly Resource[];
  readonly to: readonly Resource[];
}

/** Every update from one configuration to another. */
async function pairs(): Promise<readonly Pair[]> {
  const all = await Promise.all(
    configurations.map(async (configuration) => ({
      title: configuration.title,
      resources: (await evaluatedWith(configuration)).resources,
    })),
  );
  return all.flatMap((from) =>
    all
      .filter((to) => to !== from)
      .map((to) => ({
        title: `${from.title} → ${to.title}`,
        from: from.resources,
        to: to.resources,
      })),
  );
}

function recordsOf(resources: readonly Resource[]): readonly Resource[] {
  return resources.filter(({ type }) => type === "aws:route53/record:Record");
}

function policyOf({ inputs }: Resource): string {
  const found = ["failoverRoutingPolicies", "weightedRoutingPolicies"].filter(
    (policy) => inputs[policy] !== undefined,
  );
  return found.join("+") || "simple";
}

/** The faults of an update that makes the new before it deletes the old. */
function recordFaults({ from, to }: Pair): readonly string[] {
  const policies = new Map<string, Set<string>>();
  const owners = new Map<string, Set<string>>();
  const add = (map: Map<string, Set<string>>, key: string, value: string): void => {
    map.set(key, (map.get(key) ?? new Set()).add(value));
  };
  for (const record of [...recordsOf(from), ...recordsOf(to)]) {
    const { name, type, setIdentifier } = record.inputs;
    const group = JSON.stringify([name, type]);
    add(policies, group, policyOf(record));
    add(owners, JSON.stringify([name, type, setIdentifier]), record.urn);
  }
  return [...policies, ...owners].flatMap(([key, values]) =>
    values.size > 1 ? [`${key}: ${[...values].join(" and ")}`] : [],
  );
}

/** The property with a resource's own name in AWS, where it is not `name`. */
const uniqueName: Readonly<Record<string, string>> = {
  "aws:s3/bucket:Bucket": "bucket",
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": "alarmName",
  "aws:cloudwatch/dashboard:Dashboard": "dashboardName",
};

describe("switching from any configuration to any other", function () {
  this.timeout(60_000);

  it("never has two policies, or two owners, for one record", async () => {
    const all = await pairs();
    expect(all.length).to.equal(configurations.length * (configurations.length - 1));
    expect(
      all.flatMap((pair) => recordFaults(pair).map((one) => `${pair.title}: ${one}`)),
    ).to.deep.equal([]);
  });

  it("never gives two resources one name in AWS, as the new is made before the old is gone", async () => {
    const all = await Promise.all(configurations.map(evaluatedWith));
    const owners = new Map<string, Set<string>>();
    for (const { urn, type, region, inputs } of all.flatMap(({ resources }) => resources)) {
      const name = inputs[uniqueName[type] ?? "name"];
      if (typeof name !== "string" || type === "aws:route53/record:Record") continue;
      const key = `${type} ${region ?? ""} ${name}`;
      owners.set(key, (owners.get(key) ?? new Set()).add(urn));
    }
    const shared = [...owners].filter(([, urns]) => urns.size > 1);
    expect(shared.map(([key]) => key)).to.deep.equal([]);
  });

  it("replaces checks, plain instances and calls at most: no zone, network, balancer, address or bucket", async () => {
    const replaced = (await pairs()).flatMap(({ from, to }) =>
      replacedBetween(from, to).map(({ resource, property }) => `${resource.type} ${property}`),
    );
    expect([...new Set(replaced)].sort()).to.deep.equal([
      "aws:ec2/instance:Instance ipv6AddressCount",
      "aws:lambda/invocation:Invocation input",
      "aws:lambda/invocation:Invocation triggers",
      "aws:route53/healthCheck:HealthCheck type",
    ]);
  });

  it("never turns a check by address into one by name, which Route 53 refuses", async () => {
    const turned = (await pairs()).flatMap(({ title, from, to }) => {
      const before = new Map(from.map((resource) => [resource.urn, resource]));
      return to
        .filter(({ urn, type, inputs }) => {
          const old = before.get(urn);
          return (
            type === "aws:route53/healthCheck:HealthCheck" &&
            old?.inputs["type"] === inputs["type"] &&
            (old?.inputs["ipAddress"] === undefined) !== (inputs["ipAddress"] === undefined)
          );
        })
        .map(({ name }) => `${title}: ${name}`);
    });
    expect(turned).to.deep.equal([]);
  });
});
