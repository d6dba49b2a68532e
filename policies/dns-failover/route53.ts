import type { Subject } from "../fields";

export const route53Namespace = "AWS/Route53";

/** Whether an alarm is known to be on a Route 53 metric. */
export function isRoute53Alarm(alarm: Subject): boolean {
  return alarm.unknownAt("namespace") === undefined && alarm.text("namespace") === route53Namespace;
}

/** The address of a page of the Route 53 Developer Guide. */
export function developerGuide(page: string): string {
  return `https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/${page}.html`;
}
