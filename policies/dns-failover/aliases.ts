import type { Subject } from "../fields";

/** The properties of an alias that remedies need. */
interface KnownAlias {
  /** Its index in the record's `aliases`. */
  readonly index: number;
  readonly name: string;
  readonly evaluates: boolean;
}

/**
 * The aliases of a record whose name and evaluation are known. The id of their zone may be unknown:
 * before the first deployment it always is.
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
