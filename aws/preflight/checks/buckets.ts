import { AwsError } from "../../awsError";
import { textOf } from "../../../routing/graph/values";
import { awsTypes } from "../../../routing/graph/types";
import type { Check, CheckFinding, Place } from "../finding";
import { ok, willFail } from "../finding";
import type { BucketNeed } from "../needs";
import { each } from "../orCannotTell";

/** The owner of a bucket's name. */
type Holder = "nobody" | "this stack" | "this account" | "another account";

/** Checks that the bucket names are free: they are unique across AWS. */
export const buckets: Check = {
  name: "buckets",
  subject: "bucket names",
  run: (place) =>
    each(
      place.needs.buckets,
      ({ name }) => name,
      async (need) => judge(need, await fetch(need, place)),
    ),
};

async function fetch({ name, region }: BucketNeed, place: Place): Promise<Holder> {
  const deployed = place.needs.deployed.ofType(awsTypes.bucket);
  if (deployed.some((one) => textOf(one, "bucket") === name)) return "this stack";
  const s3 = await place.account.client("s3", region);
  try {
    await s3.headBucket({ Bucket: name });
    return "this account";
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.status === 404) return "nobody";
    // 301: the bucket is in another region, with any owner. 403: it exists and cannot be read.
    if (error.status === 301 || error.status === 403) return "another account";
    throw error;
  }
}

/** @internal */
export function judge({ name }: BucketNeed, holder: Holder): CheckFinding {
  if (holder === "nobody") return ok(name, "is free");
  if (holder === "this stack") return ok(name, "belongs to this stack already");
  if (holder === "this account") {
    return willFail(
      name,
      "the account has a bucket with this name",
      "import or delete it; if this stack created it, pass --deployed",
    );
  }
  return willFail(
    name,
    "the name is taken by another account or in another region",
    "choose another name; the bucket of a website has the website's, but behind CloudFront it may have any",
  );
}
