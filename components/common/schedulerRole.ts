import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { serviceRole } from "./serviceRole";
import type { BoundedRoles, ServiceRole } from "./serviceRole";
import type { Tags } from "./tags";

export interface SchedulerRoleArgs extends BoundedRoles {
  readonly accountId: pulumi.Input<string>;
  readonly region: pulumi.Input<string>;
  /** The function that the schedules invoke. */
  readonly target: aws.lambda.Function;
  /** Purpose of the invocations: id of the statement that permits them. */
  readonly statementId: string;
  readonly tags: Tags;
}

/**
 * A role that lets schedules invoke one function: only schedules of this account in the default
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
