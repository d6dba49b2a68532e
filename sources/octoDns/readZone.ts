import { basename } from "node:path";
import type { Value } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import type { Declaration, Origin } from "../declare";
import { resourceOf } from "../declare";
import { asFlag, memberOf, textIn, textOr, memberOr } from "../fields";
import type { Unheld } from "../unheld";
import { heldByProvidersOnly, withUnheld } from "../unheld";
import type { Reading } from "../reading";
import { InputError } from "../../routing/inputError";
import { declared, dynamicOf, isOfRoute53 } from "./dynamic";
import type { OctoRecord } from "./records";
import { recordsOf, route53Value, rulesOf, poolStatusFaults } from "./records";

/** The record type of a Route 53 alias (octodns-route53: record.py). */
const aliasType = "Route53Provider/ALIAS";

/** A zone file of octoDNS has no alarms. */
const unheld: Unheld = { [awsTypes.healthCheck]: ["alarm"] };

/** The types that Route 53 supports (octodns-route53: provider.py, `SUPPORTS`). */
const supported = [
  "A",
  "AAAA",
  "CAA",
  "CNAME",
  "DS",
  "MX",
  "NAPTR",
  "NS",
  "PTR",
  "SPF",
  "SRV",
  "TXT",
];

/**
 * Reads an octoDNS zone as octodns-route53 creates it in Route 53. The file is named after the
 * zone.
 *
 * @throws InputError where the file's name is not a zone name, and for each status that octoDNS refuses
 */
export function readZone(document: Value, path: string): Reading {
  const zoneName = basename(path)
    .replace(/\.ya?ml$/, "")
    .replace(/\.$/, "");
  if (!/^[\w-]+(\.[\w-]+)+$/.test(zoneName)) {
    throw new InputError(
      `${path}: octoDNS names a file after its zone, got ${basename(path)}; rename it, such as to example.org.yaml`,
    );
  }
  const origin: Origin = { format: "octodns", source: zoneName };
  const records = recordsOf(document, zoneName);
  const faults = records.flatMap(poolStatusFaults).map((fault) => `${path}: ${fault}`);
  if (faults.length > 0) throw new InputError(faults);
  const zone: Declaration = {
    type: awsTypes.zone,
    name: zoneName,
    id: zoneName,
    properties: { name: zoneName, zoneId: zoneName },
  };
  const declarations = [zone, ...records.flatMap((one) => declarationsOf(one, zoneName))];
  // A value in several pools of a record has only one check.
  const unique = new Map(declarations.map((one) => [`${one.type} ${one.name}`, one]));
  return {
    resources: [...unique.values()].map((one) =>
      withUnheld(resourceOf(origin, one), heldByProvidersOnly, unheld),
    ),
    notes: [
      ...records.flatMap(notesOn),
      `${path}: octoDNS does not record where an address is, so the loss of a region or zone cannot be tested.`,
    ],
    failing: [],
  };
}

function declarationsOf(record: OctoRecord, zoneName: string): readonly Declaration[] {
  if (record.type === aliasType) return aliasesOf(record, zoneName);
  if (!supported.includes(record.type)) return [];
  if (memberOf(record.written, "dynamic") !== undefined) return dynamicOf(record, zoneName);
  const records = record.values.map((value) => route53Value(record.type, value));
  return [declared(record, zoneName, record.fqdn, undefined, { ttl: record.ttl, records })];
}

/** Aliases: to a service by its DNS name, otherwise to a name relative to the zone. */
function aliasesOf(record: OctoRecord, zoneName: string): readonly Declaration[] {
  return record.values.map((value) => {
    const [name, serviceZone] = [textIn(value, "name"), textIn(value, "hosted-zone-id")];
    const own = name === undefined ? `${zoneName}.` : `${name}.${zoneName}.`;
    return declared({ type: textOr(value, "type", "") }, zoneName, record.fqdn, undefined, {
      aliases: [
        {
          name: serviceZone === undefined ? own : (name ?? ""),
          zoneId: serviceZone ?? zoneName,
          evaluateTargetHealth: asFlag(memberOf(value, "evaluate-target-health") ?? false),
        },
      ],
    });
  });
}

function notesOn({ fqdn, type, written }: OctoRecord): readonly string[] {
  if (type !== aliasType && !supported.includes(type)) {
    return [`${fqdn} ${type}: left out, because octodns-route53 does not create it.`];
  }
  const geos = rulesOf(memberOr(written, "dynamic", null)).flatMap((rule) => rule.geos);
  return geos
    .filter((geo) => !isOfRoute53(geo))
    .map((geo) => `${fqdn} ${type}: ${geo} is left out, because Route 53 has no parts of Canada.`);
}
