import { expect } from "chai";
import { OrderWitness } from "../../../components/gameDay/orderWitness";
import type { OrderWitnessArgs } from "../../../components/gameDay/orderWitness";
import { listOf, runbookUrl } from "../alerts/alertSamples";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import { regionProbe, tags } from "../samples";

const args: OrderWitnessArgs = {
  who: "Customers",
  entryName: "orders.cafe.com",
  probe: { ...regionProbe, scheme: "https" },
  secretName: "failover-prod-synthetic-orders",
  failureMinutes: { place: 3, database: 7 },
  topicArn: "arn of the topic",
  runbookUrl,
  tags,
};

describe("OrderWitness", () => {
  it("places orders, and has an alarm for each number of minutes", async () => {
    const witnesses: OrderWitness[] = [];
    const made = await resourcesOf(() => witnesses.push(new OrderWitness("customers", args)));
    const own = listOf(made).filter((line) => !line.startsWith("customers-order >"));
    expect(own).to.deep.equal([
      " > customers failover:index:OrderWitness",
      "customers > customers-database aws:cloudwatch/metricAlarm:MetricAlarm",
      "customers > customers-order failover:index:SyntheticOrder",
      "customers > customers-place aws:cloudwatch/metricAlarm:MetricAlarm",
    ]);
    expect(await promiseOf(witnesses[0]?.arnOf("place"))).to.equal("arn of customers-place");
    expect(() => witnesses[0]?.arnOf("zone")).to.throw(
      "zone: must be a key of failureMinutes, got an unknown key",
    );
  });

  it("goes on when every order of those minutes fails, or none is placed", async () => {
    const made = await resourcesOf(() => new OrderWitness("customers", args));
    for (const [key, minutes] of Object.entries(args.failureMinutes)) {
      expect(named(made, `customers-${key}`).inputs).to.deep.include({
        namespace: "failover",
        metricName: "SyntheticOrderSucceeded",
        dimensions: { EntryName: "orders.cafe.com" },
        statistic: "Average",
        period: 60,
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        evaluationPeriods: minutes,
        treatMissingData: "breaching",
        alarmActions: ["arn of the topic"],
      });
    }
    const { variables } = named(made, "customers-order-function").inputs["environment"] as {
      variables: Record<string, string>;
    };
    expect(variables).to.include({
      ORDER_URL: "https://orders.cafe.com/orders",
      METRIC_DIMENSION_VALUE: "orders.cafe.com",
    });
  });

  it("is in no network, so that no experiment affects it", async () => {
    const made = await resourcesOf(() => new OrderWitness("customers", args));
    expect(named(made, "customers-order-function").inputs).not.to.have.property("vpcConfig");
  });

  it("refuses zero minutes, and more than an alarm's maximum, both at once", () => {
    const { errors } = refusalOf(
      () => new OrderWitness("a", { ...args, failureMinutes: { none: 0, long: 31 } }),
    );
    const paths = (errors as readonly { propertyPath: string }[]).map(
      ({ propertyPath }) => propertyPath,
    );
    expect(paths).to.include.members(["failureMinutes.none", "failureMinutes.long"]);
  });
});
