import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Constraint } from "../../constraints/rules";
import { check, refuse } from "../common/argumentFaults";
import { dashboardBody } from "./dashboardBody";
import type { DashboardPlan, ShownRegion } from "./dashboardBody";

export interface FailoverDashboardArgs extends DashboardPlan<pulumi.Input<string>> {
  /** Name of the dashboard; plain and explicit, as each of an account needs one of its own. */
  readonly dashboardName: string;
}

const dashboardNameRule: Constraint = {
  must: "1 to 255 letters, digits, hyphens or underscores",
  remedy: "write it such as failover-prod",
  holds: (value) => typeof value === "string" && /^[A-Za-z0-9_-]{1,255}$/.test(value),
};

/**
 * One page on the whole failover, tiers from top to bottom. CloudWatch's dashboards are global and
 * show metrics of every region; the provider comes by `providers`. Child: `<name>-dashboard`.
 *
 * @throws pulumi.InputPropertyError when the name is none that CloudWatch takes.
 */
export class FailoverDashboard extends pulumi.ComponentResource {
  readonly dashboardName: pulumi.Output<string>;

  constructor(name: string, args: FailoverDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    const { dashboardName, ...plan } = args;
    refuse(`FailoverDashboard "${name}"`, check("dashboardName", dashboardName, dashboardNameRule));
    super("failover:index:FailoverDashboard", name, {}, opts);

    const [primary, standby] = plan.regions;
    const regions = [plainRegion(primary), plainRegion(standby)];
    // What `output` does to the type of a plan is beyond what the compiler can follow.
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

/** A region without resources in it, such as a tier: `output` does not look into those. */
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
