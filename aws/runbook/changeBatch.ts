import { canonical } from "../../routing/domainName";
import type { Properties, Resource, Value } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { fieldOf, isList, isObject } from "../../routing/graph/values";
import type { RecordSet } from "../../routing/model";
import { fieldsOf, propertiesOf } from "../../sources/fields";
import { recordFields } from "../../sources/route53Fields";
import type { AwsCall } from "./awsCall";
import { optionOf } from "./awsCall";
import type { PossibleChange, Effect, RunbookModel } from "./effect";
import { hole } from "./shellCommands";

/** One change of a batch. */
interface RecordChange {
  readonly action: string;
  readonly set: Readonly<Record<string, Value>>;
}

/** What a change of records would do. */
export function changeBatchEffect(call: AwsCall, subject: RunbookModel): Effect {
  const changes = changesIn(call, subject);
  if (typeof changes === "string") return { kind: "unknown", why: changes };
  // Each change may concern several records where the runbook leaves a part of the name open.
  let alternatives: readonly PossibleChange[] = [
    {
      ...{ subject: "", resources: subject.resources, faults: [], notes: [], remedy: "hold" },
      isChecked: changes.every(({ action }) => action !== "DELETE"),
    },
  ];
  for (const change of changes) {
    const matching = matchesOf(change, subject);
    if (matching.length === 0 && change.action === "DELETE") {
      return { kind: "unknown", why: `the model has no record ${wordsOf(change)}` };
    }
    if (matching.length === 0 && isOpen(change)) {
      return { kind: "unknown", why: "the record is not written in the runbook" };
    }
    if (hasOpenValues(change) && change.action !== "DELETE") {
      return {
        kind: "unknown",
        why: `the new values of ${wordsOf(change)} are not written in the runbook`,
      };
    }
    const targets: readonly (RecordSet | undefined)[] =
      matching.length > 0 ? matching : [undefined];
    alternatives = alternatives.flatMap((one) =>
      targets.map((record) => changed(one, change, record, subject)),
    );
  }
  return { kind: "change", alternatives };
}

function changesIn(call: AwsCall, { textOf }: RunbookModel): readonly RecordChange[] | string {
  const given = optionOf(call, "change-batch") ?? optionOf(call, "cli-input-json");
  if (given === undefined) return "it has no --change-batch";
  const [, path] = /^fileb?:\/\/(.*)$/s.exec(given) ?? [];
  const text = path === undefined ? given : textOf(path);
  if (text === undefined) return `the file ${path ?? ""} cannot be read`;
  if (text === hole) return "the change batch is not written in the runbook";
  let batch: Value;
  try {
    batch = JSON.parse(quotedHoles(text)) as Value;
  } catch {
    return "the change batch is no JSON";
  }
  const list = fieldOf(batch, "Changes") ?? fieldOf(fieldOf(batch, "ChangeBatch"), "Changes");
  if (!isList(list)) return "the change batch has no Changes";
  return list.flatMap((one) => {
    const [action, set] = [fieldOf(one, "Action"), fieldOf(one, "ResourceRecordSet")];
    return typeof action === "string" && isObject(set) ? [{ action, set }] : [];
  });
}

/** A hole outside of quotes, such as `"Weight": $WEIGHT`, as a text. */
function quotedHoles(text: string): string {
  return text.replace(/(:\s*)\ufffd(\s*[,}\]])/g, `$1"${hole}"$2`);
}

function textIn({ set }: RecordChange, field: string): string | undefined {
  const value = set[field];
  return typeof value === "string" ? value : undefined;
}

function isOpen(change: RecordChange): boolean {
  return ["Name", "Type", "SetIdentifier"].some((field) => textIn(change, field)?.includes(hole));
}

/** Whether a field is open that the names of records do not tell. */
function hasOpenValues({ set }: RecordChange): boolean {
  const told = ["Name", "Type", "SetIdentifier", "HealthCheckId"];
  const rest = Object.entries(set).filter(([field]) => !told.includes(field));
  return JSON.stringify(rest).includes(hole);
}

function wordsOf(change: RecordChange): string {
  const id = textIn(change, "SetIdentifier");
  const words = `${textIn(change, "Name") ?? "?"} ${textIn(change, "Type") ?? "?"}${id === undefined ? "" : ` [${id}]`}`;
  return words.replaceAll(hole, "…");
}

/** The records of the model that a change names, as far as it is written. */
function matchesOf(change: RecordChange, { model }: RunbookModel): readonly RecordSet[] {
  const fits = (field: string, value: string | undefined): boolean => {
    const asked = textIn(change, field);
    if (asked?.includes(hole)) return true;
    return field === "Name" ? canonical(asked ?? "") === canonical(value ?? "") : asked === value;
  };
  return model.route53
    .allGroups()
    .flat()
    .filter(
      ({ name, type, setIdentifier, policy }) =>
        fits("Name", name) &&
        fits("Type", type) &&
        fits("SetIdentifier", setIdentifier) &&
        (!isOpen(change) ||
          change.set["Failover"] === undefined ||
          (policy.kind === "failover" && policy.role.toUpperCase() === change.set["Failover"])),
    );
}

function changed(
  before: PossibleChange,
  change: RecordChange,
  record: RecordSet | undefined,
  { model, hasIds }: RunbookModel,
): PossibleChange {
  const existing = record && before.resources.find(({ urn }) => urn === record.id);
  const subject = [before.subject, record ? recordName(record) : wordsOf(change)]
    .filter((one) => one !== "")
    .join(", ");
  const refusal = before.refusal ?? refusalOf(change, existing, hasIds);
  if (refusal !== undefined) return { ...before, subject, refusal };
  if (change.action === "DELETE") {
    return { ...before, subject, resources: before.resources.filter((one) => one !== existing) };
  }
  const zoneId = record?.zoneId ?? zoneIdFor(textIn(change, "Name") ?? "", model);
  const properties = {
    ...defined(propertiesOf(recordFields, fieldsOf(change.set)).properties),
    name: canonical(record?.name ?? textIn(change, "Name") ?? ""),
    ...(zoneId === undefined ? {} : { zoneId }),
    ...(textIn(change, "HealthCheckId")?.includes(hole) && existing?.outputs["healthCheckId"]
      ? { healthCheckId: existing.outputs["healthCheckId"] }
      : {}),
  };
  const made: Resource = {
    urn: existing?.urn ?? `urn:pulumi:runbook::runbook::${awsTypes.record}::${wordsOf(change)}`,
    type: awsTypes.record,
    name: existing?.name ?? wordsOf(change),
    custom: true,
    id: existing?.id ?? wordsOf(change),
    inputs: properties,
    outputs: properties,
    propertyDependencies: {},
    dependencies: [],
    unknown: {},
  };
  const others = before.resources.filter((one) => one !== existing);
  return { ...before, subject, resources: [...others, made] };
}

/**
 * Why Route 53 refuses a change of a record, and its whole batch: it creates one that exists, or deletes one with
 * other values (API:ChangeResourceRecordSets, InvalidChangeBatch).
 */
function refusalOf(
  change: RecordChange,
  existing: Resource | undefined,
  hasIds: boolean,
): string | undefined {
  if (isOpen(change)) return undefined;
  if (change.action === "CREATE") {
    return existing ? `${wordsOf(change)} exists already` : undefined;
  }
  if (change.action !== "DELETE") return undefined;
  if (!existing) return `${wordsOf(change)} is not there any more`;
  const given = defined(propertiesOf(recordFields, fieldsOf(change.set)).properties);
  const other = comparedProperties(hasIds).find(
    (property) =>
      // What a runbook leaves out, its reader fills in.
      given[property] !== undefined &&
      !JSON.stringify(given[property]).includes(hole) &&
      comparable(given[property]) !== comparable(existing.inputs[property]),
  );
  return other === undefined
    ? undefined
    : `${wordsOf(change)} has ${otherWords[other] ?? `another ${other}`} than the one to delete`;
}

const otherWords: Readonly<Record<string, string>> = {
  ttl: "another TTL",
  records: "other values",
  healthCheckId: "another check",
};

/** What a deletion must repeat; addresses and ids of an evaluated stack are stand-ins. */
function comparedProperties(hasIds: boolean): readonly string[] {
  return hasIds ? ["ttl", "records", "healthCheckId"] : ["ttl"];
}

/** Values in any order; a number may be written as text. */
function comparable(value: Value | undefined): string {
  const items = isList(value) ? value : [value ?? ""];
  return items.map(String).sort().join(" ");
}

function defined(properties: Readonly<Record<string, Value | undefined>>): Properties {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

function recordName({ name, type, setIdentifier }: RecordSet): string {
  return `${name} ${type}${setIdentifier === undefined ? "" : ` [${setIdentifier}]`}`;
}

/** The id of the zone that a name is in. */
function zoneIdFor(name: string, model: RunbookModel["model"]): string | undefined {
  const records = model.route53.allGroups().flat();
  const inside = records.filter((one) =>
    canonical(name).endsWith(one.name.split(".").slice(-2).join(".")),
  );
  return inside[0]?.zoneId;
}
