import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyPolicyStatement } from "./encryptionKey";
import type { Tags } from "./tags";

/** Arguments of components that create roles. */
export interface BoundedRoles {
  /**
   * ARN of the permissions boundary of the roles. Default: none.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  readonly permissionsBoundary?: pulumi.Input<string> | undefined;
}

export interface ServiceRoleArgs extends BoundedRoles {
  /** The service that assumes the role, such as `lambda.amazonaws.com`. */
  readonly service: string;
  /** Condition of the trust policy; default: none. */
  readonly condition?: pulumi.Input<object>;
  /** All permissions of the role. */
  readonly statements: readonly KeyPolicyStatement[];
  readonly tags: Tags;
}

/** A role, and the resources that its users must wait for. */
export interface ServiceRole {
  readonly arn: pulumi.Output<string>;
  readonly policy: aws.iam.RolePolicy;
}

/** A role for one service with exact permissions. Makes `<name>` and `<name>-policy`. */
export function serviceRole(
  name: string,
  { service, condition, statements, permissionsBoundary, tags }: ServiceRoleArgs,
  opts: pulumi.CustomResourceOptions,
): ServiceRole {
  const role = new aws.iam.Role(
    name,
    {
      assumeRolePolicy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: service },
            Action: "sts:AssumeRole",
            ...(condition === undefined ? {} : { Condition: condition }),
          },
        ],
      }),
      permissionsBoundary,
      tags: { ...tags, Name: name },
    },
    opts,
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-policy`,
    {
      role: role.name,
      policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements }),
    },
    opts,
  );
  return { arn: role.arn, policy };
}
