import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { tagged } from "./tags";
import type { Tags } from "./tags";

export interface WebSecurityGroupArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly tags: Tags;
}

/**
 * What may reach a region's web servers, and what they may reach. Makes `<name>` and a rule each,
 * `<name>-http-in` and `<name>-https-out`.
 *
 * HTTP from anywhere: customers, and Route 53's checkers, which come from the internet as well.
 * HTTPS to anywhere: packages and Systems Manager. The resolver, the clock and the metadata of the
 * network are not subject to security groups.
 */
export function webSecurityGroup(
  name: string,
  { vpcId, tags }: WebSecurityGroupArgs,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.SecurityGroup {
  const named = (resource: string): Tags => tagged(tags, "region", resource);
  const group = new aws.ec2.SecurityGroup(
    name,
    { vpcId, description: "Web servers: HTTP in, HTTPS out", tags: named(name) },
    opts,
  );
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-http-in`,
    {
      securityGroupId: group.id,
      description: "Customers and Route 53 health checkers",
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "tcp",
      fromPort: 80,
      toPort: 80,
      tags: named(`${name}-http-in`),
    },
    opts,
  );
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-https-out`,
    {
      securityGroupId: group.id,
      description: "Packages and Systems Manager",
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      tags: named(`${name}-https-out`),
    },
    opts,
  );
  return group;
}
