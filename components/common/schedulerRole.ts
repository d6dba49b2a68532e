import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { serviceRole } from "./serviceRole";
import type { BoundedRoles, ServiceRole } from "./serviceRole";
import type { Tags } from "./tags";

export interface SchedulerRoleArgs extends BoundedRoles {
  readonly accountId: pulumi.Input<string>;
  readonly region: pulumi.Input<string>;
  /** The function that schedules call. */
  readonly target: aws.lambda.Function;
  /** What the calls are for: id of the statement that allows them. */
  readonly statementId: string;
  readonly tags: Tags;
}

/**
 * A role by which schedules call one function: those of this account only, which are in the default
 * group. Makes `<name>` and `<name>-policy`.
 */
export function schedulerRole(
  name: string,
  { accountId, region, target, statementId, permissionsBoundary, tags }: SchedulerRoleArgs,
  opts: pulumi.CustomResourceOptions,
): ServiceRole {
  return serviceRole(
    name,
    {
      service: "scheduler.amazonaws.com",
      condition: {
        StringEquals: {
          "aws:SourceAccount": accountId,
          "aws:SourceArn": pulumi.interpolate`arn:aws:scheduler:${region}:${accountId}:schedule-group/default`,
        },
      },
      statements: [
        {
          Sid: statementId,
          Effect: "Allow",
          Action: "lambda:InvokeFunction",
          Resource: target.arn,
        },
      ],
      permissionsBoundary,
      tags,
    },
    opts,
  );
}
