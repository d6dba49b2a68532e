import type { RecordSet } from "../../../routing/model";
import { aliasedName } from "../../../routing/model";
import type { Finding } from "../../finding";
import { unknown, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import type { RecordCapacity } from "../capacity";
import { capacityOf } from "../capacity";
import { developerGuide } from "../route53";
import type { HostnameTree } from "../trees";
import { treesOf } from "../trees";

export const tierCarriesFullLoad = stackRule({
  name: "tier-carries-full-load",
  description:
    "Every endpoint of a failover tree has as much running or reserved capacity as the largest.",
  severity: "high",
  level: "advisory",
  why: "A failover into a tenth of the capacity is a second outage, and during a region failure no more can be launched: the capacity must already be running.",
  source:
    "AWS Well-Architected, static stability; AWS post-event summary 101925, launches failed for hours",
  remediationSteps:
    "Give each tier the same instance type and the same `minSize`, or an open capacity reservation for the rest. Traffic shares do not change the load that a tier must carry.",
  url: developerGuide("dns-failover-types"),
  types: [types.record],
  config: {},
  find: (stack) => treesOf(stack).flatMap((tree) => treeFindings(stack, tree)),
});

interface Leaf {
  readonly record: RecordSet;
  readonly capacity: RecordCapacity;
}

function treeFindings(stack: Stack, { root, records }: HostnameTree): readonly Finding[] {
  const leaves = records
    .filter((record) => aliasedName(record) === undefined)
    .flatMap((record): readonly Leaf[] => {
      const capacity = capacityOf(stack, record);
      return capacity ? [{ record, capacity }] : [];
    });
  const hidden = leaves.filter(({ capacity }) => capacity.unknown !== undefined);
  const known = leaves.filter(({ capacity }) => capacity.unknown === undefined);
  const families = [...new Set(known.map(({ capacity }) => capacity.family))];
  const findings: Finding[] = hidden.map(({ record, capacity }) =>
    unknown(offenderOf(record), "capacity", capacity.unknown ?? ""),
  );
  const [first] = known;
  if (!first) return findings;
  if (families.length > 1) {
    const why = `instance families ${families.join(" and ")} cannot be compared, so whether each tier of ${root.name} carries the full load is not checked`;
    return [...findings, unknown(offenderOf(first.record), "capacity", why)];
  }
  const largest = known.reduce((a, b) => (b.capacity.size > a.capacity.size ? b : a));
  return [...findings, ...known.flatMap((leaf) => smallerFinding(leaf, largest))];
}

function smallerFinding({ record, capacity }: Leaf, largest: Leaf): readonly Finding[] {
  if (capacity.held >= largest.capacity.size) return [];
  const share = Math.floor((100 * capacity.size) / largest.capacity.size);
  return [
    violation(offenderOf(record), "capacity", {
      must: `must have as much capacity as ${largest.record.label}, ${largest.capacity.words}`,
      got: capacity.words,
      so: `when everything fails over to it, it has ${share} % of the required capacity`,
      remedy: "run the same capacity there",
    }),
  ];
}
