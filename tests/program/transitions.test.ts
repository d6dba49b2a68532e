import { expect } from "chai";
import type { Resource } from "../../routing/graph/resource";
import { Account } from "./standIn/account";
import { update } from "./standIn/planner";
import type { Outcome } from "./standIn/planner";
import { configurations, evaluatedWith } from "./configurations";
import type { Configuration } from "./configurations";

const checkType = "aws:route53/healthCheck:HealthCheck";
const isOrders = (refused: string): boolean => /^(\w+-)?orders-/.test(refused);

interface Pair {
  readonly title: string;
  readonly from: Configuration;
  readonly to: Configuration;
  readonly outcome: Outcome;
}

const resourcesOf = async (configuration: Configuration): Promise<readonly Resource[]> =>
  (await evaluatedWith(configuration)).resources;

/** Every update from one configuration to another, in an account with only the first. */
async function everyPair(): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (const from of configurations) {
    const account = new Account();
    expect(update(account, await resourcesOf(from)).refused, from.title).to.deep.equal([]);
    for (const to of configurations.filter((one) => one !== from)) {
      const outcome = update(account.copy(), await resourcesOf(to));
      pairs.push({ title: `${from.title} → ${to.title}`, from, to, outcome });
    }
  }
  return pairs;
}

let known: Promise<readonly Pair[]> | undefined;
const pairs = (): Promise<readonly Pair[]> => (known ??= everyPair());

/** Whether databases of the program store orders. */
const keepsOrders = ({ compute }: Configuration): boolean =>
  compute === "instance" || compute === "balancer";

function recordsOf(resources: readonly Resource[]): readonly Resource[] {
  return resources.filter(({ type }) => type === "aws:route53/record:Record");
}

function policyOf({ inputs }: Resource): string {
  const found = ["failoverRoutingPolicies", "weightedRoutingPolicies"].filter(
    (policy) => inputs[policy] !== undefined,
  );
  return found.join("+") || "simple";
}

/** The faults of an update that creates before it deletes. */
function recordFaults(from: readonly Resource[], to: readonly Resource[]): readonly string[] {
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

/** The property with a resource's own name in AWS, if it is not `name`. */
const uniqueName: Readonly<Record<string, string>> = {
  "aws:s3/bucket:Bucket": "bucket",
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": "alarmName",
  "aws:cloudwatch/dashboard:Dashboard": "dashboardName",
};

describe("switching from any configuration to any other", function () {
  it("never has two policies, or two owners, for one record", async () => {
    const all = await Promise.all(configurations.map(resourcesOf));
    expect(all.flatMap((from) => all.flatMap((to) => recordFaults(from, to)))).to.deep.equal([]);
  });

  it("never gives two resources one name in AWS, because Pulumi creates before it deletes", async () => {
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

  it("is refused only if it would delete protected orders", async () => {
    const all = await pairs();
    expect(all.length).to.equal(configurations.length * (configurations.length - 1));
    const lost = all.filter(({ from, to }) => keepsOrders(from) && !keepsOrders(to));
    for (const { title, outcome } of lost) {
      expect(outcome.refused.filter(isOrders), title).to.have.members([
        "oregon-orders-database: InvalidParameterCombination: cannot delete a protected DB Instance",
        "dublin-orders-database: InvalidParameterCombination: cannot delete a protected DB Instance",
        "orders-tables-journal: ValidationException: deletion protection is on",
        "orders-tables-sessions: ValidationException: deletion protection is on",
      ]);
    }
    const others = all.flatMap(({ outcome, from, to }) =>
      outcome.refused.filter((one) => !(isOrders(one) && keepsOrders(from) && !keepsOrders(to))),
    );
    expect([...new Set(others)]).to.deep.equal([]);
    console.log(`      ${all.length} updates, ${lost.length} of them refused`);
  });

  it("replaces at most checks, plain instances and invocations: no zone, network, balancer, address or bucket", async () => {
    const replaced = (await pairs()).flatMap(({ outcome }) =>
      outcome.steps
        .filter(({ action }) => action === "replace")
        .map(({ resource, properties }) => `${resource.type} ${properties.join()}`),
    );
    expect([...new Set(replaced)].sort()).to.deep.equal([
      // With its instance.
      "aws:ec2/eipAssociation:EipAssociation instanceId",
      "aws:ec2/instance:Instance ipv6AddressCount",
      "aws:lambda/invocation:Invocation input,triggers",
      "aws:route53/healthCheck:HealthCheck type",
    ]);
  });

  it("never turns a check by address into one by name, which Route 53 refuses", async () => {
    const turned = await Promise.all(
      (await pairs()).map(async ({ title, from, outcome }) => {
        const before = new Map((await resourcesOf(from)).map((one) => [one.urn, one.inputs]));
        return outcome.steps
          .filter(({ action, resource }) => action === "update" && resource.type === checkType)
          .filter(({ resource: { urn, inputs } }) => {
            const hadAddress = before.get(urn)?.["ipAddress"] !== undefined;
            return hadAddress !== (inputs["ipAddress"] !== undefined);
          })
          .map(({ resource }) => `${title}: ${resource.name}`);
      }),
    );
    expect(turned.flat()).to.deep.equal([]);
  });
});
