import { canonical } from "../../routing/domainName";
import { leadsToEndpoints } from "../../routing/graph/outside";
import type { Value } from "../../routing/graph/resource";
import type { StackModel } from "../../routing/graph/stackModel";
import { awsTypes } from "../../routing/graph/types";
import { fieldOf, isList, textOf } from "../../routing/graph/values";
import type { RecordSet } from "../../routing/model";
import { valuesOf } from "../../routing/view";
import { textIn } from "../../sources/fields";
import type { RunbookModel } from "./effect";

/** One change of a batch. */
export interface RecordChange {
  readonly action: string;
  readonly set: Readonly<Record<string, Value>>;
}

/** What a change does that no answer of the model shows; empty if there is nothing. */
interface BesidesAnswers {
  readonly refusal?: string;
  readonly harm?: string;
  readonly doubt?: string;
}

interface Question {
  readonly change: RecordChange;
  readonly record?: RecordSet | undefined;
  /** All changes of the batch. */
  readonly changes: readonly RecordChange[];
  readonly name: string;
  readonly model: StackModel;
}

/** Types of records that change what clients do with a name as soon as they exist. */
const steering: readonly string[] = ["NS", "DS", "HTTPS", "SVCB", "CAA"];

/** Whether a change concerns the NS record of a zone itself, which Route 53 makes with the zone. */
export function isZoneNs(change: RecordChange, { model }: Pick<RunbookModel, "model">): boolean {
  return (
    textIn(change.set, "Type") === "NS" &&
    zoneNames(model).includes(canonical(textIn(change.set, "Name") ?? ""))
  );
}

function zoneNames({ graph }: StackModel): readonly string[] {
  return graph.ofType(awsTypes.zone).map((zone) => canonical(textOf(zone, "name") ?? zone.name));
}

/** What a change of a record does beside the answers of addresses. */
export function besidesAnswers(question: Question): BesidesAnswers {
  const { change, record, name } = question;
  const type = textIn(change.set, "Type") ?? "";
  if (type === "NS")
    return isZoneNs(change, question) ? ofZoneNs(question) : ofDelegation(question);
  if (leadsToEndpoints(type)) return ofAnotherFamily(question, type);
  return record || steering.includes(type)
    ? {
        doubt: `the model does not follow ${type} records: what the one of ${name} does is not known`,
      }
    : {};
}

/** Addresses of a family that a name did not have: clients that prefer it go there. */
function ofAnotherFamily({ change, name, model }: Question, type: string): BesidesAnswers {
  const types = model.route53
    .allGroups()
    .flat()
    .filter((one) => one.name === name && leadsToEndpoints(one.type))
    .map((one) => one.type);
  return change.action === "DELETE" || types.length === 0 || types.includes(type)
    ? {}
    : {
        doubt: `${name} had no ${type} record before; whether what it leads to serves is not known`,
      };
}

function ofZoneNs({ change, record, changes, name, model }: Question): BesidesAnswers {
  const isMadeAgain = changes.some((one) => one.action !== "DELETE" && isZoneNs(one, { model }));
  if (change.action === "DELETE") {
    return isMadeAgain
      ? {}
      : { refusal: `a zone keeps an NS record of its own name, and this one is of ${name}` };
  }
  const values = serversIn(change);
  if (!record)
    return { doubt: `whether ${values.join(", ")} are the name servers of ${name} is not known` };
  const known = valuesOf(record).map(canonical).sort();
  return known.join() === values.join()
    ? {}
    : {
        harm: `resolvers then ask ${values.join(", ")} for all of ${name} instead of ${known.join(", ")}`,
      };
}

function serversIn({ set }: RecordChange): readonly string[] {
  const records = set["ResourceRecords"];
  const values = isList(records) ? records.map((one) => fieldOf(one, "Value")) : [];
  return values.map((value) => (typeof value === "string" ? canonical(value) : "?")).sort();
}

/** An NS record below the zone's own name: another server answers there and below (N4). */
function ofDelegation({ change, name, model }: Question): BesidesAnswers {
  const below = model.route53
    .allGroups()
    .flat()
    .filter((one) => one.type !== "NS" && (one.name === name || one.name.endsWith(`.${name}`)))
    .map((one) => one.name);
  const names = [...new Set(below)].slice(0, 3).join(", ");
  return names !== "" && change.action !== "DELETE"
    ? { harm: `at and below an NS record another server answers (N4), so for ${names} too` }
    : { doubt: `who answers for ${name} and below is not known` };
}
