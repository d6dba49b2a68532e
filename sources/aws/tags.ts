import { memberOf, asTags, textIn, textOr, memberOr } from "../fields";
import type { Value } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";
import type { AwsAnswer } from "./answers";
import { itemsIn } from "./answers";

/** The tag that AWS's console shows as a resource's name. */
const nameTag = "Name";

/** The name that a resource's own tags give it. */
export function nameIn(resource: Value): string | undefined {
  return textIn(asTags(memberOr(resource, "Tags", null)), nameTag);
}

/** The tags of resources that AWS lists without tags. */
export const unknownTags = new Unknown("computed");

/** Tags of resources that Route 53 lists without tags, from `list-tags-for-resources`. */
export class ListedTags {
  private readonly sets: ReadonlyMap<string, Value>;

  constructor(answers: readonly AwsAnswer[]) {
    this.sets = new Map(
      itemsIn(answers, "ResourceTagSets").map(({ value }) => [
        textOr(value, "ResourceId", ""),
        value,
      ]),
    );
  }

  nameOf(id: string): string | undefined {
    return nameIn(this.sets.get(id) ?? null);
  }

  /** Its tags; unknown where they were not requested. */
  of(id: string): Value {
    const set = this.sets.get(id);
    return set === undefined ? unknownTags : asTags(memberOf(set, "Tags") ?? []);
  }
}
