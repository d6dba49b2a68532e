import { awsTypes } from "../../routing/graph/types";
import { textOf } from "../../routing/graph/values";
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
import { hole } from "./shellText";

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
  /^(?:get|list|describe|test|wait|head|search|estimate|lookup|filter|detect|batch-get|view|ls|presign|help|configure|check|simulate)(?:-|$)/;

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

/** The zones of the model with an id, which may be another project's; all if it is not written. */
function zonesFor(call: AwsCall, { model }: RunbookModel, option: string): readonly string[] {
  const id = idOf(optionOf(call, option) ?? hole);
  const zones = model.graph.ofType(awsTypes.zone).map((zone) => ({
    id: textOf(zone, "zoneId") ?? zone.id ?? "",
    name: textOf(zone, "name") ?? zone.name,
  }));
  const records = model.route53.allGroups().flat();
  const ids = new Set([...zones.map((zone) => zone.id), ...records.map(({ zoneId }) => zoneId)]);
  return [...ids]
    .filter((one) => id.includes(hole) || one === id)
    .map((one) => zones.find((zone) => zone.id === one)?.name ?? one);
}

function idOf(text: string): string {
  return text.replace(/^\/?hostedzone\//, "");
}

/** Where the id of a zone was not read, another id may be its own. */
function notThere({ model }: RunbookModel): Effect {
  const nameless = model.graph
    .ofType(awsTypes.zone)
    .filter((zone) => !/^Z[A-Z0-9]+$/.test(textOf(zone, "zoneId") ?? zone.id ?? ""));
  return unknownEffect(
    nameless.length === 0
      ? "the zone is not in the model"
      : `whether it is ${nameless.map(({ name }) => name).join(" or ")} is not known: its id was not read`,
  );
}

function zoneEffect(call: AwsCall, subject: RunbookModel): Effect {
  const zones = zonesFor(call, subject, "id");
  if (zones.length === 0 && subject.hasIds) return notThere(subject);
  return {
    kind: "harm",
    subject: zones[0] ?? "the hosted zone",
    why: "without its zone no name has an answer, and a new zone has other name servers",
    remedy: "none",
  };
}

function disassociationEffect(call: AwsCall, subject: RunbookModel): Effect {
  const zones = zonesFor(call, subject, "hosted-zone-id");
  if (zones.length === 0) return notThere(subject);
  return {
    kind: "harm",
    subject: zones[0] ?? "",
    why: "the names of the zone have no answer in this VPC any more",
    remedy: "none",
  };
}
