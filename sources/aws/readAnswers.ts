import type { Resource } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import type { Origin } from "../declare";
import { memberOf } from "../fields";
import type { Unheld } from "../unheld";
import { heldByProvidersOnly, withUnheld } from "../unheld";
import { Names, resourceOf } from "../declare";
import type { Reading } from "../reading";
import { alarmsIn } from "./alarms";
import type { AwsAnswer } from "./answers";
import { balancersIn } from "./balancers";
import { checksIn } from "./checks";
import { locationsIn } from "./cidrs";
import { machinesIn } from "./machines";
import { presentFaults } from "./present";
import { recordsIn } from "./records";
import { ListedTags } from "./tags";

const origin: Origin = { format: "aws", source: "account" };

/** What the answers that are read do not contain. */
const unheld: Unheld = {
  // API:DescribeInstances lists volumes by id, and API:DescribeVolumes alone shows encryption.
  [awsTypes.instance]: ["rootBlockDevice", "ebsBlockDevices", "metadataOptions"],
  // A target group names its balancers, but not the port and protocol of their listeners.
  [awsTypes.listener]: ["port", "protocol"],
  // API:DescribeLoadBalancerAttributes is a call of its own, for both kinds.
  [awsTypes.loadBalancer]: ["enableDeletionProtection", "dropInvalidHeaderFields", "accessLogs"],
  [awsTypes.classicBalancer]: ["accessLogs", "listeners"],
};

/** Alarms are in no listing of checks. */
const withoutAlarms: Unheld = { [awsTypes.healthCheck]: ["alarm"] };

/**
 * Reads the output of the AWS command line: zones and records, CIDR locations, checks, balancers, addresses,
 * instances and alarms. What missing answers would contain is unknown.
 */
export function readAnswers(answers: readonly AwsAnswer[]): Reading {
  const names = new Names();
  const tags = new ListedTags(answers);
  const parts = [
    recordsIn(answers, names, tags),
    locationsIn(answers, names),
    checksIn(answers, names, tags),
    machinesIn(answers, names),
    balancersIn(answers, names),
    alarmsIn(answers, names),
  ];
  const asksForAlarms = answers.some(({ value }) => memberOf(value, "MetricAlarms") !== undefined);
  const tables = [heldByProvidersOnly, unheld, ...(asksForAlarms ? [] : [withoutAlarms])];
  const resources = parts.flatMap(({ declarations }) =>
    declarations.map((one): Resource => withUnheld(resourceOf(origin, one), ...tables)),
  );
  const present = presentFaults(answers, resources);
  return {
    resources,
    notes: [...parts.flatMap(({ notes }) => notes), ...present.notes],
    failing: present.failing,
    untold: present.untold,
  };
}
