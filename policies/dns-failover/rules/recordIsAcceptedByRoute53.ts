import type { GroupFault } from "../../../routing/groupFault";
import { groupFaults } from "../../../routing/group";
import type { Group, RecordSet } from "../../../routing/model";
import { aliasedName } from "../../../routing/model";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { developerGuide } from "../route53";
import { valueFault } from "../recordValues";
import { recordGroupsOf } from "../trees";

/** The numbers of rejections that no other rule reports. */
const refusals: readonly string[] = ["A12", "C12", "C16", "C18", "C19", "C20", "C21", "K2", "N5"];

/** The property that causes a rejection. */
const propertyOf: Readonly<Record<string, string>> = {
  A12: "aliases",
  C16: "records",
  C18: "latencyRoutingPolicies",
  C19: "geolocationRoutingPolicies",
  C20: "geoproximityRoutingPolicy",
  C21: "cidrRoutingPolicy",
  N5: "records",
};

/** Missing properties that make Route 53 reject a record, by the model's wording. */
const absences: Readonly<Record<string, string>> = {
  "it has no type": "type",
  "it has no ttl": "ttl",
  "it has neither records nor an alias": "records",
};

const refused = "Route 53 rejects it and the update fails halfway";

/** Top-level domains with which a name relative to a zone rarely ends (IANA root zone). */
const commonDomains = /\.(com|org|net|io|dev|app|info|biz|cloud)$/;

/** Limits of names and groups (DG DNSLimitations; 253 was measured for a zone's own name). */
const limits = { nameCharacters: 255, labelCharacters: 63, weightedRecords: 100, values: 400 };

export const recordIsAcceptedByRoute53 = stackRule({
  name: "record-is-accepted-by-route53",
  description: "Route 53 accepts each record, and each can be checked before deployment.",
  severity: "high",
  level: "mandatory",
  why: "A rejected record stops an update halfway. A record that cannot be checked, such as one with a check of another stack or a secret name, is reported and never passes silently.",
  source: "A12, C12, C16, C18 to C21, K2, N5; DG DNSLimitations, ResourceRecordTypes",
  remediationSteps: "Follow the message.",
  url: developerGuide("DNSLimitations"),
  types: [types.record],
  config: {},
  find: (stack) => [
    ...namelessFindings(stack),
    ...recordGroupsOf(stack).flatMap((group) => [
      ...groupFaults(group, stack.model.route53).flatMap((fault) => faultFindings(stack, fault)),
      ...limitFindings(group),
      ...group.flatMap((record) => [
        ...circleFindings(stack, record),
        ...valueFindings(record),
        ...placeFindings(stack, record),
        ...aliasTtlFindings(stack, record),
      ]),
    ]),
  ],
});

/** Records with an unknown name are not in the model: no other rule sees them. */
function namelessFindings(stack: Stack): readonly Finding[] {
  return stack.subjects(types.record).flatMap((record): readonly Finding[] => {
    // The qualified name is enough if the provider has computed it.
    const isTold = !record.unknownAt("fqdn") && record.has("fqdn");
    const properties = isTold ? ["type", "aliases"] : ["name", "type", "aliases"];
    const property = properties.find((each) => record.unknownWhole(each) !== undefined);
    const reason = property === undefined ? undefined : record.unknownWhole(property);
    return property !== undefined && reason !== undefined
      ? [unknown(record, property, `${reasonWord(reason)}, so the record is not checked`)]
      : [];
  });
}

function faultFindings(stack: Stack, fault: GroupFault): readonly Finding[] {
  const { rule, subject, message, isComputable } = fault;
  // `check-arguments-are-valid` reports these, also of a check that no record uses.
  if (isComputable) return [];
  if (rule !== undefined && !refusals.includes(rule)) return [];
  const resource = stack.graph.get(subject);
  const offender = { urn: subject, name: resource?.name ?? subject };
  const text = message.startsWith(`${offender.name}: `)
    ? message.slice(offender.name.length + 2)
    : message;
  const [lacking, property] =
    Object.entries(absences).find(([words]) => text.startsWith(words)) ?? [];
  if (lacking !== undefined && property !== undefined) {
    return [
      violation(offender, property, {
        must: "must be set",
        got: lacking.replace(/^it has /, ""),
        so: refused,
        remedy: "give it one",
      }),
    ];
  }
  if (rule === undefined) return [unknown(offender, "name", `it cannot be checked: ${text}`)];
  const [must = "", remedy = "correct it"] = text.split("; ");
  const [what = "", got] = must.split(", got ");
  return [
    violation(offender, propertyOf[rule] ?? "type", {
      must: what,
      got: got ?? "one",
      so: refused,
      remedy,
    }),
  ];
}

function limitFindings(group: Group): readonly Finding[] {
  const [first] = group;
  if (!first) return [];
  const findings: Finding[] = [];
  const exceed = (property: string, what: string, most: number, got: number): void => {
    if (got <= most) return;
    findings.push(
      violation(offenderOf(first), property, {
        must: `must have at most ${most} ${what}`,
        got: `${got}`,
        so: refused,
        remedy: "use fewer",
      }),
    );
  };
  const labels = first.name.split(".").map(({ length }) => length);
  exceed("name", "characters", limits.nameCharacters, first.name.length);
  exceed("name", "characters in a label", limits.labelCharacters, Math.max(...labels));
  const weighted = group.filter(({ policy }) => policy.kind === "weighted");
  exceed("name", "weighted records of a name and type", limits.weightedRecords, weighted.length);
  for (const { target } of group) {
    exceed("records", "values", limits.values, target.kind === "values" ? target.values.length : 0);
  }
  return findings;
}

/** Values that the record type does not allow. */
function valueFindings(record: RecordSet): readonly Finding[] {
  const { target, type } = record;
  if (target.kind !== "values") return [];
  return target.values.flatMap((value, index) => {
    const must = valueFault(type, value);
    return must === undefined
      ? []
      : [
          violation(offenderOf(record), `records[${index}]`, {
            must,
            got: value.length > 60 ? `${value.slice(0, 60)}… (${value.length} characters)` : value,
            so: refused,
            remedy: "correct it",
          }),
        ];
  });
}

/** A full name of another zone, to which the provider appends the name of the record's zone. */
function placeFindings(stack: Stack, record: RecordSet): readonly Finding[] {
  const zone = stack.graph.get(record.zoneId);
  const subject = stack.subjectOf(record);
  if (!zone || subject.unknownAt("name")) return [];
  const zoneName = stack.subject(zone);
  if (zoneName.unknownAt("name")) return [];
  const [name, parent] = [subject, zoneName].map((one) =>
    one.text("name", "").toLowerCase().replace(/\.$/, ""),
  );
  if (name === undefined || parent === undefined || parent === "") return [];
  if (name === parent || name.endsWith(`.${parent}`) || !commonDomains.test(name)) return [];
  return [
    violation(offenderOf(record), "name", {
      must: `must be in its zone, ${parent}`,
      got: name,
      so: `the record is created as ${name}.${parent}, a name that no one queries`,
      remedy: "use the zone of that name, or a name in this zone",
    }),
  ];
}

/** An alias uses the TTL of its target; the provider rejects a TTL on the alias. */
function aliasTtlFindings(stack: Stack, record: RecordSet): readonly Finding[] {
  const subject = stack.subjectOf(record);
  if (record.target.kind !== "alias" || subject.unknownAt("ttl")) return [];
  const ttl = subject.number("ttl", 0);
  if (ttl === 0) return [];
  return [
    violation(offenderOf(record), "ttl", {
      must: "must not be set on an alias",
      got: `${ttl}`,
      so: refused,
      remedy: "remove it: an alias has the TTL of its target",
    }),
  ];
}

/** An alias that points back to itself has no answer. */
function circleFindings(stack: Stack, record: RecordSet): readonly Finding[] {
  const next = aliasedName(record);
  if (next === undefined) return [];
  const isCircle =
    next === record.name || stack.trees.recordsBelow(next, record.type).includes(record);
  if (!isCircle) return [];
  return [
    violation(offenderOf(record), "aliases[0].name", {
      must: "must point to a record below its own",
      got: `${next}, which points back to ${record.name}`,
      so: `${record.name} has no answer`,
      remedy: "point it elsewhere",
    }),
  ];
}
