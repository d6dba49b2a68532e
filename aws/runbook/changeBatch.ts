import { canonical } from "../../routing/domainName";
import type { Properties, Resource, Value } from "../../routing/graph/resource";
import { isAddress } from "../../routing/graph/outside";
import { awsTypes } from "../../routing/graph/types";
import { fieldOf, isList, isObject } from "../../routing/graph/values";
import type { RecordSet } from "../../routing/model";
import { fieldsOf, propertiesOf, textIn } from "../../sources/fields";
import { recordFields } from "../../sources/route53Fields";
import { recordWords } from "../status/nameTree";
import type { AwsCall } from "./awsCall";
import { optionOf } from "./awsCall";
import { inputDocument } from "./cliInput";
import type { PossibleChange, Effect, RunbookModel } from "./effect";
import { standInDoubt, unchanged, unknownEffect } from "./effect";
import type { RecordChange } from "./recordTypes";
import { besidesAnswers, isZoneNs } from "./recordTypes";
import { hole } from "./shellText";
import { zonesMeant } from "./zonesMeant";

/** What a change of records would do. */
export function changeBatchEffect(call: AwsCall, subject: RunbookModel): Effect {
  const changes = changesIn(call, subject);
  if (typeof changes === "string") return unknownEffect(changes);
  const zones = zonesMeant(call, "hosted-zone-id", subject);
  if (typeof zones === "string") return unknownEffect(zones);
  // Each change may concern several records where the runbook leaves a part of the name open.
  let alternatives: readonly PossibleChange[] = [
    {
      ...unchanged("", subject),
      isChecked: changes.every(({ action }) => action !== "DELETE"),
      ...(zones.onlyIf === undefined ? {} : { onlyIf: zones.onlyIf }),
    },
  ];
  for (const change of changes) {
    const matching = matchesOf(change, subject).filter(({ zoneId }) => zones.keys.has(zoneId));
    const why = openPartOf(change, matching, subject);
    if (why !== undefined) return unknownEffect(why);
    const targets: readonly (RecordSet | undefined)[] =
      matching.length > 0 ? matching : [undefined];
    alternatives = alternatives.flatMap((one) =>
      targets.map((record) =>
        changed(one, change, { record, changes, zoneKeys: zones.keys }, subject),
      ),
    );
  }
  return { kind: "change", alternatives };
}

/** Why it is not known what a change does; undefined if it is. */
function openPartOf(
  change: RecordChange,
  matching: readonly RecordSet[],
  subject: RunbookModel,
): string | undefined {
  if (change.action.includes(hole)) return "the action is not written in the runbook";
  if (matching.length === 0 && change.action === "DELETE" && !isZoneNs(change, subject)) {
    return `the model has no record ${wordsOf(change)}`;
  }
  if (matching.length === 0 && isOpen(change)) return "the record is not written in the runbook";
  return hasOpenValues(change) && change.action !== "DELETE"
    ? `the new values of ${wordsOf(change)} are not written in the runbook`
    : undefined;
}

function changesIn(call: AwsCall, { textOf }: RunbookModel): readonly RecordChange[] | string {
  const given = optionOf(call, "change-batch");
  if (given === undefined) return "it has no --change-batch";
  const batch = inputDocument(given, "the change batch", textOf);
  if (typeof batch === "string") return batch;
  const list = fieldOf(batch.value, "Changes");
  if (!isList(list)) return "the change batch has no Changes";
  const changes = list.flatMap((one) => {
    const [action, set] = [fieldOf(one, "Action"), fieldOf(one, "ResourceRecordSet")];
    return typeof action === "string" && isObject(set) ? [{ action, set }] : [];
  });
  return changes.length === list.length
    ? changes
    : "a change has no Action or no ResourceRecordSet";
}

function isOpen(change: RecordChange): boolean {
  return ["Name", "Type", "SetIdentifier"].some((field) =>
    textIn(change.set, field)?.includes(hole),
  );
}

/** Whether a field is open that the names of records do not tell. */
function hasOpenValues({ set }: RecordChange): boolean {
  const told = ["Name", "Type", "SetIdentifier", "HealthCheckId"];
  const rest = Object.entries(set).filter(([field]) => !told.includes(field));
  return JSON.stringify(rest).includes(hole);
}

function wordsOf(change: RecordChange): string {
  const id = textIn(change.set, "SetIdentifier");
  const words = `${textIn(change.set, "Name") ?? "?"} ${textIn(change.set, "Type") ?? "?"}${id === undefined ? "" : ` [${id}]`}`;
  return words.replaceAll(hole, "…");
}

/** The records of the model that a change names, as far as it is written. */
function matchesOf(change: RecordChange, { model }: RunbookModel): readonly RecordSet[] {
  const fits = (field: string, value: string | undefined): boolean => {
    const asked = textIn(change.set, field);
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

/** What a change of a record is made with. */
interface Context {
  readonly record?: RecordSet | undefined;
  /** All changes of the batch. */
  readonly changes: readonly RecordChange[];
  /** The zones that the batch may be for. */
  readonly zoneKeys: ReadonlySet<string>;
}

function changed(
  before: PossibleChange,
  change: RecordChange,
  { record, changes, zoneKeys }: Context,
  subject: RunbookModel,
): PossibleChange {
  const { model, hasIds } = subject;
  const existing = record && before.resources.find(({ urn }) => urn === record.id);
  const given = textIn(change.set, "Name") ?? "";
  const name = canonical(record?.name ?? given);
  const beside = besidesAnswers({ change, record, changes, name, model });
  const after: PossibleChange = {
    ...before,
    subject: [...new Set([before.subject, record ? recordWords(record) : wordsOf(change)])]
      .filter((one) => one !== "")
      .join(", "),
    names: [...before.names, name],
    doubts: [...before.doubts, ...(beside.doubt === undefined ? [] : [beside.doubt])],
    ...(beside.harm === undefined ? {} : { harm: beside.harm, remedy: "none" as const }),
  };
  const refusal = before.refusal ?? beside.refusal ?? refusalOf(change, existing, hasIds);
  if (refusal !== undefined) return { ...after, refusal };
  if (change.action === "DELETE") {
    return { ...after, resources: before.resources.filter((one) => one !== existing) };
  }
  const zoneId = record?.zoneId ?? zoneIdFor(given, zoneKeys, model);
  const written = defined(propertiesOf(recordFields, fieldsOf(change.set)).properties);
  const kept = existing ? standIns(written, existing, subject) : {};
  const properties = { ...written, ...kept, name, ...(zoneId === undefined ? {} : { zoneId }) };
  const made: Resource = {
    // A record that is deleted and created again stays the same one.
    urn: record?.id ?? `urn:pulumi:runbook::runbook::${awsTypes.record}::${wordsOf(change)}`,
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
  const isKept = !hasIds && kept["records"] !== undefined;
  return {
    ...after,
    resources: [...others, made],
    doubts: isKept ? [...after.doubts, standInDoubt] : after.doubts,
  };
}

/** What the record has where the runbook's value is a hole, or cannot be compared with the stand-in of an evaluated stack. */
function standIns(
  written: Properties,
  { outputs }: Resource,
  { hasIds, model }: RunbookModel,
): Properties {
  const { healthCheckId: check, records } = outputs;
  const { healthCheckId: givenCheck } = written;
  const isHole = typeof givenCheck === "string" && givenCheck.includes(hole);
  const ids = model.graph.ofType(awsTypes.healthCheck).map(({ id }) => id);
  const isAnother = givenCheck !== undefined && !ids.some((id) => id === givenCheck);
  const areAddresses =
    isList(written["records"]) &&
    written["records"].some((one) => typeof one === "string" && isAddress(one));
  return {
    ...(check !== undefined && (isHole || (!hasIds && isAnother)) ? { healthCheckId: check } : {}),
    ...(records !== undefined && !hasIds && areAddresses ? { records } : {}),
  };
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

/** Values in any order; a number may be written as text, and a name with a dot at its end. */
function comparable(value: Value | undefined): string {
  const items = isList(value) ? value : [value ?? ""];
  return items
    .map((item) => (typeof item === "string" ? canonical(item) : JSON.stringify(item)))
    .sort()
    .join(" ");
}

function defined(properties: Readonly<Record<string, Value | undefined>>): Properties {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** The id of the zone that a name is in, of some zones. */
function zoneIdFor(
  name: string,
  zoneKeys: ReadonlySet<string>,
  { route53 }: RunbookModel["model"],
): string | undefined {
  return route53
    .allGroups()
    .flat()
    .find(
      (one) =>
        zoneKeys.has(one.zoneId) &&
        canonical(name).endsWith(one.name.split(".").slice(-2).join(".")),
    )?.zoneId;
}
