import type * as pulumi from "@pulumi/pulumi";
import type { Endpoint, PerFamily } from "../../routing/route";

/** What serves in one availability zone, whatever form it has. */
export interface ZoneEndpoint {
  /** The way here, to compose into a tree of failover. */
  readonly route: Endpoint<pulumi.Output<string>>;
  /** The address of each family; none for an endpoint that goes by a DNS name. */
  readonly addresses: PerFamily<pulumi.Output<string>>;
  /** DNS name of the balancer that Route 53 points to; absent for an endpoint with addresses. */
  readonly dnsName?: pulumi.Output<string>;
  /** Ids of the endpoint's health checks. One that watches a name serves both families. */
  readonly checkIds: CheckIds;
  /** What alarms of the region can watch. */
  readonly watched: WatchedEndpoint;
  /** What runs here; absent where that is not this stack's. */
  readonly machines?: Machines;
}

/** Ids of health checks: one over IPv4 in any case. */
export type CheckIds = PerFamily<pulumi.Output<string>> & { readonly A: pulumi.Output<string> };

/** What runs in a zone, and a value that changes whenever that does: for a rollout to wait for. */
export type Machines =
  | {
      readonly kind: "group";
      /** Name of the Auto Scaling group. */
      readonly groupName: pulumi.Output<string>;
      /** The version of its launch template that all its instances should run. */
      readonly templateVersion: pulumi.Output<string>;
    }
  | {
      readonly kind: "instance";
      /** Another one when the instance is replaced, as by other user data. */
      readonly instanceId: pulumi.Output<string>;
      /** SHA-256 of what it is told at boot, and of its type, which changes in place. */
      readonly bootSha256: pulumi.Output<string>;
    };

/** The dimensions of an endpoint's CloudWatch metrics. */
export type WatchedEndpoint =
  | { readonly kind: "instance"; readonly instanceId: pulumi.Output<string> }
  | {
      readonly kind: "balancer";
      /** Dimension `LoadBalancer`. */
      readonly balancerArnSuffix: pulumi.Output<string>;
      /** Dimension `TargetGroup`, by what the targets get: requests that came by TLS, or by HTTP. */
      readonly targetGroupArnSuffixes: Readonly<Record<"tls" | "http", pulumi.Output<string>>>;
      /** Dimension `AutoScalingGroupName`. */
      readonly autoScalingGroup: pulumi.Output<string>;
      /** Instances that carry the full load. */
      readonly instances: number;
    }
  /** Its owner watches it; its health check is all that this stack has. */
  | { readonly kind: "own" };
