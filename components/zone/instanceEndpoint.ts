import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { endpoint } from "../../routing/route";
import { endpointChecks } from "./endpointChecks";
import type { Checked } from "./endpointChecks";
import { metadataOptions, rootDiskGibibytes } from "./machine";
import type { Machine } from "./machine";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";
import type { ZoneEndpoint } from "./zoneEndpoint";

/** One instance with its own address. */
export interface InstanceEndpointArgs extends Machine {
  readonly kind: "instance";
  /** A public subnet in the zone. */
  readonly subnetId: pulumi.Input<string>;
}

/**
 * Makes `<name>-instance`, `<name>-address`, `<name>-association`, `<name>-check`, and with IPv6
 * `<name>-check-ipv6`. The Elastic IP outlives a replaced instance; an IPv6 address belongs to the
 * instance.
 */
export function instanceEndpoint(
  name: string,
  args: InstanceEndpointArgs,
  availabilityZone: string,
  checked: Checked,
  parent: pulumi.CustomResourceOptions,
): ZoneEndpoint {
  const tags = (role: string): Tags => tagged(checked.tags, "availability-zone", `${name}-${role}`);
  const instance = new aws.ec2.Instance(
    `${name}-instance`,
    {
      ...instanceArgs(args, tags("instance")),
      availabilityZone,
      ...(checked.ipv6 ? { ipv6AddressCount: 1 } : {}),
    },
    // Otherwise a preview would replace the instances of all zones at once when the parameter
    // changes. To give a zone a new image, destroy its instance with `pulumi destroy --target` and
    // create it again; the other zone serves meanwhile.
    { ...parent, ...(args.image.isPinned ? {} : { ignoreChanges: ["ami"] }) },
  );
  const address = new aws.ec2.Eip(
    `${name}-address`,
    { domain: "vpc", tags: tags("address") },
    parent,
  );
  // Associated separately, so that address and check outlive a replaced instance.
  new aws.ec2.EipAssociation(
    `${name}-association`,
    { allocationId: address.allocationId, instanceId: instance.id },
    parent,
  );
  const ipv6 = checked.ipv6 ? instance.ipv6Addresses.apply(([first = ""]) => first) : undefined;
  const addresses = { A: address.publicIp, ...(ipv6 ? { AAAA: ipv6 } : {}) };
  const checkIds = endpointChecks(name, addresses, checked, parent);
  return {
    route: endpoint(
      {
        kind: "addresses",
        addresses: { A: [address.publicIp], ...(ipv6 ? { AAAA: [ipv6] } : {}) },
      },
      checkIds,
    ),
    addresses,
    checkIds,
    watched: { kind: "instance", instanceId: instance.id },
    machines: { kind: "instance", instanceId: instance.id, bootSha256: bootSha256(args) },
  };
}

function bootSha256({ userData, instanceType }: Machine): pulumi.Output<string> {
  return pulumi
    .all([userData, instanceType])
    .apply((told) => createHash("sha256").update(told.join("\n")).digest("hex"));
}

function instanceArgs(args: InstanceEndpointArgs, tags: Tags): aws.ec2.InstanceArgs {
  return {
    ami: args.image.id,
    instanceType: args.instanceType,
    subnetId: args.subnetId,
    vpcSecurityGroupIds: [args.securityGroupId],
    iamInstanceProfile: args.instanceProfileName,
    userData: args.userData,
    userDataReplaceOnChange: true,
    metadataOptions,
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
