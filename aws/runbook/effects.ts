import type { AwsCall } from "./awsCall";
import { isDry, openPartOf, optionOf } from "./awsCall";
import { bucketEffect } from "./bucketEffect";
import { changeBatchEffect } from "./changeBatch";
import { checkEffect } from "./checkUpdate";
import { withInput } from "./cliInput";
import { cloudFormationEffect } from "./deploymentEffect";
import type { Effect, RunbookModel } from "./effect";
import { unknownEffect } from "./effect";
import { resourceEffect } from "./resourceEffect";
import type { ZonesMeant } from "./zonesMeant";
import { zonesMeant } from "./zonesMeant";

/** What a call would do; undefined for one that changes nothing this model knows. */
export function commandEffectOf(given: AwsCall, subject: RunbookModel): Effect | undefined {
  if (isDry(given) || readsOnly.test(given.operation)) return undefined;
  const call = withInput(given, subject.textOf);
  if (typeof call === "string") return unknownEffect(call);
  const open = openPartOf(call);
  return open === undefined ? effectOf(call, subject) : unknownEffect(open);
}

/** Operations that change nothing. */
const readsOnly =
  /^(?:get|list|describe|test|wait|head|search|estimate|lookup|filter|detect|batch-get|view|ls|presign|help|configure|check|simulate|scan|query|export)(?:-|$)/;

function effectOf(call: AwsCall, subject: RunbookModel): Effect | undefined {
  switch (`${call.service} ${call.operation}`) {
    case "route53 change-resource-record-sets":
      return changeBatchEffect(call, subject);
    case "route53 update-health-check":
    case "route53 delete-health-check":
      return checkEffect(call, subject);
    case "route53 delete-hosted-zone":
      return zoneEffect(call, subject);
    case "route53 disassociate-vpc-from-hosted-zone":
      return disassociationEffect(call, subject);
    case "cloudformation delete-stack":
      return cloudFormationEffect(optionOf(call, "stack-name"), subject);
  }
  if (/^route53/.test(call.service)) {
    return unfollowed.test(call.operation)
      ? unknownEffect(`the model does not follow ${call.operation}`)
      : undefined;
  }
  return bucketEffect(call, subject) ?? resourceEffect(call, subject);
}

/** Operations of Route 53 that may change answers; the others add something, or name it. */
const unfollowed =
  /^(?:update|delete|change|disable|deactivate|activate|enable|transfer|associate-vpc)-(?!tags|hosted-zone-comment|query-logging-config|traffic-policy-comment|reusable)/;

function zoneEffect(call: AwsCall, subject: RunbookModel): Effect {
  const zones = zonesMeant(call, "id", subject);
  return zoneHarm(
    zones,
    "without its zone no name has an answer, and a new zone has other name servers",
  );
}

function disassociationEffect(call: AwsCall, subject: RunbookModel): Effect {
  const zones = zonesMeant(call, "hosted-zone-id", subject);
  return zoneHarm(zones, "the names of the zone have no answer in this VPC any more");
}

function zoneHarm(zones: ZonesMeant | string, why: string): Effect {
  if (typeof zones === "string") return unknownEffect(zones);
  const { names, onlyIf } = zones;
  return onlyIf === undefined
    ? { kind: "harm", subject: names, why, remedy: "none" }
    : unknownEffect(`harmful only if ${onlyIf}: ${why}`, names);
}
