import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

/** The network of a region's data, and its clients. */
export interface DataNetwork {
  readonly vpcId: pulumi.Input<string>;
  /** Subnets without internet access, one in each of the region's two zones. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** The security group of the web servers. */
  readonly webSecurityGroupId: pulumi.Input<string>;
}

export interface DataAccessArgs {
  /** The one TCP port. */
  readonly port: number;
  readonly network: DataNetwork;
  readonly tags: Tags;
}

/**
 * A security group that only the region's web servers can reach, on one port, without outbound
 * traffic. Makes `<name>`, `<name>-in`, and for the web servers' own group `<name>-out`.
 */
export function dataAccess(
  name: string,
  { port, network, tags }: DataAccessArgs,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.SecurityGroup {
  const group = new aws.ec2.SecurityGroup(
    name,
    {
      vpcId: network.vpcId,
      description: `Port ${port} from the web servers`,
      tags: tagged(tags, "region", name),
    },
    opts,
  );
  const tcp = { ipProtocol: "tcp", fromPort: port, toPort: port };
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-in`,
    {
      securityGroupId: group.id,
      referencedSecurityGroupId: network.webSecurityGroupId,
      description: "The web servers",
      ...tcp,
      tags: tagged(tags, "region", `${name}-in`),
    },
    opts,
  );
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-out`,
    {
      securityGroupId: network.webSecurityGroupId,
      referencedSecurityGroupId: group.id,
      description: name,
      ...tcp,
      tags: tagged(tags, "region", `${name}-out`),
    },
    opts,
  );
  return group;
}
