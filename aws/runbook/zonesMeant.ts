import { textOf } from "../../routing/graph/values";
import { awsTypes } from "../../routing/graph/types";
import type { AwsCall } from "./awsCall";
import { optionOf } from "./awsCall";
import type { RunbookModel } from "./effect";
import { hole } from "./shellText";

/** The zones of the model that a call may mean. */
export interface ZonesMeant {
  /** As their records name them. */
  readonly keys: ReadonlySet<string>;
  /** Their names, for people. */
  readonly names: string;
  /** Set where the id of a zone was not read, so that another one may be meant. */
  readonly onlyIf?: string;
}

/** The zones that the option of a call may mean, all if it is not written; why none of the model, in words. */
export function zonesMeant(
  call: AwsCall,
  option: string,
  subject: RunbookModel,
): ZonesMeant | string {
  const id = (optionOf(call, option) ?? hole).replace(/^\/?hostedzone\//, "");
  const zones = zonesOf(subject);
  if (id.includes(hole)) return meant(zones);
  const same = zones.filter((zone) => zone.isRead && zone.id === id);
  if (same.length > 0) return meant(same);
  const unread = zones.filter((zone) => !zone.isRead);
  if (unread.length === 0) {
    return `${id} is none of the zones of the model, so what it does there is not judged`;
  }
  const { keys, names } = meant(unread);
  const why = subject.hasIds
    ? "whose id was not read"
    : "whose id is not known before a deployment; give its export with --from";
  return { keys, names, onlyIf: `${id} is ${names}, ${why}` };
}

interface KnownZone {
  /** As its records name it: the URN of its resource, or its id. */
  readonly key: string;
  readonly id: string;
  readonly name: string;
  /** Whether its id is that of AWS. */
  readonly isRead: boolean;
}

function zonesOf({ model, hasIds }: RunbookModel): readonly KnownZone[] {
  const zones = model.graph.ofType(awsTypes.zone).map((zone) => ({
    key: zone.urn,
    id: textOf(zone, "zoneId") ?? zone.id ?? "",
    name: textOf(zone, "name") ?? zone.name,
  }));
  const keys = new Set(zones.map(({ key }) => key));
  const others = model.route53
    .allGroups()
    .flat()
    .filter(({ zoneId }) => !keys.has(zoneId))
    .map(({ zoneId }) => ({ key: zoneId, id: zoneId, name: zoneId }));
  return [...zones, ...new Map(others.map((one) => [one.key, one])).values()].map((one) => ({
    ...one,
    isRead: hasIds && /^Z[A-Z0-9]+$/.test(one.id),
  }));
}

function meant(zones: readonly KnownZone[]): ZonesMeant {
  return {
    keys: new Set(zones.map(({ key }) => key)),
    names: zones.map(({ name }) => name).join(" or "),
  };
}
