import type * as pulumi from "@pulumi/pulumi";
import type { Endpoint, PerFamily } from "../../routing/route";

/** The endpoint of one availability zone, in any form. */
export interface ZoneEndpoint {
  /** The route to it, to compose into a failover tree. */
  readonly route: Endpoint<pulumi.Output<string>>;
  /** The address of each family; none for an endpoint with a DNS name. */
  readonly addresses: PerFamily<pulumi.Output<string>>;
  /** DNS name of the balancer that Route 53 points to; absent for an endpoint with addresses. */
  readonly dnsName?: pulumi.Output<string>;
  /** Ids of the endpoint's health checks. A check of a name covers both families. */
  readonly checkIds: CheckIds;
  /** What the region's alarms can monitor. */
  readonly watched: WatchedEndpoint;
  /** The running version; absent for external endpoints. */
  readonly machines?: Machines;
}

/** Ids of health checks: always one over IPv4. */
export type CheckIds = PerFamily<pulumi.Output<string>> & { readonly A: pulumi.Output<string> };

/**
 * The machines of a zone, with a value that changes whenever they do, for a rollout to wait for.
 */
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
      /** Changes when the instance is replaced, for example by new user data. */
      readonly instanceId: pulumi.Output<string>;
      /** SHA-256 of its user data and of its type, which changes in place. */
      readonly bootSha256: pulumi.Output<string>;
    };

/** The dimensions of an endpoint's CloudWatch metrics. */
export type WatchedEndpoint =
  | { readonly kind: "instance"; readonly instanceId: pulumi.Output<string> }
  | {
      readonly kind: "balancer";
      /** Dimension `LoadBalancer`. */
      readonly balancerArnSuffix: pulumi.Output<string>;
      /**
       * Dimension `TargetGroup`, by the requests of its targets: those that arrived by TLS, or by
       * HTTP.
       */
      readonly targetGroupArnSuffixes: Readonly<Record<"tls" | "http", pulumi.Output<string>>>;
      /** Dimension `AutoScalingGroupName`. */
      readonly autoScalingGroup: pulumi.Output<string>;
      /** Instances that carry the full load. */
      readonly instances: number;
    }
  /** An external endpoint; this stack has only its health check. */
  | { readonly kind: "own" };
