import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Constraint } from "../../constraints/rules";
import { check, refuse } from "../common/argumentFaults";
import type { Tags } from "../common/tags";

export interface RegionCheckArgs {
  /**
   * Ids of the checks that must all be healthy, 1 to 255 (K2), none of them calculated itself.
   * Plain, because the length of the list is the threshold.
   */
  readonly children: readonly pulumi.Input<string>[];
  readonly tags: Tags;
}

const childCount: Constraint = {
  must: "1 to 255 checks",
  remedy: "list the checks that must all be healthy",
  holds: (value) => typeof value === "number" && value >= 1 && value <= 255,
};

/**
 * A calculated Route 53 health check that is healthy while all its children are (K1).
 * It is calculated even with one child, so that another child can be added in place: a check of
 * another type would be a new one, which starts healthy (H18), even during an outage.
 *
 * @throws pulumi.InputPropertyError without a child or with more than 255.
 */
export class RegionCheck extends aws.route53.HealthCheck {
  constructor(name: string, args: RegionCheckArgs, opts?: pulumi.CustomResourceOptions) {
    refuse(`RegionCheck "${name}"`, check("children", args.children.length, childCount));
    super(
      name,
      {
        type: "CALCULATED",
        childHealthchecks: [...args.children],
        childHealthThreshold: args.children.length,
        tags: args.tags,
      },
      opts,
    );
  }
}
