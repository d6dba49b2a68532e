import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { metadataOptions, rootDiskGibibytes } from "./machine";
import type { Machine } from "./machine";
import type { Tags } from "../common/tags";

export interface InstanceGroupArgs extends Machine {
  /** The only subnet of the group, and so its only availability zone. */
  readonly subnetId: pulumi.Input<string>;
  readonly targetGroupArns: readonly pulumi.Input<string>[];
  /** Instances that carry the full load. */
  readonly instances: number;
  /** Instances that always run. */
  readonly running: number;
}

/** Root device of the images of Amazon Linux 2023. */
const rootDevice = "/dev/xvda";

/** Seconds from launch until an instance is installed and answers, with a margin. */
const bootSeconds = 300;

/**
 * A group of instances in one zone that carry the full load. Instances are replaced when the
 * balancer finds them unhealthy or when the template changes: new ones first. If the new ones do
 * not become healthy, the refresh ends and the bake fails
 * (docs/adr/0012-a-change-reaches-the-standby-first.md explains why AWS does not roll back). Makes
 * `<name>-template` and `<name>-group`.
 */
export function instanceGroup(
  name: string,
  args: InstanceGroupArgs,
  tags: (role: string) => Tags,
  opts: pulumi.CustomResourceOptions,
): aws.autoscaling.Group {
  const template = new aws.ec2.LaunchTemplate(`${name}-template`, templateArgs(args, tags), {
    ...opts,
    ...(args.image.isPinned ? {} : { ignoreChanges: ["imageId"] }),
  });
  const groupTags = Object.entries(tags("group")).map(([key, value]) => ({
    key,
    value,
    // The template tags the instances.
    propagateAtLaunch: false,
  }));
  return new aws.autoscaling.Group(
    `${name}-group`,
    {
      vpcZoneIdentifiers: [args.subnetId],
      minSize: args.running,
      // Allow as many new instances as there are old ones at full load.
      maxSize: 2 * args.instances,
      targetGroupArns: [...args.targetGroupArns],
      healthCheckType: "ELB",
      healthCheckGracePeriod: bootSeconds,
      defaultInstanceWarmup: bootSeconds,
      launchTemplate: {
        id: template.id,
        // A number: a group cannot roll back from `$Latest`.
        version: template.latestVersion.apply(String),
      },
      instanceRefresh: {
        strategy: "Rolling",
        preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 200, autoRollback: true },
      },
      enabledMetrics: ["GroupInServiceInstances"],
      metricsGranularity: "1Minute",
      tags: groupTags,
    },
    opts,
  );
}

function templateArgs(
  args: InstanceGroupArgs,
  tags: (role: string) => Tags,
): aws.ec2.LaunchTemplateArgs {
  return {
    imageId: args.image.id,
    instanceType: args.instanceType,
    iamInstanceProfile: { name: args.instanceProfileName },
    vpcSecurityGroupIds: [args.securityGroupId],
    userData: pulumi
      .output(args.userData)
      .apply((text) => Buffer.from(text, "utf8").toString("base64")),
    metadataOptions,
    blockDeviceMappings: [
      {
        deviceName: rootDevice,
        ebs: {
          volumeType: "gp3",
          volumeSize: rootDiskGibibytes,
          encrypted: "true",
          deleteOnTermination: "true",
        },
      },
    ],
    tagSpecifications: ["instance", "volume"].map((resourceType) => ({
      resourceType,
      tags: tags("instance"),
    })),
    tags: tags("template"),
  };
}
