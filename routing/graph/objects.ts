import type { EndpointHealthCheck, HealthCheck } from "../model";
import type { Resource } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import { textOf } from "./values";

/** The resource types that create objects in a bucket. */
const objectTypes = ["aws:s3/bucketObjectv2:BucketObjectv2", "aws:s3/bucketObject:BucketObject"];

/**
 * What a check of an object in a bucket sees: the object in the stack, or its absence, which S3
 * answers with 403 or 404 (H6). A latch is an inverted check of an object that no stack creates: it
 * is released while the object is absent. Undefined for a check of something else.
 */
export function objectStatus(
  graph: StackGraph,
  check: EndpointHealthCheck,
): "healthy" | "unhealthy" | undefined {
  const bucket = bucketOf(graph, check);
  if (!bucket) return undefined;
  const key = (check.path ?? "/").slice(1);
  const objects = objectTypes.flatMap((type) => graph.referringTo(bucket, type, "bucket"));
  return objects.some((object) => textOf(object, "key") === key) ? "healthy" : "unhealthy";
}

/** The bucket of a latch, which is an inverted check of an object that no stack creates. */
export function latchBucket(graph: StackGraph, check: HealthCheck): Resource | undefined {
  if (check.kind !== "endpoint" || !check.inverted) return undefined;
  return objectStatus(graph, check) === "unhealthy" ? bucketOf(graph, check) : undefined;
}

function bucketOf(graph: StackGraph, check: EndpointHealthCheck): Resource | undefined {
  const owner = graph.get(check.id);
  if (!owner || check.byAddress) return undefined;
  return graph.follow(owner, "fqdn", [awsTypes.bucket])[0];
}
