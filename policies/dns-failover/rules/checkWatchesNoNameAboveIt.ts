import { watchedGroup } from "../../../routing/watchedName";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { developerGuide } from "../route53";
import { treeChecks, unknownIn } from "../trees";

export const checkWatchesNoNameAboveIt = stackRule({
  name: "check-watches-no-name-above-it",
  description: "No check probes a name whose answer it decides, or a failover name above it.",
  severity: "critical",
  level: "mandatory",
  why: "Such a check follows its own result: once the name has failed over, it probes the standby, finds it healthy and sends everyone back to the dead primary, over and over.",
  source:
    "H13; API:HealthCheckConfig.FullyQualifiedDomainName, API:ResourceRecordSet.HealthCheckId",
  remediationSteps:
    "Let the check probe the endpoint's own address (`ipAddress`, with the name in `fqdn` as Host header), or a name below the record.",
  url: developerGuide("dns-failover-determining-health-of-endpoints"),
  types: [types.healthCheck],
  config: {},
  find: (stack) =>
    [...treeChecks(stack)].flatMap(([check, records]): readonly Finding[] => {
      if (check.kind !== "endpoint" || check.byAddress) return [];
      const unknowns = unknownIn(stack, check, "fqdn");
      const watched = check.fullyQualifiedDomainName;
      if (unknowns.length > 0 || watched === undefined) return unknowns;
      const group = watchedGroup(stack.model, check);
      const behind = group ? stack.trees.recordsFrom(group, "A") : [];
      const guarded = records.find((record) => behind.includes(record));
      if (!guarded) return [];
      return [
        violation(offenderOf(check), "fqdn", {
          must: `must be below ${guarded.name}, whose record ${guarded.label} uses it`,
          got: watched,
          so: `once ${watched} has failed over, the check finds the standby healthy and sends everyone back to a dead ${guarded.label}, over and over`,
          remedy: "probe the endpoint's own address instead",
        }),
      ];
    }),
});
