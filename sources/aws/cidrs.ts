import { awsTypes } from "../../routing/graph/types";
import type { Declaration, Declared, Names } from "../declare";
import { itemsOf, memberOf, textIn, textOr } from "../fields";
import type { AwsAnswer } from "./answers";
import { isOneOfSeveral, itemsIn, pageOfSeveral, wholeListing } from "./answers";

/** The locations of `list-cidr-blocks`, which does not name its collection. */
export function locationsIn(answers: readonly AwsAnswer[], names: Names): Declared {
  const used = collectionsIn(answers);
  const parts = answers
    .filter(({ value }) => itemsOf(value, "CidrBlocks").length > 0)
    .map((answer) => locationsOf(answer, used, names));
  return {
    declarations: parts.flatMap(({ declarations }) => declarations),
    notes: parts.flatMap(({ notes }) => notes),
  };
}

function locationsOf(answer: AwsAnswer, used: readonly string[], names: Names): Declared {
  const { path, about, value } = answer;
  const leftOut = (why: string, remedy: string): Declared => ({
    declarations: [],
    notes: [`${path}: ${why}, so its blocks are left out; ${remedy}.`],
  });
  if (isOneOfSeveral(answer)) return leftOut(pageOfSeveral, wholeListing);
  const cidrCollectionId =
    used.find((id) => about.endsWith(id)) ?? (used.length === 1 ? used[0] : undefined);
  if (cidrCollectionId === undefined) {
    return leftOut("its CIDR collection is unknown", "name the file after the collection's id");
  }
  const blocks = new Map<string, string[]>();
  for (const block of itemsOf(value, "CidrBlocks")) {
    const location = textOr(block, "LocationName", "");
    const known = blocks.get(location);
    if (known) known.push(textOr(block, "CidrBlock", ""));
    else blocks.set(location, [textOr(block, "CidrBlock", "")]);
  }
  return {
    declarations: [...blocks].map(([name, cidrBlocks]): Declaration => ({
      type: awsTypes.cidrLocation,
      name: names.of(awsTypes.cidrLocation, name, `${name} of ${cidrCollectionId}`),
      properties: { name, cidrCollectionId, cidrBlocks },
    })),
    notes: [],
  };
}

/** The ids of the collections that records use. */
function collectionsIn(answers: readonly AwsAnswer[]): readonly string[] {
  const ids = itemsIn(answers, "ResourceRecordSets").flatMap(
    ({ value }) => textIn(memberOf(value, "CidrRoutingConfig"), "CollectionId") ?? [],
  );
  return [...new Set(ids)];
}
