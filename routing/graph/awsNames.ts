/** The domains in which AWS names its resources. */
const awsDomains =
  /\.(amazonaws\.com(\.cn)?|elasticbeanstalk\.com(\.cn)?|awsapprunner\.com|amazonlightsail\.com|on\.aws)$/;

/** Codes of regions, such as `us-west-2`, `us-gov-east-1` and `ap-southeast-5`. */
const region = /(?:^|[.-])([a-z]{2}(?:-[a-z]+){1,2}-\d)(?=\.)/;

/** AWS's oldest region, whose instances have their own domain (EC2 User Guide, "Instance hostname types"). */
export const firstRegion = "us-east-1";

/**
 * The region in an AWS DNS name, such as that of a balancer or a database; undefined for any other
 * name, and for a name of a global service.
 */
export function regionIn(dnsName: string): string | undefined {
  if (!awsDomains.test(dnsName)) return undefined;
  if (/\.compute-1\.amazonaws\.com$/.test(dnsName)) return firstRegion;
  return region.exec(dnsName)?.[1];
}

/**
 * The address in an instance's public name, such as
 * `ec2-198-51-100-1.us-west-2.compute.amazonaws.com`.
 */
export function addressIn(dnsName: string): string | undefined {
  const [, address] =
    /^ec2-(\d+-\d+-\d+-\d+)\.([a-z0-9-]+\.compute|compute-1)\.amazonaws\.com(\.cn)?$/.exec(
      dnsName,
    ) ?? [];
  return address?.replaceAll("-", ".");
}

/**
 * The bucket in a name of S3, of its requests or of its website, such as `pages.s3.us-west-2.amazonaws.com` (Amazon S3
 * User Guide, "Virtual hosting of buckets" and "Website endpoints").
 */
export function bucketIn(dnsName: string): string | undefined {
  return /^(.+)\.s3(-website)?([.-]dualstack)?([.-][a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/.exec(
    dnsName,
  )?.[1];
}
