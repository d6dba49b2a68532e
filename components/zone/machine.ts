import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** What runs in an availability zone, whether alone or behind a balancer. */
export interface Machine {
  /** Graviton instance type. */
  readonly instanceType: pulumi.Input<string>;
  readonly image: MachineImage;
  /** User data as text; cloud-init runs it at the first boot, so a change brings new instances. */
  readonly userData: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Name of the profile with the instance's permissions. */
  readonly instanceProfileName: pulumi.Input<string>;
}

/** What an instance boots from. */
export interface MachineImage {
  readonly id: pulumi.Input<string>;
  /**
   * True where somebody chose this very image. Otherwise it is the newest of a public parameter,
   * which moves every few weeks: it counts when an instance or template is made, and never after.
   */
  readonly isPinned: boolean;
}

/** Size of the root disk: the smallest that the image of Amazon Linux 2023 fits on. */
export const rootDiskGibibytes = 8;

/**
 * Version 2 only, and not beyond the instance itself: a container or a proxy on it that can be made
 * to fetch a URL gets no credentials.
 */
export const metadataOptions = {
  httpEndpoint: "enabled",
  httpTokens: "required",
  httpPutResponseHopLimit: 1,
} as const satisfies aws.types.input.ec2.InstanceMetadataOptions;
