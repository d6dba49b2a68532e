import type { Value } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";
import { canonical, parentOf } from "../../routing/domainName";
import { awsTypes } from "../../routing/graph/types";
import type { Declaration, Declared, Names } from "../declare";
import { fieldsOf, itemsOf, memberOf, propertiesOf, textIn, textOr } from "../fields";
import { listedRecordFields, unreadFields } from "../route53Fields";
import type { AwsAnswer } from "./answers";
import { isOneOfSeveral, itemsIn, pageOfSeveral, wholeListing } from "./answers";
import type { ListedTags } from "./tags";

/** A hosted zone, from an answer about it or from its records. */
interface Zone {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly vpcIds: readonly string[];
}

/**
 * The zones and records of all listings; a zone without its own answer is derived from its records.
 */
export function recordsIn(answers: readonly AwsAnswer[], names: Names, tags: ListedTags): Declared {
  const asked = zonesIn(answers);
  const zones = new Map<string, Zone>();
  const whole = new Set<string>();
  const notes: string[] = [];
  const declarations: Declaration[] = [];
  for (const answer of answers) {
    const sets = itemsOf(answer.value, "ResourceRecordSets");
    if (sets.length === 0) continue;
    const zone = zoneOf(answer, sets, asked);
    zones.set(zone.id, zone);
    for (const set of sets) {
      declarations.push(recordOf(set, zone, names));
      const unread = unreadFields(set, listedRecordFields);
      if (unread.length > 0) {
        notes.push(`${labelOf(set)}: ${unread.join(" and ")} is not read; its answers may differ.`);
      }
    }
    if (isOneOfSeveral(answer)) {
      notes.push(`${answer.path}: ${pageOfSeveral}; ${wholeListing}.`);
    } else if (sets.some(isSoa)) whole.add(zone.id);
  }
  return {
    declarations: [
      ...[...zones.values()].map((zone) => zoneDeclaration(zone, whole.has(zone.id), names, tags)),
      ...declarations,
    ],
    notes,
  };
}

/**
 * Whether a record is the zone's own. A listing is in the order of names from the zone down, so that
 * one without it began later, or is filtered (API:ListResourceRecordSets).
 */
function isSoa(set: Value): boolean {
  return textIn(set, "Type") === "SOA";
}

function zonesIn(answers: readonly AwsAnswer[]): readonly Zone[] {
  const listed = itemsIn(answers, "HostedZones").map(({ value }) => zoneIn(value, []));
  const asked = answers.flatMap(({ value }) => {
    const zone = memberOf(value, "HostedZone");
    return zone === undefined ? [] : [zoneIn(zone, itemsOf(value, "VPCs"))];
  });
  return [...asked, ...listed];
}

function zoneIn(zone: Value, vpcs: readonly Value[]): Zone {
  return {
    id: bareId(textOr(zone, "Id", "")),
    name: canonical(textOr(zone, "Name", "")),
    isPrivate: memberOf(memberOf(zone, "Config"), "PrivateZone") === true,
    vpcIds: vpcs.flatMap((vpc) => textIn(vpc, "VPCId") ?? []),
  };
}

/** The id of a zone without the prefix `/hostedzone/`, which some answers have. */
function bareId(id: string): string {
  return id.replace(/^\/hostedzone\//, "");
}

/**
 * The zone of a listing, which the listing does not name. The request or the file's name may
 * contain its id, its SOA record has the zone's name, and aliases within the zone have its id.
 */
function zoneOf(answer: AwsAnswer, sets: readonly Value[], asked: readonly Zone[]): Zone {
  const name = zoneNameOf(sets);
  const id = asked.find((zone) => answer.about.endsWith(zone.id))?.id ?? ownZoneId(sets, name);
  const known = asked.find((zone) => zone.id === id) ?? onlyOf(asked, name);
  return known ?? { id: id ?? name, name, isPrivate: false, vpcIds: [] };
}

function onlyOf(asked: readonly Zone[], name: string): Zone | undefined {
  const named = asked.filter((zone) => zone.name === name);
  return new Set(named.map(({ id }) => id)).size === 1 ? named[0] : undefined;
}

/**
 * The name of the zone's SOA record; without one, the common suffix of all names in the listing.
 */
function zoneNameOf(sets: readonly Value[]): string {
  const soa = sets.find(isSoa);
  if (soa !== undefined) return canonical(textOr(soa, "Name", ""));
  const [first = [], ...others] = sets.map((set) =>
    canonical(textOr(set, "Name", ""))
      .split(".")
      .reverse(),
  );
  const shared = first.findIndex((label, index) => others.some((one) => one[index] !== label));
  const labels = shared < 0 ? first : first.slice(0, shared);
  const name = labels.reverse().join(".");
  // The zone's own name cannot have a CNAME (RFC 1034, section 3.6.2).
  const hasCname = sets.some(
    (set) => textIn(set, "Type") === "CNAME" && canonical(textOr(set, "Name", "")) === name,
  );
  return hasCname ? (parentOf(name) ?? name) : name;
}

/** The zone id in an alias whose target is a name of the listing. */
function ownZoneId(sets: readonly Value[], zoneName: string): string | undefined {
  const own = sets
    .map((set) => memberOf(set, "AliasTarget"))
    .find((target) => {
      const name = canonical(textOr(target, "DNSName", ""));
      return zoneName !== "" && (name === zoneName || name.endsWith(`.${zoneName}`));
    });
  return textIn(own, "HostedZoneId");
}

function zoneDeclaration(
  { id, name, isPrivate, vpcIds }: Zone,
  isWhole: boolean,
  names: Names,
  tags: ListedTags,
): Declaration {
  const vpcs = vpcIds.map((vpcId) => ({ vpcId }));
  return {
    type: awsTypes.zone,
    name: names.of(awsTypes.zone, name, id),
    id,
    ...(isWhole ? { isWhole } : {}),
    properties: {
      name,
      zoneId: id,
      tags: tags.of(id),
      // A listing of zones shows that a zone is private, but not its VPCs.
      ...(isPrivate ? { vpcs: vpcs.length > 0 ? vpcs : [{ vpcId: new Unknown("computed") }] } : {}),
    },
  };
}

function recordOf(set: Value, zone: Zone, names: Names): Declaration {
  const label = labelOf(set);
  return {
    type: awsTypes.record,
    name: names.of(awsTypes.record, label, `${label} of ${zone.id}`),
    properties: { ...propertiesOf(listedRecordFields, fieldsOf(set)).properties, zoneId: zone.id },
  };
}

/** The label of a record: in AWS it has no name besides its DNS name. */
function labelOf(set: Value): string {
  const name = canonical(textOr(set, "Name", ""));
  return [name, textIn(set, "Type"), textIn(set, "SetIdentifier")]
    .filter((part) => part !== undefined)
    .join(" ");
}
