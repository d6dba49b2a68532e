import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { endpoint } from "../routing/route";
import type { Endpoint } from "../routing/route";
import { check, refuse } from "./argumentFaults";
import { EndpointCheck, probeFaults } from "./endpointCheck";
import type { Probe } from "./endpointCheck";
import * as rules from "./rules";
import { tagged } from "./tags";
import type { Tags } from "./tags";

/** Size of the root disk: the smallest that the image of Amazon Linux 2023 fits on. */
const rootDiskGibibytes = 8;

export interface AvailabilityZoneTierArgs {
  /** Name of the availability zone, such as `us-west-2a`; plain, because it is where a fault strikes. */
  readonly availabilityZone: string;
  /** A public subnet in that zone. */
  readonly subnetId: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Name of the profile with the instance's permissions. */
  readonly instanceProfileName: pulumi.Input<string>;
  /** Id of the machine image; used when the instance is made, and ignored from then on. */
  readonly imageId: pulumi.Input<string>;
  readonly instanceType: pulumi.Input<string>;
  /** User data; a change replaces the instance, because cloud-init runs it at the first boot only. */
  readonly userData: pulumi.Input<string>;
  /** How the endpoint is checked, by its own address. */
  readonly probe: Probe;
  readonly tags: Tags;
}

/**
 * The availability-zone tier: one instance with an address of its own, and the check of that address.
 *
 * Children: `<name>-instance`, `<name>-address`, `<name>-association`, `<name>-check`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are wrong.
 */
export class AvailabilityZoneTier extends pulumi.ComponentResource {
  /** Name of the availability zone. */
  readonly availabilityZone: string;
  /** The Elastic IP: stays when the instance is replaced. */
  readonly address: pulumi.Output<string>;
  /** Id of the endpoint's health check. */
  readonly checkId: pulumi.Output<string>;
  /** The way here, to compose into a tree of failover; not an output of the resource. */
  readonly route: Endpoint<pulumi.Output<string>>;

  constructor(
    name: string,
    args: AvailabilityZoneTierArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    refuse(`AvailabilityZoneTier "${name}"`, [
      ...check("availabilityZone", args.availabilityZone, rules.availabilityZone),
      ...probeFaults("probe", args.probe),
    ]);
    super("failover:index:AvailabilityZoneTier", name, {}, opts);
    const parent = { parent: this };
    const tags = (role: string): Tags => tagged(args.tags, "availability-zone", `${name}-${role}`);

    const instance = new aws.ec2.Instance(
      `${name}-instance`,
      instanceArgs(args, tags("instance")),
      {
        ...parent,
        // The public parameter moves to a new image every few weeks: a preview would then replace the
        // instances of all zones at once. A zone takes a new image when its instance is destroyed by
        // `pulumi destroy --target` and made again; the other zone serves meanwhile.
        ignoreChanges: ["ami"],
      },
    );
    const address = new aws.ec2.Eip(
      `${name}-address`,
      { domain: "vpc", tags: tags("address") },
      parent,
    );
    // Associated apart from the address, so that address and check outlive a replaced instance.
    new aws.ec2.EipAssociation(
      `${name}-association`,
      { allocationId: address.allocationId, instanceId: instance.id },
      parent,
    );
    const endpointCheck = new EndpointCheck(
      `${name}-check`,
      { target: { address: address.publicIp }, probe: args.probe, tags: tags("check") },
      parent,
    );

    this.availabilityZone = args.availabilityZone;
    this.address = address.publicIp;
    this.checkId = endpointCheck.id;
    this.route = endpoint(
      { kind: "addresses", addresses: { A: [this.address] } },
      { A: this.checkId },
    );
    const { availabilityZone, checkId } = this;
    this.registerOutputs({ availabilityZone, address: this.address, checkId });
  }
}

function instanceArgs(args: AvailabilityZoneTierArgs, tags: Tags): aws.ec2.InstanceArgs {
  return {
    ami: args.imageId,
    instanceType: args.instanceType,
    availabilityZone: args.availabilityZone,
    subnetId: args.subnetId,
    vpcSecurityGroupIds: [args.securityGroupId],
    iamInstanceProfile: args.instanceProfileName,
    userData: args.userData,
    userDataReplaceOnChange: true,
    // Version 2 only, and not beyond the instance itself: a container or a proxy on it that can be
    // made to fetch a URL gets no credentials.
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    },
    rootBlockDevice: {
      volumeType: "gp3",
      volumeSize: rootDiskGibibytes,
      encrypted: true,
      deleteOnTermination: true,
      tags,
    },
    tags,
  };
}
