import type { Resource } from "../../routing/graph/resource";
import type { HealthCheck, RecordSet } from "../../routing/model";
import type { Assessment } from "./assess";
import type { Edit, PropertyChange } from "./edits";
import { costs, namesText } from "./edits";
import { reference } from "./newChecks";

/**
 * The same edits, but made in copies of the checks that records outside of the mended trees use too: only these trees
 * get the copies. Undefined if no edit changes such a check.
 *
 * @param after the problems after the edits
 */
export function onOwnCopies(
  edits: readonly Edit[],
  after: Assessment,
): readonly Edit[] | undefined {
  const users = usersIn(after);
  const copies = copiesFor(edits, after, users);
  if (copies.size === 0) return undefined;
  const names = namesText([...new Set(after.spaces.map(({ name }) => name))]);
  const moved = repointed(after, users.own, copies);
  const isFirst = edits.findIndex((edit) => changesAny(edit, copies));
  return edits.map((edit, index): Edit => {
    if (!changesAny(edit, copies)) return edit;
    const kept = edit.changes.filter(({ urn }) => !copies.has(urn));
    return {
      text: `${edit.text}, but in a copy for ${names} alone`,
      cost: costs.create,
      changes: index === isFirst ? [...kept, ...moved] : kept,
      ...(index === isFirst ? { created: [...(edit.created ?? []), ...copies.values()] } : {}),
      ...(edit.guess === undefined ? {} : { guess: edit.guess }),
    };
  });
}

function changesAny({ changes }: Edit, copies: ReadonlyMap<string, Resource>): boolean {
  return changes.some(({ urn }) => copies.has(urn));
}

/** The records of the mended trees, and all others. */
interface Users {
  readonly own: readonly RecordSet[];
  readonly others: readonly RecordSet[];
}

function usersIn({ model: { route53 }, spaces }: Assessment): Users {
  const own = new Set(spaces.flatMap(({ name, type }) => route53.reachable(name, type)));
  return { own: [...own], others: route53.dns.records.filter((record) => !own.has(record)) };
}

/** A copy of each shared check that the edits change, and of each shared check that is calculated from one, by URN. */
function copiesFor(
  edits: readonly Edit[],
  { model }: Assessment,
  { own, others }: Users,
): ReadonlyMap<string, Resource> {
  const checksOf = (records: readonly RecordSet[]): ReadonlySet<HealthCheck> =>
    new Set(records.flatMap((record) => model.route53.checksOf(record)));
  const theirs = checksOf(others);
  const shared = [...checksOf(own)].filter((check) => theirs.has(check));
  const touched = new Set(edits.flatMap(({ changes }) => changes.map(({ urn }) => urn)));
  const changed = shared.filter(({ id }) => touched.has(id)).map(({ id }) => id);
  const above = shared.filter((one) => childrenOf(one).some((id) => changed.includes(id)));
  return new Map(
    [...changed, ...above.map(({ id }) => id)].flatMap((id): [string, Resource][] => {
      const check = model.graph.get(id);
      return check ? [[id, copyOf(check)]] : [];
    }),
  );
}

function childrenOf(check: HealthCheck): readonly string[] {
  return check.kind === "calculated" ? check.children : [];
}

/** Tags and the caller's reference are of the original alone. */
const notCopied = ["tags", "tagsAll", "referenceName"];

function copyOf(check: Resource): Resource {
  const name = `${check.name} copy`;
  const declared = Object.keys(check.inputs).length > 0 ? check.inputs : check.outputs;
  const properties = Object.fromEntries(
    Object.entries(declared).filter(([key]) => !notCopied.includes(key)),
  );
  return {
    ...check,
    urn: `${check.urn} copy`,
    name,
    id: `<${name}>`,
    inputs: properties,
    outputs: properties,
  };
}

/** The changes with which the mended trees use the copies. */
function repointed(
  { model }: Assessment,
  own: readonly RecordSet[],
  copies: ReadonlyMap<string, Resource>,
): readonly PropertyChange[] {
  const referenceTo = (id: string): ReturnType<typeof reference> => {
    const check = copies.get(id) ?? model.graph.get(id);
    return check ? reference(check) : { value: id, from: [] };
  };
  const isCopied = (id: string | undefined): id is string => id !== undefined && copies.has(id);
  const calculated = new Set(own.flatMap((record) => model.route53.checksOf(record)));
  return [
    ...own.flatMap(({ id: urn, checkId }) =>
      isCopied(checkId) ? [{ urn, property: "healthCheckId", ...referenceTo(checkId) }] : [],
    ),
    ...[...calculated].flatMap((check) => {
      const children = childrenOf(check);
      if (!children.some(isCopied)) return [];
      const references = children.map(referenceTo);
      return [
        {
          urn: copies.get(check.id)?.urn ?? check.id,
          property: "childHealthchecks",
          value: references.map(({ value }) => value),
          from: references.flatMap(({ from }) => from),
        },
      ];
    }),
  ];
}
