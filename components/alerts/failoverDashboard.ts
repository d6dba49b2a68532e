import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Constraint } from "../../constraints/rules";
import { check, refuse } from "../common/argumentFaults";
import { dashboardBody } from "./dashboardBody";
import type { DashboardPlan, ShownRegion } from "./dashboardBody";

export interface FailoverDashboardArgs extends DashboardPlan<pulumi.Input<string>> {
  /** Name of the dashboard; plain and explicit, unique in the account. */
  readonly dashboardName: string;
}

const dashboardNameRule: Constraint = {
  must: "1 to 255 letters, digits, hyphens or underscores",
  remedy: "for example failover-prod",
  holds: (value) => typeof value === "string" && /^[A-Za-z0-9_-]{1,255}$/.test(value),
};

/**
 * One page on the whole failover, tiers from top to bottom. CloudWatch's dashboards are global and
 * show metrics of every region; the provider is given by `providers`. Child: `<name>-dashboard`.
 *
 * @throws pulumi.InputPropertyError when CloudWatch does not accept the name.
 */
export class FailoverDashboard extends pulumi.ComponentResource {
  readonly dashboardName: pulumi.Output<string>;

  constructor(name: string, args: FailoverDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    const { dashboardName, ...plan } = args;
    refuse(`FailoverDashboard "${name}"`, check("dashboardName", dashboardName, dashboardNameRule));
    super("failover:index:FailoverDashboard", name, {}, opts);

    const [primary, standby] = plan.regions;
    const regions = [plainRegion(primary), plainRegion(standby)];
    // The compiler cannot follow what `output` does to the type of a plan.
    const known = pulumi.output({ ...plan, regions }) as unknown as pulumi.Output<
      DashboardPlan<string>
    >;
    const dashboard = new aws.cloudwatch.Dashboard(
      `${name}-dashboard`,
      { dashboardName, dashboardBody: known.apply((each) => JSON.stringify(dashboardBody(each))) },
      { parent: this },
    );
    this.dashboardName = dashboard.dashboardName;
    this.registerOutputs({ dashboardName: this.dashboardName });
  }
}

/** A region without its resources, such as the tier: `output` does not unwrap those. */
function plainRegion(region: ShownRegion): ShownRegion {
  const { green } = region;
  return {
    ...region,
    availabilityZones: plainZones(region.availabilityZones),
    ...(green
      ? { green: { ...green, availabilityZones: plainZones(green.availabilityZones) } }
      : {}),
  };
}

function plainZones([
  first,
  second,
]: ShownRegion["availabilityZones"]): ShownRegion["availabilityZones"] {
  return [
    { availabilityZone: first.availabilityZone, checkIds: first.checkIds },
    { availabilityZone: second.availabilityZone, checkIds: second.checkIds },
  ];
}
