import type * as pulumi from "@pulumi/pulumi";
import type { BoundedRoles } from "../common/serviceRole";
import type { Tags } from "../common/tags";
import type { Experiment } from "./experiment";

/** The arguments of a game day. */
export interface GameDayArgs extends BoundedRoles {
  /** AWS region of the provider and of all targets. */
  readonly region: string;
  /** Tags that all possible targets have, and no other resource of the region. */
  readonly targetTags: Tags;
  /** Prefix of the names of the region's Auto Scaling groups, such as `oregon-`. */
  readonly groupNamePrefix: string;
  /** The experiments; plain, because each is a template. */
  readonly experiments: readonly Experiment[];
  /** Duration of an experiment, 10 to 120. */
  readonly durationMinutes: number;
  /** IANA name of the time zone of schedules and blocked windows. */
  readonly timeZone: string;
  /** Times in which no scheduled experiment starts. Default: none. */
  readonly blockedWindows?: readonly BlockedWindow[];
  /** ARNs of alarms of any region that must be off when a scheduled experiment starts. */
  readonly steadyAlarmArns: readonly pulumi.Input<string>[];
  /** ARN of the dashboard in the reports. */
  readonly dashboardArn: pulumi.Input<string>;
  /**
   * Name of the log group of the function that starts scheduled experiments; unique per stack in an
   * account.
   */
  readonly logGroupName: string;
  /** Topic in the region, for the alarm on that function. */
  readonly topicArn: pulumi.Input<string>;
  /** Address of the runbook, without an anchor. */
  readonly runbookUrl: string;
  readonly tags: Tags;
}

/** A time in which no experiment may run, in the game day's time zone. */
export interface BlockedWindow {
  /** Such as `2026-11-23T00:00`. */
  readonly from: string;
  readonly to: string;
  readonly why: string;
}
