import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyPolicyStatement } from "../common/encryptionKey";
import type { BoundedRoles } from "../common/serviceRole";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

export interface InstanceProfileArgs extends BoundedRoles {
  /** The application's permissions. Default: none. */
  readonly statements?: readonly KeyPolicyStatement[];
  readonly tags: Tags;
}

/**
 * Permissions of a Systems Manager session, none of which can be restricted to a resource. AWS's
 * managed policy for instances permits more: reading every parameter of the account, including
 * secrets.
 *
 * @see
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
const sessionActions = [
  "ssm:UpdateInstanceInformation",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
];

/**
 * The permissions of a region's instances: Systems Manager sessions for administration, and those
 * of the application. Makes `<name>-role`, `<name>-role-sessions`, `<name>-profile` and, with
 * statements, `<name>-role-app`.
 */
export function instanceProfile(
  name: string,
  { statements = [], permissionsBoundary, tags }: InstanceProfileArgs,
  opts: pulumi.CustomResourceOptions,
): aws.iam.InstanceProfile {
  const role = new aws.iam.Role(
    `${name}-role`,
    {
      // A string, not an object, so that it is the same before and after deployment.
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
      permissionsBoundary,
      tags: tagged(tags, "region", `${name}-role`),
    },
    opts,
  );
  const sessions = new aws.iam.RolePolicy(
    `${name}-role-sessions`,
    {
      role: role.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Sid: "Sessions", Effect: "Allow", Action: sessionActions, Resource: "*" }],
      }),
    },
    opts,
  );
  const policies = statements.length === 0 ? [] : [appPolicy(name, role, statements, opts)];
  return new aws.iam.InstanceProfile(
    `${name}-profile`,
    { role: role.name, tags: tagged(tags, "region", `${name}-profile`) },
    // After the permissions, so that an instance has them from the start.
    { ...opts, dependsOn: [sessions, ...policies] },
  );
}

function appPolicy(
  name: string,
  role: aws.iam.Role,
  statements: readonly KeyPolicyStatement[],
  opts: pulumi.CustomResourceOptions,
): aws.iam.RolePolicy {
  return new aws.iam.RolePolicy(
    `${name}-role-app`,
    {
      role: role.name,
      policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements }),
    },
    opts,
  );
}
