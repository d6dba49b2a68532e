import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { schedulerRole } from "./schedulerRole";
import type { BoundedRoles } from "./serviceRole";
import type { Tags } from "./tags";

export interface EveryMinuteArgs extends BoundedRoles {
  readonly description: string;
  /** The function to invoke. */
  readonly target: aws.lambda.Function;
  /** Purpose of the invocations: id of the statement that permits them. */
  readonly statementId: string;
  readonly tags: Tags;
}

/** Seconds after which a run is dropped: the next minute has its own. */
export const lateSecondsMax = 60;

/**
 * Invokes a function every minute, without retries. Makes `<name>-scheduler`,
 * `<name>-scheduler-policy` and `<name>-schedule`.
 *
 * @param waitsFor what the first run needs
 */
export function everyMinute(
  name: string,
  { description, target, statementId, permissionsBoundary, tags }: EveryMinuteArgs,
  opts: pulumi.CustomResourceOptions,
  waitsFor: NonNullable<pulumi.ResourceOptions["dependsOn"]>,
): void {
  const { accountId } = aws.getCallerIdentityOutput({}, opts);
  const { region } = aws.getRegionOutput({}, opts);
  const scheduler = schedulerRole(
    `${name}-scheduler`,
    { accountId, region, target, statementId, permissionsBoundary, tags },
    opts,
  );
  new aws.scheduler.Schedule(
    `${name}-schedule`,
    {
      description,
      scheduleExpression: "rate(1 minute)",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: target.arn,
        roleArn: scheduler.arn,
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: lateSecondsMax },
      },
    },
    pulumi.mergeOptions({ ...opts, dependsOn: waitsFor }, { dependsOn: [scheduler.policy] }),
  );
}
