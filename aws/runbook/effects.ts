import type { Fault } from "../../routing/graph/faults";
import type { Resource } from "../../routing/graph/resource";
import type { StackModel } from "../../routing/graph/stackModel";
import { awsTypes } from "../../routing/graph/types";
import { textOf } from "../../routing/graph/values";
import type { AwsCall } from "./awsCall";
import { optionOf } from "./awsCall";
import { changeBatchEffect } from "./changeBatch";
import { checkEffect } from "./checkUpdate";
import { hole } from "./shellCommands";

/** What a command would do to a model. */
export type Effect =
  /** One of these, as far as the command says. */
  | { readonly kind: "change"; readonly alternatives: readonly Alternative[] }
  /** It is harmful whatever the model is. */
  | {
      readonly kind: "harm";
      readonly subject: string;
      readonly why: string;
      readonly remedy: Remedy;
    }
  | { readonly kind: "unknown"; readonly why: string }
  | { readonly kind: "none"; readonly why: string };

/** A possible change. */
export interface Alternative {
  /** The record, check or machine that it changes. */
  readonly subject: string;
  readonly resources: readonly Resource[];
  /** What it takes away. */
  readonly faults: readonly Fault[];
  /** Facts about the change that its answers do not show. */
  readonly notes: readonly string[];
  /** Why it is harmful whatever the answers are. */
  readonly harm?: string;
  readonly remedy: Remedy;
}

/** What a person meant, and so which command works. */
export type Remedy = "hold" | "release" | "none";

/** The subject of the judgement. */
export interface RunbookModel {
  readonly resources: readonly Resource[];
  readonly model: StackModel;
  /** Whether ids in the model are those of AWS; an evaluated stack has stand-ins. */
  readonly hasIds: boolean;
  /** Reads a file beside the runbook; undefined if there is none. */
  readonly textOf: (path: string) => string | undefined;
}

/** What a call would do; undefined for one that changes nothing this model knows. */
export function effectOf(call: AwsCall, subject: RunbookModel): Effect | undefined {
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
        remedy: "hold",
      },
    ],
  };
}

export function unknown(why: string): Effect {
  return { kind: "unknown", why };
}
