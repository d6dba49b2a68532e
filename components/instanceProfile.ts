import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { tagged } from "./tags";
import type { Tags } from "./tags";

/**
 * The permissions of a region's instances: Systems Manager, by which they are administered, and
 * nothing else. Makes `<name>-role`, `<name>-role-ssm` and `<name>-profile`.
 */
export function instanceProfile(
  name: string,
  { tags }: { readonly tags: Tags },
  opts: pulumi.CustomResourceOptions,
): aws.iam.InstanceProfile {
  const role = new aws.iam.Role(
    `${name}-role`,
    {
      // Text and no object, so that it reads the same before and after deployment.
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "ec2.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        ],
      }),
      tags: tagged(tags, "region", `${name}-role`),
    },
    opts,
  );
  const attachment = new aws.iam.RolePolicyAttachment(
    `${name}-role-ssm`,
    { role: role.name, policyArn: aws.iam.ManagedPolicy.AmazonSSMManagedInstanceCore },
    opts,
  );
  return new aws.iam.InstanceProfile(
    `${name}-profile`,
    { role: role.name, tags: tagged(tags, "region", `${name}-profile`) },
    // Not before the permissions are there, so that an instance has them from its first second on.
    { ...opts, dependsOn: [attachment] },
  );
}
