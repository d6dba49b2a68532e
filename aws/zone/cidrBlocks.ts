import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import { globalRegion } from "../../routing/globalRegion";
import type { AwsAnswer } from "../../sources/aws/answers";
import type { Account } from "../clients";
import { allOf } from "../clients";
import { answer } from "./answer";

/** The blocks of the CIDR collections that records use, by the collection's id. */
export async function cidrBlocksOf(
  sets: readonly ResourceRecordSet[],
  account: Account,
): Promise<readonly AwsAnswer[]> {
  const ids = new Set(
    sets.flatMap(({ CidrRoutingConfig }) => CidrRoutingConfig?.CollectionId ?? []),
  );
  const route53 = await account.client("route53", globalRegion);
  const answers: AwsAnswer[] = [];
  // Sequential: an account may send Route 53 five requests per second (DNS limitations).
  for (const CollectionId of ids) {
    const CidrBlocks = await allOf(
      (NextToken) => route53.listCidrBlocks({ CollectionId, NextToken }),
      (page) => page.CidrBlocks,
      (page) => page.NextToken,
    );
    answers.push(answer(CollectionId, { CidrBlocks }));
  }
  return answers;
}
