import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyPolicyStatement } from "../common/encryptionKey";
import type { BoundedRoles } from "../common/serviceRole";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

export interface InstanceProfileArgs extends BoundedRoles {
  /** What the application may do. Default: nothing. */
  readonly statements?: readonly KeyPolicyStatement[];
  readonly tags: Tags;
}

/**
 * What a session of Systems Manager needs, none of which can be limited to a resource. AWS's own
 * policy for instances allows more: to read every parameter of the account, secrets included.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
const sessionActions = [
  "ssm:UpdateInstanceInformation",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
];

/**
 * The permissions of a region's instances: sessions of Systems Manager, by which they are
 * administered, and exactly what the application does. Makes `<name>-role`, `<name>-role-sessions`,
 * `<name>-profile` and, with statements, `<name>-role-app`.
 */
export function instanceProfile(
  name: string,
  { statements = [], permissionsBoundary, tags }: InstanceProfileArgs,
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
    // Not before the permissions are there, so that an instance has them from its first second on.
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
