import { awsTypes } from "../../routing/graph/types";
import { textOf } from "../../routing/graph/values";
import type { AwsCall } from "./awsCall";
import { optionOf } from "./awsCall";
import { changeBatchEffect } from "./changeBatch";
import { checkEffect } from "./checkUpdate";
import type { Effect, RunbookModel } from "./effect";
import { hole } from "./shellCommands";

/** What a call would do; undefined for one that changes nothing this model knows. */
export function commandEffectOf(call: AwsCall, subject: RunbookModel): Effect | undefined {
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
    case "s3 rm":
    case "s3 mv":
    case "s3 cp":
    case "s3 rb":
    case "s3 sync":
    case "s3api delete-object":
    case "s3api put-object":
    case "s3api delete-bucket":
      return latchEffect(call, subject);
    case "elbv2 deregister-targets":
    case "ec2 stop-instances":
    case "ec2 terminate-instances":
      return machineEffect(call, subject);
    default:
      return undefined;
  }
}

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

function zoneEffect(call: AwsCall, subject: RunbookModel): Effect {
  const zones = zonesFor(call, subject, "id");
  if (zones.length === 0 && subject.hasIds) return unknown("the zone is not in the model");
  return {
    kind: "harm",
    subject: zones[0] ?? "the hosted zone",
    why: "without its zone no name has an answer, and a new zone has other name servers",
    remedy: "none",
  };
}

function disassociationEffect(call: AwsCall, subject: RunbookModel): Effect {
  const zones = zonesFor(call, subject, "hosted-zone-id");
  if (zones.length === 0) return unknown("the zone is not in the model");
  return {
    kind: "harm",
    subject: zones[0] ?? "",
    why: "the names of the zone have no answer in this VPC any more",
    remedy: "none",
  };
}

/** The objects of the failback gate, and the bucket of a page. */
function latchEffect(call: AwsCall, { model }: RunbookModel): Effect | undefined {
  const { service, operation, operands } = call;
  const isApi = service === "s3api";
  const paths = isApi
    ? [`s3://${optionOf(call, "bucket") ?? hole}/${optionOf(call, "key") ?? ""}`]
    : operands;
  const removes = /^(?:rm|rb|delete-object|delete-bucket)$/.test(operation);
  const target = removes || operation === "mv" ? paths[0] : paths.at(-1);
  if (target === undefined || !/^s3:\/\//.test(target)) return undefined;
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]*)\/?(.*)$/s.exec(target) ?? [];
  const isGate = bucket.includes("-gate-") || /(?:^|\/)latch$/.test(key);
  if (isGate) {
    return {
      kind: "harm",
      subject: `s3://${bucket}/${key}`,
      why: removes
        ? "the controller owns the latch: without its object customers return before anyone approved, and the controller puts it back"
        : "the controller owns the latch: it removes an object that its state does not explain",
      remedy: removes ? "release" : "hold",
    };
  }
  const page = model.graph
    .ofType(awsTypes.bucket)
    .find((one) => one.id === bucket || textOf(one, "bucket") === bucket);
  const isWhole = key === "" || call.options.has("recursive") || operation === "rb";
  if (page && removes && isWhole) {
    return {
      kind: "harm",
      subject: page.name,
      why: "the bucket has the page of the last tier, which customers get when no region serves",
      remedy: "none",
    };
  }
  return undefined;
}

function machineEffect(call: AwsCall, subject: RunbookModel): Effect {
  const given =
    call.service === "elbv2"
      ? (call.options.get("targets") ?? []).flatMap((word) => {
          const [, id] = /Id=([^,]+)/.exec(word) ?? [];
          return id === undefined ? hole : id;
        })
      : (call.options.get("instance-ids") ?? []);
  const machines = subject.model.graph.ofType(awsTypes.instance);
  const named = machines.filter(
    ({ id, name, outputs }) =>
      given.includes(id ?? "") ||
      given.includes(name) ||
      given.some((one) => outputs["privateIp"] === one),
  );
  if (named.length === 0) {
    return unknown(
      given.some((one) => one.includes(hole)) || given.length === 0
        ? "the instances are not written in the runbook"
        : "the instances are not in the model",
    );
  }
  return {
    kind: "change",
    alternatives: [
      {
        subject: named.map(({ name }) => name).join(", "),
        resources: subject.resources,
        faults: named.map(({ name, urn }) => ({ kind: "resource", name, urns: [urn] })),
        notes: [],
        isChecked: false,
        remedy: "hold",
      },
    ],
  };
}

function unknown(why: string): Effect {
  return { kind: "unknown", why };
}
