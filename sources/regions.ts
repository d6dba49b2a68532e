/** The code of a region, captured: `us-west-2`, `us-gov-east-1`, `ap-southeast-5`. */
const regionPattern = /^([a-z]{2,3}(?:-[a-z]+)+-\d+)/;

/** The region in an ARN: its fourth part; undefined for a global service, and for anything else. */
export function regionOfArn(arn: unknown): string | undefined {
  const [prefix, , , region] = typeof arn === "string" ? arn.split(":") : [];
  return prefix === "arn" && region !== "" ? region : undefined;
}

/** The region of an availability zone, a local zone or a network border group. */
export function regionOfZone(zone: unknown): string | undefined {
  return typeof zone === "string" ? regionPattern.exec(zone)?.[1] : undefined;
}
