import type { Resource } from "../../../routing/graph/resource";

/** Resource options of the program, which the evaluated resources do not carry. */

/** Inputs whose changes are ignored: the zone of an existing database. */
const ignored: Readonly<Record<string, readonly string[]>> = {
  "aws:rds/instance:Instance": ["availabilityZone"],
};

/** Whether a change of a property is ignored (`ignoreChanges`). */
export function isIgnored({ type }: Resource, property: string): boolean {
  return ignored[type]?.includes(property) === true;
}

/** Whether a resource stays in AWS when the program no longer declares it (`retainOnDelete`). */
export function isRetained({ type, name }: Resource): boolean {
  return (
    (type === "aws:s3/bucketObjectv2:BucketObjectv2" && name.endsWith("-release")) ||
    // Another certificate may be renewed by the record (components/dns/tlsCertificates.ts).
    (type === "aws:route53/record:Record" && name.startsWith("tls-validation-")) ||
    // Reports are evidence (components/gameDay/reportBucket.ts).
    name.startsWith("game-day-reports")
  );
}
