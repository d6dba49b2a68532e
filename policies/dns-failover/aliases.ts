import type { Subject } from "../fields";

/** An alias of a record, as remedies need it. */
interface KnownAlias {
  /** Its place in the record's `aliases`. */
  readonly index: number;
  readonly name: string;
  readonly evaluates: boolean;
}

/**
 * The aliases of a record whose name and evaluation are known. The id of their zone need not be:
 * before the first deployment it never is.
 */
export function knownAliases(record: Subject): readonly KnownAlias[] {
  if (record.unknownWhole("aliases")) return [];
  return record.items("aliases").flatMap((alias, index) =>
    alias.unknownAt("name") || alias.unknownAt("evaluateTargetHealth")
      ? []
      : [
          {
            index,
            name: alias.text("name", ""),
            evaluates: alias.flag("evaluateTargetHealth") === true,
          },
        ],
  );
}
