import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import type { EndpointHealthCheck, RecordSet } from "../../../routing/model";
import { developerGuide } from "../route53";
import { recordGroupsOf } from "../trees";

export const checkIsNotInverted = stackRule({
  name: "check-is-not-inverted",
  description: "The check of a record is not inverted if it probes the record's own endpoint.",
  severity: "critical",
  level: "mandatory",
  why: "An inverted check is healthy while its endpoint is dead: Route 53 returns the endpoint only then, and drops it when it works. Inversion is for a latch, an object whose absence means healthy.",
  source: "H16; API:HealthCheckConfig.Inverted",
  remediationSteps: "Remove `invertHealthcheck`.",
  url: developerGuide("health-checks-creating-values"),
  types: [types.healthCheck],
  config: {},
  find: (stack) => {
    const found = recordGroupsOf(stack)
      .flat()
      .flatMap((record): readonly (readonly [string, Finding])[] => {
        const check = checkOf(stack, record);
        // A disabled check probes nothing; check-is-enabled reports it (H16).
        return check?.inverted === true && !check.disabled && probes(stack, check, record)
          ? [[check.id, findingOf(check, record)]]
          : [];
      });
    // A check that several records use is one fault.
    return [...new Map(found).values()];
  },
});

function checkOf(stack: Stack, { checkId }: RecordSet): EndpointHealthCheck | undefined {
  const check = checkId === undefined ? undefined : stack.model.route53.checks.get(checkId);
  return check?.kind === "endpoint" ? check : undefined;
}

/** Whether a check probes an endpoint that the record points to. */
function probes(stack: Stack, check: EndpointHealthCheck, record: RecordSet): boolean {
  const { target } = record;
  if (target.kind === "values" && check.ipAddress !== undefined) {
    if (target.values.includes(check.ipAddress)) return true;
  }
  const theirs = stack.model.endpointOfCheck(check)?.urn;
  return theirs !== undefined && stack.model.endpointsOf(record).some(({ urn }) => urn === theirs);
}

function findingOf(check: EndpointHealthCheck, record: RecordSet): Finding {
  return violation(offenderOf(check), "invertHealthcheck", {
    must: `must not be set on a check of the endpoint of ${record.label}`,
    got: "true",
    so: `${record.name} drops this endpoint while it works, and returns it when it is dead`,
    remedy: "remove it",
  });
}
