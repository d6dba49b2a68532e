import { recordedPlace } from "../../routing/asker";
import type { Coordinates } from "../../routing/locations";
import type { StackModel } from "../../routing/graph/stackModel";
import type { Group, RecordSet } from "../../routing/model";
import { aliasedName, canonicalNameOf } from "../../routing/model";
import type { TreeNode } from "../report/document";

/**
 * The records below a name, with each node's members below it. A node with several parents is drawn
 * in full at its first occurrence.
 *
 * @param valueText the text of a value of a record; default: the value itself
 */
export function treeOf(
  stackModel: StackModel,
  name: string,
  type: string,
  valueText: (record: RecordSet, value: string) => string = (_, value) => value,
): TreeNode {
  const { route53 } = stackModel;
  const drawn = new Set<Group>();
  const state = stackModel.under([]);
  return { words: [name], children: membersOf(route53.rootOf(name, type)) };

  function membersOf(group: Group): readonly TreeNode[] {
    drawn.add(group);
    return group.map((record) => {
      const words = wordsOf(record);
      const next = route53.next(record, type);
      return { words, children: next === undefined || drawn.has(next) ? [] : membersOf(next) };
    });
  }

  function wordsOf(record: RecordSet): readonly string[] {
    const next = route53.next(record, type);
    const { target } = record;
    const name = next && (aliasedName(record) ?? canonicalNameOf(record));
    return [
      policyWord(record),
      name === undefined ? targetWords(record) : `→ ${name}`,
      ...(next && target.kind === "values" ? [`TTL ${target.ttlSeconds} s`] : []),
      ...(next && drawn.has(next) ? ["(above)"] : []),
      ...healthWords(record),
    ];
  }

  function targetWords(record: RecordSet): string {
    const { target } = record;
    if (target.kind === "alias") {
      return `→ ${target.target.kind === "record" ? target.target.name : target.target.dnsName}`;
    }
    const places = target.values.map((value) => {
      const answer = { value, ttlSeconds: 0, record, probability: 1, path: [] };
      const { availabilityZone } = state.place(answer);
      const text = valueText(record, value);
      return availabilityZone === undefined ? text : `${text} in ${availabilityZone}`;
    });
    // Their order means nothing.
    return `${places.sort().join(", ")}, TTL ${target.ttlSeconds} s`;
  }

  function healthWords({ checkId, target }: RecordSet): readonly string[] {
    const evaluates = target.kind === "alias" && target.evaluateTargetHealth;
    const words = [
      ...(evaluates ? ["target's health"] : []),
      ...(checkId === undefined
        ? []
        : [route53.checks.get(checkId)?.label ?? `${checkId}, which was not read`]),
    ];
    return words.length > 0 ? [`if ${words.join(" and ")}`] : [];
  }
}

function coordinateWords({ latitude, longitude }: Coordinates): string {
  return `${latitude}, ${longitude}`;
}

/** The role of a record in its group, in words. */
export function policyWord({ policy }: Pick<RecordSet, "policy">): string {
  switch (policy.kind) {
    case "failover":
      return policy.role;
    case "weighted":
      return `weight ${policy.weight}`;
    case "latency":
      return `latency ${policy.region}`;
    case "geolocation":
      return policy.place === null ? "elsewhere" : `from ${recordedPlace(policy.place)}`;
    case "geoproximity":
      return `near ${typeof policy.place === "string" ? policy.place : coordinateWords(policy.place)}`;
    case "azAffinity":
      return policy.location === "Global" ? "elsewhere" : `from ${policy.id}`;
    case "cidr":
      return policy.blocks === null ? "elsewhere" : `from ${policy.location}`;
    default:
      return policy.kind;
  }
}
