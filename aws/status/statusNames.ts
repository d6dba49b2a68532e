import { canonical } from "../../routing/domainName";
import type { StackModel } from "../../routing/graph/stackModel";
import type { AskedName } from "./serving";
import type { StatusSubject } from "./subject";

/** The names and types to ask for. */
export function statusNames(
  { names }: StatusSubject,
  model: StackModel | undefined,
): readonly AskedName[] {
  const types = ["A", "AAAA"] as const;
  const all = (names ?? (model ? entryNames(model) : [])).map(canonical);
  return all.flatMap((name) => {
    const present = types.filter((type) => model?.route53.group(name, type) !== undefined);
    // A name that the zone lacks is asked for as well: then nobody serves it.
    const wanted = model === undefined ? types : present.length > 0 ? present : (["A"] as const);
    return wanted.map((type) => ({ name, type }));
  });
}

/** Names with a choice among records that no other record leads to; wildcards have no one name. */
function entryNames({ route53 }: StackModel): readonly string[] {
  const groups = route53
    .allGroups()
    .filter(([first]) => first && ["A", "AAAA", "CNAME"].includes(first.type));
  const below = new Set(
    groups.flatMap((group) =>
      group.flatMap((record) => (route53.next(record, record.type) ?? []).map(({ name }) => name)),
    ),
  );
  const isChosen = (name: string): boolean =>
    groups
      .filter(([first]) => first?.name === name)
      .some((group) =>
        route53
          .reachableFrom(group, group[0]?.type ?? "A")
          .some(({ policy, checkId }) => policy.kind !== "simple" || checkId !== undefined),
      );
  const all = [...new Set(groups.flatMap((group) => group[0]?.name ?? []))];
  return all.filter((name) => !name.includes("*") && !below.has(name) && isChosen(name));
}
