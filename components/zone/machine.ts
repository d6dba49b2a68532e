import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The machines of an availability zone, alone or behind a balancer. */
export interface Machine {
  /** Graviton instance type. */
  readonly instanceType: pulumi.Input<string>;
  readonly image: MachineImage;
  /** User data as text; cloud-init runs it at the first boot, so a change creates new instances. */
  readonly userData: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Name of the profile with the instance's permissions. */
  readonly instanceProfileName: pulumi.Input<string>;
}

/** The image of an instance. */
export interface MachineImage {
  readonly id: pulumi.Input<string>;
  /**
   * True if the user chose this image. Otherwise it is the newest of a public parameter, which
   * changes every few weeks: it applies when an instance or template is created, and never later.
   */
  readonly isPinned: boolean;
}

/** Size of the root disk: the minimum for the image of Amazon Linux 2023. */
export const rootDiskGibibytes = 8;

/**
 * Version 2 only, with hop limit 1: a container or proxy on the instance that is tricked into
 * fetching a URL gets no credentials.
 */
export const metadataOptions = {
  httpEndpoint: "enabled",
  httpTokens: "required",
  httpPutResponseHopLimit: 1,
} as const satisfies aws.types.input.ec2.InstanceMetadataOptions;
