import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { dashboardBody } from "../../../components/alerts/dashboardBody";
import { FailoverDashboard } from "../../../components/alerts/failoverDashboard";
import type { FailoverDashboardArgs } from "../../../components/alerts/failoverDashboard";
import { listOf, region, runbookUrl } from "./alertSamples";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";

const oregon = region("oregon", ["us-west-2a", "us-west-2b"]);
const dublin = region("dublin", ["eu-west-1a", "eu-west-1b"]);
const args: FailoverDashboardArgs = {
  dashboardName: "failover-prod",
  hostname: "orders.cafe.com",
  hostedZoneId: "Z1",
  regions: [
    { ...oregon, region: "us-west-2", metrics: {} },
    { ...dublin, region: "eu-west-1", metrics: {} },
  ],
  warmPercent: 0,
  alarmArns: ["arn:one"],
  runbookUrl,
};

describe("FailoverDashboard", () => {
  it("is one dashboard of the plan, with values that are known later", async () => {
    const all: FailoverDashboard[] = [];
    const made = await resourcesOf(() =>
      all.push(
        new FailoverDashboard("dashboard", { ...args, alarmArns: [pulumi.output("arn:one")] }),
      ),
    );
    expect(listOf(made)).to.deep.equal([
      " > dashboard failover:index:FailoverDashboard",
      "dashboard > dashboard-dashboard aws:cloudwatch/dashboard:Dashboard",
    ]);
    const { inputs } = named(made, "dashboard-dashboard");
    expect(inputs["dashboardName"]).to.equal("failover-prod");
    const { dashboardName, ...plan } = args;
    expect(inputs["dashboardBody"]).to.equal(
      JSON.stringify(dashboardBody(plan as Parameters<typeof dashboardBody>[0])),
    );
    expect(await promiseOf(all[0]?.dashboardName)).to.equal(dashboardName);
  });

  it("accepts a tier, which is a resource, in place of a zone", async () => {
    const made = await resourcesOf(() => {
      const tiers = ["us-west-2a", "us-west-2b"].map((availabilityZone) =>
        Object.assign(new pulumi.ComponentResource("test:index:Tier", availabilityZone), {
          availabilityZone,
          checkIds: { A: pulumi.output(`id-${availabilityZone}`) },
        }),
      );
      const availabilityZones = tiers as unknown as typeof oregon.availabilityZones;
      const [, standby] = args.regions;
      new FailoverDashboard("dashboard", {
        ...args,
        regions: [{ ...args.regions[0], availabilityZones }, standby],
      });
    });
    const { dashboardName, ...plan } = args;
    expect(dashboardName).to.equal("failover-prod");
    expect(named(made, "dashboard-dashboard").inputs["dashboardBody"]).to.equal(
      JSON.stringify(dashboardBody(plan as Parameters<typeof dashboardBody>[0])),
    );
  });

  it("refuses a name that CloudWatch does not accept", () => {
    expect(
      refusalOf(() => new FailoverDashboard("a", { ...args, dashboardName: "failover.prod" }))
        .message,
    ).to.equal(
      'must be 1 to 255 letters, digits, hyphens or underscores, got "failover.prod"; for example failover-prod',
    );
  });
});
