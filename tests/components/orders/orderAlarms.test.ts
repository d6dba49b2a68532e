import { expect } from "chai";
import { alarmFaults } from "../../../components/alerts/alarm";
import type { OrdersSettings } from "../../../components/orders/regionOrders";
import { dev, ordersOf, prod } from "./regionOrdersSample";

describe("the alarms of a region's orders", () => {
  const shown = async (settings: OrdersSettings): Promise<readonly string[]> =>
    (await ordersOf(settings)).orders.alarms.map(
      ({ key, metric, comparison, threshold, periods, missingData }) => {
        const sign = comparison === "LessThanThreshold" ? "<" : ">=";
        const { namespace, name, dimensions, statistic, periodSeconds } = metric;
        const [of] = Object.values(dimensions) as readonly string[];
        return `${key}: ${statistic} ${namespace} ${name} of ${of} ${sign} ${threshold}, ${periods} x ${periodSeconds} s, ${missingData}`;
      },
    );
  const everywhere = [
    "orders-unprotected: Sum Cafe/Orders OrdersUnprotected of failover-dev-oregon >= 1, 1 x 60 s, notBreaching",
    "orders-turned-away: Sum Cafe/Orders OrdersTurnedAway of failover-dev-oregon >= 5, 10 x 60 s, notBreaching",
    "order-conflicts: Sum Cafe/Orders OrderConflicts of failover-dev-oregon >= 1, 1 x 60 s, notBreaching",
    "journal-oldest: Maximum Cafe/Orders JournalOldestSeconds of failover-dev-oregon >= 300, 5 x 60 s, breaching",
    "regions-differ: Maximum Cafe/Orders RegionsDiffer of failover-dev-oregon >= 1, 3 x 600 s, breaching",
  ];

  it("has these alarms in development", async () => {
    expect(await shown(dev)).to.deep.equal([
      ...everywhere,
      "database-cpu: Average AWS/RDS CPUUtilization of failover-dev-oregon >= 85, 10 x 60 s, breaching",
      "database-storage: Minimum AWS/RDS FreeStorageSpace of failover-dev-oregon < 1073741824, 5 x 60 s, breaching",
      "database-connections: Maximum AWS/RDS DatabaseConnections of failover-dev-oregon >= 80, 5 x 60 s, breaching",
      "cache-001-cpu: Average AWS/ElastiCache EngineCPUUtilization of failover-dev-oregon-001 >= 80, 5 x 60 s, missing",
      "cache-001-memory: Maximum AWS/ElastiCache DatabaseMemoryUsagePercentage of failover-dev-oregon-001 >= 90, 5 x 60 s, missing",
    ]);
  });

  it("has one on missing orders, and two cache nodes, in production", async () => {
    const alarms = await shown(prod);
    expect(alarms.slice(0, 6)).to.deep.equal([
      ...everywhere,
      "orders-absent: Sum Cafe/Orders OrdersAccepted of failover-dev-oregon < 1, 14 x 3600 s, breaching",
    ]);
    expect(alarms.map((line) => line.split(":")[0]).slice(9)).to.deep.equal([
      "cache-001-cpu",
      "cache-001-memory",
      "cache-002-cpu",
      "cache-002-memory",
    ]);
  });

  it("depends on the other region only where the two are compared", async () => {
    const { alarms } = (await ordersOf(prod)).orders;
    const ofBoth = alarms.filter(({ isOfBothRegions }) => isOfBothRegions);
    expect(ofBoth.map(({ key }) => key)).to.deep.equal(["regions-differ"]);
  });

  it("has descriptions that fit", async () => {
    const { alarms } = (await ordersOf(prod)).orders;
    expect(alarmFaults("alarms", alarms, `https://${"a".repeat(80)}/runbook.md`)).to.deep.equal([]);
  });
});
