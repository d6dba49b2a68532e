import type * as pulumi from "@pulumi/pulumi";
import type { BoundedRoles } from "../common/serviceRole";
import type { Tags } from "../common/tags";
import type { Experiment } from "./experiment";

/** What a game day is made of. */
export interface GameDayArgs extends BoundedRoles {
  /** AWS region of the provider and of all that is broken. */
  readonly region: string;
  /** Tags that everything has that may be broken, all of them, and nothing else in the region. */
  readonly targetTags: Tags;
  /** What names of the region's Auto Scaling groups begin with, such as `oregon-`. */
  readonly groupNamePrefix: string;
  /** What is broken; plain, because each experiment is a template. */
  readonly experiments: readonly Experiment[];
  /** How long an experiment takes, 10 to 120. */
  readonly durationMinutes: number;
  /** IANA name of the time zone that schedules and blocked windows go by. */
  readonly timeZone: string;
  /** Times in which no scheduled experiment starts. Default: none. */
  readonly blockedWindows?: readonly BlockedWindow[];
  /** ARNs of alarms of any region, none of which may be ringing when a scheduled experiment starts. */
  readonly steadyAlarmArns: readonly pulumi.Input<string>[];
  /** ARN of the dashboard that reports show. */
  readonly dashboardArn: pulumi.Input<string>;
  /** Name of the log group of the function that starts scheduled experiments; each stack of an account needs one of its own. */
  readonly logGroupName: string;
  /** Topic of the region, for the alarm on that function. */
  readonly topicArn: pulumi.Input<string>;
  /** Address of the runbook, without an anchor. */
  readonly runbookUrl: string;
  readonly tags: Tags;
}

/** A time in which no experiment may run, by the clocks of the game day's time zone. */
export interface BlockedWindow {
  /** Such as `2026-11-23T00:00`. */
  readonly from: string;
  readonly to: string;
  readonly why: string;
}
