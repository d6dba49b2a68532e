import { goesByPlace } from "./asker";
import type { GroupFault } from "./groupFault";
import type { Group, PlacePolicy } from "./model";

/** Largest bias of a geoproximity record, either way (C20). */
const biasMax = 99;

/** A group has one record per place and one CIDR collection (C18 to C22). */
export function placeFaults(group: Group): readonly GroupFault[] {
  const faults: GroupFault[] = [];
  const seen = new Set<string>();
  for (const { id: subject, label, policy, target } of group) {
    if (!goesByPlace(policy)) continue;
    const [rule, place] = placeOf(policy);
    if (seen.has(place)) {
      faults.push({
        rule,
        subject,
        message: `${label}: a group has one record for each place (${rule}), got ${place} twice; drop one of them`,
      });
    }
    seen.add(place);
    if (policy.kind === "latency" && target.kind === "values" && target.values.length > 1) {
      faults.push({
        rule,
        subject,
        message: `${label}: a latency record has one value (${rule}), got ${target.values.length}; let it lead to a record with all of them`,
      });
    }
    if (policy.kind === "geoproximity" && !(Math.abs(policy.bias) <= biasMax)) {
      faults.push({
        rule,
        subject,
        message: `${label}: a bias is from -${biasMax} to ${biasMax} (${rule}), got ${policy.bias}; change it`,
      });
    }
  }
  const collections = new Set(
    group.flatMap(({ policy }) => (policy.kind === "cidr" ? [policy.collection] : [])),
  );
  const [first] = group;
  if (first && collections.size > 1) {
    faults.push({
      rule: "C21",
      subject: first.id,
      message: `${first.name} ${first.type}: the records of a group use one CIDR collection (C21), got ${[...collections].join(" and ")}; use one of them`,
    });
  }
  return faults;
}

function placeOf(policy: PlacePolicy): readonly [rule: string, place: string] {
  switch (policy.kind) {
    case "latency":
      return ["C18", policy.region];
    case "geolocation": {
      const { continent, country, subdivision } = policy.place ?? {};
      return ["C19", [continent ?? "", country ?? "*", subdivision ?? ""].join(" ").trim()];
    }
    case "geoproximity":
      return [
        "C20",
        typeof policy.place === "string" ? policy.place : JSON.stringify(policy.place),
      ];
    case "cidr":
      return ["C21", policy.location];
    case "azAffinity":
      return ["C22", policy.id];
  }
}
