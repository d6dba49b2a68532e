import type { EndpointCheck } from "../model";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import { textOf } from "./values";

/** The types by which objects of a bucket are made. */
const objectTypes = ["aws:s3/bucketObjectv2:BucketObjectv2", "aws:s3/bucketObject:BucketObject"];

/**
 * What a check of an object in a bucket sees: the object of the stack, or that there is none, which is
 * an answer of 403 or 404 (H6). A latch is such a check, inverted, of an object that no stack makes:
 * it is released while nobody has put it there. Undefined where the check asks something else.
 */
export function objectStatus(
  graph: StackGraph,
  check: EndpointCheck,
): "healthy" | "unhealthy" | undefined {
  const owner = graph.get(check.id);
  if (!owner || check.byAddress) return undefined;
  const [bucket] = graph.follow(owner, "fqdn", [awsTypes.bucket]);
  if (!bucket) return undefined;
  const key = (check.path ?? "/").slice(1);
  const objects = objectTypes.flatMap((type) => graph.referringTo(bucket, type, "bucket"));
  return objects.some((object) => textOf(object, "key") === key) ? "healthy" : "unhealthy";
}
