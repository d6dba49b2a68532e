import * as pulumi from "@pulumi/pulumi";
import { RegionOrders } from "../../../components/orders/regionOrders";
import type { OrdersSettings, RegionOrdersArgs } from "../../../components/orders/regionOrders";
import { resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { tags } from "../samples";

/** Small, in one zone, and disposable. */
export const dev: OrdersSettings = {
  database: { instanceClass: "db.t4g.micro", storageGibibytes: 20, connectionsMax: 100 },
  cacheNodeType: "cache.t4g.micro",
  inBothZones: false,
  isProtected: false,
  maintenance: { database: "tue", cache: "wed" },
};
/** In both zones, and protected. */
export const prod: OrdersSettings = {
  database: { instanceClass: "db.m7g.large", storageGibibytes: 100, connectionsMax: 400 },
  cacheNodeType: "cache.m7g.large",
  inBothZones: true,
  isProtected: true,
  maintenance: { database: "thu", cache: "fri" },
  quietHoursMax: 14,
};

export const args = (settings: OrdersSettings): RegionOrdersArgs => ({
  identifier: "failover-dev-oregon",
  availabilityZones: ["us-west-2a", "us-west-2b"],
  network: {
    vpcId: "vpc-1",
    isolatedSubnetIds: ["subnet-1", "subnet-2"],
    routeTableIds: ["rtb-1", "rtb-2"],
    webSecurityGroupId: "sg-web",
  },
  tables: {
    journalTable: pulumi.output("journal"),
    sessionsTable: pulumi.output("sessions"),
    arns: [pulumi.output("arn of journal")],
    statements: [{ Sid: "Tables" }],
  },
  settings,
  tags,
});

export interface Built {
  readonly orders: RegionOrders;
  readonly made: readonly Made[];
}
const built = new Map<OrdersSettings, Promise<Built>>();

/** Built once for all tests of the same settings: no test changes it. */
export function ordersOf(settings: OrdersSettings): Promise<Built> {
  const known = built.get(settings);
  if (known) return known;
  const building = (async () => {
    const all: RegionOrders[] = [];
    const made = await resourcesOf(() =>
      all.push(new RegionOrders("oregon-orders", args(settings))),
    );
    const [orders] = all;
    if (!orders) throw new Error("nothing was made");
    return { orders, made };
  })();
  built.set(settings, building);
  return building;
}
